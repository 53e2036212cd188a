"""What is typed into the one search box: a name with a year or date of birth, or a number that says who."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date

from kotoutus_tui import clock
from kotoutus_tui.casework.name_words import Word, words

NAME, PERSONAL_ID, PHONE, NUMBER, BIRTH_DATE = "name", "personal_id", "phone", "number", "birth_date"

_LEAST_LETTERS = 2
_MOST_WORDS = 8
_MOST_TYPED = 200
_LEAST_DIGITS = 7
_LAST_DIGITS = 9  # what client_phone_key keeps of a number
_PERSONAL_ID = re.compile(r"\d{6}[-+A-FU-Y]\d{3}[0-9A-FHJ-NPR-Y]", re.IGNORECASE)
_DAY_FIRST = re.compile(r"(?<![\d.])(\d{1,2})[./](\d{1,2})[./](\d{4}|\d{2})(?![\d.])")
_YEAR_FIRST = re.compile(r"(?<!\d)(\d{4})-(\d{1,2})-(\d{1,2})(?!\d)")
_YEAR = re.compile(r"(?<![\w-])(19\d\d|20\d\d)(?![\w-])")
_PHONE = re.compile(r"\+?[\d\s()/.-]+")


@dataclass(frozen=True, slots=True)
class SearchQuery:
    """A parsed search; `exact` is what the kinds other than a name look for.

    A number with letters in it has them as `name` too, for when no client has the number.
    """

    kind: str
    name: tuple[Word, ...] = ()
    born: int | None = None
    born_on: date | None = None
    exact: str = ""

    @property
    def empty(self) -> bool:
        """Whether too little is typed to search for."""
        return not self.exact and sum(len(word.letters) for word in self.name) < _LEAST_LETTERS

    def as_name(self) -> "SearchQuery":
        """The same search by the name alone."""
        return SearchQuery(NAME, self.name)


def parse(text: str) -> SearchQuery:
    """Return what `text` asks for; it never raises, since people type half dates and other numbers."""
    typed = _plain_digits(unicodedata.normalize("NFC", text[:_MOST_TYPED])).strip()
    if found := _PERSONAL_ID.fullmatch(typed.replace(" ", "")):
        return SearchQuery(PERSONAL_ID, exact=found.group().upper())
    born_on, rest = _date(typed)
    if born_on:
        name = _name(rest)
        return SearchQuery(
            NAME if name else BIRTH_DATE, name, born_on.year, born_on, "" if name else born_on.isoformat()
        )
    if _PHONE.fullmatch(typed):
        digits = re.sub(r"\D", "", typed)
        if len(digits) >= _LEAST_DIGITS:
            return SearchQuery(PHONE, exact=digits[-_LAST_DIGITS:])
    if " " not in typed and any(c.isdigit() for c in typed):
        return SearchQuery(NUMBER, _name(typed), exact=typed)
    year = _YEAR.search(typed)
    if year and int(year.group()) <= clock.today().year:
        return SearchQuery(NAME, _name(_YEAR.sub(" ", typed)), int(year.group()))
    return SearchQuery(NAME, _name(typed))


def _name(text: str) -> tuple[Word, ...]:
    return words(text)[:_MOST_WORDS]


def _plain_digits(text: str) -> str:
    """Digits of any script as 0-9."""
    return "".join(str(unicodedata.decimal(c)) if c.isdecimal() else c for c in text)


def _date(text: str) -> tuple[date | None, str]:
    """The first date in the text that is in the calendar, and the text without it."""
    for pattern, order in ((_DAY_FIRST, (3, 2, 1)), (_YEAR_FIRST, (1, 2, 3))):
        for found in pattern.finditer(text):
            year, month, day = (int(found.group(place)) for place in order)
            if year < 100:
                year += 2000 if year <= clock.today().year % 100 else 1900
            try:
                born = date(year, month, day)
            except ValueError:
                continue
            return born, text[: found.start()] + " " + text[found.end() :]
    return None, text
