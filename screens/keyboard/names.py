"""How keys are spelled for Textual and for people."""

from textual.binding import Binding

from kotoutus_tui.i18n import N_, _

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
