"""Commands in the team's workload and in a proposal to divide clients anew."""

from kotoutus_tui.i18n import N_
from screens.keyboard.command import Command, Context

CONTEXTS = (
    Context("team", N_("Team"), "place"),
    Context("waiting", N_("Clients without a counsellor"), "place"),
    Context("rebalance", N_("In a proposal to rebalance"), "place"),
)

COMMANDS: tuple[Command, ...] = (
    Command("team.rebalance", "b", N_("Rebalance"), N_("Propose how clients are divided more evenly"), 9),
    Command(
        "team.time", "t", N_("Working time"), N_("Set the working time and languages of a counsellor"), 7
    ),
    Command("team.waiting", "w", N_("Waiting"), N_("Give counsellors to clients who have none"), 8),
    Command("team.deputies", "d", N_("Deputies"), N_("See who stands in for whom, and change it"), 6),
    Command("team.handovers", "h", N_("Transfers"), N_("See transfers of clients that are not over"), 6),
    Command("team.reports", "f", N_("Fairness"), N_("Show the proposals that were carried out"), 4),
    Command("team.points", "p", N_("Points"), N_("Set how many points a client weighs"), 6),
    Command("waiting.assign", "a", N_("Assign"), N_("Give the client to the suggested counsellor"), 9),
    Command("waiting.undo", "u", N_("Undo"), N_("Undo the last move"), 6),
    Command("rebalance.switch", "space", N_("Leave out"), N_("Leave this move out, or take it in again"), 9),
    Command("rebalance.fewer", "left", N_("Fewer moves"), N_("A proposal with fewer moves"), 8),
    Command("rebalance.more", "right", N_("More moves"), N_("A proposal with more moves"), 8),
    Command("rebalance.fairness", "f", N_("Fairness"), N_("Show how even and how fair the proposal is"), 6),
    Command("rebalance.apply", "a", N_("Carry out"), N_("Carry the proposal out"), 8),
)
