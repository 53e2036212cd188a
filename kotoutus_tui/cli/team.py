"""`kotoutus team`: how the work is divided between counsellors."""

from argparse import ArgumentParser, Namespace
from pathlib import Path

from kotoutus_tui.cli import output
from kotoutus_tui.i18n import _, format_number, ngettext


def add_arguments(parser: ArgumentParser) -> None:
    """Add the verbs of this command."""
    verbs = parser.add_subparsers(dest="verb", required=True, metavar=_("VERB"), title=_("verbs"))
    rebalance = verbs.add_parser(
        "rebalance", help=_("divide the clients in a file fairly, with as few moves as possible")
    )
    rebalance.add_argument("problem", type=Path, metavar=_("PROBLEM"), help=_("the problem as JSON"))
    rebalance.add_argument("answer", type=Path, metavar=_("ANSWER"), help=_("where the answer is written"))


def run(arguments: Namespace) -> int:
    """Divide the clients of the problem, write the answer and tell it in short; 2 when rules collide."""
    from kotoutus_tui.rebalance import answer, reading
    from kotoutus_tui.rebalance.solve import solve

    plan = solve(reading.read(arguments.problem))
    answer.write(plan, arguments.answer)
    output.say(
        ngettext(
            "{count} client moves; at least {least} must for this balance.",
            "{count} clients move; at least {least} must for this balance.",
            plan.moved,
        ).format(count=plan.moved, least=plan.moves_bound)
    )
    output.say(
        _("The highest load is {load} points for a full-time post; no plan is below {bound}.").format(
            load=format_number(plan.worst, 1), bound=format_number(plan.bound, 1)
        )
    )
    output.say(
        _("Clients with a common language: {before} before, {after} after.").format(
            before=plan.matches_before, after=plan.matches
        )
    )
    return 0
