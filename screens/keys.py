"""Every command once: its key, its words and where it works.

Bindings, the footer, the `?` help, the palette and the README's key table are all made from COMMANDS,
which the files of `keyboard/` list part by part. A screen gets its bindings with
`BINDINGS = keys.bindings("caseload")` and answers to `action_<last part of the id>`; a command is added
there only together with its action.
"""

from functools import lru_cache

from textual.binding import Binding, BindingType

from kotoutus_tui.i18n import _
from screens.keyboard import (
    calendar,
    calendar_export,
    caseload,
    catalogue,
    client,
    everywhere,
    guidance,
    interview,
    outlook,
    partners,
    period,
    plan,
    radar,
    reception,
    referrals,
    register,
    reports,
    team,
    transfers,
    widgets,
)
from screens.keyboard.command import Command, Context
from screens.keyboard.names import key_name, normal_keys

__all__ = [
    "COMMANDS",
    "CONTEXTS",
    "Command",
    "Context",
    "binding",
    "bindings",
    "bindings_of",
    "command",
    "key_name",
    "key_table",
    "normal_keys",
]

_PARTS = (
    everywhere,
    caseload,
    radar,
    client,
    interview,
    plan,
    period,
    outlook,
    partners,
    catalogue,
    guidance,
    calendar,
    calendar_export,
    reception,
    referrals,
    register,
    reports,
    team,
    transfers,
    widgets,
)
CONTEXTS: tuple[Context, ...] = tuple(context for part in _PARTS for context in part.CONTEXTS)
COMMANDS: tuple[Command, ...] = tuple(command for part in _PARTS for command in part.COMMANDS)


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


@lru_cache(maxsize=1)
def _by_id() -> dict[str, Command]:
    return {each.id: each for each in COMMANDS}
