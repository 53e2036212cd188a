"""Why a counsellor is suggested for a client, in sentences."""

from collections.abc import Sequence

from kotoutus_tui.casework.suggesting import Suggestion
from kotoutus_tui.i18n import N_, _, language_name

_REASONS = {
    "household": N_("The rest of the household is there."),
    "former": N_("Was the client's counsellor before."),
    "language": N_("Speaks the client's language."),
    "lightest": N_("Carries the least after this."),
}


def why(suggestion: Suggestion) -> Sequence[str]:
    """Return the reasons, what speaks against last; the load is always told."""
    found = [_(_REASONS[code]) for code in suggestion.reasons if code in _REASONS]
    found.append(_("Then {points} points for a full-time post.").format(points=round(suggestion.height)))
    if suggestion.kept_free:
        spoken = ", ".join(language_name(code) for code in sorted(suggestion.kept_free))
        found.append(_("The only one in the team who speaks {languages}.").format(languages=spoken))
    return found
