"""Runs the command line with `python -I -m kotoutus_tui`."""

import sys

from kotoutus_tui.cli import main

sys.exit(main())
