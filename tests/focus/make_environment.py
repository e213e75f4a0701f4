"""Make the environment of focus-validator: `python tests/focus/make_environment.py FOLDER`.

It needs Python 3.12 and other versions of NumPy and PyArrow than the product: one of its own, with whatever Python of
3.12 or newer is found on the path or under pyenv. Where there is none, nothing is made and the test says so.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

REQUIREMENTS = Path(__file__).with_name("requirements.txt")
NAMES = ("python3.12", "python3.13", "python3.14")
PROBE = "import sys; sys.exit(sys.version_info < (3, 12))"


def main(folder: Path) -> None:
    """Make it, unless it was made from these requirements already."""
    stamp = folder / "made-from.txt"
    wanted = REQUIREMENTS.read_text()
    if stamp.is_file() and stamp.read_text() == wanted:
        return
    python = next((path for path in candidates() if works(path)), None)
    if python is None:
        sys.stderr.write("no Python of 3.12 or newer: focus-validator will not run\n")
        return
    shutil.rmtree(folder, ignore_errors=True)
    subprocess.run([python, "-m", "venv", str(folder)], check=True)
    install = [str(folder / "bin" / "python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*install, "-r", str(REQUIREMENTS)], check=True)
    stamp.write_text(wanted)


def candidates() -> Iterator[str]:
    """Pythons that may do: this one, those on the path, and under pyenv (its names on the path may be empty shims)."""
    yield sys.executable
    yield from NAMES
    versions = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv")) / "versions"
    for name in NAMES:
        yield from map(str, sorted(versions.glob(f"*/bin/{name}")))


def works(python: str) -> bool:
    """Whether there is such a Python, new enough."""
    try:
        return subprocess.run([python, "-c", PROBE], capture_output=True, check=False).returncode == 0
    except OSError:
        return False


if __name__ == "__main__":
    main(Path(sys.argv[1]))
