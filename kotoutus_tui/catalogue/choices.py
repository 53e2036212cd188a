"""What a person takes of a preview, and whose value stands in each fact."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from kotoutus_tui.catalogue.comparing import Item, Kind, Preview
from kotoutus_tui.catalogue.merging import Fact

_TAKE, _THEIRS, _SAME = "take ", "theirs ", "same "


@dataclass
class Choices:
    """Choices by key, kept as text so that they survive the end of the program; what is not here is usual.

    Usual is to take what is new, changed or gone, and to leave a conflict until somebody looked at it.
    """

    kept: dict[str, str] = field(default_factory=dict[str, str])

    @property
    def same(self) -> Mapping[str, str]:
        """Which of ours an item is, or NEW, by its key."""
        return {key.removeprefix(_SAME): said for key, said in self.kept.items() if key.startswith(_SAME)}

    def takes(self, item: Item) -> bool:
        """Return whether the item is taken, as far as itself goes."""
        if item.alike or item.kind == "same":
            return False
        said = self.kept.get(_TAKE + item.key)
        return item.kind != "conflict" if said is None else said == "yes"

    def take(self, item: Item, *, take: bool) -> None:
        """Take or leave an item."""
        self.kept[_TAKE + item.key] = "yes" if take else "no"

    def takes_theirs(self, item: Item, fact: Fact) -> bool:
        """Return whether the catalogue's value will stand."""
        said = self.kept.get(f"{_THEIRS}{item.key} {fact.name}")
        return fact.state == "taken" if said is None else said == "yes"

    def take_theirs(self, item: Item, fact: Fact, *, theirs: bool) -> None:
        """Let the catalogue's value stand in one fact, or ours; who chooses takes the item."""
        self.kept[f"{_THEIRS}{item.key} {fact.name}"] = "yes" if theirs else "no"
        self.take(item, take=True)

    def say_same(self, item: Item, own_id: str) -> None:
        """Say which of ours an item is, or that it is NEW, and take it; then it is compared anew."""
        self.kept[_SAME + item.key] = own_id
        self.take(item, take=True)

    def forget(self, items: Iterable[Item]) -> None:
        """Forget what was chosen about these, once it is carried out."""
        done = {each.key for each in items}
        self.kept = {key: said for key, said in self.kept.items() if key.split(" ")[1] not in done}


def blocked(preview: Preview, item: Item) -> str:
    """Return why an item cannot be taken: "alike", "partner_alike", "no_partner", or nothing."""
    if item.alike:
        return "alike"
    if item.is_service and item.own is None:
        partner = preview.by_key.get(item.partner or "")
        if partner is not None and partner.alike:
            return "partner_alike"
        if partner is None and item.partner not in preview.partner_ids:
            return "no_partner"
    return ""


def taken(preview: Preview, choices: Choices) -> list[Item]:
    """Return what is taken, with the partners that new services need."""
    found: dict[str, Item] = {}
    for item in preview.offered:
        if not choices.takes(item) or blocked(preview, item):
            continue
        partner = preview.by_key.get(item.partner or "")
        if item.own is None and partner is not None and partner.own is None:
            found.setdefault(partner.key, partner)
        found[item.key] = item
    return list(found.values())


def left(preview: Preview, choices: Choices) -> list[Item]:
    """Return what is offered again next time."""
    done = {each.key for each in taken(preview, choices)}
    return [each for each in preview.offered if each.key not in done]


def of_kinds(preview: Preview, kinds: Iterable[Kind]) -> Choices:
    """Return the choices that take exactly these kinds, with ours standing in every conflict."""
    wanted, choices = set(kinds), Choices()
    for item in preview.offered:
        choices.take(item, take=item.kind in wanted)
    return choices
