"""Whether this terminal can show the screens."""

import os
import sys

from kotoutus_tui.errors import SetupError
from kotoutus_tui.i18n import _

MINIMUM_COLUMNS = 40
MINIMUM_LINES = 10


def require() -> None:
    """Raise SetupError when the screens cannot be drawn here, with what to do instead."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise SetupError(
            _("The screens need a terminal."), _("For scripts and pipes use the commands: kotoutus --help")
        )
    if os.environ.get("TERM", "") in ("", "dumb", "unknown"):
        raise SetupError(
            _("This type of terminal cannot show the screens."),
            _("Set TERM=xterm-256color, or use the commands: kotoutus --help"),
        )
    columns, lines = os.get_terminal_size(sys.stdout.fileno())
    # Some terminals do not tell their size; Textual then takes 80×24.
    if columns and lines and (columns < MINIMUM_COLUMNS or lines < MINIMUM_LINES):
        raise SetupError(
            _("The terminal is {columns}×{lines}, too small for the screens.").format(
                columns=columns, lines=lines
            ),
            _("Make it at least {columns}×{lines} and start again.").format(
                columns=MINIMUM_COLUMNS, lines=MINIMUM_LINES
            ),
        )
