"""Where each fact of a service comes from, and taking the catalogue's value back into one."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any, Literal
from uuid import UUID

from kotoutus_tui import clock
from kotoutus_tui.catalogue import changes, owned
from kotoutus_tui.catalogue.choices import Choices
from kotoutus_tui.catalogue.comparing import Item
from kotoutus_tui.catalogue.facts import PLACE_PREFIX, Facts
from kotoutus_tui.catalogue.merging import Fact, future_hours, is_empty
from kotoutus_tui.catalogue.owned import Own, Owned, OwnedPlace
from kotoutus_tui.errors import gone
from kotoutus_tui.partners import edits

if TYPE_CHECKING:
    from kotoutus_tui.database import Database

Kind = Literal["catalogue", "changed", "own", "file", "verified"]
PARTNER = "partner:"  # before the name of a fact of the organisation


@dataclass(frozen=True)
class Source:
    """Where a fact comes from and since when; None when that is unknown.

    `changed` is ours in the place of `theirs`, the catalogue's; `verified` is theirs, found right later.
    """

    kind: Kind
    since: date | None = None
    theirs: Any = None


@dataclass(frozen=True)
class Provenance:
    """The sources of a service's facts, by name: its columns, "hours", "place:" and the id of a place.

    Those of its organisation begin with "partner:".
    """

    sources: Mapping[str, Source] = field(default_factory=dict[str, Source])

    @property
    def linked(self) -> bool:
        """Whether the catalogue says anything of it."""
        return any(each.kind not in ("own", "file") for each in self.sources.values())

    def is_changed(self, name: str) -> bool:
        """Whether ours stands in the place of the catalogue's value."""
        source = self.sources.get(name)
        return source is not None and source.kind == "changed"


async def read(db: "Database", service_id: UUID) -> Provenance:
    """Return where the facts of a service come from; raises NotFound."""
    own = await owned.read(db, service_id)
    service, partner = _items(own)
    sources = {name: _source(service, fact) for name, fact in _shown(service).items()}
    sources |= {PARTNER + name: _source(partner, fact) for name, fact in _shown(partner).items()}
    return Provenance(sources)


async def take_theirs(db: "Database", service_id: UUID, name: str, *, operation_id: UUID) -> bool:
    """Let the catalogue's last word stand in the fact of this name, as `Provenance` names them.

    Returns whether there was anything to take. Raises NotFound, and Conflict after others' changes.
    """
    service, partner = _items(await owned.read(db, service_id))
    item = partner if name.startswith(PARTNER) else service
    fact = _shown(item).get(name.removeprefix(PARTNER))
    if fact is None or fact.state == "same":
        return False
    choices = Choices()
    choices.take_theirs(item, fact, theirs=True)
    written = changes.of_item(item, choices, clock.today())
    await edits.write(db, "catalogue.take", written, operation_id=operation_id)
    return True


def _items(own: Own) -> tuple[Item, Item]:
    """Return the service and its organisation beside what the catalogue last said of them."""
    if not own.services or not own.organisations:
        raise gone()
    service, partner = own.services[0], own.organisations[0]
    mine = service.facts | {"hours": future_hours(list(service.hours.values()), clock.today())}
    told = service.told or {}
    places = {
        each.fact_name: each
        for each in own.places
        if service.id in each.services or each.fact_name in told
    }  # fmt: skip
    mine |= {name: each.facts for name, each in places.items() if service.id in each.services}
    return (
        _item("service", service, mine, places),
        _item("organisation", partner, dict(partner.facts), {}),
    )


def _item(kind: str, own: Owned, mine: Facts, places: Mapping[str, OwnedPlace]) -> Item:
    told = own.told or {}
    if told.get("hours"):
        told["hours"] = future_hours(told["hours"], clock.today())
    facts = [Fact(name, told.get(name), mine.get(name), told.get(name)) for name in {**mine, **told}]
    return Item(f"{kind}:{own.external_id}", "same", facts, own, places=places)


def _shown(item: Item) -> dict[str, Fact]:
    """Return the facts that say something, by the names they are shown under."""
    return {
        _name(item, each): each
        for each in item.facts
        if not (is_empty(each.mine) and is_empty(each.theirs))
    }  # fmt: skip


def _name(item: Item, fact: Fact) -> str:
    place = item.places.get(fact.name)
    return f"{PLACE_PREFIX}{place.id}" if place is not None else fact.name


def _source(item: Item, fact: Fact) -> Source:
    own = item.own
    if own is None or is_empty(fact.theirs):
        return _own(own, fact)
    since = date.fromisoformat(own.days[fact.name])
    if fact.state != "same":
        return Source("changed", _changed(own, fact), fact.theirs)
    if own.verified_on is not None and own.verified_on >= since:
        return Source("verified", own.verified_on, fact.theirs)
    return Source("catalogue", since, fact.theirs)


def _own(own: Owned | None, fact: Fact) -> Source:
    if own is None:
        return Source("own")
    changed = _changed(own, fact)
    if changed is None and own.origin == "file":
        return Source("file", own.created_on)
    known = fact.name in own.facts
    return Source("own", changed or (own.created_on if known else None))


def _changed(own: Owned, fact: Fact) -> date | None:
    day = own.changed_on.get(fact.name)
    return date.fromisoformat(day) if day else None
