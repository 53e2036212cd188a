"""The version of tables and rules that this program needs."""

import hashlib
from pathlib import Path

REVISION = "0015"

SECURITY = Path(__file__).parent.parent / "security"


def security_files() -> list[Path]:
    """The SQL files of roles, rights and rules, in the order they are applied."""
    return sorted(SECURITY.glob("*.sql"))


def security_digest() -> str:
    """Changes when any rule changes, so that a database with other rules is noticed at start."""
    digest = hashlib.sha256()
    for file in security_files():
        digest.update(file.read_bytes())
    return digest.hexdigest()[:16]
