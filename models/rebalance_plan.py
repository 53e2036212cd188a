"""Proposals that were carried out, with their report of fairness."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy.dialects.postgresql import JSONB

from models.base import STAFF, TECHNICAL, Table, by_database, column, line, moment, required


class RebalancePlan(Table, table=True):
    """Why clients were divided anew, from when on, and numbers by counsellor and language; no client."""

    operation_id: UUID = required(TECHNICAL, primary_key=True)
    occasion: str = line(TECHNICAL, needed=True)
    reason: str = line(STAFF, needed=True)
    effective_on: date | None = column(TECHNICAL)
    report: dict[str, Any] = required(STAFF, sa_type=JSONB)
    set_by: str = by_database("session_user", STAFF)
    made_at: datetime = moment()
