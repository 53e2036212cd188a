"""The rows of an initial interview: its facts, what is found out, what is told."""

from collections.abc import Collection

from kotoutus_tui.casework import interview_words as words
from kotoutus_tui.casework.interview import Interview
from kotoutus_tui.i18n import _, format_date
from screens.widgets.event_list import Cell, Entry

NUMBER_WIDTH = 2


def rows(interview: Interview, lacking: Collection[str], unsaved: Collection[str]) -> list[Entry]:
    """Return the rows; `lacking` are the names that are missing, `unsaved` the items with a draft."""
    return [
        *(_fact(interview, name, lacking) for name in words.FACTS),
        *(
            _item(interview, item, number, unsaved=item in unsaved)
            for number, item in enumerate(words.CONTENT, 1)
        ),
        *(_told(interview, item, number) for number, item in enumerate(words.TOLD, 1)),
    ]


def next_item(key: str) -> str | None:
    """Return the key of the content item after this one, None after the last."""
    items = list(words.CONTENT)
    place = items.index(key.partition(":")[2]) + 1
    return f"item:{items[place]}" if place < len(items) else None


def _fact(interview: Interview, name: str, lacking: Collection[str]) -> Entry:
    value = words.shown(name, getattr(interview, name))
    title: Cell = f"{words.label(name)}: {value}"
    return Entry(
        f"fact:{name}", _("The interview"), "",
        (title, "plain"), _missing() if name in lacking else "",
    )  # fmt: skip


def _item(interview: Interview, item: str, number: int, *, unsaved: bool) -> Entry:
    answer = interview.answer(item)
    right: Cell = words.source(answer.source) if answer.text else _missing()
    notes: tuple[Cell, ...] = (
        ((_("What you wrote is not saved yet: Enter goes on."), "alert"),) if unsaved else ()
    )
    return Entry(
        f"item:{item}", _("What is found out (section 2(1) of decree 869/2024)"), f"{number}",
        (words.label(item), "strong"), right, body=answer.text, notes=notes,
    )  # fmt: skip


def _told(interview: Interview, item: str, number: int) -> Entry:
    day = interview.answer(item).told_on
    right: Cell = _("told {date}").format(date=format_date(day)) if day else _missing()
    return Entry(
        f"told:{item}", _("What the client is told (section 2(3))"), f"{number}",
        (words.label(item), "strong"), right,
    )  # fmt: skip


def _missing() -> Cell:
    return _("missing"), "alert"
