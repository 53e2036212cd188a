"""`kotoutus outlook`: sign in, send what waits, see what was changed there, sign out."""

import asyncio
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from kotoutus_tui.calendar import titles
from kotoutus_tui.cli import output
from kotoutus_tui.database import Database
from kotoutus_tui.i18n import _, format_datetime, ngettext
from kotoutus_tui.outlook.setup import Setup, setup_of

if TYPE_CHECKING:
    from kotoutus_tui.outlook.sign_in import BrowserSignIn
    from models.outlook import OutlookEvent

Work = Callable[[Database, Setup, Namespace], Awaitable[int]]


def add_arguments(parser: ArgumentParser) -> None:
    """Add the verbs and their options."""
    verbs = parser.add_subparsers(dest="verb", required=True, metavar=_("COMMAND"), title=_("commands"))
    signing = verbs.add_parser("sign-in", help=_("sign in and let your appointments go to Outlook"))
    way = signing.add_mutually_exclusive_group()
    way.add_argument("--code", action="store_true", help=_("with a code on another device (default)"))
    way.add_argument("--browser", action="store_true", help=_("in the browser of your own computer"))
    signing.add_argument(
        "--template",
        default="busy",
        metavar=_("TEMPLATE"),
        help=_("what a colleague sees: {names}").format(
            names=", ".join((*titles.TEMPLATES, f"{titles.OWN}…"))
        ),
    )
    signing.set_defaults(work=sign_in)
    leaving = verbs.add_parser("sign-out", help=_("stop sending and forget the sign-in"))
    leaving.add_argument("--remove", action="store_true", help=_("take everything that was sent away first"))
    leaving.set_defaults(work=sign_out)
    showing = verbs.add_parser("status", help=_("tell whose mailbox, what waits and what was sent"))
    showing.set_defaults(work=status)
    sending = verbs.add_parser("push", help=_("send what waits"))
    sending.add_argument("--dry-run", action="store_true", help=_("print what would be sent as JSON"))
    sending.set_defaults(work=push)
    changing = verbs.add_parser("changes", help=_("list what was changed in Outlook, or answer it"))
    changing.add_argument("id", nargs="?", type=UUID, metavar=_("ID"), help=_("its id, as the list shows it"))
    changing.add_argument(
        "choice",
        nargs="?",
        choices=("keep", "take", "leave"),
        help=_("keep what stands here, take what stands there, or leave both"),
    )
    changing.set_defaults(work=changes)


def run(arguments: Namespace) -> int:
    """Do what the verb says."""
    return asyncio.run(_with_database(arguments, arguments.work))


async def _with_database(arguments: Namespace, work: Work) -> int:
    setup = setup_of(arguments.settings)
    db = Database(arguments.settings.database)
    try:
        return await work(db, setup, arguments)
    finally:
        await db.close()


async def sign_in(db: Database, setup: Setup, arguments: Namespace) -> int:
    """Sign in by the way that was chosen; with the office's certificate there is nothing to do."""
    from kotoutus_tui.outlook import state
    from kotoutus_tui.outlook.sign_in import BrowserSignIn, DeviceSignIn

    titles.check(arguments.template, ())
    if not setup.is_app and arguments.browser:
        browser = BrowserSignIn(setup)
        address = await browser.begin()
        output.say(_("On your own computer, run this and leave it open:"))
        output.say(f"  {browser.command}")
        output.say(_("Then open this address in its browser:"))
        output.say(f"  {address}")
        output.say(_("If the browser stops at a page that does not open, paste its address here."))
        await browser.finish(await _pasted_or_heard(browser))
    elif not setup.is_app:
        device = DeviceSignIn(setup)
        await device.begin()
        output.say(
            _("Open {address} and type the code {code}.").format(address=device.address, code=device.code)
        )
        await device.finish()
    many = await state.turn_on(db, setup, arguments.template)
    output.say(_("You are signed in."))
    _say_waiting(many)
    return 0


async def sign_out(db: Database, setup: Setup, arguments: Namespace) -> int:
    """Let nothing wait any more and forget the tokens; with --remove only after everything is gone."""
    from kotoutus_tui.outlook import push as pushing
    from kotoutus_tui.outlook import state

    await state.turn_off(db, removing=arguments.remove)
    if arguments.remove:
        done = await pushing.push(db, setup, _progress)
        if done.put_off:
            output.say(_("Something is still in Outlook. Repeat this later."))
            return 1
    state.forget(setup)
    output.say(_("You are signed out."))
    return 0


async def status(db: Database, setup: Setup, arguments: Namespace) -> int:  # noqa: ARG001 - one form for all
    """Print how it stands, without asking Outlook."""
    from kotoutus_tui.outlook import state

    found = await state.read(db, setup)
    output.say(_("Signed in: {answer}").format(answer=_("yes") if found.signed_in else _("no")))
    if found.mailbox is not None:
        output.say(_("Mailbox: {address}").format(address=found.mailbox.mailbox))
        output.say(_("What a colleague sees: {template}").format(template=found.mailbox.template))
    _say_waiting(len(found.waiting))
    output.say(_("In Outlook: {count}").format(count=len(found.sent)))
    output.say(_("Changed in Outlook and not answered: {count}").format(count=len(found.asked)))
    return 0


async def push(db: Database, setup: Setup, arguments: Namespace) -> int:
    """Send what waits, or print it; ends with 1 when something was put off."""
    from kotoutus_tui.outlook import push as pushing

    if arguments.dry_run:
        for each in await pushing.preview(db):
            output.print_json(each)
        return 0
    done = await pushing.push(db, setup, _progress)
    output.say(
        ngettext("{count} appointment sent.", "{count} appointments sent.", done.done).format(count=done.done)
    )
    if done.asked:
        output.say(_("Some were changed in Outlook. See them with: kotoutus outlook changes"))
    if done.put_off:
        output.say(_("Outlook refused {count}. They are tried again later.").format(count=done.put_off))
    return 1 if done.put_off else 0


async def changes(db: Database, setup: Setup, arguments: Namespace) -> int:
    """List what was changed in Outlook, or answer one change; ends with 1 while answers are missing."""
    from kotoutus_tui.outlook import answers
    from kotoutus_tui.outlook import changes as looking

    if arguments.id and arguments.choice:
        await answers.answer(db, arguments.id, arguments.choice)
        output.say(_("Saved."))
        return 0
    found = await looking.look(db, setup)
    if not found:
        output.say(_("Nothing of yours was changed in Outlook."))
        return 0
    output.print_table([_("Here"), _("In Outlook"), _("Id")], [_change(each) for each in found])
    return 1


def _change(event: "OutlookEvent") -> tuple[object, ...]:
    theirs = event.theirs or {}
    here = datetime.fromisoformat(theirs["original"]) if theirs.get("original") else event.starts_at
    there = (
        format_datetime(datetime.fromisoformat(theirs["starts_at"]))
        if "starts_at" in theirs
        else _("deleted")
    )
    return here, there, event.id


async def _pasted_or_heard(browser: "BrowserSignIn") -> str:
    """Return the address that is pasted or the one that the browser brings, whichever comes first."""
    loop = asyncio.get_running_loop()
    pasted: asyncio.Future[str] = loop.create_future()

    def read() -> None:
        if (text := sys.stdin.readline().strip()) and not pasted.done():
            pasted.set_result(text)

    heard = asyncio.ensure_future(browser.heard())
    if sys.stdin.isatty():
        loop.add_reader(sys.stdin, read)
    try:
        done, _others = await asyncio.wait({heard, pasted}, return_when=asyncio.FIRST_COMPLETED)
        return done.pop().result()
    finally:
        heard.cancel()
        if sys.stdin.isatty():
            loop.remove_reader(sys.stdin)


def _say_waiting(many: int) -> None:
    output.say(ngettext("{count} appointment waits.", "{count} appointments wait.", many).format(count=many))


def _progress(done: int, wanted: int) -> None:
    if wanted:
        output.progress(_("Sending to Outlook: {done} of {wanted}"), done, wanted)
