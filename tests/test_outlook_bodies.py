"""Bodies of events: of Microsoft's own published types, private, and without a word about anybody."""

import json
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from kotoutus_tui.calendar.entry import Entry, Person, Series
from kotoutus_tui.calendar.series import starts
from kotoutus_tui.outlook import bodies
from kotoutus_tui.outlook.marks import mark_of

TYPES = (Path(__file__).parent / "data" / "graph" / "event.d.ts").read_text(encoding="utf-8")
ZAHRA = Person("Zahra", "Salainen", "K-4711", False)
START = datetime(2027, 2, 1, 8, tzinfo=UTC)
ENUMS = {
    name: set(re.findall(r'"(\w+)"', values))
    for name, values in re.findall(r"export type (\w+) =([^;]+);", TYPES)
}


def _interface(name: str) -> dict[str, str]:
    found = re.search(rf"interface {name}\b(?: extends (\w+))? \{{(.*?)^\}}", TYPES, re.DOTALL | re.MULTILINE)
    assert found is not None, name
    own = dict(re.findall(r"^\s*(\w+)\??: (?:NullableOption<)?([\w\[\]]+)", found[2], re.MULTILINE))
    return own | (_interface(found[1]) if found[1] else {})


def _check(value: Any, kind: str) -> None:
    """Fails when a value is not of a type of Graph."""
    if kind.endswith("[]"):
        for each in value:
            _check(each, kind.removesuffix("[]"))
    elif kind in ENUMS:
        assert value in ENUMS[kind], (value, kind)
    elif kind in ("string", "number", "boolean"):
        assert isinstance(value, {"string": str, "number": int, "boolean": bool}[kind]), (value, kind)
    else:
        fields = _interface(kind)
        assert set(value) <= set(fields), set(value) - set(fields)
        for name, each in value.items():
            _check(each, fields[name])


def _entry(number: int, start: datetime, **others: Any) -> Entry:
    given: dict[str, Any] = {"people": (ZAHRA,)} | others
    return Entry(
        UUID(int=number), "interview", "office", "R3", start, start + timedelta(hours=1), 0, START, **given
    )


def _series(frequency: str, first: datetime, every: int = 1, times: int = 4) -> list[Entry]:
    series = Series(UUID(int=900), frequency, every, None, first, times)
    return [
        _entry(901 + number, when.astimezone(UTC), series=series, original_start=when.astimezone(UTC))
        for number, when in enumerate(starts(series))
    ]


WHOLE = [
    [_entry(1, START)],
    _series("weekly", START, 2),
    _series("daily", datetime(2027, 3, 26, 8, tzinfo=UTC)),
    _series("monthly", START),
    _series("monthly", datetime(2027, 1, 31, 8, tzinfo=UTC)),
    [_entry(2, datetime(2027, 10, 31, 0, 30, tzinfo=UTC))],
]


@pytest.mark.parametrize("template", ["busy", "kind", "initials", "number"])
def test_bodies_are_of_microsofts_types_and_private(template: str) -> None:
    for entries in WHOLE:
        for wanted in bodies.wanted(entries, template):
            body = bodies.new(wanted, 0)
            _check(body, "Event")
            assert (body["sensitivity"], body["showAs"]) == ("private", "busy")
            assert not set(body) & {"body", "attendees", "categories", "organizer"}
            said = json.dumps(body)
            assert "Zahra" not in said and "Salainen" not in said
            if template == "busy":
                assert "K-4711" not in said and "R3" not in said and body["subject"] == "Varattu"
            for each in wanted.days.values():
                _check(each or {}, "Event")
            # The same again makes the same, and nothing of it tells the appointment's own id.
            assert bodies.new(wanted, 0) == body and str(wanted.source_id) not in said
            assert bodies.new(wanted, 1)["transactionId"] != body["transactionId"]


def test_what_outlook_would_read_otherwise_is_sent_in_another_form() -> None:
    by_number = [bodies.wanted(entries, "busy") for entries in WHOLE]
    assert [len(found) for found in by_number] == [1, 1, 1, 1, 4, 1]
    assert not by_number[4][0].is_series  # the 31st of each month is the last day there, and no day here
    body = by_number[5][0].body
    assert (body["start"]["timeZone"], body["end"]["timeZone"]) == ("UTC", "UTC")  # the hour that comes twice


def test_a_mark_is_the_same_for_what_outlook_gives_back() -> None:
    (wanted,) = bodies.wanted(WHOLE[1], "busy")
    theirs = wanted.body | {
        "start": {"dateTime": "2027-02-01T08:00:00.0000000", "timeZone": "UTC"},
        "end": {"dateTime": "2027-02-01T09:00:00.0000000", "timeZone": "UTC"},
        "location": {"displayName": "", "locationType": "default"}, "categories": ["Oma"],
    }  # fmt: skip
    assert mark_of(theirs) == wanted.mark
    assert mark_of(theirs | {"subject": "Muuta"}) != wanted.mark
