"""Entry point of `python -m newsgen`, the same as `newsgen`."""

from newsgen.cli import main

main()
