"""What reading a file in would do, row by row, before anything is done."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

from kotoutus_tui.errors import NotAllowed
from kotoutus_tui.exchange import columns, reading, values
from kotoutus_tui.exchange.values import ImportRow, Refusal
from kotoutus_tui.i18n import _

if TYPE_CHECKING:
    from kotoutus_tui.database import Database

_BATCH = 1000
_NAME = ("family", "given", "patronymic")
_CONTACT = ("phone", "email", "address", "municipality")


@dataclass(frozen=True)
class Planned:
    """A client to make or to change: what api.create_client and api.update_client take, and what differs."""

    row: int
    external_id: str
    facts: dict[str, Any]
    differs: tuple[str, ...] = ()


@dataclass
class Plan:
    """The outcome of every row; `duplicates` look like other clients and are made only when asked for.

    `headings` are the file's own words for its columns.
    """

    digest: str
    ignored: list[str]
    headings: dict[str, str]
    create: list[Planned] = field(default_factory=list[Planned])
    change: list[Planned] = field(default_factory=list[Planned])
    duplicates: list[Planned] = field(default_factory=list[Planned])
    unchanged: int = 0
    refused: list[Refusal] = field(default_factory=list[Refusal])


@dataclass(frozen=True)
class _Look:
    differs: Sequence[str] | None
    listed: dict[str, Any] | None
    same_code: UUID | None
    same_name: UUID | None


async def plan(db: "Database", file: Path, mapping: dict[str, str] | None = None) -> Plan:
    """Return what reading `file` in would do; nothing is changed but the log of use.

    Raises InvalidInput when the file as a whole cannot be used, NotAllowed when this is not the lead.
    """
    table = reading.read(file)
    places, ignored = columns.matched(table.headings, mapping)
    counsellors = await _counsellors(db)
    found = Plan(table.digest, ignored, {column: table.headings[place] for column, place in places.items()})
    rows: list[ImportRow] = []
    for number, cells in table.rows:
        named = {column: cells[place] for column, place in places.items() if place < len(cells)}
        row = values.understood(number, named, counsellors)
        if isinstance(row, ImportRow):
            rows.append(row)
        else:
            found.refused += row
    rows = list(_once(rows, found.refused))
    for start in range(0, len(rows), _BATCH):
        batch = rows[start : start + _BATCH]
        looks = await _look(db, batch)
        for row in batch:
            _decide(row, looks[row.number], found)
    found.refused.sort(key=lambda refusal: refusal.row)
    return found


def _once(rows: Iterable[ImportRow], refused: list[Refusal]) -> Iterable[ImportRow]:
    numbers: dict[str, int] = {}
    codes: dict[str, int] = {}
    for row in rows:
        code = row.fields.get("personal_id")
        if row.external_id in numbers:
            reason = _("The same client number is on row {row} already.").format(row=numbers[row.external_id])
            refused.append(Refusal(row.number, "external_id", row.external_id, reason))
        elif code and code in codes:
            reason = _("The same personal identity code is on row {row} already.").format(row=codes[code])
            refused.append(Refusal(row.number, "personal_id", values.shown("personal_id", code), reason))
        else:
            numbers[row.external_id] = row.number
            if code:
                codes[code] = row.number
            yield row


def _decide(row: ImportRow, look: _Look, found: Plan) -> None:
    refusal = _refusal(row, look)
    if refusal is not None:
        found.refused.append(refusal)
    elif look.listed is None:
        planned = Planned(row.number, row.external_id, _facts_to_create(row))
        (found.duplicates if look.same_name else found.create).append(planned)
    elif look.differs:
        facts = _facts(row)
        if any(part in row.fields for part in _NAME):
            facts["keys"] = _keys({part: row.fields.get(part) or look.listed[part] for part in _NAME})
        found.change.append(Planned(row.number, row.external_id, facts, tuple(look.differs)))
    else:
        found.unchanged += 1


def _refusal(row: ImportRow, look: _Look) -> Refusal | None:
    listed = look.listed or {}

    def will_be(column: str) -> Any:
        return row.fields.get(column) or listed.get(column)

    def refuse(column: str, reason: str) -> Refusal:
        return Refusal(row.number, column, values.shown(column, str(row.fields.get(column, ""))), reason)

    if look.same_code is not None:
        return refuse("personal_id", _("Another client has this personal identity code."))
    if not will_be("family") and not will_be("given"):
        return refuse("family", _("The name is missing."))
    if will_be("period_start") and will_be("period_end") and will_be("period_end") < will_be("period_start"):
        return refuse("period_end", _("The integration period ends before it starts."))
    if will_be("phase") not in (None, "arriving", "closed") and not will_be("own_counsellor"):
        return refuse("own_counsellor", _("A client in this phase needs an own counsellor."))
    if listed.get("protected"):
        for column in _CONTACT:
            if column in row.fields:
                return Refusal(
                    row.number,
                    column,
                    "",
                    _("Contact data of a protected person are not read in from files."),
                )
    return None


def _facts(row: ImportRow) -> dict[str, Any]:
    facts: dict[str, Any] = {"row": row.number, "external_id": row.external_id, "fields": row.fields}
    facts["names"] = [
        _name(kind, text) | {"column": column}
        for column, kind, text in (
            ("own_script_name", "own_script", row.own_script_name),
            ("previous_name", "previous", row.previous_name),
        )
        if text
    ]
    facts["languages"] = row.languages
    facts["events"] = [{"kind": "note", "body": row.note, "source": "document"}] if row.note else []
    return facts


def _facts_to_create(row: ImportRow) -> dict[str, Any]:
    facts = _facts(row)
    fields: dict[str, Any] = facts.pop("fields")
    parts = {part: fields.get(part) for part in _NAME}
    birth_year = int(fields["birth_date"][:4]) if "birth_date" in fields else None
    facts["names"] = [
        one | {"birth_year": birth_year}
        for one in [{"kind": "passport"} | parts | _keys(parts), *facts["names"]]
    ]
    facts["contact"] = {column: fields[column] for column in _CONTACT if column in fields}
    facts["detail"] = fields
    return (
        facts | {"assignment_reason": "import"} | {key: fields[key] for key in fields if key not in _CONTACT}
    )


def _name(kind: str, text: str) -> dict[str, Any]:
    family, _comma, given = text.partition(",")
    parts = {"family": family.strip() or None, "given": given.strip() or None, "patronymic": None}
    return {"kind": kind} | parts | _keys(parts)


def _keys(parts: dict[str, Any]) -> dict[str, Any]:
    from kotoutus_tui.casework.name_keys import KEY_VERSION, keys_of

    keys = keys_of(parts["given"], parts["family"], parts["patronymic"])
    return {"name_key": keys.name_key, "skeletons": keys.skeletons, "key_version": KEY_VERSION}


async def _look(db: "Database", rows: Sequence[ImportRow]) -> dict[int, _Look]:
    asked: list[dict[str, Any]] = []
    for row in rows:
        keys = _keys({part: row.fields.get(part) for part in _NAME})
        asked.append(_facts(row) | {"name_key": keys["name_key"]})
    async with db.reading_fast() as connection:
        # Looking leaves an entry in the log of use, so the transaction writes.
        await connection.execute("set transaction read write")
        cursor = await connection.execute("select * from api.look_at_import(%s)", [json.dumps(asked)])
        return {number: _Look(*found) for number, _client, *found in await cursor.fetchall()}


async def _counsellors(db: "Database") -> dict[str, str | None]:
    async with db.reading_fast() as connection:
        cursor = await connection.execute(
            "select login, name, role, login = session_user from app.staff where active"
        )
        staff = await cursor.fetchall()
    if not any(own and role == "lead" for _login, _name, role, own in staff):
        raise NotAllowed(_("Only the team lead reads files of clients in."), _("Ask your team lead."))
    found: dict[str, str | None] = {}
    for login, name, role, _own in staff:
        if role == "counsellor":
            found[name.casefold()] = None if name.casefold() in found else login
    return found | {login.casefold(): login for login, _name, role, _own in staff if role == "counsellor"}
