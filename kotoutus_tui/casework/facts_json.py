"""Facts of a client written by hand as JSON, read strictly: what is not understood is said by its field."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, cast

from kotoutus_tui.casework.facts import EXTENSION_GROUNDS, Extension, Facts, Interruption, Plan, Review
from kotoutus_tui.casework.facts_order import check_order
from kotoutus_tui.casework.intake_words import grounds
from kotoutus_tui.errors import InvalidInput
from kotoutus_tui.i18n import _

_YEARS = range(1900, 2200)
_MOST_MONTHS = 1200
_MOST = 10_000  # entries in one list


@dataclass(frozen=True)
class CaseInput:
    """One case of the input: its id, and the facts or what is wrong with them."""

    id: str | int
    facts: Facts | None
    error: InvalidInput | None = None


def read_cases(text: str) -> list[CaseInput]:
    """Return the cases of a JSON list of {"id", "facts"}, each by itself, so that a wrong one costs no other.

    Raises InvalidInput when the whole is not JSON or not a list.
    """
    try:
        content = json.loads(text, parse_constant=_no_number)
    except (ValueError, RecursionError) as error:
        line = getattr(error, "lineno", 1)
        raise InvalidInput(
            "", _("This is not JSON: line {line} cannot be read.").format(line=line), _hint()
        ) from None
    if not isinstance(content, list):
        raise InvalidInput("", _("The JSON must be a list of cases."), _hint())
    seen: set[str | int] = set()
    return [_read_case(number, item, seen) for number, item in enumerate(cast(list[Any], content), 1)]


def _no_number(constant: str) -> float:
    raise ValueError(constant)


def _hint() -> str:
    return _("Write it as in docs/deadlines.md.")


def _read_case(number: int, item: Any, seen: set[str | int]) -> CaseInput:
    place: str | int = f"#{number}"
    try:
        case = _object(item, "")
        name = case.get("id")
        if not isinstance(name, str | int) or isinstance(name, bool) or name == "":
            raise _wrong("id", _("must be a text or a number"))
        place = name
        if place in seen:
            raise _wrong("id", _("stands twice in the list"))
        seen.add(place)
        if unknown := case.keys() - {"id", "facts"}:
            raise _wrong(min(unknown), _("is not known"))
        if "facts" not in case:
            raise _wrong("facts", _("is missing"))
        return CaseInput(place, read_facts(_object(case["facts"], "facts")))
    except InvalidInput as error:
        return CaseInput(place, None, error)


def read_facts(values: Mapping[str, Any]) -> Facts:
    """Return the facts that a JSON object holds; null means not known.

    Raises InvalidInput with the field for an unknown name, a wrong kind of value, or days out of order.
    """
    facts = Facts(**_fields(values, _FACTS, ""))
    check_order(facts)
    return facts


def _fields(values: Mapping[str, Any], readers: Mapping[str, "Reader"], place: str) -> dict[str, Any]:
    read: dict[str, Any] = {}
    for name, value in values.items():
        field = f"{place}{name}"
        if name not in readers:
            raise _wrong(field, _("is not known"))
        if value is not None:
            read[name] = readers[name](value, field)
    return read


Reader = Callable[[Any, str], Any]


def _day(value: Any, field: str) -> date:
    try:
        day = date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        day = None
    # Python reads 20250314 and 2025-W11-5 too; only the long form is meant.
    if day is None or day.isoformat() != value:
        raise _wrong(field, _("must be a day as 2025-03-14"))
    if day.year not in _YEARS:
        raise _wrong(field, _("is a day before 1900 or after 2199"))
    return day


def _flag(value: Any, field: str) -> bool:
    if not isinstance(value, bool):
        raise _wrong(field, _("must be true or false"))
    return value


def _number(least: int, most: int) -> Reader:
    def read(value: Any, field: str) -> int:
        if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
            raise _wrong(
                field, _("must be a whole number from {least} to {most}").format(least=least, most=most)
            )
        return value

    return read


def _word(*known: str) -> Reader:
    def read(value: Any, field: str) -> str:
        if value not in known:
            raise _wrong(field, _("must be one of: {words}").format(words=", ".join(known)))
        return value

    return read


def _text(value: Any, field: str) -> str:
    if not isinstance(value, str):
        raise _wrong(field, _("must be a text"))
    return value


def _many(reader: Reader) -> Reader:
    def read(value: Any, field: str) -> tuple[Any, ...]:
        if not isinstance(value, list) or len(cast(list[Any], value)) > _MOST:
            raise _wrong(field, _("must be a list"))
        return tuple(reader(item, f"{field}[{at}]") for at, item in enumerate(cast(list[Any], value)))

    return read


def _record(kind: Callable[..., Any], readers: Mapping[str, Reader], *required: str) -> Reader:
    def read(value: Any, field: str) -> Any:
        values = _fields(_object(value, field), readers, f"{field}.")
        for name in required:
            if name not in values:
                raise _wrong(f"{field}.{name}", _("is missing"))
        return kind(**values)

    return read


def _object(value: Any, field: str) -> Mapping[str, Any]:
    if not isinstance(value, dict):
        raise _wrong(field, _("must be an object in braces"))
    return cast(dict[str, Any], value)


def _wrong(field: str, what: str) -> InvalidInput:
    # The value is never repeated: it may be a client's.
    return InvalidInput(field, what)


_PLAN = {"drawn_on": _day, "signed_on": _day, "starts_on": _day, "ends_on": _day}
_REVIEW = {"held_on": _day, "next_review_on": _day}
_INTERRUPTION = {"from_on": _day, "to_on": _day, "reason": _text}
_EXTENSION = {
    "months": _number(1, _MOST_MONTHS),
    "decided_on": _day,
    "ground": _word(*EXTENSION_GROUNDS),
    "reason": _text,
}
_FACTS: dict[str, Reader] = {
    "birth_date": _day,
    "ground_of_entry": _word(*(code for code, _name in grounds())),
    "first_permit_on": _day,
    "municipality_since": _day,
    "learned_on": _day,
    "requested_on": _day,
    "client_since": _day,
    "assessment_started_on": _day,
    "assessment_finished_on": _day,
    "plan_needed": _flag,
    "drafting_started_on": _day,
    "plans": _many(_record(Plan, _PLAN)),
    "guided_on": _day,
    "reviews": _many(_record(Review, _REVIEW, "held_on")),
    "next_review_on": _day,
    "interruptions": _many(_record(Interruption, _INTERRUPTION, "from_on")),
    "extensions": _many(_record(Extension, _EXTENSION, "months")),
    "responsible_authority": _word("municipality", "employment_authority"),
    "trafficking_victim": _flag,
    "unaccompanied_minor": _flag,
    "guardian_since": _day,
    "permit_until": _day,
    "passport_until": _day,
    "protection_order_until": _day,
    "interpreter_cancel_by": _many(_day),
    "quota_family": _flag,
    "entitles_to_compensation": _flag,
    "compensation_from": _day,
    "compensation_claimed_years": _many(_number(1990, 2200)),
    "closed_on": _day,
}
