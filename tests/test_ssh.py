"""Over SSH for real: two operating system users, peer authentication, the program and raw psql."""

import json
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Generator
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID, uuid4

import psycopg
import pytest

from kotoutus_tui.casework.name_keys import KEY_VERSION, keys_of
from kotoutus_tui.embedded import EmbeddedServer
from models.migrations.upgrade import upgrade
from tests import ssh_server
from tests.terminal import ENTER, Terminal

pytestmark = [
    pytest.mark.ssh,
    pytest.mark.skipif(not ssh_server.available(), reason="needs root, sshd and useradd"),
    pytest.mark.xdist_group("ssh"),
]

SECRET = "Kertoi muutosta Noljakkaan"


@dataclass(frozen=True)
class Office:
    """Two counsellors with an operating system account each, an sshd, and the database they reach by peer."""

    server: EmbeddedServer
    ssh: ssh_server.SshServer
    first: str
    second: str
    client: UUID

    def as_user(self, user: str, statement: str) -> subprocess.CompletedProcess[str]:
        """Runs psql as the operating system user, as that user's own role."""
        person = pwd.getpwnam(user)
        psql = [self.server.program("psql"), "-AtX", "-h", self.server.socket_directory, "-d", "postgres"]
        return subprocess.run(
            [*map(str, psql), "-v", "ON_ERROR_STOP=1", "-c", statement],
            user=person.pw_uid, group=person.pw_gid, extra_groups=[], cwd="/", check=False, text=True,
            capture_output=True, env={"PATH": "/usr/bin:/bin", "HOME": person.pw_dir, "LC_ALL": "C.UTF-8"},
        )  # fmt: skip


@pytest.fixture
def office() -> Generator[Office]:
    top = Path(tempfile.mkdtemp(prefix="kt-ssh-"))
    top.chmod(0o755)
    try:
        with ssh_server.users(2) as (first, second):
            server = EmbeddedServer(top / "c", durable=False, logins={first: first, second: second})
            with server:
                upgrade(server.dsn())
                client = _fill(server, first, second)
                python = ssh_server.python_for(first, top)
                launcher = (
                    "#!/bin/sh\n"
                    'exec env -i TERM="$TERM" LC_ALL=C.UTF-8 HOME="$HOME" USER="$USER" LOGNAME="$LOGNAME"'
                    f" PATH=/usr/bin:/bin KOTOUTUS_DATABASE='host={server.socket_directory} dbname=postgres'"
                    f" {python} -I -m kotoutus_tui\n"
                )
                with ssh_server.running(top, (first, second), launcher) as ssh:
                    yield Office(server, ssh, first, second, client)
    finally:
        shutil.rmtree(top, ignore_errors=True)


def _fill(server: EmbeddedServer, first: str, second: str) -> UUID:
    with psycopg.connect(server.dsn(), autocommit=True) as connection:
        connection.execute("select api.add_person(%s, 'counsellor', 'Aino Aaltonen')", [first])
        connection.execute("select api.add_person(%s, 'counsellor', 'Bilal Berg')", [second])
    clients: list[UUID] = []
    for login, given, family in ((first, "Oksana", "Ivanova"), (second, "Hodan", "Abdi")):
        with psycopg.connect(server.dsn(user=login), autocommit=True) as connection:
            keys = keys_of(given, family)
            name = {"kind": "passport", "given": given, "family": family, "name_key": keys.name_key}
            name |= {"skeletons": keys.skeletons, "key_version": KEY_VERSION}
            note = {"kind": "note", "body": SECRET}
            facts = json.dumps({"id": str(uuid4()), "names": [name], "events": [note]})
            row = connection.execute("select api.create_client(%s)", [facts]).fetchone()
            assert row is not None
            clients.append(row[0])
    return clients[0]


def test_psql_as_a_counsellor_reads_no_colleagues_client_and_no_unopened_timeline(
    office: Office,
) -> None:
    assert office.as_user(office.first, "select name from app.client").stdout == "Ivanova Oksana\n"
    assert office.as_user(office.second, "select name from app.client").stdout == "Abdi Hodan\n"
    assert office.as_user(office.first, "select body from app.event").stdout == ""
    opened = office.as_user(office.first, f"select api.open_client('{office.client}', null)")
    assert opened.stdout == "own\n"
    assert SECRET in office.as_user(office.first, "select body from app.event").stdout
    denied = office.as_user(office.second, f"select api.open_client('{office.client}', null)")
    assert denied.stdout == "denied\n"
    assert SECRET not in office.as_user(office.second, "select body from app.event").stdout


def test_nobody_logs_in_as_a_colleague(office: Office) -> None:
    person = pwd.getpwnam(office.first)
    psql, host = office.server.program("psql"), office.server.socket_directory
    answer = subprocess.run(
        [psql, "-h", host, "-U", office.second, "postgres"],
        user=person.pw_uid, group=person.pw_gid, extra_groups=[], cwd="/", check=False, text=True,
        capture_output=True, stdin=subprocess.DEVNULL,
    )  # fmt: skip
    assert answer.returncode != 0
    assert "Peer authentication failed" in answer.stderr


def test_the_caseload_opens_over_ssh_for_each_person_with_the_own_clients(office: Office) -> None:
    for user, own, other in (
        (office.first, "Ivanova Oksana", "Abdi Hodan"),
        (office.second, "Abdi Hodan", "Ivanova Oksana"),
    ):
        with Terminal(office.ssh.command(user), size=(120, 40)) as terminal:
            terminal.wait_for(own, limit=30)
            assert other not in terminal.text


def test_a_note_written_over_ssh_is_on_the_other_screen_without_a_key(office: Office) -> None:
    with (
        Terminal(office.ssh.command(office.first), size=(120, 40)) as here,
        Terminal(office.ssh.command(office.first), size=(120, 40)) as there,
    ):
        for terminal in (here, there):
            terminal.wait_for("Ivanova Oksana", limit=30)
            terminal.send(ENTER)
            terminal.wait_for(SECRET, limit=30)
        here.send("e")
        here.wait_for("Puhelu")
        here.send(ENTER)
        here.wait_for("Tallenna")
        here.send("Varattu aika pankkiin")
        here.wait_for("Varattu aika pankkiin")
        here.send("\r.\r")
        here.wait_until(lambda: "Tallenna" not in here.text)
        there.wait_for("Varattu aika pankkiin", limit=30)
