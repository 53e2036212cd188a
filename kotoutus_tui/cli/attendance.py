"""`kotoutus calendar attendance`: who came, and whether the cost of a no-show may be collected."""

from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from kotoutus_tui.casework import appointments, attendance
from kotoutus_tui.casework.appointment_words import ATTENDANCES
from kotoutus_tui.cli import output
from kotoutus_tui.cli.appointments import open_all
from kotoutus_tui.cli.show import client_id
from kotoutus_tui.errors import InvalidInput
from kotoutus_tui.i18n import _

if TYPE_CHECKING:
    from kotoutus_tui.database import Database


def add_verbs(verbs: Any) -> None:
    """Add the verb."""
    parser: ArgumentParser = verbs.add_parser(
        "attendance", help=_("write who came; of a no-show: may the cost be collected (681/2023 32 a §)")
    )
    parser.add_argument("appointment", type=UUID, help=_("its id, as the list shows it"))
    parser.add_argument("attendance", choices=tuple(ATTENDANCES))
    parser.add_argument(
        "--client", metavar=_("CLIENT"), type=client_id, help=_("which one, when there are several")
    )
    parser.add_argument(
        "--told", action="store_true", default=None,
        help=_("the clients were told of the fee and how to cancel, and understood it (681/2023 32 a §)"),
    )  # fmt: skip
    parser.add_argument("--acceptable-reason", metavar=_("REASON"), help=_("why the client could not come"))
    parser.add_argument("--unreasonable", metavar=_("REASON"), help=_("why collecting would be unreasonable"))
    parser.set_defaults(work=run)


async def run(db: "Database", arguments: Namespace) -> int:
    """Write it for one client; the client is opened first. Prints every condition that does not hold."""
    clients = await appointments.clients_of(db, arguments.appointment)
    chosen = arguments.client or (clients[0] if len(clients) == 1 else None)
    if chosen is None:
        raise InvalidInput("client", _("Say which client, with --client."), "")
    await open_all(db, [chosen])
    given = {
        **dict.fromkeys(("told_of_fee", "told_how_to_cancel", "understood"), arguments.told),
        "acceptable_reason": arguments.acceptable_reason,
        "unreasonable_reason": arguments.unreasonable,
    }
    conditions = {name: value for name, value in given.items() if value is not None}
    answer = await attendance.record(
        db, arguments.appointment, chosen, arguments.attendance, conditions, operation_id=uuid4()
    )
    output.say(_("Saved."))
    if arguments.attendance == "no_show":
        output.say(answer.sentence)
        for each in answer.against:
            output.say(f"  {each.why}")
    return 0
