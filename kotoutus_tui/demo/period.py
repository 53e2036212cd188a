"""Invented interruptions, extensions, studies, circumstances, documents and changes of authority."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from uuid import UUID

from kotoutus_tui.casework.authority import checklist
from kotoutus_tui.dates import add_months
from kotoutus_tui.demo.rows import Rows, id_at

_NEW_ACT = date(2025, 1, 1)
_REASONS = ("illness", "illness", "injury", "pregnancy", "parental", "parental", "comparable")
_GROUNDS = ("low_education", "low_education", "multisectoral_need", "special_measures")
_WHY_EXTENDED = (
    "Koulutausta on lyhyt, ja luku- ja kirjoitustaidon opetus jatkuu.",
    "Asiakas tarvitsee useita palveluja, joita ei ole voinut käyttää samaan aikaan.",
    "Terveyden ja perhetilanteen vuoksi kielikoulutus on edennyt osissa.",
)
_PLACES = (
    "asiakkaalla",
    "asiakkaalla",
    "kopio poliisilla, alkuperäinen asiakkaalla",
    "Migrissä käsittelyssä",
)
_PROVIDERS = ("Esimerkkiopisto", "Mallikylän kansalaisopisto", "Harjoitusyhdistys")
_LEVELS = ("A1.2", "A1.3", "A2.1", "A2.2", "B1.1")


@dataclass(frozen=True, slots=True)
class Whose:
    """What the rest of a client's rows depends on; `made` is when the client's case began."""

    client: UUID
    author: str
    phase: str
    born: date
    made: date
    drawn: date | None
    period_end: date | None
    authority: str
    protected: bool


class Periods:
    """Makes the same rows for the same seed."""

    def __init__(self, today: date, seed: int) -> None:
        self._today = today
        self._random = Random(seed + 23)  # noqa: S311 - nothing here is secret

    def add(self, rows: Rows, whose: Whose) -> None:
        """Add everything of one client."""
        self._status(rows, whose)
        self._documents(rows, whose)
        if whose.drawn and whose.period_end:
            self._interruptions(rows, whose, whose.drawn)
            self._extension(rows, whose, whose.drawn, whose.period_end)
            self._studies(rows, whose, whose.drawn)
        if whose.phase != "arriving" and self._random.random() < 0.15:
            self._authority(rows, whose)

    def _status(self, rows: Rows, whose: Whose) -> None:
        random, made = self._random, whose.made
        started = made + timedelta(days=random.randrange(3, 25))
        finished = started + timedelta(days=random.randrange(0, 15))
        limit = min(self._today, whose.drawn or self._today)
        if whose.phase in ("arriving", "new") or started > limit:
            started = finished = None
        elif whose.phase == "assessment" and random.random() < 0.5:
            finished = None
        young = add_months(whose.born, 23 * 12) > self._today
        alone = young and random.random() < 0.4
        rows.add(
            "client_status", client_id=whose.client,
            learned_on=made - timedelta(days=random.randrange(0, 30)),
            requested_on=made if random.random() < 0.2 else None,
            assessment_started_on=started, assessment_finished_on=min(finished, limit) if finished else None,
            plan_needed=False if whose.phase == "assessment" and finished and random.random() < 0.3 else None,
            county_participates=random.random() < 0.15, family_of_refugee=random.random() < 0.1,
            trafficking_victim=random.random() < 0.02, unaccompanied=alone,
            guardian_since=made if alone and random.random() < 0.2 else None,
            representative="Edustaja Esimerkki" if alone else None,
            representative_contact="040 555 0100" if alone else None,
            family_group_home="Perheryhmäkoti Malli" if alone and not whose.protected else None,
            closed_on=self._today if whose.phase == "closed" else None, updated_by=whose.author,
        )  # fmt: skip

    def _documents(self, rows: Rows, whose: Whose) -> None:
        random = self._random
        kinds = [("residence_permit", 0.85), ("residence_card", 0.6), ("passport", 0.5)]
        kinds += [("travel_document", 0.15), ("id_card", 0.1), ("right_registration", 0.05), ("other", 0.05)]
        for kind, share in kinds:
            if random.random() < share:
                valid = self._today + timedelta(days=random.randrange(-40, 4 * 365))
                rows.add(
                    "client_document", id=id_at(random, _noon(whose.made)), client_id=whose.client, kind=kind,
                    valid_until=None if kind == "right_registration" else valid,
                    kept_at=random.choice(_PLACES) if random.random() < 0.6 else None,
                    created_by=whose.author,
                )  # fmt: skip

    def _interruptions(self, rows: Rows, whose: Whose, drawn: date) -> None:
        random = self._random
        if random.random() > 0.2:
            return
        start = drawn + timedelta(days=random.randrange(20, 200))
        for _again in range(random.choice((1, 1, 2))):
            if start > self._today + timedelta(days=60):
                return
            length = timedelta(days=random.randrange(10, 150))
            goes_on = start <= self._today < start + length and random.random() < 0.7
            end = None if goes_on else start + length
            said = "Kotoutumisaika keskeytyy: " + _days(start, end) + "."
            row = self._tell(rows, whose, "plan", said, min(start, self._today))
            rows.add(
                "interruption", id=row, client_id=whose.client, from_on=start, to_on=end,
                reason=random.choice(_REASONS), created_by=whose.author,
            )  # fmt: skip
            if end is None:
                return
            start = end + timedelta(days=random.randrange(2, 120))

    def _extension(self, rows: Rows, whose: Whose, drawn: date, period_end: date) -> None:
        random = self._random
        basic = add_months(drawn, 24 if drawn >= _NEW_ACT else 36)
        if period_end <= basic:
            return
        months = 24 if random.random() < 0.5 else random.choice((6, 12))
        grounds = _GROUNDS if drawn < _NEW_ACT else (*_GROUNDS, "home_care_allowance")
        decided = min(self._today, basic - timedelta(days=random.randrange(10, 90)))
        decided = max(decided, drawn)
        why = random.choice(_WHY_EXTENDED)
        said = f"Päätös kotoutumisajan pidentämisestä\n\nAikaa pidennetään: {months} kk.\nPerustelut: {why}"
        row = self._tell(rows, whose, "decision", said, decided)
        rows.add(
            "extension", id=row, client_id=whose.client, decided_on=decided, ground=random.choice(grounds),
            months=months, reasons=why, created_by=whose.author,
        )  # fmt: skip

    def _studies(self, rows: Rows, whose: Whose, drawn: date) -> None:
        random = self._random
        for kind, share in (
            ("civic_orientation", 0.6), ("civic_orientation", 0.2), ("integration_training", 0.5),
            ("independent_study", 0.15), ("language_test", 0.25), ("other", 0.05),
        ):  # fmt: skip
            if random.random() > share:
                continue
            starts = min(self._today, drawn + timedelta(days=random.randrange(10, 300)))
            ends = starts + timedelta(days=random.randrange(20, 200))
            test = kind == "language_test"
            said = {
                "civic_orientation": "Yhteiskuntaorientaatio",
                "language_test": "Kielitaidon päättötestaus",
            }
            row = self._tell(rows, whose, "service", said.get(kind, "Opinnot") + ".", starts)
            rows.add(
                "study", id=row, client_id=whose.client, kind=kind,
                title="Suomen kieli" if kind in ("integration_training", "independent_study") else None,
                provider=random.choice(_PROVIDERS), language="fi" if test else None,
                starts_on=starts, ends_on=starts if test else ends if ends < self._today else None,
                minutes=random.choice((10, 20, 35, 50, 70)) * 60 if kind == "civic_orientation" else None,
                level=random.choice(_LEVELS) if test else None, created_by=whose.author,
            )  # fmt: skip

    def _authority(self, rows: Rows, whose: Whose) -> None:
        random = self._random
        came = whose.authority == "employment_authority" and random.random() < 0.7
        other = "municipality" if whose.authority == "employment_authority" else "employment_authority"
        to = whose.authority if came else other
        days = random.randrange(5, 45)
        effective = (
            max(whose.made, self._today - timedelta(days=days)) if came else self._today + timedelta(days)
        )
        noon = _noon(max(whose.made, self._today - timedelta(days=days)))
        named = "Työvoimaviranomainen" if to == "employment_authority" else "Kunta"
        said = f"{named} vastaa asiakkaasta {_day(effective)} alkaen (3 §)."
        row = self._tell(rows, whose, "transfer", said, noon.date())
        rows.add(
            "authority_change", id=row, client_id=whose.client, to_authority=to,
            from_authority=other if came else whose.authority, effective_on=effective,
            reason="rekisteröityi työttömäksi työnhakijaksi" if to == "employment_authority" else None,
            applied_at=noon if came else None, created_by=whose.author,
        )  # fmt: skip
        for item in checklist(to):
            marked = random.random()
            if marked < 0.6:
                rows.add(
                    "handover_item", id=id_at(random, noon), change_id=row, client_id=whose.client,
                    item=item.code, done_on=noon.date() if marked < 0.5 else None,
                    not_applicable_reason="ei tarvita" if marked >= 0.5 else None, updated_by=whose.author,
                )  # fmt: skip

    def _tell(self, rows: Rows, whose: Whose, kind: str, said: str, day: date) -> UUID:
        """Add what the timeline says of a row, and return the id they share."""
        moment = _noon(min(day, self._today - timedelta(days=1)))
        row = id_at(self._random, moment)
        rows.add(
            "event", id=row, client_id=whose.client, kind=kind, occurred_at=moment, body=said,
            entered_at=moment, author=whose.author,
        )  # fmt: skip
        return row


def _noon(day: date) -> datetime:
    return datetime.combine(day, time(10), UTC)


def _day(day: date) -> str:
    return f"{day.day}.{day.month}.{day.year}"


def _days(start: date, end: date | None) -> str:
    return f"{_day(start)}–{_day(end)}" if end else f"{_day(start)} alkaen toistaiseksi"
