"""Who is suggested for a client without a counsellor, and why."""

from dataclasses import replace
from uuid import UUID

import pytest

from kotoutus_tui.casework.suggesting import suggest, waiting
from kotoutus_tui.casework.suggesting_words import why
from kotoutus_tui.casework.workload import POINTS, ClientFacts, Colleague, Workload, carry


def _colleague(login: str, *languages: str, percent: int = 100, away: bool = False) -> Colleague:
    return Colleague(login, login.title(), percent, frozenset(languages), away)


def _client(
    number: int, counsellor: str | None, language: str = "ru", household: int | None = None
) -> ClientFacts:
    home = UUID(int=household) if household else None
    return ClientFacts(
        UUID(int=number), counsellor, "plan", language, False, home, 2, 0, 0, False, (), None, 0
    )  # fmt: skip


TEAM = (_colleague("aino", "ru"), _colleague("bilal", "so"), _colleague("eeva", "ru", percent=50))


def _workload(*extra: ClientFacts, team: tuple[Colleague, ...] = TEAM) -> Workload:
    clients = [
        *(_client(100 + number, "aino") for number in range(4)),
        *(_client(200 + number, "bilal", "so") for number in range(4)),
        *(_client(300 + number, "eeva") for number in range(2)),
        *extra,
    ]
    return Workload(team, carry(team, clients, POINTS), POINTS, clients)


def _order(client: ClientFacts, *others: ClientFacts, former: tuple[str, ...] = ()) -> list[str]:
    return [each.login for each in suggest(_workload(client, *others), client, former)]


def test_the_last_speaker_of_a_language_is_kept_free_for_those_who_need_it() -> None:
    assert _order(_client(1, None, "uk"))[-1] == "bilal"
    assert _order(_client(1, None, "so"))[0] == "bilal"
    found = {each.login: each for each in suggest(_workload(_client(1, None, "uk")), _client(1, None, "uk"))}
    assert found["bilal"].kept_free == {"so"}
    assert "somali" in " ".join(why(found["bilal"]))
    assert not found["aino"].kept_free


def test_a_household_stays_together_and_a_former_counsellor_comes_before_a_language() -> None:
    assert _order(_client(1, None, "uk", 7), _client(2, "bilal", "uk", 7))[0] == "bilal"
    assert _order(_client(1, None, "uk"), former=("eeva",))[0] == "eeva"
    heavier = [_client(400 + number, "aino") for number in range(3)]
    assert _order(_client(1, None), *heavier)[0] == "eeva"


def test_who_may_not_or_cannot_is_left_out() -> None:
    client = replace(_client(1, None), excluded=("aino",))
    assert "aino" not in _order(client)
    team = (_colleague("aino", percent=0), _colleague("bilal", away=True), TEAM[2])
    assert [each.login for each in suggest(_workload(client, team=team), client)] == ["eeva"]
    assert suggest(_workload(client, team=team[:2]), client) == []


@pytest.mark.parametrize("count", [1, 5])
def test_the_load_told_is_the_load_after(count: int) -> None:
    client = _client(1, None)
    workload = _workload(client, *(_client(500 + number, "aino") for number in range(count)))
    aino = next(each for each in suggest(workload, client) if each.login == "aino")
    assert aino.height == POINTS["phase_plan"] * (4 + count + 1)


def test_households_wait_side_by_side() -> None:
    alone, first, second = _client(5, None), _client(9, None, household=3), _client(1, None, household=3)
    found = [each.client_id.int for each in waiting(_workload(first, alone, second))]
    assert abs(found.index(9) - found.index(1)) == 1
    assert len(found) == 3
