"""Invented initial interviews: finished and under way, whole and with something missing, and their marks."""

import hashlib
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from random import Random
from uuid import UUID

from kotoutus_tui.clock import HELSINKI
from kotoutus_tui.demo.rows import TABLES, Rows, id_at
from kotoutus_tui.i18n import format_date

_ANSWERS: dict[str, Sequence[str]] = {
    "literacy": ("Lukee ja kirjoittaa sujuvasti äidinkielellään.", "Latinalaiset aakkoset ovat vielä uusia."),
    "finnish_or_swedish": ("Suomea A1.2, ruotsia ei.", "Suomea A2.1, ymmärtää selkeää puhetta."),
    "study_and_work_skills": ("Osaa käyttää tietokonetta.", "Ei ole opiskellut aikuisena."),
    "employment_and_education_needs": ("Toivoo ammatillista koulutusta.", "Tavoitteena työ keittiöalalla."),
    "earlier_education_and_work": (
        "Peruskoulu, 6 vuotta töitä kaupassa.",
        "Sairaanhoitajan tutkinto.",
    ),
    "special_skills": ("Ompelu ja korjaukset.", "Puhuu neljää kieltä."),
    "need_of_plan": ("Suunnitelma tarvitaan.", "Suunnitelma tarvitaan kieliopintoja varten."),
    "life_situation": ("Kaksi lasta päiväkodissa.", "Asuu yksin, sukulaisia Helsingissä."),
    "other_service_needs": ("Kaipaa harrastusta.", "Tarvitsee apua digiasioinnissa."),
}
_TOLD = ("goals_of_services", "plan_and_process", "rights_and_duties", "personal_data")
_SOURCES = ("client", "client", "client", "document", "authority")


def add_interviews(
    rows: Rows, client: UUID, phase: str, language: str | None, author: str, today: date
) -> None:
    """Add an interview for each event of one, and one under way for some who are being assessed."""
    random = Random(client.int)  # noqa: S311 - nothing here is secret
    columns = TABLES["event"]
    kind, at, its_id = (columns.index(name) for name in ("kind", "occurred_at", "id"))
    withdrawn = {row[columns.index("refers_to")] for row in rows.tables["event"] if row[kind] == "withdrawal"}
    held = [row for row in rows.tables["event"] if row[kind] == "interview" and row[its_id] not in withdrawn]
    for event in held:
        moment: datetime = event[at]
        day = moment.astimezone(HELSINKI).date()
        interview = _add(rows, random, client, moment, day, day, language, author, event[its_id])
        _mark(rows, random, client, interview, day, today, author)
    if (phase == "assessment" and random.random() < 0.4) or (phase == "new" and random.random() < 0.2):
        moment = datetime.combine(
            today - timedelta(days=random.randrange(1, 9)), datetime.min.time(), HELSINKI
        )
        _add(rows, random, client, moment, moment.date(), None, language, author, None)


def _add(
    rows: Rows, random: Random, client: UUID, moment: datetime, held_on: date, finished_on: date | None,
    language: str | None, author: str, event: UUID | None,
) -> UUID:  # fmt: skip
    interview = id_at(random, moment)
    place = random.choice(("office",) * 5 + ("remote", "home", "reception_centre"))
    rows.add(
        "interview", id=interview, client_id=client, held_on=held_on, finished_on=finished_on,
        language=language, interpreter=random.choice(("puhelintulkki", "ei tulkkia", None)), place=place,
        place_reason=None if place == "office" else "Asiakas ei pääse toimipisteeseen.",
        event_id=event, created_by=author,
    )  # fmt: skip
    done = 0.9 if finished_on else 0.5
    for item, answers in _ANSWERS.items():
        if random.random() < done:
            rows.add(
                "interview_item", id=id_at(random, moment), interview_id=interview, client_id=client,
                item=item, answer=random.choice(answers), source=random.choice(_SOURCES), updated_by=author,
            )  # fmt: skip
    for item in _TOLD:
        if random.random() < done:
            rows.add(
                "interview_item", id=id_at(random, moment), interview_id=interview, client_id=client,
                item=item, told_on=held_on, updated_by=author,
            )  # fmt: skip
    return interview


def _mark(
    rows: Rows, random: Random, client: UUID, interview: UUID, day: date, today: date, author: str
) -> None:
    # Copied, or copied with another value than there is now.
    chance = random.random()
    if chance > 0.4:
        return
    value = format_date(day if chance < 0.3 else day - timedelta(days=1))
    rows.add(
        "register_mark", id=id_at(random, datetime.combine(today, datetime.min.time(), HELSINKI)),
        client_id=client, subject="assessment", subject_id=interview, field="date",
        digest=hashlib.sha256(value.encode()).hexdigest(), copied_on=today,
        confirmed_on=today if chance < 0.1 else None, updated_by=author,
    )  # fmt: skip
