"""Colours: one accent, one alert, the rest quiet; and which theme suits this terminal."""

from collections.abc import Mapping

from textual.theme import Theme

# Every colour is one of the 256 of xterm, so that PuTTY, tmux and a truecolor terminal look the same.
_DARK = Theme(
    name="calm-dark",
    primary="#5fafaf",
    accent="#5fafaf",
    error="#ff875f",
    warning="#ff875f",
    success="#5fafaf",
    foreground="#d0d0d0",
    background="#1c1c1c",
    surface="#262626",
    panel="#262626",
    variables={
        "text-muted": "#949494",
        "text-disabled": "#6c6c6c",
        "block-cursor-background": "#005f87",
        "block-cursor-foreground": "#ffffff",
        "block-cursor-blurred-background": "#303030",
        "border": "#5fafaf",
        "border-blurred": "#444444",
        "input-cursor-background": "#d0d0d0",
        "input-cursor-foreground": "#1c1c1c",
        "input-cursor-text-style": "none",
        "input-selection-background": "#005f87",
    },
)
_LIGHT = Theme(
    name="calm-light",
    primary="#005f87",
    accent="#005f87",
    error="#af0000",
    warning="#af0000",
    success="#005f87",
    foreground="#262626",
    background="#eeeeee",
    surface="#e4e4e4",
    panel="#e4e4e4",
    dark=False,
    variables={
        "text-muted": "#585858",
        "text-disabled": "#8a8a8a",
        "block-cursor-background": "#005f87",
        "block-cursor-foreground": "#ffffff",
        "block-cursor-blurred-background": "#d0d0d0",
        "border": "#005f87",
        "border-blurred": "#bcbcbc",
        "input-cursor-background": "#262626",
        "input-cursor-foreground": "#eeeeee",
        "input-cursor-text-style": "none",
        "input-selection-background": "#afd7ff",
    },
)
# The terminal's own sixteen colours on its own background; the cursor is shown in reverse.
_SIXTEEN = Theme(
    name="sixteen",
    ansi=True,
    primary="ansi_cyan",
    accent="ansi_cyan",
    error="ansi_bright_red",
    warning="ansi_bright_red",
    success="ansi_cyan",
    foreground="ansi_default",
    background="ansi_default",
    surface="ansi_default",
    panel="ansi_default",
    variables={
        "ansi-background": "ansi_default",
        "ansi-foreground": "ansi_default",
        "border": "ansi_cyan",
        "border-blurred": "ansi_default",
        "block-cursor-background": "ansi_default",
        "block-cursor-foreground": "ansi_default",
        "block-cursor-blurred-background": "ansi_default",
        "input-cursor-background": "ansi_default",
        "input-cursor-foreground": "ansi_default",
        "input-cursor-text-style": "reverse",
        "input-selection-background": "ansi_cyan",
        "input-selection-foreground": "ansi_black",
    },
)

THEMES = (_DARK, _LIGHT, _SIXTEEN)
BY_NAME = {theme.name: theme for theme in THEMES}
_RICH_TERMS = ("256color", "kitty", "alacritty", "direct", "ghostty", "wezterm")


def choose(wanted: str, environment: Mapping[str, str]) -> str:
    """Return the name of the theme to use: the one wanted if it is ours, else what the terminal can show."""
    if wanted in BY_NAME:
        return wanted
    term = environment.get("TERM", "")
    many_colours = "COLORTERM" in environment or any(word in term for word in _RICH_TERMS)
    return "calm-dark" if many_colours and "NO_COLOR" not in environment else "sixteen"
