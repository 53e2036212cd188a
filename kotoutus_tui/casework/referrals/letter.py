"""The letter of a referral, made of what the database gave out for it and of nothing else."""

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from kotoutus_tui import clock
from kotoutus_tui.casework.prints.headings import Words
from kotoutus_tui.casework.prints.page import Block, Fact, Page, Section
from kotoutus_tui.casework.referrals import item_words
from kotoutus_tui.casework.referrals.disclosing import Held
from kotoutus_tui.casework.referrals.profiles import items
from kotoutus_tui.i18n import format_date

STYLES = ("fi", "plain")  # office Finnish, and plain Finnish (selkokieli)
_FILE = Path(__file__).with_name("letter.toml")


@dataclass(frozen=True)
class Frame:
    """What stands around the items: to and from whom, why, on which ground, and by when to answer."""

    receiver: str
    sender: str
    ground: str
    purpose: str
    asked_by: str | None = None
    answer_by: date | None = None
    consent_on: date | None = None


def paper(frame: Frame, held: Held, style: str) -> Page:
    """Return the letter in one of STYLES, with the items of `held` in the order of the law."""

    def words(code: str) -> Words:
        return Words(_texts()[code][style], "", "fi")

    facts = [
        Fact(words("receiver"), frame.receiver),
        Fact(words("date"), format_date(clock.today())),
        Fact(words("sender"), frame.sender),
        Fact(words("purpose"), frame.purpose),
        Fact(words("ground"), words(frame.ground)),
    ]
    if frame.consent_on:
        facts.append(Fact(words("consent_given"), format_date(frame.consent_on)))
    if frame.asked_by:
        facts.append(Fact(words("asked_by"), frame.asked_by))
    answer = [Fact(words("answer_by"), format_date(frame.answer_by))] if frame.answer_by else []
    return Page(
        words("title"),
        words("issuer"),
        "fi",
        facts=tuple(facts),
        notes=(words("secret"),),
        sections=(
            Section(words("client"), (Block("", tuple(_items(held, style))),)),
            Section(words("answer"), (Block(_texts()["answer_text"][style], tuple(answer)),)),
        ),
    )


def _items(held: Held, style: str) -> list[Fact]:
    easy: dict[str, str] = _texts()["items"] if style == "plain" else {}
    studies = {code: names[style] for code, names in _texts()["studies"].items()}
    return [
        Fact(
            Words(easy.get(code, item.names["fi"]), "", "fi"),
            item_words.shown(code, held[code], "fi", studies),
        )
        for code, item in items().items()
        if code in held
    ]


@lru_cache(maxsize=1)
def _texts() -> dict[str, Any]:
    return tomllib.loads(_FILE.read_text("utf-8"))
