"""A PostgreSQL of our own for the demo and the tests, on a unix socket and without installation."""

import ctypes
import fcntl
import hashlib
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Self

from kotoutus_tui import places
from kotoutus_tui.errors import SetupError, Unreachable
from kotoutus_tui.i18n import _
from kotoutus_tui.postgres_binaries import Identity, can_enter, programs, unprivileged

SUPERUSER = "postgres"

# A path of a unix socket has 107 bytes at most; the rest is for /s/.s.PGSQL.5432.lock.
_LONGEST_HOME = 80
_SET_PARENT_DEATH_SIGNAL = 1

# Safe against loss of power, as the demo keeps what people write in it.
_DURABLE = {
    "listen_addresses": "",
    "jit": "off",
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
}
# For data that a test throws away: five times faster to fill and to copy.
_FAST = {
    "fsync": "off",
    "full_page_writes": "off",
    "synchronous_commit": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "autovacuum": "off",
    "shared_buffers": "32MB",
    "dynamic_shared_memory_type": "mmap",  # lies in the cluster and goes with it, also after a kill
}


def reachable_home(preferred: Path) -> Path:
    """Return `preferred`, or for root a place that the server's user (nobody) can enter as well."""
    if can_enter(preferred, unprivileged()):
        return preferred
    return Path("/var/lib/kotoutus") / hashlib.sha256(str(preferred).encode()).hexdigest()[:8]


class EmbeddedServer:
    """One cluster in `home`: the process that starts it owns it, and it ends with that process.

    Another process that starts the same home attaches to the running server; its `stop` does nothing.
    `logins` maps users of the operating system to the database roles they may be, as in pg_ident.conf;
    the default lets this user be anybody, and nobody else be anyone. Linux and macOS only.
    """

    def __init__(
        self,
        home: Path,
        *,
        durable: bool = True,
        logins: Mapping[str, str] | None = None,
        settings: Mapping[str, str] | None = None,
    ) -> None:
        self.home = home
        self._logins = {places.login_name(): "/^.*$"} | dict(logins or {})
        self._durable = durable
        self._settings = dict(settings or {})
        self._identity: Identity = unprivileged()
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def owned(self) -> bool:
        """Whether this process started the server, which then ends with it."""
        return self._process is not None and self._process.poll() is None

    @property
    def socket_directory(self) -> Path:
        """The directory of the unix socket, which stands for the host in a connection string."""
        return self.home / "s"

    def dsn(self, database: str = "postgres", user: str = SUPERUSER) -> str:
        """Return the connection string for `database` as the role `user`."""
        return f"host='{self.socket_directory}' dbname='{database}' user='{user}'"

    def program(self, name: str) -> Path:
        """Return the path of one of PostgreSQL's own programs, such as psql or pg_dump."""
        return programs(self.home, self._identity) / name

    def start(self, timeout: float = 60.0) -> Self:
        """Start the server, or attach to the one another process has started; within `timeout` seconds.

        Call it from the main thread: on Linux the server ends with the thread that started it. It may
        be called again after a crash. Raises SetupError when PostgreSQL is missing or refuses to start.
        """
        self._make_home()
        with (self.home / "lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not self.is_up():
                self._reap()
                self._make_cluster()
                self._write_access()
                self._start_until(time.monotonic() + timeout)
        return self

    def is_up(self) -> bool:
        """Tell whether the server answers."""
        import psycopg

        try:
            psycopg.connect(self.dsn(), connect_timeout=5).close()
        except psycopg.OperationalError:
            return False
        return True

    def stop(self) -> None:
        """End the server if this process owns it; transactions under way are rolled back."""
        process, self._process = self._process, None
        if process is None or process.poll() is not None:
            return
        for order, patience in ((signal.SIGINT, 30), (signal.SIGQUIT, 10), (signal.SIGKILL, 10)):
            process.send_signal(order)
            try:
                process.wait(patience)
                return
            except subprocess.TimeoutExpired:
                continue

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None:
        self.stop()

    @property
    def _data(self) -> Path:
        return self.home / "pg"

    def _make_home(self) -> None:
        if len(os.fsencode(self.home)) > _LONGEST_HOME:
            raise SetupError(
                _("The path {path} is too long for a database socket.").format(path=self.home),
                _("Choose a shorter directory with the setting “state_dir”."),
            )
        if not can_enter(self.home, self._identity):
            raise SetupError(
                _("The database cannot be kept in {path}: its user may not enter there.").format(
                    path=self.home
                ),
                _("Choose another directory with the setting “state_dir”."),
            )
        missing = [directory for directory in (self.home, *self.home.parents) if not directory.exists()]
        self.home.mkdir(parents=True, exist_ok=True)
        self._own(self.socket_directory)
        if self._identity:
            for directory in (*missing, self.home, self.socket_directory):
                directory.chmod(0o755)

    def _reap(self) -> None:
        # A server that was killed stays a zombie until its parent asks, and its lock file counts it as alive.
        if self._process:
            self._process.poll()

    def _own(self, directory: Path) -> None:
        # Only these directories belong to the server's user: root must write nowhere that nobody may.
        directory.mkdir(exist_ok=True)
        if "user" in self._identity and "group" in self._identity:
            os.chown(directory, self._identity["user"], self._identity["group"])

    def _make_cluster(self) -> None:
        if (self._data / "PG_VERSION").exists():
            return
        # An initdb that was killed leaves a directory that looks whole, so only a finished one gets the name.
        unfinished = self.home / "pg.new"
        shutil.rmtree(unfinished, ignore_errors=True)
        self._own(unfinished)
        options = [
            "--username",
            SUPERUSER,
            "--auth",
            "peer",
            "--no-sync",
            "--encoding",
            "UTF8",
            "--locale",
            "C.UTF-8",
        ]
        provider = ["--locale-provider", "builtin", "--builtin-locale", "C.UTF-8"]
        finished = subprocess.run(
            [self.program("initdb"), "--pgdata", unfinished, *options, *provider],
            env=self._environment(),
            cwd="/",
            capture_output=True,
            text=True,
            check=False,
            **self._identity,
        )
        if finished.returncode:
            raise _refused(finished.stderr)
        unfinished.rename(self._data)

    def _write_access(self) -> None:
        (self.home / "pg_hba.conf").write_text("local all all peer map=app\n")
        lines = (f'app "{login}" {roles}\n' for login, roles in self._logins.items())
        (self.home / "pg_ident.conf").write_text("".join(lines))
        if self._identity:
            for file in ("pg_hba.conf", "pg_ident.conf"):
                (self.home / file).chmod(0o644)

    def _start_until(self, end: float) -> None:
        log = self.home / "log"
        while time.monotonic() < end:
            self._process = self._launched(log)
            while self._process.poll() is None and time.monotonic() < end:
                if self.is_up():
                    return
                time.sleep(0.02)
            if self._process.poll() is None:
                break
            if not re.search(r"postmaster\.pid|shared memory block|\.lock", log.read_text(errors="replace")):
                raise _refused(log.read_text(errors="replace"))
            time.sleep(0.2)  # a killed predecessor is still going down
        self.stop()
        raise Unreachable(_("The database did not start in time."), _("Try again; the machine may be busy."))

    def _launched(self, log: Path) -> subprocess.Popen[bytes]:
        options = _DURABLE | ({} if self._durable else _FAST) | self._settings
        options |= {
            "unix_socket_directories": str(self.socket_directory),
            "hba_file": str(self.home / "pg_hba.conf"),
            "ident_file": str(self.home / "pg_ident.conf"),
        }
        if int((self._data / "PG_VERSION").read_text().split(".")[0]) >= 18:
            options.setdefault("io_method", "sync")  # saves three processes that few users do not need
        with log.open("wb") as output:
            return subprocess.Popen(
                [self.program("postgres"), "-D", self._data, *(f"--{k}={v}" for k, v in options.items())],
                env=self._environment(),
                cwd="/",
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                start_new_session=True,
                preexec_fn=_end_with_parent,  # noqa: PLW1509 - one system call, which threads cannot disturb
                **self._identity,
            )

    def _environment(self) -> dict[str, str]:
        return {"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "TZ": "UTC"}


def _end_with_parent() -> None:
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_SET_PARENT_DEATH_SIGNAL, signal.SIGINT)


def _refused(output: str) -> SetupError:
    lines = [
        line.partition("FATAL:")[2] or line for line in output.splitlines() if re.search("FATAL|error:", line)
    ]
    reason = (lines or output.splitlines() or [""])[0].strip()
    return SetupError(
        _("PostgreSQL did not start: {reason}").format(reason=reason),
        _("Mend that, or remove the directory of the demo's database and start again."),
    )
