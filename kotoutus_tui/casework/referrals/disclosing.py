"""What is told of a client with a referral: the preview, and telling it, which is noted in the log.

The client must have been opened; otherwise everything raises NotAllowed.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from kotoutus_tui.casework.referrals.consents import Consent
from kotoutus_tui.casework.referrals.profiles import Item, Profile, items, profile
from kotoutus_tui.errors import InvalidInput
from kotoutus_tui.i18n import _
from kotoutus_tui.text import clean_line, short_line

if TYPE_CHECKING:
    from kotoutus_tui.casework.referrals.reading import Referral
    from kotoutus_tui.database import Database

Held = Mapping[str, Any]


@dataclass(frozen=True)
class Line:
    """An item of the preview; `held` is what it holds, as the database gave it.

    `blocked` says why it cannot be told: `consent` (there is none), `protected` (a protection order).
    """

    item: Item
    held: Any
    ticked: bool
    blocked: str = ""


@dataclass(frozen=True)
class Told:
    """What was told once: the codes of the items, on which ground, by whom."""

    items: Sequence[str]
    purpose: str
    ground: str
    asked_by: str | None
    way: str
    at: datetime
    author: str


async def held(db: "Database", referral_id: UUID) -> Held:
    """Return what every item holds, without those that hold nothing; nothing is told by it.

    The identity code is empty: it is shown only to whom it is told.
    """
    return await db.call("disclosable", referral_id)


def preview(
    referral: "Referral",
    known: Held,
    ground: str,
    consents: Sequence[Consent],
    today: date,
    *,
    protected: bool,
    ticks: Mapping[str, bool] | None = None,
) -> list[Line]:
    """Return the items that may be told on a ground; those that are needed are ticked, or as in `ticks`.

    Items that hold nothing are left out, blocked ones are never ticked.
    """
    found = profile(referral.receiver_kind)
    agreed = {code for each in consents if each.holds(referral.receiver, today) for code in each.items}
    lines: list[Line] = []
    for code in found.items:
        item = items()[code]
        if item.near and protected:
            lines.append(Line(item, None, ticked=False, blocked="protected"))
        elif code in known:
            blocked = "consent" if found.needs_consent(code, ground) and code not in agreed else ""
            wanted = (ticks or {}).get(code, code in found.needed)
            lines.append(Line(item, known[code], ticked=wanted and not blocked, blocked=blocked))
    return lines


def consent_for(found: Profile, codes: Collection[str], ground: str) -> set[str]:
    """Return the items among `codes` that only a consent lets out on this ground."""
    return {code for code in codes if found.needs_consent(code, ground)}


async def tell(
    db: "Database",
    client_id: UUID,
    referral: "Referral",
    codes: Sequence[str],
    *,
    ground: str,
    purpose: str,
    consents: Sequence[Consent],
    today: date,
    way: str,
    operation_id: UUID,
    asked_by: str | None = None,
) -> Held:
    """Note that the items are told (`way`: letter or told) and return what they hold.

    The letter is made of this answer and of nothing else. An identity code is asked for first, which is
    logged. Raises InvalidInput where a ground, a purpose or a consent is missing, and for what of a
    protected person tells where they are.
    """
    from kotoutus_tui.casework.referrals.consents import covering

    why = short_line(purpose, "purpose")
    if not codes:
        raise InvalidInput("items", _("Nothing is ticked."), _("Tick what is to be told."))
    if not ground:
        raise InvalidInput("ground", _("A legal ground is needed."), _("Choose one."))
    if not why or len(why) < _SHORTEST_PURPOSE:
        raise InvalidInput("purpose", _("A purpose is needed."), _("Say what it is needed for."))
    consent = None
    if wanted := consent_for(profile(referral.receiver_kind), codes, ground):
        consent = covering(consents, referral.receiver, wanted, today)
        if consent is None:
            raise _refusal("disclosure_consent")
    if "personal_id" in codes:
        await db.call("ask_reveal", client_id, "reveal_personal_id", None)
    try:
        return await db.call(
            "disclose", referral.id, list(codes), ground, why, short_line(clean_line(asked_by or "")),
            consent.id if consent else None, way, operation_id,
        )  # fmt: skip
    except InvalidInput as error:
        raise _refusal(error.field) from error


async def told(db: "Database", referral_id: UUID) -> Sequence[Told]:
    """Return what was told with a referral, the latest first."""
    async with db.reading_fast() as connection:
        rows = await (await connection.execute(_TOLD, [referral_id])).fetchall()
    return [Told(row[0].split(), *row[1:]) for row in rows]


def _refusal(constraint: str) -> InvalidInput:
    sentence, next_step = {
        "disclosure_protected": (
            _("Where a person with a protection order is does not leave the house (36 § 661/2009)."),
            _("Take those items out."),
        ),
        "disclosure_consent": (
            _("The client has not consented to some of this."),
            _("Record the consent, or take those items out."),
        ),
        "disclosure_plan": (
            _("Section 94 covers only clients with an integration plan that was drawn up."),
            _("Draw up the plan first, or ask for consent."),
        ),
        "disclosure_ground": (
            _("This ground does not cover this receiver or these items."),
            _("Choose another ground, or take items out."),
        ),
    }.get(
        constraint, (_("It cannot be told like this."), _("Check what is ticked, why, and on which ground."))
    )
    return InvalidInput("ground", sentence, next_step)


_SHORTEST_PURPOSE = 3
_TOLD = """
select d.items, d.purpose, d.ground, d.asked_by, d.way, d.at, coalesce(p.name, d.author)
  from app.disclosure d left join app.staff p on p.login = d.author
 where d.referral_id = %s order by d.at desc, d.id desc
"""
