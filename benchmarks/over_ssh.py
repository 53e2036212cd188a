"""The start over a fresh ssh login to a real sshd on loopback, beside hello-world over the same sshd."""

import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil

from benchmarks import programs
from benchmarks.office import LEAD, ROOT, Office
from benchmarks.programs import CURSOR, Program
from benchmarks.report import Report, median
from benchmarks.resting import memory
from benchmarks.start import usable
from tests import ssh_server


def measure(report: Report, office: Office, sizes: tuple[int, ...], user: str, rounds: int) -> None:
    """Print the start for `user`, who logs in over ssh and is the lead in the database."""
    report.heading("Start over a fresh ssh login until the caseload answers a key")
    with _sshd(office, user) as server:
        client = programs.own_environment()
        login = Program("login", server.command(user, "echo"), client, b"Hello 0", b"Hello 1")
        hello = Program("hello-world", server.command(user, "hello"), client, b"Hello 0", b"Hello 1")
        ours = [_ours(office, server, user, size, client) for size in sizes]
        for program in ours:
            program.ready().close()  # makes the directory of the state, as a first login does
        logins, floor, *found = usable([login, hello, *ours], rounds)
        report.line("login alone, echoing a key", median(logins), "ms")
        report.line("hello-world", median(floor), "ms", ("login", median(logins)))
        for program, times in zip(ours, found, strict=True):
            beside = ("hello", median(floor))
            report.line(program.label, median(times), "ms", beside, most=450, ratio=1.3)
        with ours[-1].ready():
            report.line("memory of a session with its sshd (PSS)", _memory_of(user), "MiB", most=65)


def _ours(
    office: Office, server: ssh_server.SshServer, user: str, size: int, client: dict[str, str]
) -> Program:
    place, name = office.first(size, LEAD)
    command = server.command(user, str(size))
    # A home for each size: a session that ends writes its place a moment after its terminal is gone.
    state = Path(pwd.getpwnam(user).pw_dir) / str(size) / ".local" / "state"
    env = client | {"XDG_STATE_HOME": str(state)}
    return Program(f"{size:,} clients", command, env, name.encode(), CURSOR, place=place)


def _memory_of(user: str) -> float:
    """Return the memory of the two processes of sshd that serve `user`, with the program below them."""
    mine = [each.parent() for each in psutil.process_iter() if each.username() == user]
    return max(memory(each.pid) for each in mine if each is not None and each.name().startswith("sshd"))


@contextmanager
def _sshd(office: Office, user: str) -> Iterator[ssh_server.SshServer]:
    top = Path(tempfile.mkdtemp(prefix="kt-bench-ssh-"))
    top.chmod(0o755)
    try:
        python = ssh_server.python_for(user, top)
        shutil.copy(ROOT / "benchmarks" / "bare.py", top / "bare.py")
        subprocess.run([python, "-m", "compileall", "-q", "-j", "0", top], check=False, capture_output=True)
        database = f"host={office.server.socket_directory} user={LEAD}"
        launcher = (
            '#!/bin/sh\nset -- "$SSH_ORIGINAL_COMMAND"\n'
            '[ "$1" = echo ] && { printf "Hello 0"; stty -echo -icanon; dd bs=1 count=1 >/dev/null 2>&1; '
            'printf "Hello 1"; exit; }\n'
            'run="env -i TERM=$TERM LC_ALL=C.UTF-8 HOME=$HOME/$1 USER=$USER LOGNAME=$LOGNAME"\n'
            f'[ "$1" = hello ] && exec $run {python} -I {top}/bare.py hello\n'
            f'exec $run KOTOUTUS_LANGUAGE=fi KOTOUTUS_DATABASE="{database} dbname=clients_$1"'
            f" {python} -I -m kotoutus_tui\n"
        )
        with ssh_server.running(top, (user,), launcher) as server:
            yield server
    finally:
        shutil.rmtree(top, ignore_errors=True)
