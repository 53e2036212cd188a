"""The tokens of a person: in a file that only they can read, encrypted with a key in a file of its own."""

import fcntl
from collections.abc import Generator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from kotoutus_tui import private_files

if TYPE_CHECKING:
    from cryptography.fernet import Fernet
    from msal import SerializableTokenCache  # pyright: ignore[reportMissingTypeStubs]


@contextmanager
def cache(directory: Path) -> "Generator[SerializableTokenCache]":
    """Give the tokens to be used and changed; two programs of a person take turns.

    What cannot be decrypted counts for nothing: the person signs in again.
    """
    from msal import SerializableTokenCache  # pyright: ignore[reportMissingTypeStubs]

    directory.mkdir(mode=0o700, parents=True, exist_ok=True)
    with (directory / "lock").open("w") as turn:
        fcntl.flock(turn, fcntl.LOCK_EX)
        tokens = SerializableTokenCache()
        tokens.deserialize(_decrypted(directory))  # pyright: ignore[reportUnknownMemberType]
        yield tokens
        if tokens.has_state_changed:
            private_files.replace(
                directory / "tokens", _key(directory).encrypt(tokens.serialize().encode()).decode()
            )


def exist(directory: Path) -> bool:
    """Whether there are tokens at all."""
    return (directory / "tokens").exists()


def forget(directory: Path) -> None:
    """Take the tokens and their key away."""
    for name in ("tokens", "key"):
        with suppress(FileNotFoundError):
            (directory / name).unlink()


def _decrypted(directory: Path) -> str | None:
    from cryptography.fernet import InvalidToken

    try:
        return _key(directory).decrypt((directory / "tokens").read_bytes()).decode()
    except (FileNotFoundError, InvalidToken, ValueError):
        return None


def _key(directory: Path) -> "Fernet":
    from cryptography.fernet import Fernet

    file = directory / "key"
    with suppress(FileExistsError):
        private_files.create(file, Fernet.generate_key().decode())
    return Fernet(file.read_bytes())
