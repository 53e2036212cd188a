"""Invented guidance of some weeks, companies with those who come to them, and answers, some expired."""

import tomllib
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any
from uuid import UUID

from kotoutus_tui.demo.rows import Rows, id_at
from kotoutus_tui.demo.team import COUNSELLORS
from kotoutus_tui.guidance.settling_in import steps_of

_FILE = Path(__file__).with_name("guidance.toml")
_WEEKS = 10
_A_DAY = (0, 1, 2, 2, 3, 4)  # entries of the whole team
_MINUTES = (5, 5, 10, 10, 15, 20, 30, 45)
_OUTCOMES = ("answered", "answered", "answered", "guided_on", "guided_on", "appointment", "to_be_found_out")
_LANGUAGES = ("fi", "fi", "en", "en", "en", "ar", "uk", "ru", "so", "fa", "sv")
# The speakers of languages that clients of the demo speak; those left out are as unknown as in the table.
_SPEAKERS = {
    "ru": 1450,
    "ar": 812,
    "uk": 540,
    "en": 610,
    "fa": 260,
    "so": 180,
    "et": 210,
    "bn": 95,
    "ti": None,
}


def guidance(today: date, now: datetime, seed: int = 73) -> Rows:
    """Return the same entries, companies and answers for the same `today` and `seed`."""
    random = Random(seed + 17)  # noqa: S311 - nothing here is secret
    rows = Rows()
    described = tomllib.loads(_FILE.read_text("utf-8"))
    made = now - timedelta(days=7 * _WEEKS)
    companies = [_company(rows, random, each, today, made) for each in described["company"]]
    _entries(rows, random, described["asked"], companies, today, now)
    for number, answer in enumerate(described["answer"]):
        checked = today - timedelta(days=20 * number + 5)
        rows.add(
            "answer_snippet", id=id_at(random, made), topic=answer["topic"], language=answer["language"],
            title=answer["title"], body=answer["body"], valid_until=today + timedelta(days=answer["days"]),
            checked_on=checked, checked_by=random.choice(COUNSELLORS), created_at=made,
            created_by=random.choice(COUNSELLORS),
        )  # fmt: skip
    for language, people in _SPEAKERS.items():
        rows.add(
            "population", area="KU167", language=language, people=people, year=today.year - 1,
            fetched_on=today - timedelta(days=40),
        )  # fmt: skip
    return rows


def _entries(
    rows: Rows,
    random: Random,
    asked: Sequence[dict[str, Any]],
    companies: Sequence[UUID],
    today: date,
    now: datetime,
) -> None:
    for back in range(7 * _WEEKS, -1, -1):
        day = today - timedelta(days=back)
        if day.weekday() >= 5:
            continue
        # The week that begins is not left empty.
        for _one in range(random.choice(_A_DAY) if back > 1 else max(_A_DAY)):
            what = random.choice(asked)
            written = now - timedelta(days=back, minutes=random.randrange(5, 300))
            rows.add(
                "guidance_entry", id=id_at(random, written), given_on=day, asker=what["asker"],
                company_id=random.choice(companies) if what["asker"] == "company" else None,
                topic=what["topic"], language=random.choice(_LANGUAGES), minutes=random.choice(_MINUTES),
                outcome=random.choice(_OUTCOMES),
                note=random.choice(what["notes"]) if random.random() < 0.4 else None, created_at=written,
                created_by=random.choice(COUNSELLORS),
            )  # fmt: skip


def _company(rows: Rows, random: Random, company: dict[str, Any], today: date, made: datetime) -> UUID:
    known = id_at(random, made)
    rows.add(
        "company", id=known, name=company["name"], business_id=company.get("business_id"),
        contact=company.get("contact"), phone=company.get("phone"), email=company.get("email"),
        contact_confirmed_on=today - timedelta(days=company["confirmed"]) if "confirmed" in company else None,
        created_at=made,
    )  # fmt: skip
    for comes in company.get("arrivals", ()):
        month = (today + timedelta(days=comes["days"])).replace(day=1)
        arrival = id_at(random, made)
        rows.add(
            "company_arrival", id=arrival, company_id=known, month=month, people=comes["people"],
            route=comes["route"], language=comes.get("language"), families=comes["families"],
            created_at=made, created_by=random.choice(COUNSELLORS),
        )  # fmt: skip
        for step in steps_of(comes["route"], month, families=comes["families"]):
            done = step.due_on < today and random.random() < 0.75
            rows.add(
                "company_step", id=id_at(random, made), arrival_id=arrival, code=step.code, owner=step.owner,
                due_on=step.due_on, done_on=step.due_on if done else None,
                done_by=random.choice(COUNSELLORS) if done else None, created_at=made,
            )  # fmt: skip
    return known
