"""The client's consents to be told about: to whom, what, in which language asked, and until when.

The client must have been opened; otherwise every command raises NotAllowed or NotFound.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from kotoutus_tui import clock
from kotoutus_tui.casework.client_details import lock_client
from kotoutus_tui.casework.undo import once
from kotoutus_tui.errors import InvalidInput, gone
from kotoutus_tui.i18n import _
from kotoutus_tui.text import short_line, short_prose

if TYPE_CHECKING:
    from sqlmodel.ext.asyncio.session import AsyncSession

    from kotoutus_tui.database import Database

WAYS = ("written", "spoken")


@dataclass(frozen=True)
class Consent:
    """A consent to tell `items` (codes of profiles.toml) to a receiver, None for any; never overwritten."""

    id: UUID
    receiver: str | None
    items: tuple[str, ...]
    scope: str | None
    language: str
    how: str
    given_on: date
    valid_until: date | None
    withdrawn_on: date | None

    def holds(self, receiver: str, today: date) -> bool:
        """Whether it is in force for this receiver today."""
        return (
            self.withdrawn_on is None
            and self.given_on <= today
            and (self.valid_until is None or self.valid_until >= today)
            and self.receiver in (None, receiver)
        )


async def consents(db: "Database", client_id: UUID) -> Sequence[Consent]:
    """Return all consents of a client, the newest first."""
    async with db.reading_fast() as connection:
        rows = await (await connection.execute(_CONSENTS, [client_id])).fetchall()
    return [Consent(row[0], row[1], tuple(row[2].split()), *row[3:]) for row in rows]


def covering(known: Sequence[Consent], receiver: str, items: Collection[str], today: date) -> Consent | None:
    """Return a consent in force that covers all these items, the newest one."""
    return next((each for each in known if each.holds(receiver, today) and set(items) <= {*each.items}), None)


async def give(db: "Database", client_id: UUID, values: Mapping[str, Any], *, operation_id: UUID) -> UUID:
    """Record a consent and return its id; `values` are the fields of Consent but id and withdrawal.

    Raises InvalidInput for one without items or language, or of a day to come.
    """
    from models.base import new_id

    made, items = new_id(), " ".join(values["items"])
    if not items:
        raise InvalidInput("items", _("Nothing was chosen."), _("Choose what may be told."))
    if values["given_on"] > clock.today():
        raise InvalidInput("given_on", _("It has not happened yet."), _("Write the day it was given."))
    if values.get("valid_until") and values["valid_until"] < values["given_on"]:
        raise InvalidInput("valid_until", _("It ends before it begins."), _("Correct the day."))
    facts: dict[str, Any] = {
        "receiver": short_line(values.get("receiver"), "receiver"),
        "scope": short_prose(values.get("scope"), "scope"),
        "language": short_line(values["language"], "language"),
        "how": values["how"],
        "given_on": values["given_on"],
        "valid_until": values.get("valid_until"),
    }
    if not facts["language"]:
        raise InvalidInput(
            "language", _("The language is missing."), _("Say in which language it was asked.")
        )

    async def work(session: "AsyncSession") -> None:
        from models.disclosure import Consent as Row

        await lock_client(session, client_id)
        session.add(Row(id=made, client_id=client_id, items=items, **facts))

    await once(db, operation_id, "consent.give", client_id, {"consent": {"id": str(made), "end": True}}, work)
    return made


async def withdraw(db: "Database", client_id: UUID, consent_id: UUID, *, operation_id: UUID) -> None:
    """End a consent today; what was told before stays in the log. Raises NotFound."""

    async def work(session: "AsyncSession") -> None:
        await lock_client(session, client_id)
        row = await _row(session, client_id, consent_id)
        if row.withdrawn_on is not None:
            raise gone()
        row.withdrawn_on = clock.today()
        session.add(row)

    inverse = {"consent": {"id": str(consent_id), "end": False}}
    await once(db, operation_id, "consent.withdraw", client_id, inverse, work)


async def restore(session: "AsyncSession", client_id: UUID, inverse: Mapping[str, Any]) -> None:
    """Take back a consent that was recorded, or its withdrawal."""
    await lock_client(session, client_id)
    row = await _row(session, client_id, UUID(inverse["id"]))
    row.withdrawn_on = max(clock.today(), row.given_on) if inverse["end"] else None
    session.add(row)


async def _row(session: "AsyncSession", client_id: UUID, consent_id: UUID) -> Any:
    from models.disclosure import Consent as Row

    row = await session.get(Row, consent_id, populate_existing=True)
    if row is None or row.client_id != client_id:
        raise gone()
    return row


_CONSENTS = """
select id, receiver, items, scope, language, how, given_on, valid_until, withdrawn_on
  from app.consent where client_id = %s order by given_on desc, id desc
"""
