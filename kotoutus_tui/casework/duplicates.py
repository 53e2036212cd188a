"""Whether a person who is about to be entered is a client already; a person decides, nothing is merged."""

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from kotoutus_tui.casework.name_fit import EXACT, SOUND
from kotoutus_tui.casework.name_words import words
from kotoutus_tui.casework.search import Hit, candidates, ranked
from kotoutus_tui.casework.search_query import NAME, PHONE, SearchQuery, parse
from kotoutus_tui.i18n import N_, _

if TYPE_CHECKING:
    from uuid import UUID

    from kotoutus_tui.database import Database

# Found on invented pairs: of a hundred people with other names and birth dates none comes this near.
_SURE_NAME = 0.9
_LIKE_NAME = 0.75
_SAME_YEAR_NAME = 0.8
_LIMIT = 20

# The signs, from the strongest; a screen shows them in this order.
SAME_PHONE, SAME_BIRTH_DATE, SAME_BIRTH_YEAR, SAME_NAME, SAME_SOUND, SIMILAR_NAME = (
    "phone", "birth_date", "birth_year", "name", "sound", "similar"
)  # fmt: skip
_WORDS = {
    SAME_PHONE: N_("same telephone number"),
    SAME_BIRTH_DATE: N_("same birth date"),
    SAME_BIRTH_YEAR: N_("same year of birth"),
    SAME_NAME: N_("same name"),
    SAME_SOUND: N_("the name sounds the same"),
    SIMILAR_NAME: N_("similar name"),
}


@dataclass(frozen=True, slots=True)
class Duplicate:
    """A client who may be the same person, and the signs of it."""

    hit: Hit
    signs: tuple[str, ...]

    @property
    def reasons(self) -> str:
        """The signs in words: “same birth date, the name sounds the same”."""
        return ", ".join(_(_WORDS[sign]) for sign in self.signs)


async def likely_duplicates(
    db: "Database",
    given: str | None,
    family: str | None,
    patronymic: str | None = None,
    *,
    birth_date: date | None = None,
    phone: str | None = None,
) -> list[Duplicate]:
    """Return clients of the team who are likely the same person, the likeliest first; often none.

    Of another counsellor's client the birth date is not told, only whether the year fits. Leaves entries
    in the log of use. Raises NotAllowed, Unreachable.
    """
    name = words(" ".join(part for part in (given, family, patronymic) if part))
    signs: dict[UUID, tuple[Hit, set[str]]] = {}

    def note(hit: Hit, *found: str) -> None:
        known = signs.setdefault(hit.client_id, (hit, set()))
        signs[hit.client_id] = (max(known[0], hit, key=lambda one: one.score), known[1] | set(found))

    by_phone = parse(phone or "")
    if by_phone.kind == PHONE:
        for hit in ranked(by_phone, await candidates(db, by_phone, "duplicates"), _LIMIT, 0.0).hits:
            note(replace(hit, score=0.0), SAME_PHONE)
    by_name = SearchQuery(NAME, name)
    if not by_name.empty:
        for hit in ranked(by_name, await candidates(db, by_name, "duplicates"), _LIMIT, _LIKE_NAME).hits:
            note(hit, _name_sign(hit))
    if birth_date and not by_name.empty:
        of_year = SearchQuery(NAME, name, birth_date.year)
        for hit in ranked(of_year, await candidates(db, of_year, "duplicates"), _LIMIT, _LIKE_NAME).hits:
            if hit.born_fits:
                note(hit, SAME_BIRTH_DATE if hit.birth_date == birth_date else SAME_BIRTH_YEAR)
    likely = [
        Duplicate(hit, tuple(sign for sign in _WORDS if sign in found))
        for hit, found in signs.values()
        if _likely(hit, found, birth_date)
    ]
    return sorted(likely, key=lambda one: (-_weight(one.signs), -one.hit.score))


def _name_sign(hit: Hit) -> str:
    if hit.why == EXACT and hit.score >= _SURE_NAME:
        return SAME_NAME
    return SAME_SOUND if hit.why in (EXACT, SOUND) else SIMILAR_NAME


def _likely(hit: Hit, signs: set[str], birth_date: date | None) -> bool:
    if SAME_BIRTH_DATE in signs:
        return True
    if SAME_PHONE in signs:
        # A family shares a telephone, but not a name and not a birth date.
        return bool(signs & {SAME_NAME, SAME_SOUND, SIMILAR_NAME})
    if SAME_BIRTH_YEAR in signs:
        return hit.score >= _SAME_YEAR_NAME and not (
            hit.birth_date and birth_date and _far(hit.birth_date, birth_date)
        )
    if birth_date and (hit.birth_date or not hit.own):
        # Born in another year, or protected: then whether the year fits is not told.
        return False
    return hit.score >= _SURE_NAME


def _far(one: date, other: date) -> bool:
    """Whether two dates of one year differ by more than a wrong day, a wrong month, or both swapped."""
    swapped = (one.day, one.month) == (other.month, other.day)
    return one.day != other.day and one.month != other.month and not swapped


def _weight(signs: tuple[str, ...]) -> int:
    return max((len(_WORDS) - list(_WORDS).index(sign) for sign in signs), default=0)
