"""Two partners or two services made one: which, whose values stay field by field, and what moves."""

import asyncio
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from kotoutus_tui.i18n import N_, _, ngettext, sort_key
from kotoutus_tui.partners import duplicate_words, duplicates, merging, words
from kotoutus_tui.partners.duplicates import Pair
from kotoutus_tui.partners.interchange import snapshot
from kotoutus_tui.partners.interchange.snapshot import Snapshot, text_of
from kotoutus_tui.partners.merging import HOURS, Merging
from kotoutus_tui.partners.network import Hours, Service
from screens.client_forms import Choose
from screens.dialog import Confirm
from screens.partner_forms import label
from screens.widgets.choice_field import ChoiceField
from screens.widgets.form import FormDialog, Values

if TYPE_CHECKING:
    from screens.base import BaseScreen

_LABELS = {
    "name_fi": N_("Name"), "name_sv": N_("Name in Swedish"), "name_en": N_("Name in English"),
    "kind": N_("Kind of partner"), "business_id": N_("Business id"), "web": N_("Website"),
    "phone": N_("Phone"), "email": N_("E-mail"), HOURS: N_("Opening hours"),
    "summary_sv": N_("What it is, in Swedish"), "summary_en": N_("What it is, in English"),
}  # fmt: skip
_SHOWN = 60
_ANOTHER = "another"


async def merge(screen: "BaseScreen", service: Service | None) -> None:
    """Ask what is merged with what, and do it; without a service only what looks like a duplicate."""
    choices = [("pairs", _("Look at what may be one and the same"))]
    if service is not None:
        choices = [
            ("service", _("Merge another service into “{name}”").format(name=service.name)),
            ("organisation", _("Merge another partner into the one of this service")),
            *choices,
        ]
    what = await screen.ask(Choose(_("Merge"), choices))
    if what is None:
        return
    network = await snapshot.read(screen.desk.db, contacts=False)
    pairs = await asyncio.to_thread(duplicates.duplicates, network)
    if what == "pairs":
        chosen = await _of_pairs(screen, pairs)
    else:
        own = service.id if service is not None and what == "service" else None
        own = own or (service.organisation_id if service is not None else uuid4())
        chosen = await _another(screen, network, pairs, what, own)
    if chosen is not None:
        await _merge(screen, await merging.prepare(screen.desk.db, *chosen))


async def _of_pairs(screen: "BaseScreen", pairs: Sequence[Pair]) -> tuple[str, UUID, UUID] | None:
    if not pairs:
        screen.say(_("Nothing looks like a duplicate."))
        return None
    choices = [
        (str(place), f"{pair.kept_name} = {pair.gone_name}: {duplicate_words.why(pair)}")
        for place, pair in enumerate(pairs)
    ]
    chosen = await screen.ask(Choose(_("What may be one and the same"), choices))
    if chosen is None:
        return None
    pair = pairs[int(chosen)]
    return pair.kind, pair.kept, pair.gone


async def _another(
    screen: "BaseScreen", network: Snapshot, pairs: Sequence[Pair], kind: str, own: UUID
) -> tuple[str, UUID, UUID] | None:
    like = {
        str(pair.gone if pair.kept == own else pair.kept): pair
        for pair in pairs
        if pair.kind == kind and own in (pair.kept, pair.gone)
    }
    names = _names(network, kind, own)
    chosen: str | None = _ANOTHER
    if like:
        choices = [(other, f"{names[other]}: {duplicate_words.why(pair)}") for other, pair in like.items()]
        choices.append((_ANOTHER, _("Another one")))
        chosen = await screen.ask(Choose(_("Which one is the same?"), choices))
    if chosen == _ANOTHER:
        field = ChoiceField("other", _("The same as"), list(names.items()), required=True)
        values = await screen.ask(FormDialog(_("Merge"), [field], save=_as_typed, accept=_("Go on")))
        chosen = values["other"] if values else None
    return (kind, own, UUID(chosen)) if chosen else None


async def _merge(screen: "BaseScreen", prepared: Merging) -> None:
    theirs: frozenset[str] = frozenset()
    kept, gone = text_of(prepared.kept, "name"), text_of(prepared.gone, "name")
    partner = prepared.network.organisations.get(prepared.gone.get("organisation_id") or prepared.gone["id"])
    if prepared.differing:
        values = await screen.ask(
            FormDialog(_("Which values stay?"), _fields(prepared), save=_as_typed, accept=_("Go on"))
        )
        if values is None:
            return
        theirs = frozenset(name for name, choice in values.items() if choice == "theirs")
    effects = [
        *([text_of(partner, "name")] if partner and prepared.kind == "service" else []),
        *_moves(prepared),
        _("It is still found by the name “{name}”.").format(name=gone),
        _("u takes it back as a whole."),
    ]
    title = _("Merge “{gone}” into “{kept}”?").format(gone=gone, kept=kept)
    if await screen.ask(Confirm(title, effects, accept=_("Merge"))):
        await merging.merge(screen.desk.db, prepared, theirs, operation_id=uuid4())
        screen.say(_("Merged. u takes it back."))
        screen.go_stale()


def _fields(prepared: Merging) -> list[ChoiceField]:
    return [
        ChoiceField(
            name,
            _(_LABELS[name]) if name in _LABELS else label(name),
            [
                ("mine", _("stays: {value}").format(value=_shown(prepared, name, prepared.kept))),
                ("theirs", _("of the other: {value}").format(value=_shown(prepared, name, prepared.gone))),
            ],
            "mine",
            required=True,
        )
        for name in prepared.differing
    ]


def _shown(prepared: Merging, name: str, row: dict[str, Any]) -> str:
    if name == HOURS:
        hours = [Hours(**each) for each in prepared.network.hours.get(row["id"], [])]
        return words.weekly_text(hours) or _("other days")
    value = row[name]
    if name == "kind":
        return words.kind_name(value)
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if name in ("spoken", "interpreted", "written"):
        return words.languages(value)
    text = " ".join(words.day_or_text(value).split())
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"


def _moves(prepared: Merging) -> list[str]:
    counted = prepared.moves
    told = [
        ngettext("{count} service moves.", "{count} services move.", counted.get("services", 0)),
        ngettext("{count} place moves.", "{count} places move.", counted.get("places", 0)),
        ngettext(
            "{count} contact person moves.", "{count} contact persons move.", counted.get("contacts", 0)
        ),
    ]
    counts = [counted.get(name, 0) for name in ("services", "places", "contacts")]
    return [sentence.format(count=count) for sentence, count in zip(told, counts, strict=True) if count]


def _names(network: Snapshot, kind: str, own: UUID) -> dict[str, str]:
    """Return what can be chosen, each by a name that only it has."""
    rows = network.organisations if kind == "organisation" else network.services
    named: list[tuple[str, str]] = []
    for row in rows.values():
        if row["id"] == own or row.get("state") == "ended":
            continue
        partner = network.organisations.get(row.get("organisation_id", own))
        more = f" ({text_of(partner, 'name')})" if partner and kind == "service" else ""
        named.append((str(row["id"]), text_of(row, "name") + more))
    found: dict[str, str] = {}
    used: dict[str, int] = {}
    for other, name in sorted(named, key=lambda each: sort_key(each[1])):
        used[name] = used.get(name, 0) + 1
        found[other] = name if used[name] == 1 else f"{name} [{used[name]}]"
    return found


async def _as_typed(values: Values) -> Values:
    return values
