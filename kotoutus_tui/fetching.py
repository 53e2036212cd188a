"""How a file that was written on the server comes to one's own computer."""

import getpass
import shlex
import socket
from pathlib import Path


def fetch_command(place: Path) -> str:
    """Return the command that fetches a file or a directory, to be run on one's own computer."""
    home = Path.home()
    # A path within the home directory is short enough to stand on one line.
    short = place.relative_to(home) if place.is_relative_to(home) else place
    whole = "-r " if place.is_dir() else ""
    return f"scp {whole}{getpass.getuser()}@{socket.gethostname()}:{shlex.quote(str(short))} ."
