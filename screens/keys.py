"""Every command once: its key, its words and where it works.

Bindings, the footer, the `?` help, the palette and the README's key table are all made from COMMANDS.
A screen gets its bindings with `BINDINGS = keys.bindings("caseload")` and answers to
`action_<last part of the id>`; a command is added here only together with its action.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from textual.binding import Binding

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

    `label` (a word or two for the footer) and `help` (a sentence) are English source strings. `footer`
    is how long the command stays when the footer gets narrow: 0 never shown, 9 to the last.
    `key` may hold several keys separated by commas; the first is the one shown.
    """

    id: str
    key: str
    label: str
    help: str
    context: str
    footer: int = 0
    palette: bool = True
    priority: bool = False
    action: str = ""

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys in Textual's spelling."""
        return normal_keys(self.key)


CONTEXTS = (
    Context("everywhere", N_("Everywhere"), "everywhere"),
    Context("list", N_("In a list"), "widget"),
    Context("note", N_("In a note"), "widget"),
    Context("dialog", N_("In a dialog"), "modal"),
    Context("blank", N_("On the blank screen"), "modal"),
)

COMMANDS: tuple[Command, ...] = (
    Command("back", "escape", N_("Back"), N_("Go back; what you wrote is kept"), "everywhere", 7, False),
    Command("help", "?", N_("Keys"), N_("Show the keys of this place"), "everywhere", 8),
    Command(
        "palette", "ctrl+p", N_("Commands"), N_("Find a command by its name"), "everywhere", 3, False, True, "commands"
    ),
    Command("blank", "ctrl+l", N_("Blank"), N_("Blank the screen at once"), "everywhere", 2, True, True),
    Command("reload", "ctrl+r", N_("Reload"), N_("Read everything on this screen again"), "everywhere"),
    Command("quit", "q,ctrl+c", N_("Quit"), N_("Quit; drafts are kept"), "everywhere", 1),
    Command("next_field", "tab", N_("Next"), N_("Go to the next field or list"), "everywhere", 0, False),
    Command("previous_field", "shift+tab", N_("Previous"), N_("Go to the field or list before"), "everywhere", 0, False),
    Command("list.open", "enter", N_("Open"), N_("Open the row under the cursor"), "list", 9, False),
    Command("list.select", "space", N_("Select"), N_("Select the row, or take the selection off"), "list", 4, False),
    Command("list.up", "up", N_("Up"), N_("One row up"), "list", 0, False),
    Command("list.down", "down", N_("Down"), N_("One row down"), "list", 0, False),
    Command("list.page_up", "pageup", N_("Page up"), N_("One page up"), "list", 0, False),
    Command("list.page_down", "pagedown", N_("Page down"), N_("One page down"), "list", 0, False),
    Command("list.first", "home", N_("First"), N_("To the first row"), "list", 0, False),
    Command("list.last", "end", N_("Last"), N_("To the last row"), "list", 0, False),
    Command("note.save", "ctrl+enter", N_("Save"), N_("Save the note; a dot alone on a line does the same"), "note", 9, False),
    Command("dialog.accept", "enter", N_("OK"), N_("Do it"), "dialog", 9, False),
    Command("dialog.dismiss", "escape", N_("Cancel"), N_("Close without doing anything"), "dialog", 8, False),
    Command("blank.show", "enter,escape", N_("Show again"), N_("Show the screen again"), "blank", 9, False),
)

# Keys that a terminal, a multiplexer or the keyboard itself owns: flow control, suspend, the prefixes of
# tmux and screen, the letters that arrive as backspace, tab, line feed and enter, and what PuTTY sends for F-keys.
_FORBIDDEN = re.compile(r"f\d+|ctrl\+([abhijmqsz]|\[|left_square_bracket)|(.*\+)?(alt|meta|super|hyper)\+.*")
_KEY = re.compile(r"(ctrl\+|shift\+)*[a-z0-9_åäö]+|[A-ZÅÄÖ]")


def command(command_id: str) -> Command:
    """Return the command with this id; KeyError when there is none."""
    return _by_id()[command_id]


def bindings(context: str) -> list[Binding]:
    """Return the bindings of one context, to be a class's BINDINGS; the user's keymap changes them by id."""
    return [
        Binding(
            each.key, each.action or each.id.rpartition(".")[2], each.label, show=False, priority=each.priority, id=each.id
        )
        for each in COMMANDS
        if each.context == context
    ]


def check_keymap(keymap: Mapping[str, str]) -> tuple[dict[str, str], list[str]]:
    """Return the entries of a user's keymap that can be used, and a sentence for each that is refused."""
    accepted: dict[str, str] = {}
    refused: list[str] = []
    for command_id, wanted in keymap.items():
        if command_id not in _by_id():
            refused.append(_("Keys: there is no command “{command}”.").format(command=command_id[:40]))
        elif bad := next((key for key in normal_keys(wanted) or ("",) if not _usable(key)), None):
            refused.append(
                _("Keys: “{key}” for “{command}” belongs to the terminal or is no key.").format(
                    key=bad[:20], command=command_id
                )
            )
        elif not normal_keys(wanted):
            refused.append(_("Keys: “{command}” has no key.").format(command=command_id))
        else:
            accepted[command_id] = wanted
    for command_id in list(accepted):
        if other := _clash(command_id, accepted):
            refused.append(
                _("Keys: “{key}” for “{command}” is already the key of “{other}”.").format(
                    key=accepted.pop(command_id), command=command_id, other=other
                )
            )
    return accepted, refused


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
    for context in CONTEXTS:
        lines += ["", f"**{_(context.title)}**", "", "| {} | {} |".format(_("key"), _("what it does")), "|---|---|"]
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


def _usable(key: str) -> bool:
    return bool(_KEY.fullmatch(key)) and not _FORBIDDEN.fullmatch(key)


def _clash(command_id: str, keymap: Mapping[str, str]) -> str | None:
    mine = _by_id()[command_id]
    for other in COMMANDS:
        if other.id != command_id and _meet(mine, other):
            theirs = normal_keys(keymap.get(other.id, other.key))
            if set(normal_keys(keymap[command_id])) & set(theirs):
                return other.id
    return None


def _meet(one: Command, other: Command) -> bool:
    kinds = {context.id: context.kind for context in CONTEXTS}
    mine, theirs = kinds[one.context], kinds[other.context]
    if one.context == other.context:
        return True
    if "modal" in (mine, theirs):
        # What covers the screen hides every key but those that work even there.
        return one.priority or other.priority
    return mine != theirs
