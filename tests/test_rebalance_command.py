"""`kotoutus team rebalance`: its two file formats, what it says, and rules that collide."""

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest

from kotoutus_tui import cli
from kotoutus_tui.rebalance.errors import Infeasible
from kotoutus_tui.rebalance.reading import from_json
from kotoutus_tui.rebalance.rules import Rule
from kotoutus_tui.rebalance.solve import solve
from tests.rebalance_cases import Json, problem, tiny
from tests.rebalance_checks import broken_rules, every_division, moved, worst

Captured = pytest.CaptureFixture[str]


def run(folder: Path, data: Any, language: str = "en") -> int:
    file = folder / "problem.json"
    file.write_text(data if isinstance(data, str) else json.dumps(data), encoding="utf-8")
    words = ["--language", language, "team", "rebalance", str(file), str(folder / "answer.json")]
    return cli.main(words)


def client(name: str, **facts: Any) -> Json:
    return {
        "id": name, "weight": 1, "languages": [], "household": None, "current": None, "locked": False,
        "exclude": [],
    } | facts  # fmt: skip


def team(*clients: Json, capacities: Sequence[float] = (100, 100), most: int | None = None) -> Json:
    names = ("aino", "leila", "omar")
    return {
        "format": "rebalance-problem/1",
        "counsellors": [
            {"id": name, "capacity": capacity, "languages": []}
            for name, capacity in zip(names, capacities, strict=False)
        ],
        "clients": list(clients), "max_moves": most, "slack_pct": 1.0,
    }  # fmt: skip


def test_the_answer_has_the_format(tmp_path: Path, capsys: Captured) -> None:
    data = problem("absent", 5, 200, 0)
    assert run(tmp_path, data) == 0
    answer = json.loads((tmp_path / "answer.json").read_text(encoding="utf-8"))
    assert answer.keys() == {"format", "assignment", "frontier"}
    assert answer["format"] == "rebalance-answer/1"
    assert not broken_rules(data, answer["assignment"])
    assert len(answer["frontier"]) > 8
    assert sum(point["knee"] for point in answer["frontier"]) == 1
    for point in answer["frontier"]:
        assert not broken_rules(data, point["assignment"])
        assert point["moves"] == moved(data, point["assignment"])
        assert point["load"] == pytest.approx(float(worst(data, point["assignment"])))
    told = capsys.readouterr().out
    assert f"{moved(data, answer['assignment'])} clients move" in told
    assert f"{float(worst(data, answer['assignment'])):.1f} points" in told


@pytest.mark.parametrize(("language", "words"), [("fi", "siirtyy"), ("sv", "byter"), ("en", "moves")])
def test_the_summary_speaks_the_language(language: str, words: str, tmp_path: Path, capsys: Captured) -> None:
    data = team(*(client(f"c{index}", current="aino") for index in range(2)))
    assert run(tmp_path, data, language) == 0
    assert words in capsys.readouterr().out


def test_ids_of_any_letters_come_through(tmp_path: Path) -> None:
    names = ['"', "\\", "ä\u2028", "\ud800", "\n"]
    assert run(tmp_path, team(*(client(name) for name in names))) == 0
    answer = json.loads((tmp_path / "answer.json").read_text(encoding="utf-8"))
    assert set(answer["assignment"]) == set(names)


def rule(kind: Any, **facts: Any) -> Rule:
    return Rule(kind, **facts)


@pytest.mark.parametrize(
    ("data", "rules"),
    [
        (
            team(client("c1", current="aino", locked=True, exclude=["aino"])),
            {rule("lock", client="c1", counsellor="aino"), rule("exclusion", client="c1", counsellor="aino")},
        ),
        (
            team(
                client("c1", current="aino", locked=True, household="h"),
                client("c2", current="leila", locked=True, household="h"),
            ),
            {
                rule("lock", client="c1", counsellor="aino"),
                rule("lock", client="c2", counsellor="leila"),
                rule("household", household="h"),
            },
        ),
        (
            team(
                client("c1", current="aino", locked=True, household="h"),
                client("c2", exclude=["aino", "leila"], household="h"),
                capacities=(100, 100, 100),
            ),
            {
                rule("lock", client="c1", counsellor="aino"),
                rule("exclusion", client="c2", counsellor="aino"),
                rule("household", household="h"),
            },
        ),
        (
            team(client("c1", exclude=["aino"]), capacities=(100, 0)),
            {rule("exclusion", client="c1", counsellor="aino"), rule("no_capacity", counsellor="leila")},
        ),
        (
            team(*(client(f"c{i}", current="aino") for i in range(9)), capacities=(0, 100), most=8),
            {rule("max_moves", number=8), rule("no_capacity", counsellor="aino")},
        ),
        (
            team(
                client("c1", current="aino", household="h"),
                client("c2", current="leila", household="h"),
                client("c3", current="aino", exclude=["aino"]),
                most=1,
            ),
            {
                rule("max_moves", number=1),
                rule("household", household="h"),
                rule("exclusion", client="c3", counsellor="aino"),
            },
        ),
    ],
)
def test_rules_that_collide_are_named(data: Json, rules: set[Rule], tmp_path: Path, capsys: Captured) -> None:
    (tmp_path / "answer.json").write_text("as before")
    assert run(tmp_path, data) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.count("\n") == 1
    assert (tmp_path / "answer.json").read_text() == "as before"
    for one in rules:
        for word in (one.client, one.counsellor, one.household, str(one.number or "")):
            assert word in told.err
    with pytest.raises(Infeasible) as error:
        solve(from_json(data))
    assert set(error.value.rules) == rules
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


def test_the_rules_named_are_a_smallest_set() -> None:
    """Dropping any one named rule lets the rest be kept, and no smaller set of all rules collides."""
    found = 0
    for seed in range(400):
        data = tiny(seed)
        data["max_moves"] = data["max_moves"] and data["max_moves"] - 1
        try:
            solve(from_json(data))
        except Infeasible as error:
            found += 1
            named = error.rules
            assert not _can_be_kept(data, set(named)), seed
            assert all(_can_be_kept(data, set(named) - {one}) for one in named), seed
            if len(named) <= 3:
                every = _all_rules(data)
                for smaller in combinations(every, len(named) - 1):
                    assert _can_be_kept(data, set(smaller)), (seed, named, smaller)
    assert found > 30


def _all_rules(data: Json) -> list[Rule]:
    rules = [rule("no_capacity", counsellor=c["id"]) for c in data["counsellors"] if not c["capacity"]]
    rules += [rule("household", household=name) for name in {c["household"] for c in data["clients"]} if name]
    for one in data["clients"]:
        rules += [rule("exclusion", client=one["id"], counsellor=name) for name in one["exclude"]]
        if one["locked"]:
            rules.append(rule("lock", client=one["id"], counsellor=one["current"]))
    if data["max_moves"] is not None:
        rules.append(rule("max_moves", number=data["max_moves"]))
    return rules


def _can_be_kept(data: Json, rules: set[Rule]) -> bool:
    """Return whether some division keeps `rules` alone, by trying them all."""
    kept = {(one.kind, one.client, one.counsellor, one.household) for one in rules}
    most = next((one.number for one in rules if one.kind == "max_moves"), None)
    counsellors = [
        one | {"capacity": one["capacity"] if ("no_capacity", "", one["id"], "") in kept else 100}
        for one in data["counsellors"]
    ]
    clients = [
        one
        | {
            "household": one["household"] if ("household", "", "", one["household"]) in kept else None,
            "locked": ("lock", one["id"], one["current"], "") in kept,
            "exclude": [name for name in one["exclude"] if ("exclusion", one["id"], name, "") in kept],
        }
        for one in data["clients"]
    ]
    loose = data | {"counsellors": counsellors, "clients": clients}
    if most is None:
        # Each household for itself, so that the many divisions need not all be tried.
        groups: dict[str, list[Json]] = {}
        for one in clients:
            groups.setdefault(one["household"] or f"alone {one['id']}", []).append(one)
        return all(any(True for _one in every_division(loose | {"clients": g})) for g in groups.values())
    groups = {}
    for one in clients:
        groups.setdefault(one["household"] or f"alone {one['id']}", []).append(one)
    total = 0
    for members in groups.values():
        part = loose | {"clients": members}
        least = min((moved(part, division) for division in every_division(part)), default=None)
        if least is None:
            return False
        total += least
    return total <= most


@pytest.mark.parametrize(
    ("data", "word"),
    [
        ("{", "JSON"),
        ("[]", "rebalance-problem/1"),
        (team() | {"format": "rebalance-problem/2"}, "rebalance-problem/1"),
        (team(client("c1"), client("c1")), "c1"),
        (team(client("c1", weight=-1)), "weight"),
        (team(client("c1", weight=1.5)), "weight"),
        (team(client("c1", weight=True)), "weight"),
        (team(client("c1", current="nobody")), "nobody"),
        (team(client("c1", exclude=["nobody"])), "nobody"),
        (team(client("c1", locked=True)), "c1"),
        (team(client("c1", languages="fi")), "languages"),
        (team(client("c1", household=7)), "household"),
        (team(capacities=(-1,)), "aino"),
        (team(capacities=(True,)), "aino"),
        (team(capacities=()), "counsellors"),
        (team(most=-1), "max_moves"),
        (team() | {"slack_pct": "1"}, "slack_pct"),
        (team() | {"clients": {}}, "clients"),
        (team() | {"clients": [7]}, "client"),
        ('{"format": "rebalance-problem/1", "counsellors": [{"id": "a", "capacity": NaN}]}', "JSON"),
        ("[" * 100_000, "JSON"),
    ],
)
def test_bad_input_is_one_sentence(data: Any, word: str, tmp_path: Path, capsys: Captured) -> None:
    assert run(tmp_path, data) == 1
    told = capsys.readouterr()
    assert word in told.err
    assert told.err.count("\n") == 1
    assert "Traceback" not in told.err
    assert not (tmp_path / "answer.json").exists()


def test_files_that_are_not_there_are_one_sentence(tmp_path: Path, capsys: Captured) -> None:
    assert cli.main(["team", "rebalance", str(tmp_path / "none.json"), str(tmp_path / "answer.json")]) == 1
    assert capsys.readouterr().err.count("\n") == 1
    (tmp_path / "problem.json").write_text(json.dumps(team(client("c1"))))
    words = ["team", "rebalance", str(tmp_path / "problem.json"), str(tmp_path / "none" / "answer.json")]
    assert cli.main(words) == 1
    assert capsys.readouterr().err.count("\n") == 1


def test_the_command_loads_neither_screens_nor_database(tmp_path: Path) -> None:
    (tmp_path / "problem.json").write_text(json.dumps(team(client("c1"))))
    script = (
        "import sys; from kotoutus_tui.cli import main; "
        f"main(['team', 'rebalance', {str(tmp_path / 'problem.json')!r}, {str(tmp_path / 'a.json')!r}]); "
        "print('LOADED', *sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True, env=os.environ
    )
    loaded = set(done.stdout.partition("LOADED ")[2].split())
    assert "kotoutus_tui.rebalance.solve" in loaded
    assert not loaded & {"textual", "psycopg", "sqlalchemy", "sqlmodel", "screens", "models"}
