"""The names of a client: of several kinds, each with its time; a former name stays to be found by search."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from kotoutus_tui import clock
from kotoutus_tui.casework.client_details import lock_client
from kotoutus_tui.casework.undo import once
from kotoutus_tui.errors import Conflict, InvalidInput, gone
from kotoutus_tui.i18n import _
from kotoutus_tui.text import clean_line

if TYPE_CHECKING:
    from sqlmodel.ext.asyncio.session import AsyncSession

    from kotoutus_tui.database import Database
    from models.name import ClientName

KINDS = ("passport", "previous", "own_script", "called", "alias")
_PARTS = ("family", "given", "patronymic", "valid_from", "valid_to")


@dataclass(frozen=True)
class NameParts:
    """A name as its document writes it, and when it was in use; family or given name is needed."""

    family: str | None = None
    given: str | None = None
    patronymic: str | None = None
    valid_from: date | None = None
    valid_to: date | None = None


@dataclass(frozen=True)
class KnownName:
    """A name on file; `version` goes with a change of it."""

    id: UUID
    kind: str
    parts: NameParts
    version: int

    @property
    def whole(self) -> str:
        """Family name first, as lists show it."""
        return " ".join(part for part in (self.parts.family, self.parts.given, self.parts.patronymic) if part)


async def names(db: "Database", client_id: UUID) -> list[KnownName]:
    """Return the client's names, the one of the passport first."""
    async with db.reading_fast() as connection:
        rows = await (
            await connection.execute(_NAMES, {"client": client_id, "kinds": list(KINDS)})
        ).fetchall()
    return [KnownName(row[0], row[1], NameParts(*row[2:7]), row[7]) for row in rows]


async def add_name(
    db: "Database", client_id: UUID, kind: str, parts: NameParts, *, operation_id: UUID
) -> None:
    """Add a name of any of KINDS but the passport's, which is there; raises InvalidInput."""
    from models.base import new_id

    clean, name_id = _cleaned(parts), new_id()
    if kind not in KINDS or kind == "passport":
        raise InvalidInput("kind", _("Choose one of these."))

    async def add(session: "AsyncSession") -> None:
        await lock_client(session, client_id)
        session.add(_row(name_id, client_id, kind, clean))
        await session.flush()
        await store_keys(session, client_id, name_id)

    await once(db, operation_id, "name.add", client_id, {"remove_name": str(name_id)}, add)


async def change_name(
    db: "Database",
    client_id: UUID,
    name: KnownName,
    parts: NameParts,
    *,
    operation_id: UUID,
    keep_former: bool = False,
) -> None:
    """Change a name seen as `name`; `keep_former` files what stood there as a former name until today.

    Raises Conflict, with the parts that stand now in `fields`, when somebody changed the name meanwhile.
    """
    from models.base import new_id

    clean, former = _cleaned(parts), new_id()
    if clean == name.parts:
        return
    inverse: dict[str, Any] = {"rename": {"name": str(name.id), "parts": _stored(name.parts)}}
    if keep_former:
        inverse["remove_name"] = str(former)

    async def write(session: "AsyncSession") -> None:
        await lock_client(session, client_id)
        row = await _name(session, client_id, name.id)
        if row.version != name.version and _parts(row) != clean:
            raise Conflict(
                _("Somebody else changed this name meanwhile."),
                _("Look at it and change it again."),
                _PARTS,
            )
        if keep_former:
            # The former name is a name of its own from its first day on, found as before.
            ended = NameParts(
                name.parts.family,
                name.parts.given,
                name.parts.patronymic,
                name.parts.valid_from,
                clock.today(),
            )
            session.add(_row(former, client_id, "previous", ended))
        _put(row, clean)
        session.add(row)
        await session.flush()
        await store_keys(session, client_id)

    await once(db, operation_id, "name.change", client_id, inverse, write)


async def remove_name(db: "Database", client_id: UUID, name_id: UUID, *, operation_id: UUID) -> None:
    """Take away a name written by mistake; the passport's name can only be changed."""

    async def remove(session: "AsyncSession") -> None:
        await lock_client(session, client_id)
        row = await _name(session, client_id, name_id)
        if row.kind == "passport":
            raise InvalidInput("kind", _("The name of the passport stays."), _("Change it instead."))
        await _take_away(session, row)

    await once(db, operation_id, "name.remove", client_id, {"restore_name": str(name_id)}, remove)


async def undo_add(session: "AsyncSession", client_id: UUID, name_id: str) -> None:
    """Take an added name away again."""
    await _take_away(session, await _name(session, client_id, UUID(name_id)))


async def undo_change(session: "AsyncSession", client_id: UUID, value: dict[str, Any]) -> None:
    """Put back what stood in a name."""
    row = await _name(session, client_id, UUID(value["name"]))
    _put(row, _read(value["parts"]))
    session.add(row)
    await session.flush()
    await store_keys(session, client_id, row.id)


async def undo_remove(session: "AsyncSession", client_id: UUID, name_id: str) -> None:
    """Bring a removed name back."""
    from models.name import ClientName

    row = await session.get(ClientName, UUID(name_id))
    if row is None or row.client_id != client_id:
        raise gone()
    row.removed_at = None
    session.add(row)
    await session.flush()
    await store_keys(session, client_id, row.id)


async def store_keys(session: "AsyncSession", client_id: UUID, only: UUID | None = None) -> None:
    """Store the search keys of a name, or of all names of the client."""
    from sqlalchemy import text
    from sqlmodel import col, select

    from kotoutus_tui.casework.name_keys import KEY_VERSION, keys_of
    from models.name import ClientName

    wanted = select(ClientName).where(ClientName.client_id == client_id, col(ClientName.removed_at).is_(None))
    if only is not None:
        wanted = wanted.where(ClientName.id == only)
    connection = await session.connection()
    for row in (await session.exec(wanted)).all():
        keys = keys_of(row.given, row.family, row.patronymic)
        # The year of birth is kept up to date by the database.
        await connection.execute(
            text("select api.store_name_keys(:name, :key, :skeletons, null, :version)"),
            {"name": row.id, "key": keys.name_key, "skeletons": keys.skeletons, "version": KEY_VERSION},
        )


async def _name(session: "AsyncSession", client_id: UUID, name_id: UUID) -> "ClientName":
    from models.name import ClientName

    row = await session.get(ClientName, name_id, populate_existing=True)
    if row is None or row.client_id != client_id or row.removed_at is not None:
        raise gone()
    return row


async def _take_away(session: "AsyncSession", row: "ClientName") -> None:
    row.removed_at = clock.now()
    session.add(row)
    await session.flush()


def _row(name_id: UUID, client_id: UUID, kind: str, parts: NameParts) -> "ClientName":
    from models.name import ClientName

    return ClientName(id=name_id, client_id=client_id, kind=kind, **{p: getattr(parts, p) for p in _PARTS})


def _put(row: "ClientName", parts: NameParts) -> None:
    for part in _PARTS:
        setattr(row, part, getattr(parts, part))


def _parts(row: "ClientName") -> NameParts:
    return NameParts(row.family, row.given, row.patronymic, row.valid_from, row.valid_to)


def _cleaned(parts: NameParts) -> NameParts:
    texts: dict[str, str | None] = {}
    for part in ("family", "given", "patronymic"):
        text = clean_line(getattr(parts, part) or "", part)
        if len(text) > 100:
            raise InvalidInput(part, _("The name is too long."))
        texts[part] = text or None
    if not texts["family"] and not texts["given"]:
        raise InvalidInput("family", _("The name is missing."))
    if parts.valid_from and parts.valid_to and parts.valid_to < parts.valid_from:
        raise InvalidInput("valid_to", _("The end is before the beginning."))
    return NameParts(texts["family"], texts["given"], texts["patronymic"], parts.valid_from, parts.valid_to)


def _stored(parts: NameParts) -> dict[str, str | None]:
    return {part: str(value) if (value := getattr(parts, part)) is not None else None for part in _PARTS}


def _read(stored: dict[str, str | None]) -> NameParts:
    days = [date.fromisoformat(day) if (day := stored[part]) else None for part in _PARTS[3:]]
    return NameParts(stored["family"], stored["given"], stored["patronymic"], *days)


_NAMES = """
select id, kind, family, given, patronymic, valid_from, valid_to, version
  from app.client_name
 where client_id = %(client)s and removed_at is null
 order by array_position(%(kinds)s::text[], kind::text), valid_to desc nulls first, id
"""
