"""The invented partners: every state of a service occurs, and what people ask for is answered."""

from uuid import uuid4

import pytest

from kotoutus_tui import clock
from kotoutus_tui.database import Database
from kotoutus_tui.demo.load import fill
from kotoutus_tui.partners import commands, reading
from kotoutus_tui.partners.freshness import freshness
from kotoutus_tui.partners.search import Index
from tests.cluster import OwnDatabase


async def test_the_demo_has_a_network_in_every_state(database: OwnDatabase) -> None:
    fill(database.as_superuser, 3)
    door = Database(database.as_login("aino"))
    try:
        network, today = await reading.network(door), clock.today()
        services = network.services
        assert len(network.organisations) >= 25 and len(services) >= 55
        found = {freshness(each.verified_on, today) for each in services}
        assert found == {"fresh", "ageing", "stale"}
        assert {each.state for each in services} == {"active", "paused"}
        assert any(each.full for each in services) and any(each.next_start_on for each in services)
        assert any(network.former(each) for each in network.organisations.values())
        index = Index(network, today)
        best = index.find("kielikurssi ar Joensuu").hits(0, 1)[0]
        assert "ar" in f"{best.service.spoken} {best.service.interpreted}".split()
        assert "kielikurssi" in (best.service.words or "")
        assert index.find("ely-keskus").hits(0, 1)[0].organisation.name_fi == "Itärannan elinvoimakeskus"
        whole = await reading.service(door, best.service.id)
        assert whole.hours and whole.places and whole.contacts
        # What the loader wrote can be worked with.
        await commands.verify(door, best.service, operation_id=uuid4())
    finally:
        await door.close()


@pytest.mark.parametrize("question", ["velka", "oleskelulupa", "swimming women", "asunto somali", "tolk"])
async def test_what_people_ask_is_answered(database: OwnDatabase, question: str) -> None:
    fill(database.as_superuser, 1)
    door = Database(database.as_login("aino"))
    try:
        hits = Index(await reading.network(door), clock.today()).find(question).hits(0, 1)
        assert hits and not hits[0].missing
    finally:
        await door.close()
