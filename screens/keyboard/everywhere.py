"""Commands that work everywhere."""

from kotoutus_tui.i18n import N_
from screens.keyboard.command import Command, Context

CONTEXTS = (Context("everywhere", N_("Everywhere"), "everywhere"),)

COMMANDS: tuple[Command, ...] = (
    Command("go_caseload", "1", N_("Caseload"), N_("Go to the caseload"), action="go('caseload')"),
    Command("go_radar", "2", N_("Deadlines"), N_("Go to the deadlines"), action="go('radar')"),
    Command("go_partners", "3", N_("Partners"), N_("Go to the partner network"), action="go('partners')"),
    Command("go_calendar", "4", N_("Calendar"), N_("Go to the calendar"), action="go('calendar')"),
    Command("go_team", "5", N_("Team"), N_("Go to the team and its workload"), action="go('team')"),
    Command("go_guidance", "6", N_("Guidance"), N_("Go to the guidance log"), action="go('guidance')"),
    Command("go_reception", "7", N_("Reception"), N_("Go to the reception"), action="go('reception')"),
    Command("go_reports", "8", N_("Reports"), N_("Go to the reports"), action="go('reports')"),
    Command("back", "escape", N_("Back"), N_("Go back; what you wrote is kept"), 7, palette=False),
    Command("search", "/", N_("Search"), N_("Find any client of the team"), 8),
    Command("register_queue", "K", N_("Register"), N_("See what waits for the national register")),
    Command("notices", "!", N_("Notices"), N_("Read your notices"), 3),
    Command("help", "?", N_("Keys"), N_("Show the keys of this place"), 8),
    Command(
        "palette", "ctrl+p", N_("Commands"), N_("Find a command by name"), 3, palette=False, priority=True
    ),
    Command("blank", "ctrl+l", N_("Blank"), N_("Blank the screen at once"), 2, priority=True),
    Command("reload", "ctrl+r", N_("Reload"), N_("Read everything on this screen again")),
    Command("quit", "q,ctrl+c", N_("Quit"), N_("Quit; drafts are kept"), 1),
    Command("next_field", "tab", N_("Next"), N_("Go to the next field or list"), palette=False),
    Command("previous_field", "shift+tab", N_("Previous"), N_("Go to the field before"), palette=False),
)
