"""Throws random and almost-right bodies at the decoders: `python -m bench.fuzz --seconds 60` (per decoder)."""

import argparse
import os
import subprocess
import sys


def main() -> int:
    """Run tests/fuzz for the given time with seeds of its own; the exit code is pytest's."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=30, help="time for each of the decoders (default: 30)")
    seconds = parser.parse_args().seconds
    command = [
        sys.executable,
        "-m",
        "pytest",
        "tests/fuzz",
        "-q",
        "-p",
        "no:cacheprovider",
        f"--timeout={seconds + 300:.0f}",
    ]
    return subprocess.run(command, env={**os.environ, "TACHOGRAPH_FUZZ_SECONDS": str(seconds)}, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
