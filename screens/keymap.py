"""A user's own keys: which can be used and which are refused, with the reason."""

import re
from collections.abc import Mapping

from kotoutus_tui.i18n import _
from screens.keys import COMMANDS, CONTEXTS, Command, command, normal_keys

# Keys that a terminal, a multiplexer or the keyboard itself owns: flow control, suspend, the prefixes of tmux
# and screen, letters that arrive as backspace, tab, line feed and enter, and what PuTTY sends for F-keys.
_FORBIDDEN = re.compile(r"f\d+|ctrl\+([abhijmqsz]|\[|left_square_bracket)|(.*\+)?(alt|meta|super|hyper)\+.*")
_KEY = re.compile(r"(ctrl\+|shift\+)*[a-z0-9_åäö]+|[A-ZÅÄÖ]")


def check_keymap(keymap: Mapping[str, str]) -> tuple[dict[str, str], list[str]]:
    """Return the entries of a user's keymap that can be used, and a sentence for each that is refused."""
    accepted: dict[str, str] = {}
    refused: list[str] = []
    known = {each.id for each in COMMANDS}
    for command_id, wanted in keymap.items():
        if command_id not in known:
            refused.append(_("Keys: there is no command “{command}”.").format(command=command_id[:40]))
        elif not normal_keys(wanted):
            refused.append(_("Keys: “{command}” has no key.").format(command=command_id))
        elif bad := next((key for key in normal_keys(wanted) if not _usable(key)), None):
            sentence = _("Keys: “{key}” for “{command}” belongs to the terminal or is no key.")
            refused.append(sentence.format(key=bad[:20], command=command_id))
        else:
            accepted[command_id] = wanted
    for command_id in tuple(accepted):
        if other := _clash(command_id, accepted):
            key = accepted.pop(command_id)
            sentence = _("Keys: “{key}” for “{command}” is already the key of “{other}”.")
            refused.append(sentence.format(key=key, command=command_id, other=other))
    return accepted, refused


def _usable(key: str) -> bool:
    return bool(_KEY.fullmatch(key)) and not _FORBIDDEN.fullmatch(key)


def _clash(command_id: str, keymap: Mapping[str, str]) -> str | None:
    mine = command(command_id)
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
