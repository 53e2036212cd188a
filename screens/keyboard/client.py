"""Commands with one client: the timeline, the details and the box to write in."""

from kotoutus_tui.i18n import N_
from screens.keyboard.command import Command, Context

CONTEXTS = (
    Context("client", N_("With a client"), "place"),
    Context("details", N_("In a client's details"), "place"),
    Context("note", N_("In a note"), "widget"),
    Context("prose", N_("In a field of several lines"), "widget"),
)

COMMANDS: tuple[Command, ...] = (
    Command("client.note", "e", N_("Note"), N_("Write a note"), 9),
    Command("client.contact", "c", N_("Contact"), N_("Write down a contact"), 8),
    Command("client.task", "t", N_("Task"), N_("Add something to be done"), 7),
    Command("client.add", "k", N_("Entry"), N_("Write an entry of any kind"), 6),
    Command("client.appointment", "a", N_("Appointment"), N_("Make an appointment with the client"), 6),
    Command("client.finish", "d", N_("Done"), N_("Mark a task as done"), 5),
    Command("client.refer", "r", N_("Refer"), N_("Refer the client to a service or to somebody"), 4),
    Command("client.answer", "v", N_("Answer"), N_("Write down what has happened to a referral"), 4),
    Command(
        "client.referrals",
        "l",
        N_("Referrals"),
        N_("Show the referrals and where each stands"),
        4,
        action="part('referrals')",
    ),
    Command("client.correct", "x", N_("Correct"), N_("Correct the entry under the cursor"), 5),
    Command("client.withdraw", "w", N_("Withdraw"), N_("Mark the entry as written by mistake"), 3),
    Command("client.undo", "u", N_("Undo"), N_("Undo your last entry on this client"), 4),
    Command("client.filter", "f", N_("Filter"), N_("Show only entries of one kind"), 5),
    Command("client.jump", "g", N_("Date"), N_("Go to a date on the timeline"), 3),
    Command("client.side", "s", N_("Overview"), N_("Show tasks, referrals, goals and household"), 7),
    Command(
        "client.details",
        "i",
        N_("Details"),
        N_("Show the facts, names and contact data"),
        6,
        action="part('details')",
    ),
    Command("client.plan", "p", N_("Plan"), N_("Show the integration plan"), 6, action="part('plan')"),
    Command(
        "client.interview",
        "h",
        N_("Interview"),
        N_("Hold the initial interview, or read the earlier ones"),
        6,
        action="part('interview')",
    ),
    Command(
        "client.register",
        "o",
        N_("Register"),
        N_("Hand the client over to the national register"),
        3,
        action="part('register')",
    ),
    Command(
        "details.reveal", "o", N_("Show/hide"), N_("Show what is hidden, which is logged, or hide it"), 8
    ),
    Command("details.remove", "delete", N_("Remove"), N_("Remove what stands under the cursor"), 6),
    Command("details.undo", "u", N_("Undo"), N_("Undo your last change of this client"), 5),
    Command("note.save", "ctrl+enter", N_("Save"), N_("Save; a dot alone on a line does the same"), 9),
    Command(
        "note.close", "escape", N_("Close"), N_("Close; what you wrote stays as a draft"), 8, palette=False
    ),
    Command("prose.save", "ctrl+enter", N_("Go on"), N_("Go on; a dot alone on a line does the same"), 9),
)
