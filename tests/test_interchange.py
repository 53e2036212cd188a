"""The partner network in files: what is written is read back unchanged, and bad files say what is wrong."""

import csv
import io
import json
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest

from kotoutus_tui import cli, clock
from kotoutus_tui.database import Database
from kotoutus_tui.errors import Conflict, InvalidInput
from kotoutus_tui.partners import edits
from kotoutus_tui.partners.interchange import exchange, hsds_in, hsds_json, hsds_out, hsds_package, reading
from kotoutus_tui.partners.interchange import snapshot as snapshots
from kotoutus_tui.partners.interchange.hsds_tables import TABLES
from kotoutus_tui.partners.interchange.plan import Plan, plan
from kotoutus_tui.partners.interchange.snapshot import Snapshot
from kotoutus_tui.partners.interchange.vcard_in import read as read_cards
from kotoutus_tui.partners.interchange.vcard_out import cards
from tests.cluster import OwnDatabase
from tests.people import make_team

CLUB, COLLEGE, COURSE, HALL, PERSON = (UUID(int=number) for number in (1, 2, 3, 4, 5))


def invented() -> Snapshot:
    """Two partners, a service with everything that can be told of one, a place, hours and a person."""
    names: dict[str, Any] = {"name_sv": None, "name_en": None}
    rest: dict[str, Any] = {
        "valid_from": None, "valid_to": None, "predecessor_id": None, "origin": "own", "external_id": None,
    }  # fmt: skip
    club = {
        "id": CLUB,
        "kind": "ngo",
        "name_fi": "=Naapurit ry",
        **names,
        "business_id": "0112038-9",
        "web": "https://example.org",
        "phone": "+358 13 000 001",
        "email": "a@example.org",
    } | rest
    college = {
        "id": COLLEGE,
        "kind": "education",
        "name_fi": "Opisto",
        **names,
        "name_sv": "Institut",
        "business_id": None,
        "web": None,
        "phone": None,
        "email": None,
    } | rest
    course = {
        "id": COURSE, "organisation_id": COLLEGE, "name_fi": "Alkeiskurssi", "name_sv": "Nybörjarkurs",
        "name_en": None, "summary_fi": "Kaksi\nriviä", "summary_sv": None, "summary_en": None,
        "words": "kieli kurssi", "area": "Joensuu", "spoken": "fi en", "interpreted": "ar so",
        "written": "fi", "who_may_come": "Kaikki, jotka; haluavat", "what_to_bring": "Passi", "cost": "0 e",
        "by_appointment": True, "capacity": 3, "waiting_days": 14, "next_start_on": date(2027, 1, 11),
        "capacity_stated_on": date(2026, 11, 1), "state": "paused", "verified_on": date(2026, 10, 1),
        "origin": "own", "external_id": None, "updated_at": clock.now(),
    }  # fmt: skip
    hall = {"id": HALL, "organisation_id": COLLEGE, "name": "Sali", "street": "Mallikatu 1",
            "postal_code": "80100", "town": "Joensuu", "easting": 641959, "northing": 6944122,
            "external_id": None}  # fmt: skip
    hours = [
        {"id": uuid4(), "service_id": COURSE, "weekday": day, "on_day": None, "opens": "09:00",
         "closes": "16:30"}
        for day in (1, 3)
    ]  # fmt: skip
    closed = {"id": uuid4(), "service_id": COURSE, "weekday": None, "on_day": date(2026, 12, 23),
              "opens": None, "closes": None}  # fmt: skip
    person = {"id": PERSON, "organisation_id": COLLEGE, "service_id": COURSE, "name": "Ville von Vastaaja",
              "title": "ohjaaja; opo", "phone": "013 000 002", "email": "v@example.org",
              "languages": "fi ar", "confirmed_on": None}  # fmt: skip
    return Snapshot(
        {CLUB: club, COLLEGE: college}, {COURSE: course}, {HALL: hall}, {(COURSE, HALL): True},
        {COURSE: [*hours, closed]}, {PERSON: person},
    )  # fmt: skip


def read_in(file: Path, network: Snapshot, language: str | None = None) -> Plan:
    return plan(reading.read(file, language=language), network)


def written(tmp_path: Path, network: Snapshot, form: str, language: str = "fi") -> Path:
    tables = hsds_out.tables(network, language, contacts=True)
    file = tmp_path / f"{form}-{language}"
    if form == "zip":
        file.write_bytes(hsds_package.as_zip(tables, language))
    elif form == "json":
        file.write_text(json.dumps(hsds_json.nested(tables, language)))
    else:
        file.write_text("".join(cards(network, language, form, contacts=True)))
    return file


# Round trips without a database


@pytest.mark.parametrize("form", ["zip", "json", "3.0", "4.0"])
@pytest.mark.parametrize("language", ["fi", "sv"])
def test_what_is_written_changes_nothing_when_it_is_read_where_it_came_from(
    tmp_path: Path, form: str, language: str
) -> None:
    network = invented()
    found = read_in(written(tmp_path, network, form, language), network)
    assert not found.changes
    assert not found.remarks
    assert found.organisations.same == 2


@pytest.mark.parametrize("form", ["zip", "json"])
def test_a_package_brings_everything_into_an_empty_network(tmp_path: Path, form: str) -> None:
    network = invented()
    found = read_in(written(tmp_path, network, form), Snapshot())
    assert not found.remarks
    made = {(each.table, each.values.get("external_id")): each.values for each in found.changes}  # pyright: ignore[reportAttributeAccessIssue]
    service = made["service", str(COURSE)]
    told = {**network.services[COURSE], "name_sv": None}  # a package is in one language
    for name in set(told) - {"id", "organisation_id", "origin", "external_id", "updated_at", "verified_on"}:
        assert service.get(name) == told[name], name
    assert service["origin"] == "file"
    club = made["organisation", str(CLUB)]
    assert (club["name_fi"], club["business_id"], club["kind"]) == ("=Naapurit ry", "0112038-9", "ngo")
    place = made["place", str(HALL)]
    assert abs(place["easting"] - 641959) <= 1 >= abs(place["northing"] - 6944122)
    person = made["partner_contact", None]
    assert (person["name"], person["service_id"]) == ("Ville von Vastaaja", service["id"])
    assert person["languages"] == "fi ar"
    assert sum(each.table == "service_hours" for each in found.changes) == 3


def test_a_package_has_whole_references_and_no_formulas_and_people_only_when_wanted() -> None:
    network = invented()
    package = hsds_package.as_zip(hsds_out.tables(network, "fi", contacts=False), "fi")
    with zipfile.ZipFile(io.BytesIO(package)) as parts:
        described = json.loads(parts.read("datapackage.json"))
        rows = {
            each["name"]: list(csv.DictReader(io.StringIO(parts.read(each["path"]).decode())))
            for each in described["resources"]
        }
    assert not rows["contact"]
    assert "Vastaaja" not in str(rows)
    assert rows["organization"][0]["name"] == "'=Naapurit ry"
    assert rows["service"][0]["status"] == "temporarily closed"
    for each in described["resources"]:
        ids = [row["id"] for row in rows[each["name"]]]
        assert len(ids) == len(set(map(UUID, ids)))
        for key in each["schema"]["foreignKeys"]:
            there = {row["id"] for row in rows[key["reference"]["resource"]]}
            assert {row[key["fields"]] for row in rows[each["name"]]} - {""} <= there
        needed = [f["name"] for f in each["schema"]["fields"] if f["constraints"]["required"]]
        assert all(row[name] for row in rows[each["name"]] for name in needed)
    assert {"id", "unit_id"} <= set(TABLES["service_capacity"].columns)
    again = hsds_package.as_zip(hsds_out.tables(network, "fi", contacts=False), "fi")
    assert again == package


def test_references_that_lead_nowhere_are_told_and_the_rest_is_kept() -> None:
    lines: hsds_json.Lines = {
        "organization": [(2, {"id": "o1", "name": "Naapurit ry"})],
        "organization_identifier": [
            (2, {"id": "i1", "organization_id": "o1", "identifier_type": "Y-tunnus",
                 "identifier": "0112038-1"}),
        ],
        "service": [
            (2, {"id": "s1", "organization_id": "o1", "name": "Kahvila", "status": "active"}),
            (3, {"id": "s2", "organization_id": "o9", "name": "Kenen", "status": "active"}),
            (4, {"id": "s1", "organization_id": "o1", "name": "Toinen", "status": "active"}),
        ],
        "service_at_location": [(2, {"id": "a1", "service_id": "s1", "location_id": "l9"})],
        "schedule": [(2, {"id": "h1", "service_id": "s1", "freq": "MONTHLY", "opens_at": "9:00"})],
    }  # fmt: skip
    found = plan(hsds_in.read(lines, "fi"), Snapshot())
    assert {(each.part, each.row, each.column) for each in found.remarks} == {
        ("organization", 2, "identifier"), ("schedule", 2, "freq"), ("service", 3, "organization_id"),
        ("service", 4, "id"), ("service_at_location", 2, "location_id"),
    }  # fmt: skip
    assert (found.organisations.new, found.services.new) == (1, 1)


def test_a_card_that_is_broken_is_told_and_the_others_are_read() -> None:
    text = (
        "BEGIN:VCARD\r\nVERSION:2.1\r\nFN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=C3=84iti Malli\r\n"
        "ORG:Naapurit ry\r\nitem1.TEL;TYPE=CELL:050 0000000\r\nEND:VCARD\r\n"
        "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Yksin\r\nEND:VCARD\r\nBEGIN:VCARD\r\nFN:Kesken\r\n"
        "BEGIN:VCARD\r\nVERSION:3.0\r\nN:;;;;\r\nORG:Naapurit ry;Neuvonta\r\nEMAIL:n@example.org\r\n"
        "ADR:;;Katu 1;Joensuu;;80100;FI\r\nUID:urn:uuid:" + str(CLUB) + "\r\nEND:VCARD\r\n"
    )
    incoming = read_cards(text)
    found = plan(incoming, Snapshot())
    assert {each.row for each in found.remarks} == {2, 3}
    assert (found.organisations.new, found.contacts.new) == (1, 1)
    person = incoming.contacts[0].facts
    assert (person["name"], person["phone"]) == ("Äiti Malli", "050 0000000")
    assert incoming.organisations[0].facts["email"] == "n@example.org"


def test_a_table_is_read_by_its_own_headings_and_says_what_of_a_row_is_wrong(tmp_path: Path) -> None:
    file = tmp_path / "taulukko.csv"
    file.write_text(
        "Järjestö;Y-tunnus;Palvelu;Kielet;Paikkoja;Aukioloajat;Kunta;Yhteyshenkilö;Kengännumero\n"
        "Naapurit ry;0112038-9;Kahvila;arabia, so;5;ma-pe 9-16;Joensuu;Ville Vastaaja;43\n"
        "Naapurit ry;;Kerho;xyzzy;monta;aina;;;\n"
        ";;Kenenkään;;;;;;\nVain ry;123;;;;;;;\n"
    )
    incoming = reading.read(file)
    assert incoming.ignored == ["Kengännumero"]
    found = plan(incoming, Snapshot())
    assert (found.organisations.new, found.services.new, found.contacts.new) == (2, 2, 1)
    assert [(each.row, each.column) for each in found.remarks] == [
        (3, "spoken"), (3, "capacity"), (3, "hours"), (4, "organisation"), (5, "business_id"),
    ]  # fmt: skip
    assert sum(each.table == "service_hours" for each in found.changes) == 5


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b'{"contents": []}', b"PK\x03\x04broken", b"nimi;osoite\nA;B\n", b"[1, 2]", b"\xff\xfe\x00"],
)
def test_a_wrong_file_is_one_sentence(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "file"
    file.write_bytes(content)
    with pytest.raises(InvalidInput) as refused:
        reading.read(file)
    assert refused.value.sentence and refused.value.next_step


def test_an_empty_package_is_one_sentence(tmp_path: Path) -> None:
    file = tmp_path / "x.zip"
    with zipfile.ZipFile(file, "w") as parts:
        parts.writestr("readme.txt", "x")
    with pytest.raises(InvalidInput):
        reading.read(file)


# In the database


async def test_a_file_is_read_in_by_one_command_and_a_second_time_changes_nothing(
    database: OwnDatabase, doors: Callable[[str], Database], tmp_path: Path
) -> None:
    make_team(database)
    db = doors("aino")
    file = written(tmp_path, invented(), "zip")
    _incoming, planned = await exchange.look(db, file)
    run = uuid4()
    await exchange.apply(db, planned, operation_id=run)
    found = await snapshots.read(db)
    assert [row["origin"] for row in found.organisations.values()] == ["file", "file"]
    assert sorted(row["name_fi"] for row in found.services.values()) == ["Alkeiskurssi"]
    again = (await exchange.look(db, file))[1]
    assert (again.changes, again.remarks) == ([], [])
    service = next(iter(found.services))
    with psycopg.connect(database.as_login("bilal"), autocommit=True) as other:
        other.execute("update app.service set cost = '5 e' where id = %s", [service])
    _incoming, planned = await exchange.look(db, file)
    assert len(planned.changes) == 1
    with psycopg.connect(database.as_login("bilal"), autocommit=True) as other:
        other.execute("update app.service set cost = '9 e' where id = %s", [service])
    with pytest.raises(Conflict):
        await exchange.apply(db, planned, operation_id=uuid4())
    await edits.undo_last(db, operation_id=uuid4(), command_id=run)
    gone = await snapshots.read(db)
    assert not gone.organisations and not gone.services and not gone.places and not gone.contacts


def test_commands_list_show_write_and_read(
    database: OwnDatabase,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
) -> None:
    make_team(database)
    monkeypatch.setenv("KOTOUTUS_DATABASE", database.as_login("aino"))
    monkeypatch.setenv("KOTOUTUS_DROP_DIR", str(tmp_path / "drop"))

    def printed(*words: str, code: int = 0) -> str:
        assert cli.main(["partners", *words]) == code
        return capsys.readouterr().out

    file = tmp_path / "taulukko.csv"
    file.write_text(
        "organisation;business_id;service;spoken;street;town\n"
        "Naapurit ry;0112038-9;Kahvila;ar;Katu 1;Lieksa\nNaapurit;0112038-9;Kerho;xx;;\n"
    )
    assert "--apply" in printed("import", str(file), code=1)
    assert printed("list") == "Ei palveluja.\n"
    next((tmp_path / "drop").glob("*.csv")).unlink()
    out = printed("import", str(file), "--apply", code=1)
    assert "--undo" in out
    report = next((tmp_path / "drop").glob("*.csv"))
    assert report.stat().st_mode & 0o777 == 0o600
    assert "spoken" in report.read_text("utf-8-sig")
    listed = json.loads(printed("list", "--json", "kahvila", "arabia"))
    assert (listed[0]["name_fi"], 60 < listed[0]["kilometres"] < 100) == ("Kahvila", True)
    assert printed("list", "--plain", "kahvila").startswith("Kahvila; Kumppani: Naapurit ry")
    assert "Kahvila" in printed("show", listed[0]["id"])
    assert printed("duplicates") == "Kaksoiskappaleita ei näytä olevan.\n"
    assert "scp" in printed("export", "--format", "vcards")
    folder = next(each for each in (tmp_path / "drop").iterdir() if each.is_dir())
    assert [each.name for each in sorted(folder.iterdir())] == ["0001.vcf"]
    printed("export", "network.json", "--format", "hsds-json")
    assert json.loads((tmp_path / "drop" / "network.json").read_text())["total_items"] == 2
    printed("import", str(tmp_path / "drop" / "network.json"))
    assert cli.main(["partners", "export", "network.json"]) == 2
    assert cli.main(["partners", "export", "../x"]) == 2
    with psycopg.connect(database.as_superuser) as connection:
        rows = connection.execute(
            "select action, subject, count from audit.log_entry where action = 'export' order by id"
        ).fetchall()
    assert rows == [("export", "partners", 3), ("export", "partners", 3)]
