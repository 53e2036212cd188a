"""The merge of one fact three ways, and what a run offers beside the own network, without a database."""

from datetime import date
from typing import Any
from uuid import UUID, uuid4

from hypothesis import given
from hypothesis import strategies as st

from kotoutus_tui.catalogue import facts, words
from kotoutus_tui.catalogue.changes import changes_of, remote_of
from kotoutus_tui.catalogue.choices import Choices, blocked, left, taken
from kotoutus_tui.catalogue.comparing import NEW, Preview, compare
from kotoutus_tui.catalogue.merging import UNKNOWN, Fact, equal, is_empty
from kotoutus_tui.catalogue.owned import Own, Owned
from kotoutus_tui.catalogue.records import Fetched
from tests.catalogue_runs import CLUB, COLLEGE, COURSE, RUN, without_course

TODAY = date(2026, 11, 24)
VALUES = st.sampled_from([None, "", "a", "b", "fi ar", "ar fi"])
NAMES = st.sampled_from(["phone", "spoken"])


@given(NAMES, st.one_of(VALUES, st.just(UNKNOWN)), VALUES, VALUES)
def test_a_merge_done_once_changes_nothing_the_second_time(
    name: str, base: Any, mine: Any, theirs: Any
) -> None:
    for choice in (None, True, False):
        outcome = Fact(name, base, mine, theirs).outcome(theirs=choice)
        again = Fact(name, theirs, outcome, theirs)
        assert not again.open
        assert equal(name, again.outcome(), outcome)


@given(NAMES, st.one_of(VALUES, st.just(UNKNOWN)), VALUES, VALUES)
def test_a_merge_never_drops_what_we_changed(name: str, base: Any, mine: Any, theirs: Any) -> None:
    fact = Fact(name, base, mine, theirs)
    changed_here = not equal(name, base, mine) if base is not UNKNOWN else not is_empty(mine)
    if changed_here:
        assert equal(name, fact.outcome(), mine)
    else:
        assert equal(name, fact.outcome(), theirs)
    if fact.state == "conflict":
        assert not equal(name, mine, theirs)


def owned(external_id: str | None, known: dict[str, Any], **more: Any) -> Owned:
    """One of ours with the facts the catalogue has, some of them changed."""
    made = more.pop("id", None) or uuid4()
    given = {
        "organisation_id": made,
        "origin": "own",
        "remote": None,
        "created_on": TODAY,
        "changed_on": {},
    } | more
    return Owned(id=made, external_id=external_id, facts=known, **given)


def offered(preview: Preview) -> dict[str, str]:
    return {each.key: each.kind for each in preview.offered}


def test_everything_is_new_beside_an_empty_network_and_partners_come_with_their_services() -> None:
    preview = compare(RUN, Own(), TODAY)
    assert set(offered(preview).values()) == {"new"}
    choices = Choices()
    for item in preview.offered:
        choices.take(item, take=item.key == "service:s-1")
    assert [each.key for each in taken(preview, choices)] == ["organisation:o-1", "service:s-1"]
    tables = [each.table for each in changes_of(preview, choices, TODAY)]
    assert tables == ["organisation", "service", "place", "service_place", "service_hours"]
    assert [each.key for each in left(preview, choices)] == ["organisation:o-2", "service:s-2"]


def test_ours_is_found_by_business_id_and_a_like_name_is_only_a_suggestion() -> None:
    college = owned(None, facts.of_organisation(COLLEGE) | {"name_fi": "Opisto", "phone": None})
    club = owned(None, dict.fromkeys(facts.ORGANISATION) | {"name_fi": "naapurit  RY"})
    own = Own([college, club])
    preview = compare(RUN, own, TODAY)
    found = preview.by_key["organisation:o-1"]
    assert (found.own, found.kind, found.joins) == (college, "conflict", True)
    assert [each.name for each in found.open] == ["name_fi", "phone"]
    like = preview.by_key["organisation:o-2"]
    assert [each.id for each in like.alike] == [club.id]
    # Nothing of it is taken before somebody said whether it is the same.
    choices = Choices()
    assert blocked(preview, like) == "alike"
    assert blocked(preview, preview.by_key["service:s-2"]) == "partner_alike"
    assert "service:s-2" not in {each.key for each in taken(preview, choices)}
    choices.say_same(like, str(club.id))
    same = compare(RUN, own, TODAY, choices.same).by_key["organisation:o-2"]
    assert same.own == club
    choices.say_same(like, NEW)
    again = compare(RUN, own, TODAY, choices.same)
    assert not again.by_key["organisation:o-2"].alike
    assert "service:s-2" in {each.key for each in taken(again, choices)}


def test_parts_of_one_organisation_are_not_told_by_their_business_id() -> None:
    whole = owned(None, facts.of_organisation(COLLEGE) | {"name_fi": "Kaupunki"})
    both = Fetched("run", (COLLEGE, CLUB.__class__("o-3", "Osasto", business_id=COLLEGE.business_id)))
    assert all(each.own is None for each in compare(both, Own([whole]), TODAY).items)


def linked() -> Own:
    """The course as the catalogue told it, with a partner."""
    college = owned(
        "o-1", facts.of_organisation(COLLEGE), origin="ptv", remote=_told(facts.of_organisation(COLLEGE))
    )
    course = owned(
        "s-1", {name: facts.of_service(COURSE)[name] for name in facts.SERVICE}, origin="ptv",
        remote=_told(facts.of_service(COURSE)), organisation_id=college.id,
        hours={uuid4(): [1, None, "09:00", "15:00"]},
    )  # fmt: skip
    return Own([college], [course])


def _told(values: dict[str, Any]) -> dict[str, Any]:
    values = {name: value for name, value in values.items() if not is_empty(value)}
    return {"values": values, "days": dict.fromkeys(values, "2026-11-01")}


def test_what_is_not_told_has_vanished_only_after_a_whole_run() -> None:
    own = linked()
    assert offered(compare(without_course(), own, TODAY))["service:s-1"] == "vanished"
    for partial in (without_course(whole=False), without_course(missing=("services",))):
        assert "service:s-1" not in offered(compare(partial, own, TODAY))
    archived = without_course(whole=False, archived=frozenset({"s-1", "x"}))
    assert offered(compare(archived, own, TODAY))["service:s-1"] == "archived"
    ours_alone = Own(own.organisations, [owned(None, own.services[0].facts)])
    assert "vanished" not in offered(compare(without_course(), ours_alone, TODAY)).values()


def test_a_place_taken_from_a_service_stays_away_and_hidden_characters_do_not_come_in() -> None:
    # In `linked` the place the catalogue told of is not at the service any more.
    item = compare(RUN, linked(), TODAY).by_key["service:s-1"]
    assert (item.kind, [each.state for each in item.facts if each.name == "place:c-1"]) == ("same", ["kept"])
    assert facts.clean("phone", " 013\u202e\x1b 1 ") == "013 1"
    assert len(facts.clean("phone", "1" * 500)) == 200


def test_each_fact_keeps_the_day_since_when_the_catalogue_says_it() -> None:
    course = linked().services[0]
    said = facts.of_service(COURSE) | {"cost": "maksuton", "spoken": "en fi", "words": None}
    kept = remote_of(said, course, TODAY)
    assert kept["days"]["cost"] == "2026-11-24"
    assert {kept["days"][name] for name in ("spoken", "name_fi", "hours")} == {"2026-11-01"}
    assert "words" not in kept["values"]


def test_a_difference_is_told_where_it_is() -> None:
    def told(name: str, mine: Any, theirs: Any) -> str:
        return words.difference(Fact(name, mine, mine, theirs), takes_theirs=True)

    assert told("spoken", "fi en", "fi en uk") == "Henkilöstö puhuu: + ukraina"
    before, after = [[day, None, "09:00", "15:00"] for day in (1, 2)], [[1, None, "09:00", "16:00"]]
    closed = [[None, f"2026-12-{day}", None, None] for day in (24, 25, 28)]
    assert told("hours", before, after + closed) == (
        "Aukioloajat: − ma-ti 9-15, + ma 9-16, + 24.12.2026–25.12.2026 suljettu, + 28.12.2026 suljettu"
    )
    assert told("cost", None, "maksuton") == "Hinta: – → maksuton"
    text = "Kurssi on kaikille joensuulaisille aikuisille ja kestää "
    assert told("summary_fi", text + "vuoden.", text + "kaksi vuotta.") == (
        "Kuvaus: … kestää vuoden. → … kestää kaksi vuotta."
    )


def test_choices_survive_as_text() -> None:
    preview = compare(RUN, linked(), TODAY)
    choices = Choices()
    item = preview.by_key["service:s-2"]
    choices.take(item, take=False)
    kept = Choices(dict(choices.kept))
    assert not kept.takes(item)
    kept.forget([item])
    assert kept.kept == {}
    assert isinstance(item.own, UUID | None)
