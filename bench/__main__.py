"""All measurements of the README, one after the other; exits 1 where a bar is missed."""

import subprocess
import sys
import tempfile
from pathlib import Path

READ_STEPS = "1000000"


def main() -> None:
    """Run each as its own command, so that none inherits the memory of another."""
    missed = []
    with tempfile.TemporaryDirectory(prefix="tachograph-bench-") as folder:
        measurements = {
            "ingest": [],
            "stages": [],
            "disk": [],
            "memory": [],
            "latency": [],
            "read": [str(Path(folder)), "--steps", READ_STEPS],
        }
        for name, arguments in measurements.items():
            print(f"\npython -m bench.{name}", flush=True)
            if subprocess.run([sys.executable, "-m", f"bench.{name}", *arguments], check=False).returncode:
                missed.append(name)
    print(f"\na bar is missed in: {', '.join(missed)}" if missed else "\nall bars are met")
    sys.exit(1 if missed else 0)


if __name__ == "__main__":
    main()
