"""Packs a folder of recorded requests into one archive: `python -m tests.corpus.pack FOLDER...`.

Each folder becomes `data/<folder>.tar.gz`, byte for byte the same for the same content.
"""

import gzip
import io
import sys
import tarfile
from pathlib import Path

DATA = Path(__file__).with_name("data")


def pack(folder: Path) -> Path:
    """Write the archive of one folder and give its path."""
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w", format=tarfile.USTAR_FORMAT) as archive:
        for path in sorted(folder.iterdir()):
            member = tarfile.TarInfo(path.name)
            content = path.read_bytes()
            member.size = len(content)
            archive.addfile(member, io.BytesIO(content))
    target = DATA / f"{folder.name}.tar.gz"
    target.write_bytes(gzip.compress(packed.getvalue(), compresslevel=9, mtime=0))
    return target


if __name__ == "__main__":
    for name in sys.argv[1:]:
        sys.stdout.write(f"{pack(Path(name))}\n")
