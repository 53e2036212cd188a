"""What must hold for the deadlines of any facts."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from hypothesis import assume, given
from hypothesis import strategies as st

from kotoutus_tui.casework.deadlines import (
    Extension,
    Facts,
    Interruption,
    Plan,
    Review,
    deadlines,
    deadlines_of_many,
    period,
)
from kotoutus_tui.casework.rules import rule_book
from kotoutus_tui.casework.working_days import is_working_day, next_working_day
from kotoutus_tui.dates import add_months

TODAY = date(2026, 11, 24)
NEW_ACT = date(2025, 1, 1)
days = st.dates(date(2012, 1, 1), date(2060, 12, 31))
new_days = st.dates(NEW_ACT, date(2060, 12, 31))
old_days = st.dates(date(2012, 1, 1), date(2024, 12, 31))
# The two sides of the Acts' border, 29 February and the ends of months, far more often than by chance.
telling_days = st.one_of(
    days,
    st.sampled_from([date(2024, 12, 31), NEW_ACT, date(2024, 2, 29), date(2028, 2, 29), date(2025, 8, 31)]),
    days.map(lambda day: add_months(day.replace(day=1), 1) - timedelta(days=1)),
)


@st.composite
def interruptions(draw: st.DrawFn, start: date, within: int) -> tuple[Interruption, ...]:
    """Some that lie in the first `within` days after `start`, in any order, overlapping or not."""
    spans = draw(st.lists(st.tuples(st.integers(0, within), st.integers(0, 90)), max_size=6))
    return tuple(
        Interruption(start + timedelta(days=first), start + timedelta(days=first + length))
        for first, length in spans
    )


@st.composite
def some_facts(draw: st.DrawFn) -> Facts:
    drawn = draw(telling_days)
    maybe = st.one_of(st.none(), telling_days)
    return Facts(
        birth_date=draw(st.one_of(st.none(), st.dates(date(1930, 1, 1), date(2012, 1, 1)))),
        ground_of_entry=draw(st.sampled_from([None, "asylum", "quota_refugee", "work"])),
        first_permit_on=draw(maybe),
        municipality_since=draw(maybe),
        learned_on=draw(maybe),
        requested_on=draw(maybe),
        assessment_finished_on=draw(maybe),
        plans=draw(st.sampled_from([(), (Plan(drawn),), (Plan(drawn, drawn), Plan(add_months(drawn, 11)))])),
        reviews=draw(st.sampled_from([(), (Review(add_months(drawn, 5)),)])),
        next_review_on=draw(maybe),
        interruptions=draw(interruptions(drawn, 700)),
        extensions=draw(
            st.sampled_from([(), (Extension(9),), (Extension(40), Extension(6, None, "studies"))])
        ),
        unaccompanied_minor=draw(st.booleans()),
        trafficking_victim=draw(st.booleans()),
    )


def end_of(*plans: Plan, more: Sequence[Interruption] = (), extended: int = 0) -> date:
    extensions = (Extension(extended),) if extended else ()
    found = period(Facts(plans=plans, interruptions=tuple(more), extensions=extensions), TODAY)
    assert found
    return found.end


def days_in(spans: Sequence[Interruption]) -> set[date]:
    return {
        each.from_on + timedelta(days=n)
        for each in spans if each.to_on
        for n in range((each.to_on - each.from_on).days + 1)
    }  # fmt: skip


@given(st.one_of(st.tuples(new_days, new_days), st.tuples(old_days, old_days)))
def test_a_later_plan_never_ends_earlier_under_the_same_act(pair: tuple[date, date]) -> None:
    earlier, later = sorted(pair)
    assert end_of(Plan(earlier)) <= end_of(Plan(later))


@given(
    telling_days, st.sampled_from(["learned_on", "assessment_finished_on", "first_permit_on", "permit_until"])
)
def test_a_deadline_never_comes_before_what_it_counts_from(day: date, fact: str) -> None:
    facts = replace(Facts(), **{fact: day})
    assert all(d.due >= day for d in deadlines(facts, TODAY).deadlines)


@given(
    new_days,
    st.integers(0, 400),
    st.sampled_from(["learned_on", "assessment_finished_on", "first_permit_on"]),
)
def test_deadlines_are_monotone_in_their_day(day: date, later_by: int, fact: str) -> None:
    earlier = deadlines(replace(Facts(), **{fact: day}), TODAY).deadlines
    later = deadlines(replace(Facts(), **{fact: day + timedelta(days=later_by)}), TODAY).deadlines
    assert earlier and [d.rule for d in earlier] == [d.rule for d in later]
    assert all(first.due <= second.due for first, second in zip(earlier, later, strict=True))


@given(telling_days, st.data())
def test_interruptions_add_each_of_their_days_once(drawn: date, data: st.DataObject) -> None:
    spans = data.draw(interruptions(drawn, 600))
    plain = end_of(Plan(drawn))
    assert end_of(Plan(drawn), more=spans) == plain + timedelta(days=len(days_in(spans)))


@given(new_days, st.data())
def test_interruptions_apart_add_up(drawn: date, data: st.DataObject) -> None:
    first = data.draw(interruptions(drawn, 200))
    second = data.draw(interruptions(drawn + timedelta(days=300), 200))
    plain = end_of(Plan(drawn))
    alone = (end_of(Plan(drawn), more=first) - plain) + (end_of(Plan(drawn), more=second) - plain)
    assert end_of(Plan(drawn), more=[*first, *second]) - plain == alone


@given(telling_days, st.data())
def test_the_order_of_interruptions_does_not_matter(drawn: date, data: st.DataObject) -> None:
    spans = data.draw(interruptions(drawn, 1500))
    shuffled = data.draw(st.permutations(spans))
    assert end_of(Plan(drawn), more=shuffled) == end_of(Plan(drawn), more=spans)


@given(telling_days, st.data())
def test_another_interruption_never_shortens_the_period(drawn: date, data: st.DataObject) -> None:
    spans = data.draw(interruptions(drawn, 1500))
    more = data.draw(interruptions(drawn, 1500))
    assert end_of(Plan(drawn), more=spans) <= end_of(Plan(drawn), more=[*spans, *more])


@given(telling_days, st.integers(1, 60), st.integers(1, 60))
def test_an_extension_is_at_most_two_years(drawn: date, some: int, more: int) -> None:
    whole = add_months(drawn, (36 if drawn < NEW_ACT else 24) + min(some, 24))
    assert end_of(Plan(drawn), extended=some) == whole
    assert end_of(Plan(drawn), extended=some) <= end_of(Plan(drawn), extended=some + more)


@given(telling_days)
def test_a_period_ends_on_the_same_number_or_on_the_last_day_of_the_month(drawn: date) -> None:
    end = end_of(Plan(drawn))
    assert end.month == drawn.month
    last = (end + timedelta(days=1)).month != end.month
    assert end.day == drawn.day or (last and end.day < drawn.day)


@given(old_days, days)
def test_a_later_plan_does_not_move_the_period(first: date, second: date) -> None:
    assume(second > first)
    assert end_of(Plan(first), Plan(second)) == end_of(Plan(first))


@given(some_facts(), days)
def test_any_facts_give_deadlines_in_order_with_a_reason(facts: Facts, today: date) -> None:
    outcome = deadlines(facts, today)
    dues = [deadline.due for deadline in outcome.deadlines]
    assert dues == sorted(dues)
    for deadline in outcome.deadlines:
        told = deadline.explanation
        due = f"{deadline.due.day}.{deadline.due.month}.{deadline.due.year}"
        assert due in told and deadline.working.section in told
        if outcome.period and deadline.rule in ("review", "plan_end", "first_plan_length"):
            assert deadline.due <= outcome.period.end
    if outcome.period:
        assert outcome.period.start <= outcome.period.basic_end <= outcome.period.end


@given(some_facts())
def test_what_is_not_in_the_facts_cannot_be_due(facts: Facts) -> None:
    assert not deadlines(Facts(), TODAY).deadlines
    given_codes = {d.rule for d in deadlines(facts, TODAY).deadlines}
    assert given_codes <= rule_book().versions.keys()
    if not facts.plans:
        assert not given_codes & {"review", "period_end", "plan_end", "guided_to_service"}


@given(st.lists(some_facts(), max_size=5))
def test_many_are_each_like_one(many: list[Facts]) -> None:
    found = dict(deadlines_of_many(enumerate(many), TODAY))
    assert found == {key: deadlines(facts, TODAY) for key, facts in enumerate(many)}


@given(days)
def test_the_next_working_day_is_the_first_one(day: date) -> None:
    following = next_working_day(day)
    if following is None:
        assert is_working_day(day)
    else:
        between = [day + timedelta(days=n) for n in range((following - day).days)]
        assert is_working_day(following) and not any(is_working_day(each) for each in between)


def test_days_without_work_by_name() -> None:
    free = {
        date(2026, 4, 3): date(2026, 4, 7),  # Good Friday, until the Tuesday after Easter
        date(2026, 6, 19): date(2026, 6, 22),  # Midsummer Eve
        date(2026, 12, 24): date(2026, 12, 28),  # Christmas Eve
        date(2027, 5, 6): date(2027, 5, 7),  # Ascension Day
        date(2029, 5, 1): date(2029, 5, 2),  # May Day
        date(2027, 12, 6): date(2027, 12, 7),  # Independence Day
        date(2026, 11, 28): date(2026, 11, 30),  # a Saturday
    }
    assert {day: next_working_day(day) for day in free} == free
    assert next_working_day(date(2026, 12, 31)) is None
