"""The commands: `kotoutus` alone opens the screens, `kotoutus COMMAND` does one thing and ends."""

import importlib
import os
import sys
from argparse import Namespace
from collections.abc import Sequence
from io import TextIOWrapper

from kotoutus_tui import i18n
from kotoutus_tui.cli.commands import OPEN
from kotoutus_tui.errors import KotoutusError

_INTERRUPTED = 130
_BROKEN_PIPE = 141


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return the exit code; every error ends as one sentence with a next step."""
    given = list(sys.argv[1:] if argv is None else argv)
    _choose_language(given)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            # A terminal of a foreign character set shows a question mark instead of ending the program.
            stream.reconfigure(errors="replace")
    try:
        code = _run(given)
        sys.stdout.flush()
        return code
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else 0
    except KeyboardInterrupt:
        return _INTERRUPTED
    except BrokenPipeError:
        # The reader (head, less) has seen enough.
        _forget_output()
        return _BROKEN_PIPE
    except Exception as error:
        from kotoutus_tui.cli.failure import explained

        code = _complain(explained(error))
        if isinstance(error, OSError):
            _forget_output()
        return code


def _run(argv: list[str]) -> int:
    from kotoutus_tui.cli.parser import build

    arguments = build().parse_args(argv)
    return _start(arguments)


def _start(arguments: Namespace) -> int:
    from kotoutus_tui import log, places, settings

    arguments.settings = settings.load(**({"mouse": False} if arguments.no_mouse else {}))
    log.start(arguments.settings, login=places.login_name(), command=arguments.command or "open")
    run = arguments.run if arguments.command else importlib.import_module(OPEN).run
    return run(arguments)


def _choose_language(argv: list[str]) -> None:
    """Install the language before the parser exists, since its help is translated too."""
    asked = None
    for position, word in enumerate(argv):
        if word == "--":
            break
        if word == "--language" and position + 1 < len(argv):
            asked = argv[position + 1]
        elif word.startswith("--language="):
            asked = word.partition("=")[2]
    if asked in i18n.LANGUAGES:
        # The settings, and commands that this one starts, speak it too.
        os.environ["KOTOUTUS_LANGUAGE"] = asked
    i18n.install(i18n.chosen_language(asked))


def _complain(error: KotoutusError) -> int:
    from kotoutus_tui.cli.output import complain

    complain(error.sentence, error.next_step)
    return error.exit_code


def _forget_output() -> None:
    """Drop what could not be written, or Python would complain about it again while it ends."""
    try:
        sys.stdout.flush()
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
