"""What may be one and the same, in the words of the language in use."""

from kotoutus_tui.i18n import N_, _
from kotoutus_tui.partners.duplicates import Pair

_KINDS = {"organisation": N_("partner"), "service": N_("service")}
_REASONS = {
    "business_id": N_("same business id"), "same_name": N_("same name"), "like_name": N_("similar name"),
    "phone": N_("same phone"),
}  # fmt: skip


def kind(pair: Pair) -> str:
    """Return whether these are partners or services."""
    return _(_KINDS[pair.kind])


def why(pair: Pair) -> str:
    """Return why they may be one."""
    return ", ".join(_(_REASONS[reason]) for reason in pair.reasons)
