"""Commands in the caseload, its columns and its saved views."""

from kotoutus_tui.i18n import N_
from screens.keyboard.command import Command, Context

CONTEXTS = (
    Context("caseload", N_("Caseload"), "place"),
    Context("views", N_("In the saved views"), "modal"),
    Context("columns", N_("In the choice of columns"), "modal"),
)

COMMANDS: tuple[Command, ...] = (
    Command("caseload.new_client", "n", N_("New client"), N_("Add a new client; search comes first"), 8),
    Command(
        "caseload.contact",
        "c",
        N_("Contact"),
        N_("Write down a contact with the client"),
        5,
        action="begin('contact')",
    ),
    Command(
        "caseload.appointment",
        "a",
        N_("Appointment"),
        N_("Make an appointment with the client"),
        5,
        action="begin('appointment')",
    ),
    Command(
        "caseload.task",
        "t",
        N_("Task"),
        N_("Add something to be done for the client"),
        4,
        action="begin('task')",
    ),
    Command(
        "caseload.refer",
        "r",
        N_("Refer"),
        N_("Refer the client under the cursor"),
        3,
        action="begin('refer')",
    ),
    Command(
        "caseload.move",
        "m",
        N_("Move"),
        N_("Move the client, or those selected, to another counsellor"),
        7,
    ),
    Command(
        "caseload.weight",
        "l",
        N_("Weight"),
        N_("Set how heavy the client is, and if the client stays"),
        2,
    ),
    Command("caseload.undo_move", "u", N_("Undo"), N_("Undo the last move"), 2),
    Command(
        "caseload.deputy", "d", N_("Deputy"), N_("Show the clients of one you stand in for, or your own"), 6
    ),
    Command("caseload.filter", "f", N_("Filter"), N_("Write the filter as one line"), 6),
    Command("caseload.sort", "o", N_("Order"), N_("Sort by the next step, name, contact or period"), 5),
    Command("caseload.next_status", "right", N_("Next status"), N_("Filter by the next status"), 3),
    Command("caseload.previous_status", "left", N_("Status before"), N_("Filter by the status before")),
    Command("caseload.show_all", "x", N_("All"), N_("Take every filter off"), 3),
    Command("caseload.views", "v", N_("Views"), N_("Use or remove a saved view"), 4),
    Command("caseload.save_view", "w", N_("Save view"), N_("Save the filter and the order under a name"), 2),
    Command(
        "caseload.columns", "k", N_("Columns"), N_("Choose which columns are shown, and in which order"), 2
    ),
    Command("caseload.only_new", "N", N_("New"), N_("Show only new clients"), action="only('new')"),
    Command(
        "caseload.only_no_interview",
        "I",
        N_("No interview"),
        N_("Show only clients without an interview"),
        action="only('no_interview')",
    ),
    Command(
        "caseload.only_review_due",
        "R",
        N_("Review due"),
        N_("Show only clients whose plan is to be reviewed"),
        action="only('review_due')",
    ),
    Command(
        "caseload.only_no_contact",
        "C",
        N_("No contact"),
        N_("Show only clients without a contact in 30 days"),
        action="only('no_contact')",
    ),
    Command(
        "caseload.only_referral_unanswered",
        "U",
        N_("Unanswered"),
        N_("Show only clients with a referral that is not answered"),
        action="only('referral_unanswered')",
    ),
    Command(
        "caseload.only_plan_ending",
        "E",
        N_("Ending"),
        N_("Show only clients whose period ends in 90 days"),
        action="only('plan_ending')",
    ),
    Command(
        "caseload.only_protected",
        "P",
        N_("Protected"),
        N_("Show only clients with a protection order"),
        action="only('protected')",
    ),
    Command("columns.switch", "space", N_("Show or hide"), N_("Show the column, or hide it"), 9),
    Command("columns.earlier", "less_than_sign", N_("Left"), N_("Move the column to the left"), 7),
    Command("columns.later", "greater_than_sign", N_("Right"), N_("Move the column to the right"), 7),
    Command("columns.reset", "delete", N_("As it was"), N_("Back to the columns of the program"), 6),
    Command("views.remove", "delete", N_("Remove"), N_("Remove the saved view under the cursor"), 9),
)
