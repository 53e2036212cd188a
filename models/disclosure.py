"""What left the house about a client: on which legal ground, to whom, and the client's consents."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Index

from models.base import (
    LOG_DATA,
    STAFF,
    TECHNICAL,
    Table,
    by_database,
    column,
    key,
    line,
    moment,
    prose,
    required,
    version,
)
from models.directory import PARTNER_KINDS

DISCLOSURE_GROUNDS = ("provider_94", "authorities_86", "kela_88", "move_85", "consent")
DISCLOSURE_WAYS = ("letter", "told")
CONSENT_WAYS = ("written", "spoken")


class Consent(Table, table=True):
    """The client agreed that these items may be told to a receiver, or to any one when none is named.

    `items` are codes of what may be told, with blanks between; `language` is the one it was asked in.
    """

    __table_args__ = (
        CheckConstraint(f"how in {CONSENT_WAYS}", name="how"),
        CheckConstraint("valid_until >= given_on", name="order"),
        CheckConstraint("withdrawn_on >= given_on", name="withdrawn"),
        Index("ix_consent_client", "client_id"),
    )

    id: UUID = key()
    client_id: UUID = required(TECHNICAL, foreign_key="app.client.id")
    receiver: str | None = line(7)
    items: str = prose(7, needed=True)
    scope: str | None = prose(7)
    language: str = line(4, needed=True)
    how: str = line(7, needed=True)
    given_on: date = required(7)
    valid_until: date | None = column(7)
    withdrawn_on: date | None = column(7)
    created_at: datetime = moment()
    created_by: str = by_database("session_user", STAFF)
    version: int = version()


class Disclosure(Table, table=True):
    """Which items were told to whom, when, why and on which ground; never what they held. Append-only.

    `asked_by` is who at the receiver asked for them, where somebody did.
    """

    __table_args__ = (
        CheckConstraint(f"receiver_kind in {PARTNER_KINDS}", name="receiver_kind"),
        CheckConstraint(f"ground in {DISCLOSURE_GROUNDS}", name="ground"),
        CheckConstraint(f"way in {DISCLOSURE_WAYS}", name="way"),
        CheckConstraint("ground not in ('consent', 'move_85') or consent_id is not null", name="consent"),
        Index("ix_disclosure_client", "client_id", "at"),
        Index("ix_disclosure_referral", "referral_id"),
    )

    id: UUID = key()
    client_id: UUID = required(TECHNICAL, foreign_key="app.client.id")
    referral_id: UUID = required(TECHNICAL, foreign_key="app.referral.id")
    receiver: str = line(LOG_DATA, needed=True)
    receiver_kind: str = line(LOG_DATA, needed=True)
    items: str = prose(LOG_DATA, needed=True)
    purpose: str = line(LOG_DATA, needed=True)
    ground: str = line(LOG_DATA, needed=True)
    asked_by: str | None = line(LOG_DATA)
    consent_id: UUID | None = column(TECHNICAL, foreign_key="app.consent.id")
    way: str = line(LOG_DATA, needed=True)
    operation_id: UUID = required(TECHNICAL, unique=True)
    at: datetime = moment(LOG_DATA)
    author: str = by_database("session_user", STAFF)
