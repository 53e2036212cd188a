"""One line of text that says which clients of the caseload are shown and in which order.

Terms are parted by blanks and understood in Finnish, Swedish and English:

    vaihe:suunnitelma kieli:ar erääntyy<14 tulkki:kyllä uusi järjestys:nimi

"""

import re
from dataclasses import dataclass, replace

from kotoutus_tui.errors import InvalidInput
from kotoutus_tui.i18n import N_, _, current_language

STATUSES = (
    "new",
    "no_interview",
    "review_due",
    "no_contact",
    "referral_unanswered",
    "plan_ending",
    "protected",
)
SORTS = ("next", "name", "contact", "period")

# The words of a term: the first is Finnish, then Swedish and English; further ones are accepted too.
_STATUS_WORDS = {
    "new": ("uusi", "ny", "new"),
    "no_interview": ("haastattelematta", "ointervjuad", "no-interview"),
    "review_due": ("tarkistettava", "översyn", "review-due"),
    "no_contact": ("ei-yhteyttä", "ingen-kontakt", "no-contact"),
    "referral_unanswered": ("ohjaus-auki", "hänvisning-öppen", "referral-unanswered"),
    "plan_ending": ("päättyy-pian", "slutar-snart", "plan-ending"),
    "protected": ("turvakielto", "spärrmarkering", "protected"),
}
_PHASE_WORDS = {
    "arriving": ("tulossa", "anländer", "arriving"),
    "new": ("uusi", "ny", "new"),
    "assessment": ("arviointi", "bedömning", "assessment"),
    "plan": ("suunnitelma", "plan", "plan"),
    "after_plan": ("jälkeen", "efter-plan", "after-plan"),
    "closed": ("päättynyt", "avslutad", "closed"),
}
_SORT_WORDS = {
    "next": ("seuraava", "nästa", "next"),
    "name": ("nimi", "namn", "name"),
    "contact": ("yhteys", "kontakt", "contact"),
    "period": ("kotoutumisaika", "integrationstid", "period"),
}
_KEY_WORDS = {
    "phase": ("vaihe", "fas", "phase"),
    "language": ("kieli", "språk", "language"),
    "interpreter": ("tulkki", "tolk", "interpreter"),
    "counsellor": ("ohjaaja", "handledare", "counsellor"),
    "sort": ("järjestys", "ordning", "sort"),
    "due": ("erääntyy", "förfaller", "due"),
}
_ANSWERS = {"yes": ("kyllä", "ja", "yes"), "no": ("ei", "nej", "no")}
_COLUMN = {"fi": 0, "sv": 1, "en": 2}
_TERM = re.compile(r"([^\s:<>]+)([:<>])(\S+)")


@dataclass(frozen=True)
class CaseloadQuery:
    """Which clients are shown; all conditions must hold, of phases and languages any one.

    `due_within` and `due_after` are whole days from today; what is late is within any number of days.
    Closed clients are shown only when their phase is asked for.
    """

    statuses: frozenset[str] = frozenset()
    phases: frozenset[str] = frozenset()
    languages: frozenset[str] = frozenset()
    interpreter: bool | None = None
    counsellor: str | None = None
    due_within: int | None = None
    due_after: int | None = None
    sort: str = "next"

    def with_status(self, status: str | None) -> "CaseloadQuery":
        """Return the same query with this one status, or with none."""
        return replace(self, statuses=frozenset({status} if status else ()))


def parse(text: str) -> CaseloadQuery:
    """Return what a line asks for; raises InvalidInput with one sentence about the first unknown term."""
    query = CaseloadQuery()
    for term in text.casefold().split():
        query = _add(query, term)
    return query


def write(query: CaseloadQuery) -> str:
    """Return the line for a query in the language in use; `parse` gives the same query back."""
    terms = [_word(_STATUS_WORDS[status]) for status in STATUSES if status in query.statuses]
    terms += [_pair("phase", _word(_PHASE_WORDS[p])) for p in _PHASE_WORDS if p in query.phases]
    terms += [_pair("language", code) for code in sorted(query.languages)]
    if query.interpreter is not None:
        terms.append(_pair("interpreter", _word(_ANSWERS["yes" if query.interpreter else "no"])))
    if query.counsellor:
        terms.append(_pair("counsellor", query.counsellor))
    if query.due_within is not None:
        terms.append(f"{_word(_KEY_WORDS['due'])}<{query.due_within}")
    if query.due_after is not None:
        terms.append(f"{_word(_KEY_WORDS['due'])}>{query.due_after}")
    if query.sort != "next":
        terms.append(_pair("sort", _word(_SORT_WORDS[query.sort])))
    return " ".join(terms)


def _add(query: CaseloadQuery, term: str) -> CaseloadQuery:
    status = _meaning(_STATUS_WORDS, term)
    if status:
        return replace(query, statuses=query.statuses | {status})
    match = _TERM.fullmatch(term)
    key = _meaning(_KEY_WORDS, match[1]) if match else None
    if match is None or key is None or (match[2] == ":") == (key == "due"):
        raise _unknown(term)
    value = match[3]
    if key == "phase" and (phase := _meaning(_PHASE_WORDS, value)):
        return replace(query, phases=query.phases | {phase})
    if key == "language" and re.fullmatch(r"[a-z]{2,3}", value):
        return replace(query, languages=query.languages | {value})
    if key == "interpreter" and (answer := _meaning(_ANSWERS, value)):
        return replace(query, interpreter=answer == "yes")
    if key == "counsellor":
        return replace(query, counsellor=value)
    if key == "sort" and (sort := _meaning(_SORT_WORDS, value)):
        return replace(query, sort=sort)
    if key == "due" and re.fullmatch(r"[0-9]{1,4}", value):
        if match[2] == "<":
            return replace(query, due_within=int(value))
        return replace(query, due_after=int(value))
    raise _unknown(term)


def _unknown(term: str) -> InvalidInput:
    return InvalidInput(
        "query",
        _("The filter does not know the term “{term}”.").format(term=term[:40]),
        _(_EXAMPLE),
    )


_EXAMPLE = N_("For example: phase:plan language:ar due<14 interpreter:yes new sort:name")


def _meaning(words: dict[str, tuple[str, ...]], word: str) -> str | None:
    return next((code for code, known in words.items() if word in known), None)


def _word(words: tuple[str, ...]) -> str:
    return words[_COLUMN[current_language()]]


def _pair(key: str, value: str) -> str:
    return f"{_word(_KEY_WORDS[key])}:{value}"
