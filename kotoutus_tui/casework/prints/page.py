"""What stands on a printed paper, whatever it is printed as.

    Page(
        h["integration"], h.language,
        facts=(Fact(h["client"], "Ivanova Oksana"), Fact(h["drawn_on"], format_date(day))),
        sections=(Section(h["long"], (Block("Työ hoiva-alalla", (Fact(h["state"], h["open"]),)),)),),
        signatures=(h["signature_client"], h["signature_counsellor"]),
    )

Strings are what people wrote, in whatever language and direction; words of the program are `Words`. A
personal identity code and whatever tells where a protected person is have no place on paper.
"""

from dataclasses import dataclass

from kotoutus_tui.casework.prints.headings import Words


@dataclass(frozen=True)
class Fact:
    """A heading with what stands beside it."""

    heading: Words
    value: str | Words


@dataclass(frozen=True)
class Block:
    """A text of one or several lines, and facts about it."""

    text: str
    facts: tuple[Fact, ...] = ()


@dataclass(frozen=True)
class Section:
    """A heading and what stands under it; without blocks a dash."""

    heading: Words
    blocks: tuple[Block, ...] = ()


@dataclass(frozen=True)
class Page:
    """A paper; `notes` are sentences of the program under the title, `signatures` who signs."""

    title: Words
    issuer: Words
    language: str
    facts: tuple[Fact, ...] = ()
    notes: tuple[Words, ...] = ()
    sections: tuple[Section, ...] = ()
    signatures: tuple[Words, ...] = ()
    place_and_date: Words | None = None
    name_in_print: Words | None = None


def days(start: str, end: str) -> str:
    """Return two days as one span; either may be empty."""
    return f"{start}–{end}" if start or end else ""
