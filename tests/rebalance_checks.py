"""Reads rebalancing problems and answers on its own, without the code under test."""

from collections.abc import Iterator, Mapping
from fractions import Fraction
from itertools import product
from typing import Any

Json = dict[str, Any]
Assignment = Mapping[str, str]


def broken_rules(data: Json, assignment: Assignment) -> list[str]:
    """Return what an assignment breaks of the hard rules."""
    capacity = {one["id"]: one["capacity"] for one in data["counsellors"]}
    homes: dict[str, set[str]] = {}
    kept = {c["household"] for c in data["clients"] if c["household"] and c["locked"]}
    broken = [f"unknown {one}" for one in set(assignment) ^ {c["id"] for c in data["clients"]}]
    for client in data["clients"]:
        to = assignment[client["id"]]
        if client["locked"] and to != client["current"]:
            broken.append(f"lock of {client['id']}")
        if to in client["exclude"]:
            broken.append(f"exclusion of {client['id']}")
        if not capacity[to] and not client["locked"] and client["household"] not in kept:
            broken.append(f"{client['id']} with {to}, who has no capacity")
        if client["household"]:
            homes.setdefault(client["household"], set()).add(to)
    return broken + [f"household {name}" for name, places in homes.items() if len(places) > 1]


def loads(data: Json, assignment: Assignment) -> dict[str, Fraction]:
    """Return points per full-time post of everybody with capacity."""
    points = dict.fromkeys((one["id"] for one in data["counsellors"]), 0)
    for client in data["clients"]:
        points[assignment[client["id"]]] += client["weight"]
    return {
        one["id"]: Fraction(100 * points[one["id"]]) / Fraction(str(one["capacity"]))
        for one in data["counsellors"]
        if one["capacity"]
    }


def worst(data: Json, assignment: Assignment) -> Fraction:
    return max(loads(data, assignment).values(), default=Fraction(0))


def moved(data: Json, assignment: Assignment) -> int:
    return sum(c["current"] is not None and assignment[c["id"]] != c["current"] for c in data["clients"])


def matches(data: Json, assignment: Assignment) -> int:
    spoken = {one["id"]: set(one["languages"]) for one in data["counsellors"]}
    return sum(bool(spoken[assignment[c["id"]]] & set(c["languages"])) for c in data["clients"])


def mean(data: Json, assignment: Assignment) -> Fraction:
    """Return the mean of points per full-time post."""
    of_those = loads(data, assignment)
    capacity = {one["id"]: Fraction(str(one["capacity"])) for one in data["counsellors"]}
    total = sum(of_those[name] * capacity[name] for name in of_those)
    return Fraction(total) / sum(capacity[name] for name in of_those)


def every_division(data: Json) -> Iterator[dict[str, str]]:
    """Yield every assignment that keeps the hard rules."""
    groups: dict[str, list[str]] = {}
    for client in data["clients"]:
        groups.setdefault(client["household"] or f"alone {client['id']}", []).append(client["id"])
    names = [one["id"] for one in data["counsellors"]]
    for places in product(names, repeat=len(groups)):
        assignment = {
            client: place
            for members, place in zip(groups.values(), places, strict=True)
            for client in members
        }
        if not broken_rules(data, assignment):
            yield assignment
