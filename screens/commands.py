"""What can be done on a screen now, for the footer, the help and the palette."""

from dataclasses import dataclass

from textual.dom import DOMNode
from textual.screen import Screen

from screens import keys
from screens.places import PLACES


@dataclass(frozen=True)
class Entry:
    """A command with its key and the thing that carries it out; None when that is not on the screen."""

    command: keys.Command
    key: str
    action: str
    target: DOMNode | None


def with_keys(screen: Screen[object]) -> list[tuple[keys.Command, list[str]]]:
    """Return the commands that work now, each with its keys, the nearest to the cursor first."""
    found: dict[str, tuple[keys.Command, list[str]]] = {}
    for key, active in screen.active_bindings.items():
        command_id = active.binding.id
        if command_id and active.enabled and not _typed(screen, key):
            found.setdefault(command_id, (keys.command(command_id), []))[1].append(key)
    return list(found.values())


def entries(screen: Screen[object]) -> list[Entry]:
    """Return every command for the palette: those of this screen, then those of the other places."""
    here: dict[str, Entry] = {}
    for key, active in screen.active_bindings.items():
        command_id = active.binding.id
        if command_id and active.enabled and command_id not in here:
            command = keys.command(command_id)
            if command.palette and not _by_key_alone(command):
                here[command_id] = Entry(command, key, active.binding.action, active.node)
    others = [
        Entry(command, command.keys[0], str(keys.binding(command).action), None)
        for command in keys.COMMANDS
        if command.palette and command.id not in here and command.context in {place.id for place in PLACES}
    ]
    return [*here.values(), *others]


def _typed(screen: Screen[object], key: str) -> bool:
    # Textual knows this of letters but not of every sign: it calls the slash by another name.
    name = keys.key_name(key)
    return screen.focused is not None and len(name) == 1 and screen.focused.check_consume_key(key, name)


def _by_key_alone(command: keys.Command) -> bool:
    # Moving a cursor or closing a dialog makes no sense through a list of commands.
    return next(each.kind for each in keys.CONTEXTS if each.id == command.context) in ("widget", "modal")
