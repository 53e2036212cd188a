"""Invented referrals in every state for the referrals that stand on the timelines, with what was told."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID

from kotoutus_tui.casework.referrals import words
from kotoutus_tui.casework.referrals.profiles import profile
from kotoutus_tui.casework.referrals.states import DECLINE_CODES, NEED_OUTCOME, OUTCOMES, UNDER_WAY
from kotoutus_tui.clock import HELSINKI
from kotoutus_tui.demo.rows import TABLES, Rows, id_at

_PURPOSES = {
    "education": "Suomen kielen opinnot, tavoitteena ammatillinen koulutus.",
    "employment_authority": "Työkokeilupaikka hoiva- tai keittiöalalta.",
    "kela": "Etuuksien hakeminen, tarvitsee apua lomakkeiden kanssa.",
    "wellbeing_county": "Terveystarkastus ja jatkohoidon järjestäminen.",
    "ngo": "Keskusteluryhmä ja vapaa-ajan toimintaa.",
}
_USUAL = "Neuvontaa ja ohjausta asiakkaan omaan tilanteeseen."
_ANSWERED = ("waiting", "accepted", "accepted", "started", "started", "declined", "declined", "done", "done",
             "dropped", "no_contact", "withdrawn")  # fmt: skip
_PATHS = {
    "sent": (),
    "received": ("received",),
    "waiting": ("waiting",),
    "accepted": ("received", "accepted"),
    "started": ("accepted", "started"),
    "declined": ("received", "declined"),
    "done": ("accepted", "started", "done"),
    "dropped": ("accepted", "dropped"),
    "no_contact": ("received", "no_contact"),
    "withdrawn": ("withdrawn",),
}
_DRAFTS, _REPLACED, _TOLD, _AGREED = 0.08, 0.5, 0.6, 0.1


@dataclass(frozen=True, slots=True)
class Receiver:
    """A service a client can be referred to, as it stands on the referral."""

    service: UUID
    name: str
    kind: str


def receivers(network: Rows) -> list[Receiver]:
    """Return the services of an invented network."""
    organisations = {row[0]: row for row in network.tables["organisation"]}
    kind, name = (TABLES["organisation"].index(column) for column in ("kind", "name_fi"))
    at = {column: TABLES["service"].index(column) for column in ("id", "organisation_id", "name_fi")}
    return [
        Receiver(row[at["id"]], f"{whose[name]}: {row[at['name_fi']]}"[:200], whose[kind])
        for row in network.tables["service"]
        if (whose := organisations[row[at["organisation_id"]]])
    ]


class Referrals:
    """Makes the same referrals for the same seed."""

    def __init__(self, today: date, now: datetime, network: list[Receiver], seed: int) -> None:
        self._today, self._now = today, now
        self._network = network
        self._random = Random(seed + 23)  # noqa: S311 - nothing here is secret

    def add(self, rows: Rows, client: UUID, phase: str, author: str) -> list[tuple[date, UUID]]:
        """Add a referral for each that stands on the client's timeline, and some drafts.

        Returns day and id of the open tasks that look after them.
        """
        whose = _Whose(rows, client, author, phase == "closed", _goal(rows))
        chases: list[tuple[date, UUID]] = []
        for event, answers in _told(rows):
            chases += self._referral(whose, event, answers)
        if phase in ("plan", "assessment") and self._random.random() < _DRAFTS:
            self._draft(whose, self._now - timedelta(days=self._random.randrange(1, 9)), None)
        return chases

    def _referral(
        self, whose: "_Whose", event: list[Any], answers: list[list[Any]]
    ) -> list[tuple[date, UUID]]:
        random = self._random
        to = random.choice(self._network)
        purpose = _PURPOSES.get(to.kind, _USUAL)
        sent: datetime = _of(event, "occurred_at")
        _put(event, "body", f"{to.name}\n{purpose}")
        state = random.choice(_ANSWERED if answers else ("sent", "sent", "received"))
        if whose.closed and state in UNDER_WAY and answers:
            state = "done"
        moments = self._moments(sent, _of(answers[0], "occurred_at") if answers else None, _PATHS[state])
        referral, task = id_at(random, sent), None
        under_way = state in UNDER_WAY and not whose.closed
        chase_on = self._today + timedelta(days=random.randrange(-12, 40)) if under_way else None
        if chase_on is not None and random.random() < 0.8:
            task = id_at(random, sent)
            whose.rows.add(
                "task", id=task, client_id=whose.client, title=words.chase_title(state, to.name),
                due_on=chase_on, created_at=sent, created_by=whose.author,
            )  # fmt: skip
        decline = random.choice(DECLINE_CODES) if state == "declined" else None
        outcome = random.choice(OUTCOMES) if state in NEED_OUTCOME else None
        whose.rows.add(
            "referral", id=referral, client_id=whose.client, service_id=to.service, receiver=to.name,
            receiver_kind=to.kind, purpose=purpose, goal_id=whose.goal, state=state,
            state_at=moments[-1][1] if moments else sent, chase_on=chase_on if task else None,
            chase_task_id=task, decline_code=decline, outcome=outcome,
            outcome_note="Asiakas muutti mielensä." if state == "withdrawn" else None,
            event_id=_of(event, "id"), created_at=sent, created_by=whose.author, updated_at=sent,
            updated_by=whose.author,
        )  # fmt: skip
        self._steps(whose, referral, sent, moments, decline, outcome)
        self._answers(whose, event, answers, moments, decline, outcome)
        if random.random() < _TOLD:
            self._disclosure(whose, referral, to, sent)
        if state == "declined" and not whose.closed and random.random() < _REPLACED:
            self._draft(whose, moments[-1][1] + timedelta(hours=1), referral)
        return [(chase_on, task)] if chase_on and task else []

    def _moments(
        self, sent: datetime, answered: datetime | None, path: tuple[str, ...]
    ) -> list[tuple[str, datetime]]:
        """Return each step after sending with its time; without an answer the first comes within days."""
        at = answered or min(sent + timedelta(days=2), self._now)
        # What would lie ahead happened in the last minutes, one after the other.
        return [
            (state, min(at + timedelta(days=9 * number), self._now - timedelta(minutes=len(path) - number)))
            for number, state in enumerate(path)
        ]

    def _steps(
        self, whose: "_Whose", referral: UUID, sent: datetime, moments: list[tuple[str, datetime]],
        decline: str | None, outcome: str | None,
    ) -> None:  # fmt: skip
        was: str | None = None
        for becomes, at in (("draft", sent - timedelta(minutes=10)), ("sent", sent), *moments):
            whose.rows.add(
                "referral_step", id=id_at(self._random, at), referral_id=referral, client_id=whose.client,
                was=was, becomes=becomes, decline_code=decline if becomes == "declined" else None,
                outcome=outcome if becomes in NEED_OUTCOME else None, at=at, author=whose.author,
            )  # fmt: skip
            was = becomes

    def _answers(
        self, whose: "_Whose", event: list[Any], answers: list[list[Any]],
        moments: list[tuple[str, datetime]], decline: str | None, outcome: str | None,
    ) -> None:  # fmt: skip
        for number, (state, at) in enumerate(moments):
            said = words.answered(
                state,
                decline if state == "declined" else None,
                outcome if state in NEED_OUTCOME else None,
                "Asiakas muutti mielensä." if state == "withdrawn" else None,
            )
            if number < len(answers):
                _put(answers[number], "body", said)
                continue
            whose.rows.add(
                "event", id=id_at(self._random, at), client_id=whose.client, kind="referral_answer",
                occurred_at=at, entered_at=at, channel="message", source="partner", body=said,
                refers_to=_of(event, "id"), author=whose.author,
            )  # fmt: skip

    def _draft(self, whose: "_Whose", at: datetime, instead_of: UUID | None) -> None:
        to, referral = self._random.choice(self._network), id_at(self._random, at)
        whose.rows.add(
            "referral", id=referral, client_id=whose.client, service_id=to.service, receiver=to.name,
            receiver_kind=to.kind, purpose=_PURPOSES.get(to.kind, _USUAL), goal_id=whose.goal, state="draft",
            state_at=at, chase_on=self._today + timedelta(days=14), instead_of=instead_of, created_at=at,
            created_by=whose.author, updated_at=at, updated_by=whose.author,
        )  # fmt: skip
        whose.rows.add(
            "referral_step", id=id_at(self._random, at), referral_id=referral, client_id=whose.client,
            becomes="draft", at=at, author=whose.author,
        )  # fmt: skip

    def _disclosure(self, whose: "_Whose", referral: UUID, to: Receiver, at: datetime) -> None:
        random, found = self._random, profile(to.kind)
        consent = None
        ground = found.grounds[0]
        if ground in ("consent", "move_85") or random.random() < _AGREED:
            ground, consent, ended = "consent", id_at(random, at), random.random() < 0.1
            day = at.astimezone(HELSINKI).date()
            whose.rows.add(
                "consent", id=consent, client_id=whose.client, receiver=to.name,
                items=" ".join(found.needed), language=random.choice(("fi", "en", "ar", "uk")),
                how=random.choice(("written", "spoken")), given_on=day,
                withdrawn_on=self._today if ended else None, created_at=at, created_by=whose.author,
            )  # fmt: skip
        whose.rows.add(
            "disclosure", id=id_at(random, at), client_id=whose.client, referral_id=referral,
            receiver=to.name, receiver_kind=to.kind, items=" ".join(sorted(found.needed)),
            purpose="Palveluun ohjaaminen", ground=ground, consent_id=consent,
            way="letter" if random.random() < 0.7 else "told", operation_id=id_at(random, at), at=at,
            author=whose.author,
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Whose:
    rows: Rows
    client: UUID
    author: str
    closed: bool
    goal: UUID | None


_EVENT = {name: place for place, name in enumerate(TABLES["event"])}


def _of(event: list[Any], name: str) -> Any:
    return event[_EVENT[name]]


def _put(event: list[Any], name: str, value: Any) -> None:
    event[_EVENT[name]] = value


def _told(rows: Rows) -> Iterator[tuple[list[Any], list[list[Any]]]]:
    """Yield the referrals on the timeline with their answers; what was withdrawn is left out."""
    events = rows.tables["event"]
    gone = {_of(row, "refers_to") for row in events if _of(row, "kind") == "withdrawal"}
    standing = [row for row in events if _of(row, "id") not in gone]
    answers: dict[UUID, list[list[Any]]] = {}
    for row in standing:
        if _of(row, "kind") == "referral_answer":
            answers.setdefault(_of(row, "refers_to"), []).append(row)
    for row in [each for each in standing if _of(each, "kind") == "referral"]:
        yield row, answers.get(_of(row, "id"), [])


def _goal(rows: Rows) -> UUID | None:
    """Return an open goal of the latest plan that was drawn up."""
    plans, goals = TABLES["plan"], TABLES["plan_goal"]
    drawn = [
        row
        for row in rows.tables["plan"]
        if row[plans.index("drawn_on")] and row[plans.index("kind")] == "integration"
    ]
    if not drawn:
        return None
    latest = max(drawn, key=lambda row: row[plans.index("number")])[plans.index("id")]
    plan_id, state = goals.index("plan_id"), goals.index("state")
    of_plan = (row for row in rows.tables["plan_goal"] if row[plan_id] == latest and row[state] == "open")
    return next((row[goals.index("id")] for row in of_plan), None)
