"""Commands of lists, tables and what covers the screen."""

from kotoutus_tui.i18n import N_
from screens.keyboard.command import Command, Context

CONTEXTS = (
    Context("list", N_("In a list"), "widget"),
    Context("table", N_("In a table"), "widget"),
    Context("dialog", N_("In a dialog"), "modal"),
    Context("notices", N_("In the notices"), "modal"),
    Context("trouble", N_("In a message about a fault"), "modal"),
    Context("blank", N_("On the blank screen"), "modal"),
)

COMMANDS: tuple[Command, ...] = (
    Command("notices.mark_all", "x", N_("All read"), N_("Mark all notices as read"), 9),
    Command("list.open", "enter", N_("Open"), N_("Open the row under the cursor"), 9),
    Command("table.select", "space", N_("Select"), N_("Select the row, or unselect it"), 4),
    Command("list.up", "up", N_("Up"), N_("One row up")),
    Command("list.down", "down", N_("Down"), N_("One row down")),
    Command("list.page_up", "pageup", N_("Page up"), N_("One page up")),
    Command("list.page_down", "pagedown", N_("Page down"), N_("One page down")),
    Command("list.first", "home", N_("First"), N_("To the first row")),
    Command("list.last", "end", N_("Last"), N_("To the last row")),
    Command("dialog.dismiss", "escape", N_("Cancel"), N_("Close without doing anything"), 8),
    Command("trouble.close", "enter", N_("Go on"), N_("Close the message"), 9),
    Command("blank.show", "enter,escape", N_("Show again"), N_("Show the screen again"), 9),
)
