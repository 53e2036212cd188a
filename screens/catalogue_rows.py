"""The rows of what the catalogue offers: one a partner or service, and one a fact of it."""

from collections.abc import Iterator, Sequence

from kotoutus_tui.catalogue import words
from kotoutus_tui.catalogue.choices import Choices, blocked
from kotoutus_tui.catalogue.comparing import Item, Preview
from kotoutus_tui.catalogue.merging import UNKNOWN, Fact, equal
from kotoutus_tui.i18n import _
from screens import safe
from screens.widgets.event_list import Cell, Entry

CHOICE_WIDTH = 9
FACT_WIDTH = 18
_LONG = 50


def offered(preview: Preview, choices: Choices, changed: frozenset[str]) -> list[Entry]:
    """Return the rows of a preview; `changed` are keys of what somebody changed meanwhile."""
    return [_offer(each, preview, choices, each.key in changed) for each in preview.offered]


def in_lines(parts: Sequence[str], width: int) -> str:
    """Return parts side by side in as many lines as they need, none of them broken."""
    lines: list[str] = []
    for part in parts:
        if lines and safe.width_of(f"{lines[-1]} · {part}") <= width:
            lines[-1] += f" · {part}"
        else:
            lines.append(part)
    return "\n".join(lines)


def facts(item: Item, choices: Choices) -> list[Entry]:
    """Return the rows of an offer: those of ours it may be, then fact by fact whose value will stand."""
    if item.alike:
        group = _("Is it one of these?")
        rows = [Entry(f"alike:{each.id}", group, _("yours"), each.facts["name_fi"]) for each in item.alike]
    else:
        rows = []
    if item.own is None:
        group = _("What the catalogue says")
        return [*rows, *(_told(each, group) for each in item.open)]
    group = _("What differs")
    rows += [_choice(each, group, item, choices) for each in item.facts if each.open]
    stays = [each for each in item.facts if each.state == "kept"]
    return [*rows, *(_kept(each, _("Yours, changed only by you")) for each in stays)]


def _offer(item: Item, preview: Preview, choices: Choices, changed: bool) -> Entry:
    taken = choices.takes(item) and not blocked(preview, item)
    title: Cell = item.name if taken else (item.name, "plain")
    kind = words.kind_name(item.kind)
    count = preview.counts[item.kind]
    return Entry(
        item.key, f"{kind} {count}", _("is taken") if taken else _("is left"), title,
        right=item.partner_name if item.is_service else _("partner"),
        mark=("x", "accent") if taken else "·",
        notes=[*_notes(item, preview, choices, changed)],
    )  # fmt: skip


def _notes(item: Item, preview: Preview, choices: Choices, changed: bool) -> Iterator[Cell]:
    if changed:
        yield (_("! Somebody changed this meanwhile: look again."), "alert")
    for line in words.lines(preview, item, choices):
        yield (line, "alert" if line.startswith("!") else "faint")


def _told(fact: Fact, group: str) -> Entry:
    name, text = words.fact_name(fact.name), words.value(fact.name, fact.theirs)
    if len(text) > _LONG or "\n" in text:
        return Entry(fact.name, group, name, "", body=text)
    return Entry(fact.name, group, name, (text, "plain"))


def _choice(fact: Fact, group: str, item: Item, choices: Choices) -> Entry:
    theirs = choices.takes_theirs(item, fact)
    lines = [
        _("mine: {value}").format(value=words.value(fact.name, fact.mine)),
        _("theirs: {value}").format(value=words.value(fact.name, fact.theirs)),
    ]
    if fact.base is not UNKNOWN and fact.state == "conflict" and not equal(fact.name, fact.base, fact.mine):
        lines.append(_("theirs before: {value}").format(value=words.value(fact.name, fact.base)))
    return Entry(
        fact.name, group, words.fact_name(fact.name), _("theirs stands") if theirs else _("mine stands"),
        mark=("x", "accent") if theirs else "·", body="\n".join(lines),
    )  # fmt: skip


def _kept(fact: Fact, group: str) -> Entry:
    theirs = _("The catalogue says: {theirs}").format(theirs=words.value(fact.name, fact.theirs, short=True))
    mine = words.value(fact.name, fact.mine, short=True)
    return Entry(fact.name, group, words.fact_name(fact.name), (mine, "plain"), notes=[theirs])
