"""The invented guidance: every state of a company, a step and an answer occurs, and the log has its weeks."""

from datetime import timedelta

from kotoutus_tui import clock
from kotoutus_tui.database import Database
from kotoutus_tui.demo.load import fill
from kotoutus_tui.guidance import companies, log, settling_in, snippets, statistics
from kotoutus_tui.partners import need_supply, population
from tests.cluster import OwnDatabase


async def test_the_demo_has_a_guidance_log_companies_answers_and_speakers(database: OwnDatabase) -> None:
    fill(database.as_superuser, 120)
    door, today = Database(database.as_login("aino")), clock.today()
    try:
        team, many = await log.entries(door, "team", 0, 500)
        assert many > 60
        assert {each.asker for each in team} >= {"resident", "city_unit", "partner", "company"}
        assert min(each.given_on for each in team) < today - timedelta(days=50)
        lines = statistics.summary(team)
        assert lines[-1].cell is None or all(line.entries for line in lines)
        known = [
            await companies.company(door, each.id, today) for each in await companies.companies(door, today)
        ]
        arrivals = [each for company in known for each in company.arrivals]
        assert {each.route for each in arrivals} == set(settling_in.ROUTES)
        steps = [step for each in arrivals for step in each.steps]
        assert {step.done_on is not None for step in steps} == {True, False}
        assert any(company.late for company in known)
        assert any(company.contact_is_old(today) for company in known)
        answers = await snippets.snippets(door)
        assert any(each.expired(today) for each in answers)
        assert any(each.expires_soon(today) for each in answers)
        assert len(await population.known(door)) > 5
        assert {each.gap for each in await need_supply.read(door, today)} >= {"nobody", "interpreter"}
    finally:
        await door.close()
