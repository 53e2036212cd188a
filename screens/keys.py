"""Every command once: its key, its words and where it works.

Bindings, the footer, the `?` help, the palette and the README's key table are all made from COMMANDS.
A screen gets its bindings with `BINDINGS = keys.bindings("caseload")` and answers to
`action_<last part of the id>`; a command is added here only together with its action.
"""

from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from textual.binding import Binding, BindingType

from kotoutus_tui.i18n import N_, _

Kind = Literal["everywhere", "place", "widget", "modal"]


@dataclass(frozen=True)
class Context:
    """Somewhere keys work: everywhere, in one place, in a kind of widget, or in something that covers all.

    `title` is a source string.
    """

    id: str
    title: str
    kind: Kind


@dataclass(frozen=True)
class Command:
    """One thing a person can do.

    The id begins with the id of its context and a dot; without a dot it works everywhere. `key` may
    hold several keys separated by commas; the first is the one shown. `label` (a word or two for the
    footer) and `help` (a sentence) are English source strings. `footer` is how long the command stays
    when the footer gets narrow: 0 never shown, 9 to the last. `priority` makes a key work over dialogs
    and in fields too.
    """

    id: str
    key: str
    label: str
    help: str
    footer: int = 0
    palette: bool = True
    priority: bool = False
    action: str = ""

    @property
    def context(self) -> str:
        """The id of the context it works in."""
        return self.id.rpartition(".")[0] or "everywhere"

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys in Textual's spelling."""
        return normal_keys(self.key)


CONTEXTS = (
    Context("everywhere", N_("Everywhere"), "everywhere"),
    Context("client", N_("With a client"), "place"),
    Context("details", N_("In a client's details"), "place"),
    Context("caseload", N_("Caseload"), "place"),
    Context("list", N_("In a list"), "widget"),
    Context("table", N_("In a table"), "widget"),
    Context("note", N_("In a note"), "widget"),
    Context("dialog", N_("In a dialog"), "modal"),
    Context("views", N_("In the saved views"), "modal"),
    Context("columns", N_("In the choice of columns"), "modal"),
    Context("notices", N_("In the notices"), "modal"),
    Context("trouble", N_("In a message about a fault"), "modal"),
    Context("blank", N_("On the blank screen"), "modal"),
)

COMMANDS: tuple[Command, ...] = (
    Command("go_caseload", "1", N_("Caseload"), N_("Go to the caseload"), action="go('caseload')"),
    Command("back", "escape", N_("Back"), N_("Go back; what you wrote is kept"), 7, palette=False),
    Command("search", "/", N_("Search"), N_("Find any client of the team"), 8),
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
    Command("caseload.new_client", "n", N_("New client"), N_("Add a new client; search comes first"), 8),
    Command("caseload.contact", "c", N_("Contact"), N_("Write down a contact with the client"), 5),
    Command("caseload.task", "t", N_("Task"), N_("Add something to be done for the client"), 4),
    Command("caseload.refer", "r", N_("Refer"), N_("Refer the client under the cursor"), 3),
    Command(
        "caseload.move",
        "m",
        N_("Move"),
        N_("Move the client, or those selected, to another counsellor"),
        7,
    ),
    Command("caseload.undo_move", "u", N_("Undo"), N_("Undo the last move"), 2),
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
    Command("notices.mark_all", "x", N_("All read"), N_("Mark all notices as read"), 9),
    Command("list.open", "enter", N_("Open"), N_("Open the row under the cursor"), 9),
    Command("table.select", "space", N_("Select"), N_("Select the row, or unselect it"), 4),
    Command("list.up", "up", N_("Up"), N_("One row up")),
    Command("list.down", "down", N_("Down"), N_("One row down")),
    Command("list.page_up", "pageup", N_("Page up"), N_("One page up")),
    Command("list.page_down", "pagedown", N_("Page down"), N_("One page down")),
    Command("list.first", "home", N_("First"), N_("To the first row")),
    Command("list.last", "end", N_("Last"), N_("To the last row")),
    Command("client.note", "e", N_("Note"), N_("Write a note"), 9),
    Command("client.contact", "c", N_("Contact"), N_("Write down a contact"), 8),
    Command("client.task", "t", N_("Task"), N_("Add something to be done"), 7),
    Command("client.add", "k", N_("Entry"), N_("Write an entry of any kind"), 6),
    Command("client.finish", "d", N_("Done"), N_("Mark a task as done"), 5),
    Command("client.refer", "r", N_("Refer"), N_("Refer the client to somebody"), 4),
    Command("client.answer", "v", N_("Answer"), N_("Write down the answer to a referral"), 4),
    Command("client.correct", "x", N_("Correct"), N_("Correct the entry under the cursor"), 5),
    Command("client.withdraw", "w", N_("Withdraw"), N_("Mark the entry as written by mistake"), 3),
    Command("client.undo", "u", N_("Undo"), N_("Undo your last entry on this client"), 4),
    Command("client.filter", "f", N_("Filter"), N_("Show only entries of one kind"), 5),
    Command("client.jump", "g", N_("Date"), N_("Go to a date on the timeline"), 3),
    Command("client.side", "s", N_("Overview"), N_("Show tasks, referrals, goals and household"), 7),
    Command("client.details", "i", N_("Details"), N_("Show the facts, names and contact data"), 6),
    Command(
        "details.reveal", "o", N_("Show/hide"), N_("Show what is hidden, which is logged, or hide it"), 8
    ),
    Command("details.remove", "delete", N_("Remove"), N_("Remove what stands under the cursor"), 6),
    Command("details.undo", "u", N_("Undo"), N_("Undo your last change of this client"), 5),
    Command("note.save", "ctrl+enter", N_("Save"), N_("Save; a dot alone on a line does the same"), 9),
    Command(
        "note.close", "escape", N_("Close"), N_("Close; what you wrote stays as a draft"), 8, palette=False
    ),
    Command("dialog.dismiss", "escape", N_("Cancel"), N_("Close without doing anything"), 8),
    Command("trouble.close", "enter", N_("Go on"), N_("Close the message"), 9),
    Command("blank.show", "enter,escape", N_("Show again"), N_("Show the screen again"), 9),
)


def command(command_id: str) -> Command:
    """Return the command with this id; KeyError when there is none."""
    return _by_id()[command_id]


def bindings(*contexts: str) -> list[BindingType]:
    """Return the bindings of these contexts, to be a class's BINDINGS; a keymap changes them by id."""
    return [binding(each) for each in COMMANDS if each.context in contexts]


def bindings_of(*ids: str) -> list[BindingType]:
    """Return the bindings of single commands, for a dialog that needs some of those that work everywhere."""
    return [binding(command(each)) for each in ids]


def binding(command: Command) -> Binding:
    """Return the binding of one command; those that work everywhere are answered by the app."""
    action = command.action or command.id.rpartition(".")[2]
    if command.context == "everywhere":
        action = f"app.{action}"
    return Binding(command.key, action, command.label, show=False, priority=command.priority, id=command.id)


def normal_keys(key: str) -> tuple[str, ...]:
    """Return a comma-separated list of keys in Textual's spelling: "?" is question_mark."""
    if not key.strip(", "):
        return ()
    return tuple(each.key for each in Binding.make_bindings([Binding(key.strip(", "), "")]))


def key_name(key: str) -> str:
    """Return what stands on the keyboard for a key, in the language in use."""
    *modifiers, name = key.split("+")
    shown = _(_NAMES[name]) if name in _NAMES else _SIGNS.get(name, name)
    if modifiers and len(shown) == 1:
        shown = shown.upper()
    return "+".join([*(_(_NAMES.get(each, each)) for each in modifiers), shown])


def key_table() -> str:
    """Return the keys as a Markdown table for the README, in the language in use."""
    lines: list[str] = []
    heading = "| " + _("key") + " | " + _("what it does") + " |"
    for context in CONTEXTS:
        lines += ["", f"**{_(context.title)}**", "", heading, "|---|---|"]
        for each in COMMANDS:
            if each.context == context.id:
                names = " ".join(f"`{key_name(key)}`" for key in each.keys)
                lines.append(f"| {names} | {_(each.help)} |")
    return "\n".join(lines[1:]) + "\n"


_NAMES = {
    "ctrl": N_("Ctrl"),
    "shift": N_("Shift"),
    "enter": N_("Enter"),
    "escape": N_("Esc"),
    "space": N_("Space"),
    "tab": N_("Tab"),
    "up": N_("Up arrow"),
    "down": N_("Down arrow"),
    "left": N_("Left arrow"),
    "right": N_("Right arrow"),
    "pageup": N_("PgUp"),
    "pagedown": N_("PgDn"),
    "home": N_("Home"),
    "end": N_("End"),
    "delete": N_("Del"),
    "backspace": N_("Backspace"),
}
_SIGNS = {
    "question_mark": "?",
    "exclamation_mark": "!",
    "slash": "/",
    "full_stop": ".",
    "comma": ",",
    "plus": "+",
    "minus": "-",
    "less_than_sign": "<",
    "greater_than_sign": ">",
}


@lru_cache(maxsize=1)
def _by_id() -> dict[str, Command]:
    return {each.id: each for each in COMMANDS}
