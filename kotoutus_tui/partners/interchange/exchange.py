"""Writes the network to files and reads a file in: what the screen and the commands share."""

import json
import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from kotoutus_tui import private_files
from kotoutus_tui.errors import InvalidInput
from kotoutus_tui.exchange.export import as_csv
from kotoutus_tui.fetching import fetch_command
from kotoutus_tui.i18n import N_, _
from kotoutus_tui.partners import edits
from kotoutus_tui.partners.interchange import hsds_json, hsds_out, hsds_package, snapshot, vcard_out
from kotoutus_tui.partners.interchange.incoming import Incoming, Remark
from kotoutus_tui.partners.interchange.plan import Plan, plan
from kotoutus_tui.partners.interchange.snapshot import Snapshot

if TYPE_CHECKING:
    from kotoutus_tui.database import Database

# Code, name, ending of the file.
FORMATS: dict[str, tuple[str, str]] = {
    "hsds": (N_("HSDS 3.1, a package of tables"), "zip"),
    "hsds-json": (N_("HSDS 3.1, JSON"), "json"),
    "vcard": (N_("cards for address books (vCard 3.0)"), "vcf"),
    "vcard4": (N_("cards for address books (vCard 4.0)"), "vcf"),
    "vcards": (N_("one card in each file (vCard 3.0)"), ""),
}


@dataclass(frozen=True)
class Written:
    """A file, or a directory of files, and how many organisations, services and persons are in it."""

    place: Path
    organisations: int
    services: int
    contacts: int

    @property
    def fetch(self) -> str:
        """The command that fetches it, to be run on one's own computer."""
        return fetch_command(self.place)


async def write(
    db: "Database", directory: Path, form: str, language: str, *, contacts: bool, name: str = ""
) -> Written:
    """Write the network into `directory` under a name that tells nothing, or under `name`.

    `form` is one of FORMATS. It stands in the log of use before the file is there. Raises InvalidInput when
    the file cannot be written.
    """
    ending = FORMATS[form][1]
    neutral = f"kotoutus-{secrets.token_hex(4)}" + (f".{ending}" if ending else "")
    place = directory / (name or neutral)
    if place.exists():
        raise _taken()
    network = await snapshot.read(db, contacts=contacts)
    content = _content(network, form, language, contacts=contacts)
    await db.call("log_use", "export", "partners", len(network.organisations) + len(network.services))
    if contacts:
        await db.call("log_use", "export", "partner contacts", len(network.contacts))
    _write(place, content)
    return Written(place, len(network.organisations), len(network.services), len(network.contacts))


def _content(network: Snapshot, form: str, language: str, *, contacts: bool) -> bytes | Sequence[str]:
    if form.startswith("vcard"):
        version = "4.0" if form == "vcard4" else "3.0"
        cards = list(vcard_out.cards(network, language, version, contacts=contacts))
        return cards if form == "vcards" else "".join(cards).encode()
    tables = hsds_out.tables(network, language, contacts=contacts)
    if form == "hsds":
        return hsds_package.as_zip(tables, language)
    return json.dumps(hsds_json.nested(tables, language), ensure_ascii=False, indent=1).encode()


def _write(place: Path, content: bytes | Sequence[str]) -> None:
    if isinstance(content, bytes):
        _create(lambda: private_files.create_bytes(place, content))
        return

    def write_each() -> None:
        place.mkdir(mode=0o700, parents=True)
        for number, card in enumerate(content, 1):
            private_files.create(place / f"{number:04}.vcf", card)

    _create(write_each)


def _create(write: Callable[[], None]) -> None:
    try:
        write()
    except FileExistsError:
        raise _taken() from None
    except OSError:
        raise InvalidInput(
            "file", _("The file cannot be written."), _("Check the setting “drop_dir”.")
        ) from None


def _taken() -> InvalidInput:
    return InvalidInput("file", _("There is such a file already."), _("Choose another name."))


async def look(
    db: "Database", file: Path, mapping: dict[str, str] | None = None, language: str | None = None
) -> tuple[Incoming, Plan]:
    """Return what a file says and what reading it in would change; raises InvalidInput as reading.read."""
    import asyncio

    from kotoutus_tui.partners.interchange import reading

    incoming = await asyncio.to_thread(reading.read, file, mapping, language)
    network = await snapshot.read(db)
    found = await asyncio.to_thread(plan, incoming, network)
    found.remarks = [
        replace(each, column=incoming.columns.get(each.column, each.column)) for each in found.remarks
    ]
    return incoming, found


async def apply(db: "Database", planned: Plan, *, operation_id: UUID) -> None:
    """Make the changes as one command, which its author can undo; raises Conflict after others' changes."""
    if planned.changes:
        await edits.write(db, "partners.import", planned.changes, operation_id=operation_id)


def report(directory: Path, remarks: Sequence[Remark]) -> Path | None:
    """Write what was left out, row by row, as CSV into `directory`; None when there is nothing."""
    if not remarks:
        return None
    rows = [[each.part, str(each.row), each.column, each.value, each.reason] for each in remarks]
    written = as_csv(rows, [_("Part"), _("Row"), _("Column"), _("Value"), _("What was left out")])
    place = directory / f"kotoutus-{secrets.token_hex(4)}.csv"
    _create(lambda: private_files.create(place, "\ufeff" + written))
    return place
