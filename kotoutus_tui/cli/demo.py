"""`kotoutus demo`: a database of one's own with an invented team, and the program on it."""

import argparse
import os
import signal
import subprocess
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Generator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from types import FrameType

from kotoutus_tui import clock, places
from kotoutus_tui.cli import output
from kotoutus_tui.demo.team import LEAD, TEAM
from kotoutus_tui.embedded import EmbeddedServer, reachable_home
from kotoutus_tui.errors import Conflict, InvalidInput
from kotoutus_tui.i18n import LANGUAGES, _, current_language

DATABASE = "kotoutus"
_DEFAULT_CLIENTS = 300
_MOST_CLIENTS = 1_000_000
_KEY = "demo"  # of the invented catalogue, which anybody on this machine may read


def add_arguments(parser: ArgumentParser) -> None:
    """Add the options of this command."""
    parser.add_argument(
        "--as", dest="login", default=LEAD, choices=tuple(TEAM), help=_("whose eyes to see with")
    )
    parser.add_argument("--clients", type=int, help=_("how many clients to invent the first time"))
    parser.add_argument("--reset", action="store_true", help=_("make everything anew"))
    parser.add_argument(
        "--with-ptv", action="store_true", help=_("with an invented national catalogue on this machine")
    )
    parser.add_argument(
        "--with-outlook", action="store_true", help=_("with an invented Outlook on this machine")
    )
    # Without a default of its own, it keeps what stood before the word demo.
    parser.add_argument(
        "--language",
        choices=LANGUAGES,
        default=argparse.SUPPRESS,
        help=_("language of the screens and of this help"),
    )
    parser.add_argument(
        "words", nargs="*", metavar=_("COMMAND"), help=_("a command to run instead of the screens, after --")
    )


def run(arguments: Namespace) -> int:
    """Start or join the demo's server, fill it once, run the program and return its exit code."""
    clients: int | None = arguments.clients
    if clients is not None and not 1 <= clients <= _MOST_CLIENTS:
        raise InvalidInput(
            "clients", _("So many clients cannot be invented."), _("Choose a number from 1 to 1000000.")
        )
    if not arguments.words:
        from kotoutus_tui.cli import terminal

        terminal.require()
    server = EmbeddedServer(reachable_home(arguments.settings.state_dir / "demo"))
    with server, ExitStack() as also:
        _prepare(server, clients, anew=arguments.reset)
        environment: dict[str, str] = {}
        if arguments.with_ptv:
            environment |= also.enter_context(_catalogue())
        if arguments.with_outlook:
            kept = arguments.settings.state_dir / "demo" / "outlook" / f"{arguments.login}.json"
            if arguments.reset:
                kept.unlink(missing_ok=True)
            environment |= also.enter_context(_outlook(arguments.login, kept))
        return _run_program(server, arguments.login, arguments.words, environment)


def _prepare(server: EmbeddedServer, clients: int | None, *, anew: bool) -> None:
    import psycopg

    from kotoutus_tui.demo.load import clients_in, fill
    from models.migrations import upgrade

    if anew and not server.owned:
        raise Conflict(_("The demo is running in another window."), _("Close it there, then repeat --reset."))
    with psycopg.connect(server.dsn(), autocommit=True) as connection:
        # Two demos that start together make the database once.
        connection.execute("select pg_advisory_lock(73)")
        if anew:
            connection.execute(f"drop database if exists {DATABASE} with (force)")  # pyright: ignore[reportArgumentType]
        if connection.execute("select from pg_database where datname = %s", [DATABASE]).fetchone() is None:
            connection.execute(f"create database {DATABASE}")  # pyright: ignore[reportArgumentType]
        conninfo = server.dsn(DATABASE)
        if not upgrade.status(conninfo).current:
            upgrade.upgrade(conninfo)
        found = clients_in(conninfo)
        if found is None:
            wanted = clients or _DEFAULT_CLIENTS
            fill(conninfo, wanted, lambda done: _progress(done, wanted), output.counting_deadlines)
        elif clients is not None and clients != found:
            output.complain(
                _("The demo already has {count} clients, and keeps them.").format(count=found),
                _("Make it anew with: kotoutus demo --reset --clients {wanted}").format(wanted=clients),
            )


def _progress(done: int, wanted: int) -> None:
    output.progress(_("Inventing clients: {done} of {wanted}"), done, wanted)


@contextmanager
def _catalogue() -> Generator[dict[str, str]]:
    """Serve the invented catalogue; give the settings by which the program finds it."""
    from kotoutus_tui.demo import catalogue
    from kotoutus_tui.demo.catalogue_server import CatalogueServer

    with CatalogueServer(catalogue.now(clock.today()), key=_KEY) as served:
        yield {
            "KOTOUTUS_CATALOGUE_URL": served.url,
            "KOTOUTUS_CATALOGUE_VERSION": "auto",
            places.CATALOGUE_KEY: _KEY,
        }


@contextmanager
def _outlook(login: str, kept: Path) -> Generator[dict[str, str]]:
    """Serve a mailbox of this person; give the settings by which the program finds it."""
    from kotoutus_tui.demo.graph import kept as mailboxes
    from kotoutus_tui.demo.graph.server import GraphServer
    from kotoutus_tui.demo.graph.sign_in import CLIENT, TENANT

    address, mailbox = f"{login}@city.example", mailboxes.read(kept)
    with GraphServer(address, {address: mailbox}, keep=mailboxes.keeping(kept, mailbox)) as served:
        yield {
            "KOTOUTUS_OUTLOOK_CLIENT": CLIENT,
            "KOTOUTUS_OUTLOOK_TENANT": TENANT,
            "KOTOUTUS_OUTLOOK_AUTHORITY": served.address,
            "KOTOUTUS_OUTLOOK_ENDPOINT": served.endpoint,
        }


def _run_program(server: EmbeddedServer, login: str, words: list[str], settings: dict[str, str]) -> int:
    environment = (
        os.environ
        | settings
        | {
            "KOTOUTUS_DATABASE": server.dsn(DATABASE, login),
            "KOTOUTUS_LANGUAGE": current_language(),
        }
    )
    # The program itself answers Ctrl+C; this process waits for it and then ends the server.
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    asked_to_end = signal.getsignal(signal.SIGTERM)
    try:
        child = subprocess.Popen(
            [sys.executable, "-m", "kotoutus_tui", *words],
            env=environment,
            preexec_fn=_hear_interrupts,  # noqa: PLW1509 - one call before exec
        )

        def pass_on(number: int, _frame: FrameType | None) -> None:
            child.send_signal(number)

        asked_to_end = signal.signal(signal.SIGTERM, pass_on)
        code = child.wait()
    finally:
        signal.signal(signal.SIGTERM, asked_to_end)
        signal.signal(signal.SIGINT, before)
    return code if code >= 0 else 128 - code


def _hear_interrupts() -> None:
    # An ignored signal would stay ignored in the program.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
