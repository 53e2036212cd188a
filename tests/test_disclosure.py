"""What leaves the house: only on a ground, only what it covers, nothing of where a protected person is."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID, uuid4

import psycopg
import pytest
from psycopg import errors

from kotoutus_tui import clock
from kotoutus_tui.casework.opening import open_client
from kotoutus_tui.casework.referrals import commands, consents, disclosing, profiles, reading
from kotoutus_tui.casework.referrals.disclosing import Held
from kotoutus_tui.database import Database
from kotoutus_tui.errors import InvalidInput, NotAllowed
from models.directory import PARTNER_KINDS
from models.disclosure import DISCLOSURE_GROUNDS
from tests.cluster import OwnDatabase
from tests.people import make_client, make_team

CANARY = "Kanarialintukuja"
HETU = "010190-999P"


@dataclass
class Office:
    database: OwnDatabase
    aino: Database
    client: UUID

    async def referral(self, kind: str = "education", client: UUID | None = None) -> reading.Referral:
        """Begin a referral to a receiver of this kind."""
        whose = client or self.client
        values = {"receiver": f"Saaja {kind}", "receiver_kind": kind, "purpose": "Kielikurssi"}
        made = await commands.draft(self.aino, whose, values, operation_id=uuid4())
        return await reading.referral(self.aino, whose, made)

    async def tell(
        self, referral: reading.Referral, items: Sequence[str], ground: str, client: UUID | None = None
    ) -> Held:
        """Tell items as a letter does."""
        whose = client or self.client
        return await disclosing.tell(
            self.aino, whose, referral, items,
            ground=ground, purpose="Kurssipaikka", consents=await consents.consents(self.aino, whose),
            today=clock.today(), way="letter", operation_id=uuid4(),
        )  # fmt: skip

    def do(self, statement: str, *values: object) -> None:
        """Carry out a statement above every rule."""
        with psycopg.connect(self.database.as_superuser, autocommit=True) as connection:
            connection.execute(statement, values)  # pyright: ignore[reportArgumentType]


@pytest.fixture
async def office(database: OwnDatabase, doors: Callable[[str], Database]) -> Office:
    make_team(database)
    contact = {"phone": "040 555 0199", "address": f"{CANARY} 3", "municipality": "Kanariala"}
    made = make_client(
        database, "aino", "Haddad", "Rania", phase="plan", contact=contact,
        detail={"birth_date": "1990-01-01", "mother_tongue": "ar"}, personal_id=HETU,
    )  # fmt: skip
    await open_client(doors("aino"), made)
    own = Office(database, doors("aino"), made)
    own.do("insert into app.plan (client_id, number, drawn_on) values (%s, 1, '2026-02-01')", made)
    return own


def _consent(receiver: str | None, *items: str) -> dict[str, object]:
    return {
        "receiver": receiver,
        "items": items,
        "language": "ar",
        "how": "spoken",
        "given_on": clock.today(),
    }


def test_profiles_name_every_kind_of_partner_and_only_items_of_the_law() -> None:
    known = profiles.items()
    assert [item.section for item in known.values() if item.section] == sorted(
        item.section for item in known.values() if item.section
    )
    assert max(item.section or 0 for item in known.values()) == 18
    for kind in PARTNER_KINDS:
        found = profiles.profile(kind)
        assert set(found.grounds) <= set(DISCLOSURE_GROUNDS) and "consent" in found.grounds
        named = [*found.needed, *found.possible, *found.consent]
        assert len(named) == len(set(named)) and set(named) <= set(known)
        assert not [code for code in (*found.needed, *found.possible) if known[code].section is None]
        assert "personal_id" not in found.needed


async def test_program_and_database_know_the_same_items(office: Office) -> None:
    with psycopg.connect(office.database.as_superuser) as connection:
        rows = connection.execute("select item, number, near from access.disclosure_items()").fetchall()
    known = profiles.items().values()
    assert {(item.code, item.section, item.near) for item in known} == {tuple(row) for row in rows}


async def test_preview_ticks_what_is_needed_and_telling_notes_the_items_alone(office: Office) -> None:
    referral = await office.referral()
    held = await disclosing.held(office.aino, referral.id)
    assert HETU not in str(held) and held["names"] == "Haddad Rania"
    lines = disclosing.preview(referral, held, "provider_94", [], clock.today(), protected=False)
    ticked = {line.item.code for line in lines if line.ticked}
    assert ticked == {"names", "birth_date", "official", "purpose"}
    told = await office.tell(referral, ["names", "phone", "language_skill"], "provider_94")
    assert told == {"names": "Haddad Rania", "phone": "040 555 0199"}
    (entry,) = await disclosing.told(office.aino, referral.id)
    assert (entry.items, entry.ground, entry.author) == (["names", "phone"], "provider_94", "Aino Aaltonen")
    with psycopg.connect(office.database.as_superuser) as connection:
        row = connection.execute("select row_to_json(d)::text from app.disclosure d").fetchone()
        logged = connection.execute("select count from audit.log_entry where action = 'disclose'").fetchall()
    assert row is not None and "Haddad" not in row[0] and "0199" not in row[0]
    assert logged == [(2,)]


async def test_each_ground_covers_its_own(office: Office) -> None:
    education, kela = await office.referral(), await office.referral("kela")
    for referral, items, ground, word in (
        (education, [], "provider_94", "items"),
        (education, ["names"], "", "ground"),
        (education, ["names"], "authorities_86", "ground"),
        (education, ["names"], "consent", "ground"),
        (education, ["special_skills"], "provider_94", "ground"),
        (kela, ["names", "phone"], "kela_88", "ground"),
    ):
        with pytest.raises(InvalidInput) as caught:
            await office.tell(referral, items, ground)
        assert caught.value.field == word, (items, ground)
    assert await office.tell(kela, ["names", "plan_dates"], "kela_88")
    office.do("update app.plan set drawn_on = null")
    with pytest.raises(InvalidInput):
        await office.tell(education, ["names"], "provider_94")
    assert list(await disclosing.told(office.aino, education.id)) == []


async def test_consent_holds_for_its_receiver_items_and_time(office: Office) -> None:
    housing = await office.referral("housing")
    given = await consents.give(
        office.aino, office.client, _consent(housing.receiver, "names", "phone"), operation_id=uuid4()
    )
    assert await office.tell(housing, ["names", "phone"], "consent")
    for referral, items in ((housing, ["names", "email"]), (await office.referral("bank"), ["names"])):
        with pytest.raises(InvalidInput):
            await office.tell(referral, items, "consent")
    await consents.withdraw(office.aino, office.client, given, operation_id=uuid4())
    with pytest.raises(InvalidInput):
        await office.tell(housing, ["names"], "consent")
    call = "select api.disclose(%s, %s, 'consent', 'syy', null, %s, 'letter', uuidv7())"
    with psycopg.connect(office.database.as_login("aino"), autocommit=True) as own:
        with pytest.raises(errors.CheckViolation, match="consent"):
            own.execute(call, [housing.id, ["names"], given])
        office.do("update app.consent set withdrawn_on = null, given_on = %s, valid_until = %s",
                  clock.today() - timedelta(9), clock.today() - timedelta(1))  # fmt: skip
        with pytest.raises(errors.CheckViolation, match="consent"):
            own.execute(call, [housing.id, ["names"], given])


async def test_where_a_protected_person_is_never_leaves(office: Office) -> None:
    referral = await office.referral()
    await consents.give(office.aino, office.client, _consent(None, *profiles.items()), operation_id=uuid4())
    office.do("select access.put_protection(%s, true, null)", office.client)
    held = await disclosing.held(office.aino, referral.id)
    near = {code for code, item in profiles.items().items() if item.near}
    assert not near & set(held) and CANARY not in str(held) and "0199" not in str(held)
    known = await consents.consents(office.aino, office.client)
    lines = disclosing.preview(
        referral, held, "consent", known, clock.today(), protected=True, ticks=dict.fromkeys(near, True)
    )
    assert {line.item.code for line in lines if line.blocked == "protected"} == near
    assert not [line for line in lines if line.item.near and (line.ticked or line.held)]
    for ground in ("provider_94", "consent"):
        for code in sorted(near):
            with pytest.raises(InvalidInput) as caught:
                await office.tell(referral, ["names", code], ground)
            assert CANARY not in str(caught.value.__cause__)


async def test_the_identity_code_is_shown_to_be_told_and_others_clients_stay_closed(
    office: Office, doors: Callable[[str], Database]
) -> None:
    referral = await office.referral()
    assert (await office.tell(referral, ["personal_id"], "provider_94"))["personal_id"] == HETU
    call = "select api.disclose(%s, %s, 'provider_94', 'syy', null, null, 'letter', uuidv7())"
    office.do("delete from app.opening where kind <> 'own'")
    with (
        psycopg.connect(office.database.as_login("aino"), autocommit=True) as own,
        pytest.raises(errors.InsufficientPrivilege),
    ):
        own.execute(call, [referral.id, ["personal_id"]])
    with psycopg.connect(office.database.as_login("bilal"), autocommit=True) as other:
        for statement, values in (
            (call, [referral.id, ["names"]]),
            ("select api.disclosable(%s)", [referral.id]),
        ):
            with pytest.raises(errors.InsufficientPrivilege) as real:
                other.execute(statement, values)  # pyright: ignore[reportArgumentType]
            with pytest.raises(errors.InsufficientPrivilege) as absent:
                other.execute(statement, [uuid4(), *values[1:]])  # pyright: ignore[reportArgumentType]
            assert str(real.value) == str(absent.value)
    with pytest.raises(NotAllowed):
        await disclosing.held(doors("helmi"), referral.id)
