"""Reads what the national catalogue says; nothing of the own network changes here."""

from asyncio import to_thread
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, TypeVar

from kotoutus_tui import clock, log
from kotoutus_tui.catalogue import faults, key, staging, v11, v12
from kotoutus_tui.catalogue.patience import Patience
from kotoutus_tui.catalogue.records import Fetched, OrganisationRecord, ServiceRecord
from kotoutus_tui.catalogue.selection import Ours
from kotoutus_tui.catalogue.staging import remember

if TYPE_CHECKING:
    from kotoutus_tui.catalogue.paging import Progress, Reader
    from kotoutus_tui.catalogue.raw import Raw, Told
    from kotoutus_tui.database import Database
    from kotoutus_tui.settings import Settings

__all__ = ["fetch", "remember"]

SERVERS = {
    "12": "https://api-gw.palvelutietovaranto.suomi.fi",
    "11": "https://api.palvelutietovaranto.suomi.fi",
}
_PATHS = {"12": v12.PATH, "11": v11.PATH}
_LAG = timedelta(hours=3)
Record = TypeVar("Record", OrganisationRecord, ServiceRecord)


async def fetch(
    db: "Database",
    settings: "Settings",
    *,
    progress: "Progress",
    full: bool = False,
    patience: Patience | None = None,
) -> Fetched:
    """Return what the catalogue says: all of it, or what changed since a run was last taken in.

    `progress` hears of a part in words, how many of its pages are read, and of how many. A run that was
    cut off goes on at the first page that is not kept. Raises Unreachable, SetupError or Unfamiliar with
    one sentence; cancelled it ends at once.
    """
    from kotoutus_tui.catalogue.client import Client
    from kotoutus_tui.catalogue.paging import Reader

    patience = patience or Patience()
    secret = key.read()
    version = settings.catalogue_version
    if version == "auto":
        version = "12" if secret else "11"
    if version == "12" and not secret:
        raise faults.no_key()
    base = (settings.catalogue_url or SERVERS[version]) + _PATHS[version]
    now = patience.now()
    run = await staging.begin(db, base, now, full=full, deltas=version == "12")
    pages = staging.Pages(db, run)
    kept = await pages.open()
    log.event("catalogue fetch", run=run.id, version=int(version), whole=run.whole, kept=kept)
    ours = await _ours(db)
    async with Client(base, secret if version == "12" else None, patience) as client:
        reader = Reader(client, pages, v12.form() if version == "12" else v11.form(), progress)
        raw, told = await (_read_12(reader, ours, run.since) if version == "12" else _read_11(reader, ours))
        log.event("catalogue fetched", run=run.id, requests=client.requests, missing=len(reader.missing))
    # What is missing may be there the next time, and the rest need not be asked for again.
    if not reader.missing:
        await staging.end(db, run)
    told.count("connection", reader.dangling)
    # A moment in the future would hide what is published until then.
    newest = min(max(raw.moments), now) if raw.moments else None
    if run.since is not None:
        newest = max(newest or run.since, run.since + _LAG)
    return Fetched(
        run_id=str(run.id), organisations=_ordered(told.organisations),
        services=_ordered(told.services), whole=run.whole,
        missing=list(dict.fromkeys(reader.missing)), archived=frozenset(raw.archived), newest=newest,
        unknown=told.unknown,
    )  # fmt: skip


def _ordered(records: "Iterable[Record]") -> "list[Record]":
    return sorted(records, key=lambda each: each.external_id)


async def _read_12(reader: "Reader", ours: Ours, since: datetime | None) -> "tuple[Raw, Told]":
    from kotoutus_tui.catalogue import v12_records

    raw = await v12.read(reader, ours, since)
    return raw, await to_thread(v12_records.told_of, raw, clock.today())


async def _read_11(reader: "Reader", ours: Ours) -> "tuple[Raw, Told]":
    from kotoutus_tui.catalogue import v11_records

    raw = await v11.read(reader, ours)
    return raw, await to_thread(v11_records.told_of, raw, clock.today())


async def _ours(db: "Database") -> Ours:
    async with db.reading_fast() as connection:
        organisations = await (
            await connection.execute(
                "select external_id, business_id, origin from app.organisation"
                " where removed_at is null and (external_id is not null or business_id is not null)"
            )
        ).fetchall()
        services = await (
            await connection.execute(
                "select external_id from app.service where removed_at is null and state <> 'ended'"
                " and external_id is not null and (origin = 'ptv' or remote is not null)"
            )
        ).fetchall()
    added = [each for each in organisations if each[2] != "ptv"]
    return Ours(
        [number for _key, number, _origin in added if number],
        frozenset(key for key, _number, _origin in added if key),
        frozenset(key for key, _number, _origin in organisations if key),
        frozenset(key for (key,) in services),
    )
