"""`python -m collector` is `tachograph`."""

from collector.cli import main

main()
