"""The letter in office and plain Finnish, the next best offers, and the command: pure but for the command."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest

from kotoutus_tui import cli, clock, i18n
from kotoutus_tui.casework.opening import open_client
from kotoutus_tui.casework.prints.html import as_html
from kotoutus_tui.casework.prints.text import as_text
from kotoutus_tui.casework.referrals import commands, letter, offers, reading
from kotoutus_tui.casework.referrals.commands import Move
from kotoutus_tui.casework.referrals.letter import STYLES, Frame, paper
from kotoutus_tui.casework.referrals.profiles import items, profile
from kotoutus_tui.database import Database
from kotoutus_tui.partners.network import Network, Organisation, Service
from kotoutus_tui.partners.search import Index
from models.directory import PARTNER_KINDS
from models.period import STUDY_KINDS
from tests.cluster import OwnDatabase
from tests.hostile import ALL
from tests.people import make_client, make_team

TODAY = date(2026, 11, 24)
FRAME = Frame("Ammattiopisto: Kielikurssi", "Aino Aaltonen", "provider_94", "Kurssipaikka", None, TODAY)
HELD = {
    "names": "Haddad Rania", "birth_date": "1990-02-03", "service_language": "ar", "citizenship": "SY",
    "plan_dates": ["2026-02-01", "2028-02-01"], "language_skill": [["fi", "A1.2"]],
    "goals": ["Lähihoitaja", "B1"],
    "earlier_studies": [["integration_training", "Moduuli 1", "2026-03-01", None, "A1.1"]],
}  # fmt: skip
SAID = (
    "Haddad Rania", "3.2.1990", "arabia", "Syyria", "1.2.2026–1.2.2028", "suomi A1.2", "94 §", "Lähihoitaja",
    "Kotoutumiskoulutus · Moduuli 1", "24.11.2026",
)  # fmt: skip


@pytest.mark.parametrize("language", ["fi", "sv"])
def test_the_letter_is_in_finnish_in_any_language_and_says_what_was_given_out(language: str) -> None:
    i18n.install(language)
    for style in STYLES:
        text = as_text(paper(FRAME, HELD, style))
        for said in SAID:
            assert said in text, (style, said)
    texts = letter._texts()
    grounds = {ground for kind in PARTNER_KINDS for ground in profile(kind).grounds}
    assert grounds <= set(texts) and set(texts["studies"]) == set(STUDY_KINDS)
    assert set(texts["items"]) <= set(items())


def test_hostile_text_stays_text_in_a_letter() -> None:
    for text in ALL:
        page = paper(replace(FRAME, purpose=text, asked_by=text), HELD | {"names": text}, "plain")
        assert "<script" not in as_html(page).partition("</style>")[2]


def _service(name: str, words: str, **facts: object) -> Service:
    empty = dict.fromkeys(Service.__dataclass_fields__)
    return Service(**empty | {"id": uuid4(), "organisation_id": _PARTNER.id, "name_fi": name, "words": words,
                              "state": "active", "by_appointment": False, "version": 1} | facts)  # pyright: ignore[reportArgumentType]  # fmt: skip


_NOTHING = dict.fromkeys(Organisation.__dataclass_fields__)
_PARTNER = Organisation(
    **_NOTHING | {"id": UUID(int=7), "kind": "education", "name_fi": "Opisto", "version": 1}  # pyright: ignore[reportArgumentType]
)


def test_the_next_best_serves_the_same_need_in_the_clients_language_and_has_room() -> None:
    first = _service("Kielikurssi", "kielikurssi suomi")
    spoken = _service("Kielikurssi B", "kielikurssi suomi", spoken="fi ar", verified_on=date(2024, 1, 1))
    fresh = _service("Kielikurssi C", "kielikurssi suomi", interpreted="ar", verified_on=TODAY)
    stale = _service("Kielikurssi D", "kielikurssi suomi", interpreted="ar")
    others = [
        _service("Kielikurssi E", "kielikurssi suomi", spoken="ar", capacity=0),
        _service("Kielikurssi F", "kielikurssi suomi", spoken="ar", state="paused"),
        _service("Uimahalli", "uinti", spoken="ar", verified_on=TODAY),
    ]
    network = Network({_PARTNER.id: _PARTNER}, [first, stale, fresh, spoken, *others])
    index = Index(network, TODAY)
    found = offers.next_best(index, network, first.id, "", "ar", {first.id}, TODAY)
    assert [hit.service.name for hit in found] == ["Kielikurssi B", "Kielikurssi C", "Kielikurssi D"]
    found = offers.next_best(index, network, first.id, "", "ar", {first.id, spoken.id}, TODAY)
    assert found[0].service.id == fresh.id
    by_words = offers.next_best(index, network, None, "suomen kielikurssi", None, set(), TODAY)
    assert "Uimahalli" not in {hit.service.name for hit in by_words} and first.id in {
        hit.service.id for hit in by_words
    }


@pytest.fixture
async def client(database: OwnDatabase, doors: Callable[[str], Database]) -> UUID:
    make_team(database)
    made, db = make_client(database, "aino", "Haddad", "Rania"), doors("aino")
    await open_client(db, made)
    sent = await commands.draft(db, made, {"receiver": "Ammattiopisto"}, operation_id=uuid4())
    late = Move("sent", chase_on=clock.today() - timedelta(days=1))
    await commands.move(db, made, await reading.referral(db, made, sent), late, operation_id=uuid4())
    await commands.draft(db, made, {"receiver": "Kela"}, operation_id=uuid4())
    return made


def test_the_command_counts_without_opening_and_tells_one_clients_when_asked(
    database: OwnDatabase,
    client: UUID,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("KOTOUTUS_DATABASE", database.as_login("aino"))

    def printed(*words: str) -> str:
        assert cli.main(["referrals", *words]) == 0
        return capsys.readouterr().out

    everybody = printed("--overdue", "--plain")
    assert "Haddad Rania" in everybody and "lähetetty" in everybody and "myöhässä" in everybody
    assert "Ammattiopisto" not in everybody and "luonnos" not in everybody
    own = printed("--client", str(client), "--plain")
    assert "Ammattiopisto" in own and "Kela" in own and len(own.splitlines()) == 2
    assert printed("--client", str(client), "--overdue", "--json").count("receiver_kind") == 1
