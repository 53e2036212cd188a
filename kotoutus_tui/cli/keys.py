"""`kotoutus keys`: every key and what it does, to print beside the desk."""

from argparse import ArgumentParser, Namespace

from kotoutus_tui.cli import output


def add_arguments(_parser: ArgumentParser) -> None:
    """Take nothing."""


def run(_arguments: Namespace) -> int:
    """Print the keys as a table in Markdown, in the language in use."""
    from screens.keys import key_table

    output.say(key_table())
    return 0
