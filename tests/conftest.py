"""What every test has: its own settings and state, Finnish, and a database when it asks for one."""

import os
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path

import pytest

from kotoutus_tui import i18n
from kotoutus_tui.database import Database
from tests.cluster import Cluster, OwnDatabase, running_cluster

# Nothing of the person who runs the tests may reach them, and nothing of them that person's files.
for _name in [name for name in os.environ if name.startswith(("KOTOUTUS_", "PG", "TEXTUAL", "LC_"))]:
    if _name != "PG_BINDIR":
        del os.environ[_name]
os.environ |= {"LANG": "C.UTF-8", "TERM": "xterm-256color"}
# Names of keys are translated when screens are imported, so the language is there before.
i18n.install("fi")


@pytest.fixture(autouse=True)
def _own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    for variable in (
        "XDG_CONFIG_HOME",
        "XDG_CONFIG_DIRS",
        "XDG_STATE_HOME",
        "XDG_DATA_HOME",
        "XDG_CACHE_HOME",
    ):
        monkeypatch.setenv(variable, str(tmp_path / variable.lower()))
    yield
    os.environ.pop("KOTOUTUS_LANGUAGE", None)
    i18n.install("fi")


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    """The PostgreSQL of this process; most tests want `database`."""
    with running_cluster() as running:
        yield running


@pytest.fixture
def database(cluster: Cluster) -> Iterator[OwnDatabase]:
    """A migrated, empty database of this test alone: `database.as_login("aino")` is a connection string."""
    with cluster.database() as own:
        yield own


@pytest.fixture
async def doors(database: OwnDatabase) -> AsyncIterator[Callable[[str], Database]]:
    """The program's way into the database as a person: `doors("aino")`, the same at every call."""
    opened: dict[str, Database] = {}
    yield lambda login: opened.setdefault(login, Database(database.as_login(login)))
    for door in opened.values():
        await door.close()
