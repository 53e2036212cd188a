"""`kotoutus` alone: open the screens."""

import gc
import os
from argparse import Namespace

from kotoutus_tui.cli import terminal


def run(arguments: Namespace) -> int:
    """Open the screens and return the exit code; raises SetupError when the terminal cannot show them.

    A rule file with an error stops the start with SetupError too.
    """
    terminal.require()
    # Nearly everything made until the first frame stays for good: looking for garbage in it takes a tenth
    # of the time. The app goes back to the usual once it is drawn.
    gc.disable()
    # What changes is drawn 4 ms later instead of 17; a key held down costs no more.
    os.environ.setdefault("TEXTUAL_FPS", "240")
    from kotoutus_tui.casework import first_page
    from kotoutus_tui.casework.rules_check import require_sound_rules
    from kotoutus_tui.database import Database
    from kotoutus_tui.head_start import HeadStart

    settings = arguments.settings
    require_sound_rules(settings.state_dir)
    database = Database(settings.database)
    head_start = HeadStart(lambda: first_page.read(database, settings.state_dir))
    # While the database answers, half of the time to the first screen goes into loading Textual.
    from screens.app import run as run_app

    return run_app(database, settings, head_start)
