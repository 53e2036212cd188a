"""Reads a problem from its JSON form and checks every part of it."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any, cast

from kotoutus_tui.i18n import _
from kotoutus_tui.rebalance.errors import BadProblem
from kotoutus_tui.rebalance.problem import Client, Counsellor, Problem

FORMAT = "rebalance-problem/1"
_NOBODY: frozenset[str] = frozenset()


def read(file: Path) -> Problem:
    """Return the problem in a file; raises BadProblem with one sentence when there is none."""
    try:
        text = file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError):
        raise BadProblem(_("The file {name} cannot be read.").format(name=file.name)) from None
    try:
        data: Any = json.loads(text, parse_constant=_no_number)
    except (ValueError, RecursionError):
        raise BadProblem(_("The file {name} is not JSON.").format(name=file.name)) from None
    return from_json(data)


def from_json(data: Any) -> Problem:
    """Return the problem that decoded JSON describes; raises BadProblem.

    Keys that are left out mean: no languages, no household, nobody now, not locked, nobody excluded.
    Keys that are not known are passed over.
    """
    if not isinstance(data, dict):
        raise _wrong_format()
    top = cast("dict[str, Any]", data)
    if top.get("format") != FORMAT:
        raise _wrong_format()
    sets: dict[tuple[str, ...], frozenset[str]] = {}
    counsellors = [_counsellor(entry, sets) for entry in _entries(top, "counsellors")]
    clients = [_client(entry, sets) for entry in _entries(top, "clients")]
    max_moves, slack = top.get("max_moves"), top.get("slack_pct", 1.0)
    if max_moves is not None and (type(max_moves) is not int or max_moves < 0):
        raise BadProblem(_("“{key}” must be a whole number, at least 0, or null.").format(key="max_moves"))
    if type(slack) not in (int, float) or not 0 <= slack <= 100:
        raise BadProblem(_("“{key}” must be a number from 0 to 100.").format(key="slack_pct"))
    return checked(Problem(counsellors, clients, max_moves, slack))


def checked(problem: Problem) -> Problem:
    """Return `problem` if ids are unique and every counsellor named is there; raises BadProblem otherwise."""
    known = {counsellor.id for counsellor in problem.counsellors}
    if not known:
        raise BadProblem(_("There are no counsellors."))
    if len(known) < len(problem.counsellors):
        raise _twice(_("Counsellor {id} is there twice."), (one.id for one in problem.counsellors))
    if len({client.id for client in problem.clients}) < len(problem.clients):
        raise _twice(_("Client {id} is there twice."), (one.id for one in problem.clients))
    for client in problem.clients:
        if client.current is None:
            if client.locked:
                raise BadProblem(_("Client {id} is locked but has no counsellor.").format(id=client.id))
        elif client.current not in known:
            raise _unknown(client, client.current)
        if client.exclude and not client.exclude <= known:
            raise _unknown(client, min(client.exclude - known))
        if client.weight < 1:
            raise _of_client(client.id, "weight", _("a whole number, at least 1"))
    return problem


def _counsellor(entry: Any, sets: dict[tuple[str, ...], frozenset[str]]) -> Counsellor:
    entry, name = _identified(entry, _("A counsellor has no id."))
    capacity = entry.get("capacity")
    if type(capacity) not in (int, float) or not 0 <= capacity <= 10_000:
        raise BadProblem(
            _("The capacity of counsellor {id} must be a number from 0 to 10,000.").format(id=name)
        )
    languages = _strings(entry.get("languages", ()), sets)
    if languages is None:
        raise BadProblem(_("The languages of counsellor {id} must be a list of words.").format(id=name))
    return Counsellor(name, capacity, languages)


def _client(entry: Any, sets: dict[tuple[str, ...], frozenset[str]]) -> Client:
    entry, name = _identified(entry, _("A client has no id."))
    read = entry.get
    weight, household, current = read("weight"), read("household"), read("current")
    locked, continuity = read("locked", False), read("continuity", 0)
    languages, exclude = _strings(read("languages", ()), sets), _strings(read("exclude", ()), sets)
    if type(weight) is not int or weight < 1:
        raise _of_client(name, "weight", _("a whole number, at least 1"))
    if household is not None and type(household) is not str:
        raise _of_client(name, "household", _("a word or null"))
    if current is not None and type(current) is not str:
        raise _of_client(name, "current", _("a word or null"))
    if type(locked) is not bool:
        raise _of_client(name, "locked", _("true or false"))
    if languages is None or exclude is None:
        raise _of_client(name, "languages" if languages is None else "exclude", _("a list of words"))
    if type(continuity) is not int or continuity < 0:
        raise _of_client(name, "continuity", _("a whole number, at least 0"))
    return Client(name, weight, languages, household, current, locked, exclude, continuity)


def _entries(top: dict[str, Any], key: str) -> list[Any]:
    entries = top.get(key)
    if not isinstance(entries, list):
        raise BadProblem(_("“{key}” must be a list.").format(key=key))
    return cast("list[Any]", entries)


def _identified(entry: Any, missing: str) -> tuple[dict[str, Any], str]:
    if type(entry) is not dict:
        raise BadProblem(missing)
    known = cast("dict[str, Any]", entry)
    name = known.get("id")
    if type(name) is not str or not name:
        raise BadProblem(missing)
    return known, name


def _strings(values: Any, sets: dict[tuple[str, ...], frozenset[str]]) -> frozenset[str] | None:
    """Return the words as a set, the same object for the same words, or None when they are no words."""
    if not values and type(values) in (list, tuple):
        return _NOBODY
    if type(values) is not list:
        return None
    words = tuple(cast("list[str]", values))
    if any(type(word) is not str for word in words):
        return None
    found = sets.get(words)
    if found is None:
        found = sets[words] = frozenset(words)
    return found


def _no_number(text: str) -> float:
    raise ValueError(text)


def _wrong_format() -> BadProblem:
    return BadProblem(_("The file is not of the format {format}.").format(format=FORMAT))


def _of_client(name: str, key: str, form: str) -> BadProblem:
    return BadProblem(_("“{key}” of client {id} must be {form}.").format(key=key, id=name, form=form))


def _unknown(client: Client, counsellor: str) -> BadProblem:
    return BadProblem(
        _("Client {id} names a counsellor who is not there: {counsellor}.").format(
            id=client.id, counsellor=counsellor
        )
    )


def _twice(text: str, names: Iterable[str]) -> BadProblem:
    seen: set[str] = set()
    for name in names:
        if name in seen:
            return BadProblem(text.format(id=name))
        seen.add(name)
    raise AssertionError("no name is there twice")
