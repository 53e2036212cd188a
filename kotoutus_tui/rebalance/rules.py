"""The rules that a division may not break, as data and as words."""

from collections.abc import Sequence
from typing import Literal, NamedTuple

from kotoutus_tui.i18n import _

Kind = Literal["lock", "household", "exclusion", "no_capacity", "max_moves"]


class Rule(NamedTuple):
    """One rule: a lock (client, counsellor), a household (household), an exclusion (client, counsellor),

    a counsellor without capacity (counsellor) or the most moves allowed (number).
    """

    kind: Kind
    client: str = ""
    counsellor: str = ""
    household: str = ""
    number: int = 0


def words(rule: Rule) -> str:
    """Return a rule as part of a sentence."""
    match rule.kind:
        case "lock":
            text = _("client {client} is locked to {counsellor}")
        case "household":
            text = _("household {household} stays together")
        case "exclusion":
            text = _("client {client} may not be with {counsellor}")
        case "no_capacity":
            text = _("{counsellor} has no capacity")
        case "max_moves":
            text = _("the most moves allowed is {number}")
    return text.format(**rule._asdict())


def sentence(rules: Sequence[Rule]) -> str:
    """Return one sentence that names the rules which collide."""
    return _("These rules cannot be kept together: {rules}.").format(rules="; ".join(map(words, rules)))
