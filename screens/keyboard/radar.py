"""Commands in the deadlines."""

from kotoutus_tui.i18n import N_
from screens.keyboard.command import Command, Context

CONTEXTS = (Context("radar", N_("Deadlines"), "place"),)

COMMANDS: tuple[Command, ...] = (
    Command("radar.snooze", "z", N_("Snooze"), N_("Put the deadline out of sight until a day, or back"), 8),
    Command("radar.only_client", "f", N_("Client only"), N_("Show only this client, or all again"), 6),
    Command("radar.section", "s", N_("Section"), N_("Show only one section of law, or own tasks"), 6),
    Command("radar.counsellor", "k", N_("Counsellor"), N_("Show only one counsellor's clients"), 5),
    Command("radar.next_group", "right", N_("Next group"), N_("Filter by the next group of days"), 4),
    Command("radar.previous_group", "left", N_("Group before"), N_("Filter by the group of days before")),
    Command("radar.show_all", "x", N_("All"), N_("Take every filter off"), 4),
)
