"""Two organisations or two services made one: a command that moves what belongs to them and can be undone."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from kotoutus_tui.casework.fields import NOW
from kotoutus_tui.errors import InvalidInput, gone
from kotoutus_tui.i18n import _
from kotoutus_tui.partners import edits
from kotoutus_tui.partners.edits import Added, Edit
from kotoutus_tui.partners.interchange import snapshot
from kotoutus_tui.partners.interchange.snapshot import Facts, Snapshot

if TYPE_CHECKING:
    from kotoutus_tui.database import Database

HOURS = "hours"
FIELDS: dict[str, tuple[str, ...]] = {
    "organisation": ("name_fi", "name_sv", "name_en", "kind", "business_id", "web", "phone", "email"),
    "service": (
        "name_fi", "name_sv", "name_en", "summary_fi", "summary_sv", "summary_en", "words", "area", "spoken",
        "interpreted", "written", "who_may_come", "what_to_bring", "cost", "by_appointment", "capacity",
        "waiting_days", "next_start_on",
    ),
}  # fmt: skip
_LINK = ("external_id", "origin")


@dataclass(frozen=True)
class Merging:
    """What is to become one: `kept` and `gone` as rows, and in which facts they contradict each other.

    `moves` counts the services, places and contact persons that come to the one that is kept.
    """

    kind: str
    kept: Facts
    gone: Facts
    network: Snapshot
    differing: Sequence[str] = ()
    moves: Mapping[str, int] = field(default_factory=dict[str, int])


async def prepare(db: "Database", kind: str, kept: UUID, other: UUID) -> Merging:
    """Return what merging `other` into `kept` would mean; `kind` is organisation or service.

    Raises NotFound when either is not there any more, InvalidInput when both are the same.
    """
    if kept == other:
        raise InvalidInput("other", _("It is the same one."), _("Choose another one."))
    network = await snapshot.read(db)
    rows = network.organisations if kind == "organisation" else network.services
    if kept not in rows or other not in rows:
        raise gone()
    one, two = rows[kept], rows[other]
    differing = [
        name
        for name in FIELDS[kind]
        if one[name] not in (None, "") and two[name] not in (None, "") and one[name] != two[name]
    ]
    mine, theirs = _hours(network, kept), _hours(network, other)
    if kind == "service" and mine and theirs and mine != theirs:
        differing.append(HOURS)
    return Merging(kind, one, two, network, differing, _moves(network, kind, kept, other))


async def merge(db: "Database", merging: Merging, theirs: frozenset[str], *, operation_id: UUID) -> None:
    """Make the two one, in one command that its author can undo.

    `theirs` names the facts in which what goes away is right; what is kept lacks comes from it anyway. The
    other one's names stay as former names. Raises Conflict when somebody changed either meanwhile.
    """
    changes = _organisation(merging) if merging.kind == "organisation" else _service(merging, theirs)
    kept, other = merging.kept, merging.gone
    facts = {
        name: other[name]
        for name in FIELDS[merging.kind]
        if other[name] not in (None, "")
        and (name in theirs or kept[name] in (None, ""))
        and other[name] != kept[name]
    }
    if {"capacity", "waiting_days", "next_start_on"} & facts.keys():
        facts["capacity_stated_on"] = other["capacity_stated_on"]
    left: Facts = {"merged_into": kept["id"]}
    if merging.kind == "service":
        left["state"] = "ended"
    if merging.kind == "organisation" and kept["predecessor_id"] in (None, other["id"]):
        before = other["predecessor_id"]
        facts["predecessor_id"] = before if before != kept["id"] else None
    if kept["external_id"] is None and other["external_id"] is not None:
        # The catalogue goes on to know the one that is kept.
        facts |= {name: other[name] for name in _LINK}
        left |= {"external_id": None, "origin": "own"}
    changes += [_edit(merging.kind, kept, facts), _edit(merging.kind, other, left)]
    wanted = [each for each in changes if not isinstance(each, Edit) or each.after]
    await edits.write(db, f"{merging.kind}.merge", wanted, operation_id=operation_id)


def _organisation(merging: Merging) -> list[Added | Edit]:
    network, kept, other = merging.network, merging.kept["id"], merging.gone["id"]
    changes: list[Added | Edit] = []
    for table, rows in (
        ("service", network.services), ("place", network.places), ("partner_contact", network.contacts),
    ):  # fmt: skip
        changes += [
            _edit(table, row, {"organisation_id": kept})
            for row in rows.values()
            if row["organisation_id"] == other
        ]
    changes += [
        _edit("organisation", row, {"predecessor_id": kept})
        for row in network.organisations.values()
        if row["predecessor_id"] == other and row["id"] != kept
    ]
    return changes + _chain(merging)


def _service(merging: Merging, theirs: frozenset[str]) -> list[Added | Edit]:
    network, kept, other = merging.network, merging.kept["id"], merging.gone["id"]
    changes: list[Added | Edit] = []
    for (service, place), stands in network.given.items():
        if service != other or not stands or network.given.get((kept, place)):
            continue
        if (kept, place) in network.given:
            changes.append(Edit("service_place", [kept, place], {"removed_at": NOW}, {"removed_at": None}))
        else:
            changes.append(Added("service_place", {"service_id": kept, "place_id": place}))
    changes += [
        _edit(
            "partner_contact", row,
            {"service_id": kept, "organisation_id": merging.kept["organisation_id"]},
        )
        for row in network.contacts.values()
        if row["service_id"] == other
    ]  # fmt: skip
    mine, others = network.hours.get(kept, []), network.hours.get(other, [])
    if others and (not mine or HOURS in theirs):
        changes += [
            Edit("service_hours", [row["id"]], {"removed_at": None}, {"removed_at": NOW}) for row in mine
        ]
        changes += [Added("service_hours", row | {"id": uuid4(), "service_id": kept}) for row in others]
    return changes + _chain(merging)


def _chain(merging: Merging) -> list[Added | Edit]:
    """What was merged into the one that goes away belongs to the one that is kept."""
    kept, other = merging.kept["id"], merging.gone["id"]
    return [
        Edit(merging.kind, [own], {"merged_into": other}, {"merged_into": kept})
        for own, into in merging.network.merged.items()
        if into == other
    ]


def _edit(table: str, row: Facts, after: Facts) -> Edit:
    changed = {name: value for name, value in after.items() if row.get(name) != value}
    return Edit(table, [row["id"]], {name: row.get(name) for name in changed}, changed)


def _hours(network: Snapshot, service: UUID) -> set[tuple[Any, ...]]:
    rows = network.hours.get(service, [])
    return {(row["weekday"], row["on_day"], row["opens"], row["closes"]) for row in rows}


def _moves(network: Snapshot, kind: str, kept: UUID, other: UUID) -> dict[str, int]:
    if kind == "organisation":
        tables = {"services": network.services, "places": network.places, "contacts": network.contacts}
        return {
            name: sum(row["organisation_id"] == other for row in rows.values())
            for name, rows in tables.items()
        }
    places = [
        place
        for (service, place), stands in network.given.items()
        if service == other and stands and not network.given.get((kept, place))
    ]
    return {
        "places": len(places),
        "contacts": sum(row["service_id"] == other for row in network.contacts.values()),
    }
