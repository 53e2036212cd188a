"""The words of disclosures and consents: on which ground, how, and why an item is blocked."""

from datetime import date

from kotoutus_tui.casework.referrals.consents import Consent
from kotoutus_tui.casework.referrals.disclosing import Told
from kotoutus_tui.casework.referrals.profiles import Item, items
from kotoutus_tui.i18n import N_, _, format_date, format_datetime, language_name, ngettext

GROUNDS = {
    "provider_94": N_("provider of a service of the plan (94 §)"),
    "authorities_86": N_("authorities reviewing the plan (86 §)"),
    "kela_88": N_("Kela (88 §)"),
    "move_85": N_("move to another municipality, with consent (85 §)"),
    "consent": N_("the client's consent"),
}
CONSENT_WAYS = {"written": N_("in writing"), "spoken": N_("by word of mouth")}
WAYS = {"letter": N_("letter"), "told": N_("told by word of mouth")}
BLOCKED = {
    "consent": N_("no consent"),
    "protected": N_("protection order"),
}


def section_of(item: Item) -> str:
    """Return where an item stands in the closed list of section 94."""
    if item.section is None:
        return _("not in section 94")
    return _("94 § item {number}").format(number=item.section)


def told_line(told: Told) -> str:
    """Return when, how and by whom something was told."""
    return f"{format_datetime(told.at)}  {_(WAYS[told.way])}  {told.author}"


def told_items(told: Told) -> str:
    """Return which items were told, on which ground and what for."""
    names = ", ".join(items()[code].name for code in told.items if code in items())
    parts = [names, _(GROUNDS[told.ground]), told.purpose]
    if told.asked_by:
        parts.append(_("asked by {name}").format(name=told.asked_by))
    return " · ".join(parts)


def consent_line(consent: Consent, today: date) -> str:
    """Return when a consent was given, how, in which language, and whether it is in force."""
    parts = [
        format_date(consent.given_on),
        _(CONSENT_WAYS[consent.how]),
        language_name(consent.language),
    ]
    if consent.withdrawn_on:
        parts.append(_("withdrawn {day}").format(day=format_date(consent.withdrawn_on)))
    elif consent.valid_until and consent.valid_until < today:
        parts.append(_("ended {day}").format(day=format_date(consent.valid_until)))
    elif consent.valid_until:
        parts.append(_("valid until {day}").format(day=format_date(consent.valid_until)))
    return " · ".join(parts)


def consent_items(consent: Consent) -> str:
    """Return what may be told to whom, and the client's words."""
    names = ", ".join(items()[code].name for code in consent.items if code in items())
    lines = [f"{consent.receiver or _('any receiver')}: {names}"]
    return "\n".join([*lines, consent.scope] if consent.scope else lines)


def under_way(counts: dict[str, int]) -> str:
    """Return how many referrals to a service are under way; empty for none."""
    many = sum(counts.values())
    if not many:
        return ""
    shown = ngettext("{count} referral under way", "{count} referrals under way", many)
    return shown.format(count=many)
