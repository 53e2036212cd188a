"""The demo's own catalogue: a first sync shows what is new, changed on one side or both, and gone."""

import pytest

from kotoutus_tui import clock, places
from kotoutus_tui.catalogue import owned
from kotoutus_tui.catalogue.comparing import compare
from kotoutus_tui.database import Database
from kotoutus_tui.demo import catalogue
from kotoutus_tui.demo.catalogue_server import CatalogueServer
from kotoutus_tui.demo.load import fill
from tests.catalogue_desk import read
from tests.cluster import OwnDatabase


@pytest.mark.parametrize("secret", ["demo", ""])
async def test_the_demo_shows_a_sync(
    database: OwnDatabase, monkeypatch: pytest.MonkeyPatch, secret: str
) -> None:
    monkeypatch.setenv(places.CATALOGUE_KEY, secret)
    fill(database.as_superuser, 1)
    door, today = Database(database.as_login("aino")), clock.today()
    with CatalogueServer(catalogue.now(today), key="demo") as server:
        fetched = await read(door, server, version="auto")
        assert f"/api/v{12 if secret else 11}/" in server.asked[0]
    preview = compare(fetched, await owned.read(door), today)
    await door.close()
    assert not fetched.missing and fetched.unknown == {"language": 1}
    named = {kind: {each.record.name_fi for each in preview.offered if each.kind == kind and each.record}
             for kind in ("new", "changed", "conflict")}  # fmt: skip
    assert named["conflict"] == {"Suomen kielen jatkokurssi A2"}
    assert {"Asumistuki", "Oleskelulupa, tunnistautuminen"} <= named["changed"]
    assert {"Itärannan Monitoimikeskus ry", "Maahanmuuttajien puhelinneuvonta"} <= named["new"]
    assert preview.counts["vanished"] == 2
    # What nobody changed is the same, and one partner is left for a person to recognise.
    assert sum(each.kind == "same" for each in preview.items) > 20
    assert [each.record and each.record.name_fi for each in preview.offered if each.alike] == [
        "Kriisikeskus Lyhty"
    ]
