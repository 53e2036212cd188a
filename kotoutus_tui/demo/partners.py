"""Invented partners with their services: fresh and old ones, full and paused ones, a changed name."""

from datetime import date, datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID

from psycopg.types.json import Jsonb

from kotoutus_tui.catalogue.records import OrganisationRecord, ServiceRecord
from kotoutus_tui.demo import catalogue
from kotoutus_tui.demo.catalogue import POSTAL, TOWN
from kotoutus_tui.demo.rows import Rows, id_at
from kotoutus_tui.demo.team import COUNSELLORS
from kotoutus_tui.partners.opening_hours import read_weekly

_Told = dict[str, OrganisationRecord | ServiceRecord]
_AGES = (3, 20, 45, 80, 120, 170, 200, 260, 330, 400, 700, None)  # days since it was checked
_ROOM = (0, 1, 2, 4, 6, 8, 12)
_PAUSED = 19  # every such service
_PEOPLE = ("Anu Aro", "Ben Bask", "Eija Ek", "Olli Oras", "Pia Puro", "Sami Salo", "Tove Tall", "Ulla Uro")
_TITLES = ("palveluneuvoja", "ohjaaja", "opinto-ohjaaja", "vastaava")


def partners(today: date, now: datetime, seed: int = 73) -> Rows:
    """Return the same partners for the same `today` and `seed`."""
    random = Random(seed + 11)  # noqa: S311 - nothing here is secret
    rows = Rows()
    made = now - timedelta(days=800)
    ids: dict[str, UUID] = {}
    told = catalogue.taken_in(today)
    for number, partner in enumerate(catalogue.partners()):
        organisation = ids[partner["name"]] = id_at(random, made)
        until = date.fromisoformat(partner["until"]) if "until" in partner else None
        before = ids.get(partner.get("after", ""))
        rows.add(
            "organisation", id=organisation, kind=partner["kind"], name_fi=partner["name"], valid_to=until,
            valid_from=date(2026, 1, 1) if before else None, predecessor_id=before, origin="own",
            phone=f"013 000 {number:04}", created_at=made, updated_at=made, updated_by=COUNSELLORS[0],
            business_id=partner.get("business_id"), **_word(told, catalogue.key_of(partner["name"]), made),
        )  # fmt: skip
        if partner["services"]:
            place = _place(rows, random, organisation, partner, made)
            for line in partner["services"]:
                service = _service(rows, random, organisation, partner, line, today, made, told)
                rows.add("service_place", service_id=service, place_id=place)
                for day, opens, closes in read_weekly(partner["hours"]):
                    rows.add(
                        "service_hours", id=id_at(random, made), service_id=service, weekday=day,
                        opens=opens, closes=closes,
                    )  # fmt: skip
            _contact(rows, random, organisation, today, made)
    return rows


def _word(told: _Told, key: str, made: datetime) -> dict[str, Any]:
    """Return what is kept of the catalogue's word about a row that it knows."""
    return {"external_id": key, "remote": Jsonb(catalogue.word(told[key], made))} if key in told else {}


def _place(rows: Rows, random: Random, organisation: UUID, partner: dict[str, Any], made: datetime) -> UUID:
    place, known = id_at(random, made), "business_id" in partner
    east, north = catalogue.metres_of(partner["street"])
    rows.add(
        "place", id=place, organisation_id=organisation, street=partner["street"], postal_code=POSTAL,
        town=TOWN, easting=east, northing=north, name=partner["name"] if known else None,
        external_id=catalogue.key_of(f"place of {partner['name']}") if known else None, created_at=made,
    )  # fmt: skip
    return place


def _service(
    rows: Rows,
    random: Random,
    organisation: UUID,
    partner: dict[str, Any],
    line: str,
    today: date,
    made: datetime,
    told_of: _Told,
) -> UUID:
    finnish, swedish, english, words, spoken, interpreted = (part.strip() for part in line.split("|"))
    service = id_at(random, made)
    age = random.choice(_AGES)
    known = "course" in partner or random.random() < 0.3
    told = today - timedelta(days=random.randrange(2, 60))
    author = random.choice(COUNSELLORS)
    word = _word(told_of, catalogue.key_of(f"{partner['name']}: {finnish}"), made)
    own = _own(finnish) if word else {}
    rows.add(
        "service", id=service, organisation_id=organisation, name_fi=finnish, name_sv=swedish,
        name_en=english, words=words, area=TOWN, spoken=spoken or None, interpreted=interpreted or None,
        written="fi en" if "en" in spoken.split() else "fi",
        who_may_come=own.get("who_may_come", partner["who"]),
        what_to_bring=own.get("what_to_bring", partner["bring"]) or None,
        by_appointment=partner.get("appointment", False),
        capacity=random.choice(_ROOM) if "course" in partner else None,
        waiting_days=random.choice((0, 7, 14, 30, 60)) if known else None,
        next_start_on=today + timedelta(days=random.randrange(5, 90)) if "course" in partner else None,
        capacity_stated_on=told if known else None,
        state="active" if len(rows.tables["service"]) % _PAUSED else "paused",
        verified_on=today - timedelta(days=age) if age is not None else None,
        verified_by=author if age is not None else None, origin="ptv" if word else "own", created_at=made,
        updated_at=made, updated_by=author, **word,
    )  # fmt: skip
    return service


def _own(service: str) -> dict[str, str]:
    """Return what a counsellor changed of a service that came from the catalogue."""
    nothing: dict[str, str] = {}
    return next((each for each in catalogue.changes()["own"] if each["service"] == service), nothing)


def _contact(rows: Rows, random: Random, organisation: UUID, today: date, made: datetime) -> None:
    rows.add(
        "partner_contact", id=id_at(random, made), organisation_id=organisation, name=random.choice(_PEOPLE),
        title=random.choice(_TITLES), phone=f"013 000 {random.randrange(1000, 9999)}", languages="fi en",
        confirmed_on=today - timedelta(days=random.randrange(5, 500)), created_at=made,
    )  # fmt: skip
