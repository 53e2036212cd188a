"""The search of the partner network over 10,000 invented services."""

import time
from datetime import date
from random import Random
from uuid import UUID

from benchmarks.report import Report, median
from kotoutus_tui.partners.distances import Origin
from kotoutus_tui.partners.network import Network, Organisation, Place, Service
from kotoutus_tui.partners.search import Index

_SERVICES, _PARTNERS, _WORDS = 10_000, 1_500, 15_000
_SYLLABLES = [
    "ka",
    "ta",
    "ri",
    "mo",
    "su",
    "le",
    "vi",
    "na",
    "po",
    "hel",
    "jo",
    "en",
    "ra",
    "tu",
    "ki",
    "lo",
    "me",
    "sa",
    "pi",
    "nu",
]
_NEEDS = [
    "kielikurssi",
    "uimahallikortti",
    "neuvontapiste",
    "asuminen",
    "päiväkoti",
    "ystävätoiminta",
    "työnhaku",
    "lukutaito",
]
_TOWNS = ["Joensuu", "Kontiolahti", "Liperi", "Outokumpu", "Lieksa", "Nurmes", "Kitee", "Ilomantsi"]
_LANGUAGES = ["fi", "sv", "en", "ar", "so", "fa", "uk", "ru", "ku", "tr", "th", "vi"]
_OFFICE = Origin("Siltakatu 10", (641_842, 6_944_095))
_QUESTIONS = {
    "three words": "kielikurssi ar Joensuu",
    "misspelt": "kielikrussi arabia joensu",
    "in English": "language course arabic joensuu",
    "six words": "neuvonta työ asunto lapsi joensuu ar",
    "the nearest": "lähin kielikurssi ar rantakylä",
}


def measure(report: Report, rounds: int) -> None:
    """Measure building the index, and each kind of question with its first page of reasons."""
    report.heading(f"partner network: {_SERVICES:,} services")
    network, today = _network(Random(1)), date(2026, 11, 24)
    began = time.perf_counter()
    index = Index(network, today, _OFFICE)
    report.line("the index after a change, off the keys' way", time.perf_counter() - began, "s", most=4.0)
    for name, question in _QUESTIONS.items():
        times: list[float] = []
        for _round in range(rounds):
            began = time.perf_counter()
            index.find(question).hits(0, 50)
            times.append((time.perf_counter() - began) * 1000)
        report.line(f"search, {name}", median(times), "ms", most=50)


def _network(random: Random) -> Network:
    words = ["".join(random.choices(_SYLLABLES, k=random.randrange(2, 5))) for _word in range(_WORDS)]
    partners = [_partner(number, " ".join(random.sample(words, 2))) for number in range(_PARTNERS)]
    services = [_service(random, number, words, partners) for number in range(_SERVICES)]
    places = {each.id: [_place(random, each)] for each in services}
    return Network({each.id: each for each in partners}, services, places)


def _place(random: Random, service: Service) -> Place:
    east, north = (random.randrange(-60_000, 60_000) for _axis in range(2))
    return Place(
        id=service.id, service_id=service.id, organisation_id=service.organisation_id, name=None, street=None,
        postal_code=None, town=service.area, easting=_OFFICE.at[0] + east, northing=_OFFICE.at[1] + north,
    )  # fmt: skip


def _partner(number: int, name: str) -> Organisation:
    return Organisation(
        id=UUID(int=number + 1), kind="ngo", name_fi=name, name_sv=None, name_en=None, business_id=None,
        web=None, phone=None, email=None, valid_from=None, valid_to=None, predecessor_id=None, version=1,
    )  # fmt: skip


def _service(random: Random, number: int, words: list[str], partners: list[Organisation]) -> Service:
    return Service(
        id=UUID(int=number + 1_000_000), organisation_id=random.choice(partners).id,
        name_fi=f"{random.choice(_NEEDS)} {random.choice(words)}", name_sv=random.choice(words),
        name_en=random.choice(words), summary_fi=" ".join(random.sample(words, 12)), summary_sv=None,
        summary_en=None, words=" ".join(random.sample(words, 3)), area=random.choice(_TOWNS),
        spoken=" ".join(random.sample(_LANGUAGES, 3)), interpreted=" ".join(random.sample(_LANGUAGES, 2)),
        written="fi", who_may_come=None, what_to_bring=None, cost=None, by_appointment=False, capacity=None,
        waiting_days=None, next_start_on=None, capacity_stated_on=None, state="active", verified_on=None,
        verified_by=None, version=1,
    )  # fmt: skip
