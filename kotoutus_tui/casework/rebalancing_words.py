"""The reasons of a proposal in words: each is a code with numbers, worked out again from the division."""

from collections.abc import Callable, Mapping, Sequence

from kotoutus_tui.i18n import N_, _, language_name, ngettext
from kotoutus_tui.rebalance.reasons import Explanation, Reason

OCCASIONS: Mapping[str, str] = {
    "even": N_("Even out"),
    "leaves": N_("A counsellor leaves"),
    "away": N_("A counsellor is away until a day"),
    "share": N_("A counsellor begins, or the working time changes"),
    "unassigned": N_("Clients without a counsellor"),
    "arrivals": N_("What if new clients arrive"),
}
FACTORS: Mapping[str, str] = {
    "phase_arriving": N_("Arriving"),
    "phase_new": N_("New client"),
    "phase_assessment": N_("Assessment under way"),
    "phase_plan": N_("Plan in force"),
    "phase_after_plan": N_("After the plan"),
    "interpreter": N_("Needs an interpreter"),
    "household_of_four": N_("Household of four or more"),
    "complexity": N_("Each step of complexity"),
    "deadline_in_30_days": N_("Each deadline in 30 days, two at most"),
}

Names = Mapping[str, str]


def why(explanation: Explanation, names: Names) -> str:
    """Return in one sentence each why it moves, why there and what it costs."""
    parts = [*explanation.leaving, *explanation.there[:2], *explanation.cost]
    return " ".join(_one(reason, names) for reason in parts)


def why_not(explanation: Explanation, names: Names) -> Sequence[str]:
    """Return one sentence against each other counsellor, the closest first."""
    return [_one(reason, names) for reason in explanation.others]


def _one(reason: Reason, names: Names) -> str:
    return _WORDS[reason.code](reason, names.get(reason.counsellor, reason.counsellor))


def _plain(text: str) -> Callable[[Reason, str], str]:
    return lambda reason, name: _(text).format(name=name, number=reason.number)


def _languages(reason: Reason, name: str) -> str:
    spoken = ", ".join(language_name(code) for code in reason.languages)
    return _("{name} speaks the client's language ({languages}).").format(name=name, languages=spoken)


def _months(reason: Reason, _name: str) -> str:
    return ngettext(
        "A relationship of {number} month ends.", "A relationship of {number} months ends.", reason.number
    ).format(number=reason.number)


_WORDS: Mapping[str, Callable[[Reason, str], str]] = {
    "new": _plain(N_("Has no counsellor yet.")),
    "no_capacity": _plain(N_("{name} has no working time.")),
    "conflict": _plain(N_("{name} may not have the client.")),
    "united": _plain(N_("The household comes together from {name}.")),
    "locked_member": _plain(N_("A member of the household must stay elsewhere than with {name}.")),
    "too_high": _plain(N_("{name} would be {number} points above the limit.")),
    "exchanged": _plain(N_("Makes room at {name} for others.")),
    "common_language": _languages,
    "member_there": _plain(N_("The rest of the household is with {name}.")),
    "room": _plain(N_("{name} has room for {number} points more.")),
    "continuity_lost": _months,
    "matches_lost": _plain(N_("A common language is lost.")),
    "locked": _plain(N_("{name}: a member of the household is locked elsewhere.")),
    "over_limit": _plain(N_("{name}: would be {number} points above the limit.")),
    "under_floor": _plain(N_("{name}: the other would be left {number} points too low.")),
    "more_moves": _plain(N_("{name}: takes {number} moves more.")),
    "fewer_matches": _plain(N_("{name}: does not speak the client's language.")),
    "less_continuity": _plain(N_("{name}: a longer relationship would end.")),
    "as_good": _plain(N_("{name}: would be as good.")),
}
