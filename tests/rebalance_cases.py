"""Invented problems of rebalancing, the same for the same seed, as JSON a command can read."""

from collections.abc import Sequence
from random import Random
from typing import Any

SCENARIOS = ("drift", "leave", "join", "absent", "dirty")
_LANGUAGES = (
    "ar", "uk", "so", "fa", "ku", "ru", "prs", "my", "ti", "fr", "sw", "es", "th", "vi", "zh", "tr", "ur",
    "am", "ps", "sq", "pt", "bn", "ne", "rw",
)  # fmt: skip
_SIZES, _OF_SIZE = (1, 2, 3, 4, 5, 6, 7), (45, 20, 12, 10, 7, 4, 2)
_WEIGHTS = (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11)
_OF_WEIGHT = (6, 10, 14, 15, 14, 12, 10, 7, 5, 4, 3)
Json = dict[str, Any]


def problem(scenario: str, counsellors: int, clients: int, seed: int) -> Json:
    """Return a team whose clients came by language and by turns, until what the scenario says happened."""
    chance = Random(f"{scenario} {counsellors} {clients} {seed}")
    team = [_counsellor(chance, index) for index in range(counsellors)]
    shares = [one["capacity"] * chance.uniform(0.85, 1.15) for one in team]
    people: list[Json] = []
    while len(people) < clients:
        household = _household(chance, len(people), clients - len(people))
        current = _taken_by(chance, team, shares, household[0]["languages"])
        for client in household:
            client["current"] = None if chance.random() < 0.01 else current
        people += household
    split = 0.05 if scenario == "dirty" else 0.005
    for client in people:
        if chance.random() < split:
            client["current"] = chance.choice(team)["id"]
    _happen(chance, scenario, team)
    _lock_and_exclude(chance, team, people)
    return {
        "format": "rebalance-problem/1", "counsellors": team, "clients": people, "max_moves": None,
        "slack_pct": 1.0,
    }  # fmt: skip


def tiny(seed: int) -> Json:
    """Return a problem so small that every division can be tried."""
    chance = Random(seed)
    team = [
        {
            "id": f"w{index}",
            "capacity": chance.choice((0, 40, 50, 80, 100, 100, 100) if index else (100,)),
            "languages": chance.sample(_LANGUAGES[:4], 2),
        }
        for index in range(chance.randint(2, 3))
    ]
    names = [one["id"] for one in team]
    people = [
        {
            "id": f"c{index}",
            "weight": chance.randint(1, 11),
            "languages": [chance.choice(_LANGUAGES[:4])],
            "household": chance.choice((None, None, "h1", "h2")),
            "current": chance.choice((None, *names, *names)),
            "locked": False,
            "exclude": [chance.choice(names)] if chance.random() < 0.1 else [],
        }
        for index in range(chance.randint(3, 8))
    ]
    for client in people:
        client["locked"] = client["current"] is not None and chance.random() < 0.1
    return {
        "format": "rebalance-problem/1", "counsellors": team, "clients": people,
        "max_moves": chance.choice((None, None, 1, 2, 3)), "slack_pct": chance.choice((0, 1.0, 5)),
    }  # fmt: skip


def _counsellor(chance: Random, index: int) -> Json:
    languages = ["fi", "en", *_zipf(chance, chance.choice((0, 1, 1, 2, 3)))]
    capacity = chance.choices((100, 100, 100, 80, 60, 50), k=1)[0]
    return {"id": f"w{index:03}", "capacity": capacity, "languages": sorted(set(languages))}


def _household(chance: Random, first: int, most: int) -> list[Json]:
    size = min(most, chance.choices(_SIZES, _OF_SIZE)[0])
    languages = _zipf(chance, 1)
    if chance.random() < 0.25:
        languages.append("en")
    return [
        {
            "id": f"c{first + member:06}",
            "weight": chance.choices(_WEIGHTS, _OF_WEIGHT)[0],
            "languages": languages,
            "household": f"h{first:06}" if size > 1 else None,
            "current": None,
            "locked": False,
            "exclude": [],
        }
        for member in range(size)
    ]


def _taken_by(chance: Random, team: Sequence[Json], shares: Sequence[float], languages: Sequence[str]) -> str:
    """Return who took a household in: half of the time somebody who speaks the language, if anybody does."""
    if chance.random() < 0.5:
        able = [index for index, one in enumerate(team) if languages[0] in one["languages"]]
        if able:
            return team[chance.choices(able, [shares[index] for index in able])[0]]["id"]
    return team[chance.choices(range(len(team)), shares)[0]]["id"]


def _happen(chance: Random, scenario: str, team: list[Json]) -> None:
    if scenario == "leave":
        chance.choice(team)["capacity"] = 0
    elif scenario == "absent":
        away = chance.choice(team)
        away["capacity"] = away["capacity"] * 3 // 10
    elif scenario == "join":
        team.append({**_counsellor(chance, len(team)), "capacity": 40})


def _lock_and_exclude(chance: Random, team: Sequence[Json], people: Sequence[Json]) -> None:
    homes: dict[str, set[str]] = {}
    for client in people:
        homes.setdefault(client["household"] or client["id"], set()).add(client["current"])
    for client in people:
        together = homes[client["household"] or client["id"]]
        if chance.random() < 0.03 and len(together) == 1 and None not in together:
            client["locked"] = True
            homes[client["household"] or client["id"]] = {None}  # pyright: ignore[reportArgumentType]
        elif chance.random() < 0.02:
            stranger = chance.choice(team)["id"]
            if stranger not in together and None not in together and len(team) > 2:
                client["exclude"] = [stranger]


def _zipf(chance: Random, count: int) -> list[str]:
    return chance.choices(_LANGUAGES, [1 / rank for rank in range(1, len(_LANGUAGES) + 1)], k=count)
