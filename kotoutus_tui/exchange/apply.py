"""Reads a planned file in as one transaction, and takes a run back."""

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from uuid import UUID

from kotoutus_tui.exchange.dry_run import Plan, Planned
from kotoutus_tui.exchange.values import Refusal
from kotoutus_tui.i18n import _

if TYPE_CHECKING:
    from sqlmodel.ext.asyncio.session import AsyncSession

    from kotoutus_tui.database import Database


@dataclass
class Outcome:
    """What a run did; `run` is None when there was nothing to do. `refused` are rows the database refused."""

    run: UUID | None = None
    created: int = 0
    changed: int = 0
    refused: list[Refusal] = field(default_factory=list[Refusal])


@dataclass(frozen=True)
class Undone:
    """How many clients were removed, put back, and kept because somebody has changed them since."""

    removed: int
    restored: int
    kept: int


async def apply(db: "Database", plan: Plan, operation_id: UUID, *, duplicates: bool = False) -> Outcome:
    """Make and change the clients of `plan`, all with one commit; with `duplicates` also the likely ones.

    A row that the database refuses after all is left out and told. Raises NotAllowed and Unreachable.
    """
    create = plan.create + (plan.duplicates if duplicates else [])
    if not create and not plan.change:
        return Outcome()
    outcome = Outcome()
    async with db.writing(operation_id, "client.import") as session:
        outcome.run = UUID(str(await _value(session, "select api.begin_import(:digest)", digest=plan.digest)))
        for planned in create:
            if await _row(session, planned, outcome, "select api.create_client(cast(:facts as jsonb))"):
                outcome.created += 1
        for planned in plan.change:
            if await _row(session, planned, outcome, "select api.update_client(cast(:facts as jsonb))"):
                outcome.changed += 1
        await _value(
            session, "select api.end_import(:run, :created, :changed)",
            run=outcome.run, created=outcome.created, changed=outcome.changed,
        )  # fmt: skip
    return outcome


async def undo(db: "Database", run: UUID, operation_id: UUID) -> Undone:
    """Take a run back: clients it made are removed, what it changed is put back, later work stays.

    Raises NotFound when there is no such run or it was taken back before.
    """
    async with db.writing(operation_id, "client.import_undo") as session:
        return Undone(**await _value(session, "select api.undo_import(:run)", run=run))


async def _row(session: "AsyncSession", planned: Planned, outcome: Outcome, statement: str) -> bool:
    from sqlalchemy import text
    from sqlalchemy.exc import DBAPIError

    facts = json.dumps(planned.facts | {"import_id": str(outcome.run)})
    try:
        async with session.begin_nested():
            done = await _value(session, statement, facts=facts)
            # What is checked only at the commit would otherwise refuse the whole file.
            connection = await session.connection()
            await connection.execute(text("set constraints all immediate"))
            await connection.execute(text("set constraints all deferred"))
    except DBAPIError as error:
        # A broken connection is no matter of this row.
        state: str = getattr(error.orig, "sqlstate", None) or ""
        if state[:2] not in ("22", "23"):
            raise
        outcome.refused.append(
            Refusal(planned.row, "", planned.external_id, _("The database refused a value of this row."))
        )
        return False
    return bool(done)


async def _value(session: "AsyncSession", statement: str, **values: object) -> Any:
    from sqlalchemy import text

    connection = await session.connection()
    return (await connection.execute(text(statement), values)).scalar_one()
