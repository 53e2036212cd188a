"""How a file on this server is fetched to one's own computer: what WinSCP asks for, and a line for scp."""

import getpass
import os
import shlex
import socket
from dataclasses import dataclass
from pathlib import Path

_SSH_PORT = "22"


@dataclass(frozen=True)
class Fetch:
    """Who logs in where, and which file or directory; `path` is within the home directory where it can be."""

    user: str
    host: str
    port: str
    path: str
    whole: bool

    @property
    def scp(self) -> str:
        """The command to run on one's own computer."""
        port = "" if self.port == _SSH_PORT else f"-P {self.port} "
        whole = "-r " if self.whole else ""
        return f"scp {whole}{port}{self.user}@{self.host}:{shlex.quote(self.path)} ."


def fetch_command(place: Path) -> str:
    """Return the command that fetches a file or a directory, to be run on one's own computer."""
    return fetch_of(place).scp


def fetch_of(place: Path) -> Fetch:
    """Return how a file is fetched by the way this session came, else by the name of this machine."""
    home = Path.home()
    # A path within the home directory is short enough to stand on one line.
    short = place.relative_to(home) if place.is_relative_to(home) else place
    host, port = socket.gethostname(), _SSH_PORT
    # sshd tells: address and port of the client, address and port of the server.
    came = os.environ.get("SSH_CONNECTION", "").split()
    if len(came) == len(("client", "port", "server", "port")):
        host, port = came[2], came[3]
    named = f"[{host}]" if ":" in host else host
    return Fetch(getpass.getuser(), named, port, str(short), place.is_dir())
