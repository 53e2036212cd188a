"""`kotoutus` alone: open the screens."""

from argparse import Namespace

from kotoutus_tui.cli import terminal


def run(arguments: Namespace) -> int:
    """Open the screens and return the exit code; raises SetupError when the terminal cannot show them."""
    terminal.require()
    from screens.app import run as run_app

    return run_app(arguments.settings)
