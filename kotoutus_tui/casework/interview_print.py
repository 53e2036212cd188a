"""The paper of an initial interview, or an empty form to be filled in by hand.

No identity code and nothing of where the client lives stands on it.
"""

from collections.abc import Collection
from datetime import date

from kotoutus_tui.casework.field_words import NOTHING
from kotoutus_tui.casework.interview import Interview, Setting
from kotoutus_tui.casework.interview_words import CONTENT, TOLD
from kotoutus_tui.casework.prints.headings import Headings
from kotoutus_tui.casework.prints.page import Block, Fact, Page, Section
from kotoutus_tui.i18n import format_date, language_name

_BY_HAND = "_" * 40
_FACTS = ("held_on", "language", "interpreter", "place")


def paper(interview: Interview, lacking: Collection[str], setting: Setting, language: str) -> Page:
    """Return the paper of an interview with a list of what is missing, in Finnish and `language`."""
    h = Headings("interview", language)
    sections = [
        Section(h["found_out"], tuple(_answer(h, interview, item) for item in CONTENT)),
        Section(h["told_things"], (Block("", tuple(_told(h, interview, item) for item in TOLD)),)),
    ]
    if lacking:
        facts = tuple(Fact(h[name], NOTHING) for name in lacking)
        sections.append(Section(h["lacking"], (Block("", facts),)))
    return Page(
        h["title"], h["issuer"], language,
        facts=(
            Fact(h["client"], setting.name),
            Fact(h["own_counsellor"], setting.own_counsellor or NOTHING),
            Fact(h["held_on"], _day(interview.held_on)),
            Fact(h["finished_on"], _day(interview.finished_on)),
            Fact(h["language"], language_name(interview.language) if interview.language else NOTHING),
            Fact(h["interpreter"], interview.interpreter or NOTHING),
            Fact(h["place"], h[f"place_{interview.place}"] if interview.place else NOTHING),
            *([Fact(h["place_reason"], interview.place_reason)] if interview.place_reason else []),
        ),
        notes=() if interview.finished_on else (h["unfinished"],),
        sections=tuple(sections),
        signatures=(h["signature_client"], h["signature_counsellor"]),
        place_and_date=h["place_and_date"],
        name_in_print=h["name_in_print"],
    )  # fmt: skip


def empty_form(language: str) -> Page:
    """Return a form to be filled in by hand, in Finnish and `language`, about nobody."""
    h = Headings("interview", language)
    return Page(
        h["title"], h["issuer"], language,
        facts=tuple(Fact(h[name], _BY_HAND) for name in ("client", "own_counsellor", *_FACTS)),
        sections=(
            Section(h["found_out"], tuple(_by_hand(h, item) for item in CONTENT)),
            Section(h["told_things"], (Block("", tuple(Fact(h[item], _BY_HAND[:15]) for item in TOLD)),)),
        ),
        signatures=(h["signature_client"], h["signature_counsellor"]),
        place_and_date=h["place_and_date"],
        name_in_print=h["name_in_print"],
    )  # fmt: skip


def _answer(h: Headings, interview: Interview, item: str) -> Block:
    answer = interview.answer(item)
    facts = [Fact(h[item], answer.text or NOTHING)]
    if answer.text and answer.source:
        facts.append(Fact(h["source"], h[f"source_{answer.source}"]))
    return Block("", tuple(facts))


def _told(h: Headings, interview: Interview, item: str) -> Fact:
    return Fact(h[item], _day(interview.answer(item).told_on))


def _by_hand(h: Headings, item: str) -> Block:
    return Block("", (Fact(h[item], f"{_BY_HAND}\n\n{_BY_HAND}"), Fact(h["source"], _BY_HAND)))


def _day(day: date | None) -> str:
    return format_date(day) if day else NOTHING
