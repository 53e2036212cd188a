"""Printed papers: both languages, direction of every piece, text that stays text, files that tell nothing."""

import stat
import unicodedata
from html.parser import HTMLParser
from pathlib import Path
from uuid import UUID

import psycopg
import pytest

from kotoutus_tui.casework.prints import files
from kotoutus_tui.casework.prints.headings import LANGUAGES, Headings, Words, _texts, language_for
from kotoutus_tui.casework.prints.html import as_html
from kotoutus_tui.casework.prints.page import Block, Fact, Page, Section
from kotoutus_tui.casework.prints.text import as_text
from kotoutus_tui.database import Database
from kotoutus_tui.errors import InvalidInput, KotoutusError, NotAllowed
from tests.cluster import OwnDatabase
from tests.hostile import ACTING, ALL, MARKUP
from tests.people import make_client, make_team, open_client
from tests.sources import ROOT

DOCUMENTS = [file.stem for file in (ROOT / "kotoutus_tui/casework/prints/headings").glob("*.toml")]
SCRIPTS = {"ar": "ARABIC", "fa": "ARABIC", "ru": "CYRILLIC", "uk": "CYRILLIC"}
ARABIC_TEXT = "أريد أن أعمل في مستشفى."
_VOID = {"meta", "br", "hr", "link"}


class Element:
    """One piece of text on a page with the language and direction it stands in, nearest ancestor first."""

    def __init__(self, text: str, inside: list[tuple[str, dict[str, str | None]]]) -> None:
        self.text = text
        self.tag = inside[-1][0]
        self.lang = next(a["lang"] for _tag, a in reversed(inside) if "lang" in a)
        self.direction = next(a["dir"] for _tag, a in reversed(inside) if "dir" in a)


class Reader(HTMLParser):
    """Reads a page into its pieces of text; fails on tags that are not closed in order."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.elements: list[Element] = []
        self.tags: list[str] = []
        self._inside: list[tuple[str, dict[str, str | None]]] = []
        self.feed(page)
        self.close()
        assert not self._inside

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        assert not [name for name, _value in attrs if name.startswith("on") or name in ("src", "href")]
        if tag not in _VOID:
            self._inside.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self._inside.pop()[0] == tag

    def handle_data(self, data: str) -> None:
        if data.strip() and self._inside[-1][0] not in ("style", "title"):
            self.elements.append(Element(data.strip(), self._inside))


def paper(language: str, text: str = ARABIC_TEXT, name: str = "Ivanova Oksana") -> Page:
    h = Headings("plan", language)
    return Page(
        h["integration"], h["issuer"], language,
        facts=(Fact(h["client"], name), Fact(h["county"], h["yes"])),
        notes=(h["review_right"],),
        sections=(Section(h["long"], (Block(text, (Fact(h["state"], h["open"]),)),)), Section(h["plan"])),
        signatures=(h["signature_client"], h["signature_counsellor"]),
        place_and_date=h["place_and_date"], name_in_print=h["name_in_print"],
    )  # fmt: skip


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_heading_is_there_in_every_language_and_its_script(document: str) -> None:
    for code, texts in _texts(document).items():
        assert set(texts) == set(LANGUAGES), code
        for language, text in texts.items():
            assert text == unicodedata.normalize("NFC", text).strip()
            letters = [unicodedata.name(letter) for letter in text if letter.isalpha()]
            wanted = SCRIPTS.get(language, "LATIN")
            outside = [name for name in letters if not name.startswith(wanted)]
            # A Finnish word in brackets may follow, as the client hears it in the office.
            assert len(outside) <= len("hyvinvointialue") * ("(hyvinvointialue)" in text), (code, language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_piece_of_a_page_has_its_language_and_direction(language: str) -> None:
    page = paper(language)
    found = {each.text: each for each in Reader(as_html(page)).elements}
    words = [page.title, page.sections[0].heading, page.facts[1].value, *page.signatures, *page.notes]
    for each in words:
        assert isinstance(each, Words)
        assert (found[each.fi].lang, found[each.fi].direction) == ("fi", "ltr")
        if language != "fi":
            rtl = language in ("ar", "fa")
            assert (found[each.own].lang, found[each.own].direction) == (language, "rtl" if rtl else "ltr")
    assert (found[ARABIC_TEXT].lang, found[ARABIC_TEXT].direction) == ("", "auto")
    assert (found["Ivanova Oksana"].lang, found["Ivanova Oksana"].tag) == ("", "bdi")


def test_a_page_names_its_language_and_loads_nothing() -> None:
    page = as_html(paper("ar"))
    assert page.startswith('<!DOCTYPE html>\n<html lang="fi" dir="ltr">')
    assert "<title>Kotoutumissuunnitelma</title>" in page
    assert "default-src 'none'" in page
    reader = Reader(page)
    assert {"script", "img", "iframe", "a"}.isdisjoint(reader.tags)


def test_lines_of_two_directions_each_have_their_own() -> None:
    found = Reader(as_html(paper("ar", f"Haluan töihin.\n{ARABIC_TEXT}"))).elements
    pieces = [each for each in found if each.tag == "p" and each.lang == ""]
    assert [each.text for each in pieces] == ["Haluan töihin.", ARABIC_TEXT]
    assert {each.direction for each in pieces} == {"auto"}


@pytest.mark.parametrize("text", [text for text in ALL if text.strip()])
def test_text_from_people_stays_text(text: str) -> None:
    page = paper("fa", f"alku {text} loppu", name=f"N {text} N")
    reader, plain = Reader(as_html(page)), Reader(as_html(paper("fa", "x", "N")))
    inside = {each.text for each in reader.elements} - {each.text for each in plain.elements}
    assert inside
    assert sorted(set(reader.tags)) == sorted(set(plain.tags))
    if text in MARKUP:
        assert any(text in each for each in inside)
    if text in ACTING:
        assert not any(
            code in page_text
            for page_text in inside
            for code in text
            if not code.isprintable() and code != "\n"
        )
    # In the text file each line ends its own isolates.
    for line in as_text(page).split("\n"):
        depth = 0
        for letter in line:
            depth += (letter in "\u2066\u2067\u2068") - (letter == "\u2069")
            assert depth >= 0
        assert depth == 0


def test_a_text_file_puts_each_direction_into_an_isolate() -> None:
    lines = as_text(paper("ar")).splitlines()
    assert "Kotoutumissuunnitelma / \u2067خطة الاندماج\u2069" in lines
    assert f"\u2068{ARABIC_TEXT}\u2069" in lines
    assert "Kotoutumissuunnitelma / Integration plan" in as_text(paper("en")).splitlines()
    assert "Kotoutumissuunnitelma" in as_text(paper("fi")).splitlines()


@pytest.mark.parametrize(
    ("code", "language"),
    [("ar", "ar"), ("fa_AF", "fa"), ("prs", "fa"), ("uk", "uk"), ("ti", "en"), (None, "fi"), ("AR-SY", "ar")],
)
def test_the_language_of_a_paper_is_the_client_s_or_english(code: str | None, language: str) -> None:
    assert language_for(code) == language


async def test_a_paper_is_logged_before_it_is_there_and_is_readable_by_its_maker_alone(
    database: OwnDatabase, tmp_path: Path
) -> None:
    make_team(database)
    door = Database(database.as_login("aino"))
    printed = await files.write(door, tmp_path / "out", "plan", paper("ar", name="Salainen Nimi"))
    for file in (printed.html, printed.text):
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
        assert "salainen" not in file.name.lower()
    assert stat.S_IMODE((tmp_path / "out").stat().st_mode) == 0o700
    assert ARABIC_TEXT in printed.html.read_text("utf-8")
    assert printed.fetch.startswith("scp ") and str(printed.html) in printed.fetch
    at_home = files.Printed(Path.home() / "exports" / "a.html", Path.home() / "exports" / "a.txt")
    assert at_home.fetch.endswith(":exports/a.html .")
    assert _prints(database) == [("plan", None)]
    client = make_client(database, "aino", "Ivanova", "Oksana")
    with pytest.raises(NotAllowed):
        await files.write(door, tmp_path / "shut", "plan", paper("ar"), client)
    assert not (tmp_path / "shut").exists()
    open_client(database, "aino", client)
    await files.write(door, tmp_path / "out", "plan", paper("ar"), client)
    assert _prints(database) == [("plan", None), ("plan", client)]
    (tmp_path / "file").write_text("")
    with pytest.raises(InvalidInput):
        await files.write(door, tmp_path / "file", "plan", paper("ar"))
    await door.close()
    # Nobody of the database, no entry in the log: no paper.
    nobody = Database("host=/nowhere")
    with pytest.raises(KotoutusError):
        await files.write(nobody, tmp_path / "none", "plan", paper("ar"))
    assert not (tmp_path / "none").exists()


def _prints(database: OwnDatabase) -> list[tuple[str, UUID | None]]:
    with psycopg.connect(database.as_superuser) as connection:
        return connection.execute(
            "select subject, client_id from audit.log_entry where action = 'print' and login = 'aino'"
            " order by at"
        ).fetchall()


def test_identity_codes_have_no_heading() -> None:
    for document in DOCUMENTS:
        assert not [code for code in _texts(document) if "personal_id" in code or "address" in code]
