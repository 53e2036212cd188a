"""Reading clients in from files as they come: refused row by row, read in once, taken back as a whole."""

import asyncio
import csv
import io
import re
from datetime import date
from pathlib import Path
from uuid import UUID

import psycopg
import pytest
from openpyxl import Workbook

from kotoutus_tui import cli
from kotoutus_tui.database import Database
from kotoutus_tui.exchange import columns, reading
from kotoutus_tui.exchange.dry_run import Plan, plan
from tests.cluster import OwnDatabase
from tests.people import make_client, make_team, open_client

Captured = pytest.CaptureFixture[str]
HEAD = (
    "Asiakasnumero;Sukunimi;Etunimi;Syntymäaika;Hetu;Äidinkieli;Tulkki;Vaihe;Omavalmentaja;"
    "Kielet;Kunta;Muistiinpano\n"
)
GOOD = (
    "A1;Esimerkki;Amina;1.2.1990;;somali;kyllä;suunnitelma;aino;fi (A2), englanti;Joensuu;Muutti elokuussa\n"
    "A2;Malli;Omar;1991-03-04;;ar;ei;uusi;Bilal Berg;;Joensuu;\n"
)


@pytest.fixture(autouse=True)
def _team(database: OwnDatabase, monkeypatch: pytest.MonkeyPatch) -> None:
    make_team(database)
    monkeypatch.setenv("KOTOUTUS_DATABASE", database.as_login("helmi"))


def _file(tmp_path: Path, content: str | bytes, name: str = "clients.csv") -> Path:
    file = tmp_path / name
    file.write_bytes(content.encode() if isinstance(content, str) else content)
    return file


def _plan(database: OwnDatabase, file: Path, login: str = "helmi") -> Plan:
    async def make() -> Plan:
        db = Database(database.as_login(login))
        try:
            return await plan(db, file)
        finally:
            await db.close()

    return asyncio.run(make())


def _rows(database: OwnDatabase, statement: str) -> list[tuple[object, ...]]:
    with psycopg.connect(database.as_superuser) as connection:
        return connection.execute(statement).fetchall()  # pyright: ignore[reportCallIssue, reportArgumentType]


def _apply(file: Path, capsys: Captured) -> tuple[int, str, str]:
    capsys.readouterr()
    code = cli.main(["import", str(file), "--apply"])
    told = capsys.readouterr().out
    run = re.search(r"--undo (\S+)", told)
    return code, told, run[1] if run else ""


def _personal_id(born: str, number: int) -> str:
    signs = "0123456789ABCDEFHJKLMNPRSTUVWXY"
    return f"{born}-{number}{signs[int(f'{born}{number}') % 31]}"


def test_a_dry_run_changes_nothing(database: OwnDatabase, tmp_path: Path, capsys: Captured) -> None:
    assert cli.main(["import", str(_file(tmp_path, HEAD + GOOD))]) == 0
    assert "--apply" in capsys.readouterr().out
    assert _rows(database, "select count(*) from app.client") == [(0,)]


def test_a_file_is_read_in_once(database: OwnDatabase, tmp_path: Path, capsys: Captured) -> None:
    file = _file(tmp_path, HEAD + GOOD)
    code, _told, run = _apply(file, capsys)
    assert code == 0, _told
    assert UUID(run)
    assert _rows(
        database,
        "select c.external_id, c.name, c.phase, c.own_counsellor, c.interpreter_needed, d.birth_date::text,"
        " d.mother_tongue, k.municipality from app.client c join app.client_detail d on d.client_id = c.id"
        " join app.client_contact k on k.client_id = c.id order by 1",
    ) == [
        ("A1", "Esimerkki Amina", "plan", "aino", True, "1990-02-01", "so", "Joensuu"),
        ("A2", "Malli Omar", "new", "bilal", False, "1991-03-04", "ar", "Joensuu"),
    ]
    assert _rows(database, "select language, level from app.client_language order by 1") == [
        ("en", None), ("fi", "A2"),
    ]  # fmt: skip
    before = _rows(
        database, "select (select count(*) from audit.log_change), (select count(*) from app.event)"
    )
    again = _plan(database, file)
    assert (again.create, again.change, again.duplicates, again.refused, again.unchanged) == (
        [],
        [],
        [],
        [],
        2,
    )
    assert _apply(file, capsys)[0] == 0
    assert before == _rows(
        database, "select (select count(*) from audit.log_change), (select count(*) from app.event)"
    )


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("birth_date", "30.2."),
        ("birth_date", "30.2.1990"),
        ("birth_date", "1.1.2090"),
        ("birth_date", "2.2.1990+"),
        ("personal_id", _personal_id("010290", 901) + " " + _personal_id("010290", 902)),
        ("personal_id", "010290-999?"),
        ("mother_tongue", "klingonia"),
        ("spoken_languages", "fi, hölynpöly"),
        ("citizenship", "Atlantis"),
        ("interpreter_needed", "ehkä"),
        ("phase", "jossain"),
        ("ground_of_entry", "mielenkiinto"),
        ("own_counsellor", "Olematon Ohjaaja"),
        ("own_counsellor", "helmi"),
        ("family", "=HYPERLINK(1)"),
        ("given", "A\x1b[2Jmina"),
        ("given", "A\u202emina"),
        ("given", "x" * 201),
        ("note", "n" * 10_000),
        ("email", "ei ole"),
        ("phone", "soita äidille"),
        ("external_id", " "),
    ],
)
def test_a_bad_value_refuses_its_row_alone(
    column: str, value: str, database: OwnDatabase, tmp_path: Path, capsys: Captured
) -> None:
    good = {"external_id": "B1", "family": "Esimerkki", "given": "Amina"}
    rows = [
        good,
        {**good, "external_id": "B2", column: value},
        {**good, "external_id": "B3", "given": "Omar"},
    ]
    written = io.StringIO()
    writer = csv.DictWriter(written, sorted({*good, column}))
    writer.writeheader()
    writer.writerows(rows)
    file = _file(tmp_path, written.getvalue())
    refused = _plan(database, file).refused
    assert [(one.row, one.column) for one in refused] == [(3, column)]
    assert refused[0].reason and not re.search(r"[\x00-\x1f]", refused[0].value)
    assert _apply(file, capsys)[0] == 1
    assert _rows(database, "select external_id from app.client order by 1") == [("B1",), ("B3",)]


def test_what_is_twice_in_a_file_is_read_once(
    database: OwnDatabase, tmp_path: Path, capsys: Captured
) -> None:
    code = _personal_id("010290", 901)
    lines = ["id,family,hetu", "C1,Yksi,", "C1,Kaksi,", f"C2,Kolme,{code}", f"C3,Neljä,{code}"]
    file = _file(tmp_path, "\n".join(lines))
    found = _plan(database, file)
    assert [(one.row, one.column) for one in found.refused] == [(3, "external_id"), (5, "personal_id")]
    assert code not in repr(found.refused)
    capsys.readouterr()
    assert cli.main(["import", str(file)]) == 1
    assert code not in capsys.readouterr().out


def test_a_code_that_does_not_fit_the_birth_date(database: OwnDatabase, tmp_path: Path) -> None:
    text = f"id,family,hetu,born\nC1,Yksi,{_personal_id('010290', 901)},2.2.1990\n"
    assert [one.column for one in _plan(database, _file(tmp_path, text)).refused] == ["birth_date"]


def test_likely_duplicates_wait(database: OwnDatabase, tmp_path: Path, capsys: Captured) -> None:
    make_client(database, "aino", "Esimerkki", "Amina", detail={"birth_date": "1990-02-01"})
    file = _file(tmp_path, HEAD + GOOD)
    found = _plan(database, file)
    assert [one.external_id for one in found.duplicates] == ["A1"]
    assert [one.external_id for one in found.create] == ["A2"]
    _apply(file, capsys)
    assert _rows(database, "select count(*) from app.client") == [(2,)]


def test_a_code_of_another_client_is_refused(database: OwnDatabase, tmp_path: Path) -> None:
    code = _personal_id("010290", 901)
    make_client(database, "aino", "Esimerkki", "Amina", personal_id=code)
    found = _plan(database, _file(tmp_path, f"id,family,hetu\nC1,Toinen,{code}\n"))
    assert [one.column for one in found.refused] == ["personal_id"]


def test_an_active_client_needs_a_counsellor(database: OwnDatabase, tmp_path: Path) -> None:
    found = _plan(database, _file(tmp_path, "id,family,phase\nC1,Yksi,plan\nC2,Kaksi,\n"))
    assert [(one.row, one.column) for one in found.refused] == [(2, "own_counsellor")]
    assert len(found.create) == 1


def test_contact_data_of_a_protected_person(database: OwnDatabase, tmp_path: Path) -> None:
    client = make_client(database, "aino", "Esimerkki", "Amina", external_id="P1")
    open_client(database, "aino", client)
    with psycopg.connect(database.as_login("aino"), autocommit=True) as connection:
        connection.execute("select api.set_protection(%s, true, null)", [client])
    found = _plan(database, _file(tmp_path, "id,family,phone\nP1,Esimerkki,040 1234567\n"))
    assert [(one.column, one.value) for one in found.refused] == [("phone", "")]


def test_a_run_is_taken_back(database: OwnDatabase, tmp_path: Path, capsys: Captured) -> None:
    state = (
        "select c.external_id, c.name, c.phase, c.own_counsellor, d.birth_date, k.phone, i.personal_id,"
        " (select string_agg(l.language, ',') from app.client_language l"
        " where l.client_id = c.id and l.removed_at is null),"
        " (select string_agg(s.skeleton, ',' order by s.skeleton) from app.client_skeleton s"
        " where s.client_id = c.id)"
        " from app.client c join app.client_detail d on d.client_id = c.id"
        " join app.client_contact k on k.client_id = c.id"
        " left join app.client_identity i on i.client_id = c.id and i.valid_to is null order by 1"
    )
    old, new = _personal_id("010290", 901), _personal_id("010290", 902)
    make_client(
        database, "aino", "Vanha", "Amina", external_id="U1", personal_id=old,
        detail={"birth_date": "1990-02-02"}, contact={"phone": "040 1111111"},
    )  # fmt: skip
    before = _rows(database, state)
    text = (
        "id,family,phone,hetu,birth_date,own_counsellor,phase,languages,note,previous_name\n"
        f"U1,Uusi,040 2222222,{new},1.2.1990,bilal,plan,ar,Huomaa,Entinen\n"
        "U2,Kokonaan,,,,aino,,,Uusi asiakas,\n"
    )
    file = _file(tmp_path, text)
    code, _told, run = _apply(file, capsys)
    assert code == 0, capsys.readouterr()
    after = _rows(database, state)
    assert after[0][:7] == ("U1", "Uusi Amina", "plan", "bilal", after[0][4], "040 2222222", new)
    assert len(after) == 2
    assert _plan(database, file).unchanged == 2
    assert cli.main(["import", "--undo", run]) == 0
    assert _rows(database, state) == before
    assert cli.main(["import", "--undo", run]) == 1  # only once


def test_later_work_outlives_taking_back(database: OwnDatabase, tmp_path: Path, capsys: Captured) -> None:
    _code, _told, run = _apply(_file(tmp_path, HEAD + GOOD), capsys)
    [(client,)] = _rows(database, "select id from app.client where external_id = 'A1'")
    assert isinstance(client, UUID)
    assert open_client(database, "aino", client) == "own"
    with psycopg.connect(database.as_login("aino"), autocommit=True) as connection:
        connection.execute("insert into app.event (client_id, kind, occurred_at, body)"
                           " values (%s, 'note', now(), 'Tapaaminen')", [client])  # fmt: skip
    assert cli.main(["import", "--undo", run]) == 0
    assert _rows(database, "select external_id from app.client") == [("A1",)]


@pytest.mark.parametrize("login", ["aino", "arto", "tiina"])
def test_only_the_lead_reads_in(
    login: str, database: OwnDatabase, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KOTOUTUS_DATABASE", database.as_login(login))
    assert cli.main(["import", str(_file(tmp_path, HEAD + GOOD))]) == 3
    statements = [
        "select * from api.look_at_import('[]')", "select api.begin_import('x')",
        "select api.update_client('{}')", "select api.undo_import(gen_random_uuid())",
    ]  # fmt: skip
    for statement in statements:
        with (
            psycopg.connect(database.as_login(login)) as connection,
            pytest.raises(psycopg.errors.InsufficientPrivilege),
        ):
            connection.execute(statement)  # pyright: ignore[reportCallIssue, reportArgumentType]


def test_workbooks(database: OwnDatabase, tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["id", "family", "birth_date", "tulkki"])
    sheet.append([17, "Esimerkki", date(1990, 2, 1), True])
    sheet.append([18, "=1+1", None, None])
    file = tmp_path / "clients.xlsx"
    book.save(file)
    found = _plan(database, file)
    assert [(one.row, one.column) for one in found.refused] == [(3, "family")]
    [planned] = found.create
    assert planned.external_id == "17"
    assert planned.facts["birth_date"] == "1990-02-01"
    assert planned.facts["interpreter_needed"] is True


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("delimiter", list(";,\t|"))
def test_text_of_any_delimiter_and_encoding(encoding: str, delimiter: str, tmp_path: Path) -> None:
    text = delimiter.join(["id", "sukunimi"]) + "\r\n" + delimiter.join(["1", "Mäkelä"]) + "\r\n\r\n"
    table = reading.read(_file(tmp_path, text.encode(encoding)))
    assert (table.headings, table.rows) == (["id", "sukunimi"], [(2, ["1", "Mäkelä"])])


@pytest.mark.parametrize(
    "content", [b"", b"\n\n", b"PK\x03\x04rubbish", b"family\nEsimerkki\n", b"id,hetu,hetu\n1,,\n"]
)
def test_a_file_that_cannot_be_used(content: bytes, tmp_path: Path) -> None:
    assert cli.main(["import", str(_file(tmp_path, content))]) == 2


def test_headings_of_a_mapping_file(tmp_path: Path) -> None:
    mapping = columns.read_mapping(_file(tmp_path, '[columns]\n"Tunniste X" = "external_id"\n', "map.toml"))
    assert columns.matched(["tunniste x", "Sukunimi", "Kengännumero"], mapping) == (
        {"external_id": 0, "family": 1}, ["Kengännumero"],
    )  # fmt: skip


def test_an_export_comes_back_unchanged(
    database: OwnDatabase, tmp_path: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_client(database, "aino", "=1+1", "Amina", external_id="E1", contact={"phone": "040 1234567"})
    make_client(database, "bilal", "Malli", "Omar", external_id="E2", service_language="ar")
    capsys.readouterr()
    assert cli.main(["export"]) == 0
    given = capsys.readouterr().out
    assert "'=1+1" in given and "040" not in given
    found = _plan(database, _file(tmp_path, given))
    assert (found.unchanged, found.refused, found.ignored) == (2, [], [])
    monkeypatch.setenv("KOTOUTUS_DATABASE", database.as_login("aino"))
    assert cli.main(["export", "own.csv"]) == 0
    capsys.readouterr()
    assert cli.main(["export", "own.csv"]) == 2
    assert cli.main(["export", "../own.csv"]) == 2
    logged = _rows(database, "select login, count from audit.log_entry where action = 'export' order by at")
    assert logged == [("helmi", 2), ("aino", 1)]
