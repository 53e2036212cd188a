"""What is taken of a preview as changes of rows, each written only while its row is as it was seen."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from kotoutus_tui.casework.fields import NOW
from kotoutus_tui.catalogue.choices import Choices, taken
from kotoutus_tui.catalogue.comparing import Item, Preview
from kotoutus_tui.catalogue.facts import PLACE, PLACE_PREFIX, SERVICE, Facts
from kotoutus_tui.catalogue.merging import UNKNOWN, Fact, equal, is_empty
from kotoutus_tui.catalogue.owned import Owned, OwnedPlace
from kotoutus_tui.catalogue.records import OrganisationRecord
from kotoutus_tui.partners.edits import Added, Edit
from models.base import new_id

_ORDER = ("organisation", "service", "place", "service_place", "service_hours")


class Changes:
    """Collects changes; two of one row become one."""

    def __init__(self, today: date) -> None:
        self.today = today
        self._added: dict[tuple[object, ...], Added] = {}
        self._edits: dict[tuple[object, ...], Edit] = {}

    def add(self, table: str, **values: Any) -> None:
        """Add a row; the same key again adds nothing."""
        new = Added(table, values)
        self._added.setdefault((table, *new.id), new)

    def edit(self, table: str, id: list[UUID], before: Facts, after: Facts) -> None:  # noqa: A002
        """Change values of a row, where they differ."""
        differ = {name: value for name, value in after.items() if value != before.get(name)}
        if differ:
            known = self._edits.get((table, *id))
            seen = {name: before.get(name) for name in differ}
            if known is not None:
                seen, differ = {**seen, **known.before}, {**known.after, **differ}
            self._edits[(table, *id)] = Edit(table, id, seen, differ)

    def all(self) -> list[Added | Edit]:
        """Return them in an order in which each finds what it refers to."""
        added = sorted(self._added.values(), key=lambda each: _ORDER.index(each.table))
        return [*added, *self._edits.values()]


def changes_of(preview: Preview, choices: Choices, today: date) -> list[Added | Edit]:
    """Return what carrying the choices out writes; what both sides say alike is noted on the way."""
    changes = Changes(today)
    partners = dict(preview.partner_ids)
    new_places: dict[str, UUID] = {}
    for item in taken(preview, choices):
        if not item.is_service:
            partners[item.key] = _organisation(changes, item, choices)
        elif item.record is None:
            _gone(changes, item)
        else:
            partner = item.own.organisation_id if item.own else partners[item.partner or ""]
            _service(changes, item, choices, partner, new_places)
    for item in preview.items:
        if item.kind == "same" and item.own is not None and item.own.told is not None and item.record:
            table = "service" if item.is_service else "organisation"
            changes.edit(table, [item.own.id], {"remote": item.own.remote}, {"remote": _noted(item, today)})
    return changes.all()


def of_item(item: Item, choices: Choices, today: date) -> list[Added | Edit]:
    """Return what taking facts into one of ours writes."""
    changes = Changes(today)
    if item.own is None or not item.is_service:
        _organisation(changes, item, choices)
    else:
        _service(changes, item, choices, item.own.organisation_id, {})
    return changes.all()


def remote_of(theirs: Mapping[str, Any], own: Owned | None, today: date) -> dict[str, Any]:
    """Return what is kept of the catalogue's word: each fact that says something, and since when it does."""
    values = {name: value for name, value in theirs.items() if not is_empty(value)}
    told: Facts = (own.told if own is not None else None) or {}
    days: Mapping[str, str] = own.days if own is not None else {}
    since = {
        name: days[name] if name in days and equal(name, told.get(name), value) else today.isoformat()
        for name, value in values.items()
    }
    return {"values": values, "days": since}


def _noted(item: Item, today: date) -> Any:
    """Return the kept word with the facts in which both sides moved to the same value, else as it is."""
    agreed = [
        each for each in item.facts
        if each.state == "same" and each.base is not UNKNOWN and not equal(each.name, each.base, each.theirs)
    ]  # fmt: skip
    return remote_of(item.theirs, item.own, today) if agreed and item.own else item.own and item.own.remote


def _organisation(changes: Changes, item: Item, choices: Choices) -> UUID:
    remote = remote_of(item.theirs, item.own, changes.today)
    if item.own is None:
        made = new_id()
        kind = item.record.kind if isinstance(item.record, OrganisationRecord) else "other"
        facts = {name: _stored(name, value) for name, value in item.theirs.items()}
        changes.add(
            "organisation",
            id=made,
            kind=kind,
            **facts,
            origin="ptv",
            external_id=item.external_id,
            remote=remote,
        )
        return made
    _rewrite(changes, "organisation", item, item.own, choices, remote)
    return item.own.id


def _service(
    changes: Changes, item: Item, choices: Choices, partner: UUID, new_places: dict[str, UUID]
) -> None:
    remote = remote_of(item.theirs, item.own, changes.today)
    if item.own is None:
        service = new_id()
        facts = {name: _stored(name, item.theirs[name]) for name in SERVICE}
        changes.add(
            "service", id=service, organisation_id=partner, **facts, origin="ptv",
            external_id=item.external_id, remote=remote,
        )  # fmt: skip
    else:
        service = item.own.id
        _rewrite(changes, "service", item, item.own, choices, remote)
    for fact in _taken_from_them(item, choices):
        if fact.name == "hours":
            _hours(changes, service, item.own, fact.theirs or [])
        elif fact.name.startswith(PLACE_PREFIX):
            place = item.places.get(fact.name)
            if fact.theirs is None and place is not None:
                changes.edit("service_place", [service, place.id], {"removed_at": None}, {"removed_at": NOW})
            elif fact.theirs is not None:
                _place(changes, service, partner, fact.name, fact.theirs, place, new_places)


def _rewrite(
    changes: Changes, table: str, item: Item, own: Owned, choices: Choices, remote: Mapping[str, Any]
) -> None:
    before: Facts = {"remote": own.remote, "external_id": own.external_id}
    after: Facts = {"remote": remote, "external_id": item.external_id}
    if item.returns:
        before, after = {**before, "vanished_on": own.vanished_on}, {**after, "vanished_on": None}
    for fact in _taken_from_them(item, choices):
        if fact.name in own.facts:
            before[fact.name], after[fact.name] = own.facts[fact.name], _stored(fact.name, fact.theirs)
    changes.edit(table, [own.id], before, after)


def _gone(changes: Changes, item: Item) -> None:
    if item.own is not None:
        changes.edit("service", [item.own.id], {"vanished_on": None}, {"vanished_on": changes.today})


def _hours(changes: Changes, service: UUID, own: Owned | None, theirs: Iterable[list[Any]]) -> None:
    before: Mapping[UUID, list[Any]] = own.hours if own is not None else {}
    for row, hours in before.items():
        if hours[1] is None or hours[1] >= changes.today.isoformat():
            changes.edit("service_hours", [row], {"removed_at": None}, {"removed_at": NOW})
    for weekday, day, opens, closes in theirs:
        on_day = date.fromisoformat(day) if day else None
        changes.add(
            "service_hours", id=new_id(), service_id=service, weekday=weekday, on_day=on_day, opens=opens,
            closes=closes,
        )  # fmt: skip


def _place(
    changes: Changes,
    service: UUID,
    partner: UUID,
    name: str,
    theirs: Facts,
    place: OwnedPlace | None,
    new_places: dict[str, UUID],
) -> None:
    external_id = name.removeprefix(PLACE_PREFIX)
    if place is None:
        # The same place of two partners is a row of each.
        key = f"{partner} {external_id}"
        if key not in new_places:
            new_places[key] = new_id()
            changes.add(
                "place", id=new_places[key], organisation_id=partner, external_id=external_id, **theirs
            )
        changes.add("service_place", service_id=service, place_id=new_places[key])
        return
    if service in place.services:
        before = {"external_id": place.external_id, **{each: place.facts.get(each) for each in PLACE}}
        after = {"external_id": external_id, **{each: theirs.get(each) for each in PLACE}}
        changes.edit("place", [place.id], before, after)
    elif service in place.left:
        changes.edit("service_place", [service, place.id], {"removed_at": NOW}, {"removed_at": None})
    else:
        changes.add("service_place", service_id=service, place_id=place.id)


def _taken_from_them(item: Item, choices: Choices) -> list[Fact]:
    differ = [each for each in item.facts if each.state != "same"]
    return [each for each in differ if item.own is None or choices.takes_theirs(item, each)]


def _stored(name: str, value: Any) -> Any:
    return bool(value) if name == "by_appointment" else value or None
