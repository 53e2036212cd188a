"""A paper as plain text. Words of another direction stand in isolates, so that no line changes its order."""

import unicodedata
from collections.abc import Iterator
from textwrap import wrap

from kotoutus_tui.casework.prints.headings import Words
from kotoutus_tui.casework.prints.page import Block, Fact, Page, Section
from kotoutus_tui.text import visible

_WIDTH = 78
# What the Unicode Bidirectional Algorithm calls isolates: right to left, by the first strong letter, and
# the end of either.
_RLI, _FSI, _PDI = "\u2067", "\u2068", "\u2069"
_RIGHT_TO_LEFT = frozenset({"R", "AL", "AN"})
_LINE = "_" * 34


def as_text(page: Page) -> str:
    """Return the paper as lines of at most 78 letters; longer words are not broken."""
    return "\n".join(_lines(page)) + "\n"


def isolated(text: str) -> str:
    """Return one line of text from people so that its direction ends with it."""
    turns = any(unicodedata.bidirectional(letter) in _RIGHT_TO_LEFT for letter in text)
    return f"{_FSI}{text}{_PDI}" if turns else text


def both(words: Words) -> str:
    """Return words in Finnish and in the other language, which stands in an isolate of its direction."""
    return f"{words.fi} / {_own(words, words.own)}" if words.own else words.fi


def _own(words: Words, line: str) -> str:
    return f"{_RLI}{line}{_PDI}" if words.direction == "rtl" else line


def _lines(page: Page) -> Iterator[str]:
    yield both(page.issuer)
    yield ""
    yield both(page.title)
    yield "=" * len(page.title.fi)
    for note in page.notes:
        yield from _sentence(note)
    yield ""
    for fact in page.facts:
        yield from _fact(fact, "")
    for section in page.sections:
        yield from _section(section)
    for who in page.signatures:
        yield from ("", "")
        for line in (page.place_and_date, who, page.name_in_print):
            if line is not None:
                yield from ("", _LINE, both(line))


def _section(section: Section) -> Iterator[str]:
    yield ""
    yield both(section.heading)
    yield "-" * len(section.heading.fi)
    for number, block in enumerate(section.blocks):
        if number:
            yield ""
        yield from _block(block)
    if not section.blocks:
        yield "–"


def _block(block: Block) -> Iterator[str]:
    if block.text:
        yield from _paragraphs(block.text, "")
    for fact in block.facts:
        yield from _fact(fact, "  ")


def _fact(fact: Fact, indent: str) -> Iterator[str]:
    if isinstance(fact.value, Words):
        yield f"{indent}{both(fact.heading)}: {both(fact.value)}"
        return
    lines = list(_paragraphs(fact.value, f"{indent}  "))
    if len(lines) == 1:
        yield f"{indent}{both(fact.heading)}: {lines[0].strip()}"
    else:
        yield f"{indent}{both(fact.heading)}:"
        yield from lines


def _paragraphs(text: str, indent: str) -> Iterator[str]:
    room = _WIDTH - len(indent)
    for paragraph in visible(text, prose=True).split("\n"):
        for line in wrap(paragraph, room, break_long_words=False, break_on_hyphens=False) or [""]:
            yield f"{indent}{isolated(line)}" if line else ""


def _sentence(words: Words) -> Iterator[str]:
    yield from wrap(words.fi, _WIDTH)
    yield from (_own(words, line) for line in wrap(words.own, _WIDTH))
