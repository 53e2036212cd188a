"""A national catalogue on this machine: a real HTTP server with invented records and, if wanted, faults."""

import gzip
import json
import socket
import struct
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Self, cast
from urllib.parse import parse_qs, urlsplit

from kotoutus_tui.demo import catalogue_answers, catalogue_v11
from kotoutus_tui.demo.catalogue_answers import Records


@dataclass(frozen=True)
class Fault:
    """What is answered in place of the truth: a status with headers and a body, or a broken connection.

    `way` is "answer", "reset", "truncated" or "stalled".
    """

    way: str = "answer"
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict[str, str])
    body: bytes = b""


class CatalogueServer:
    """Serves records on a free port of this machine while it is used with `with`.

    `faults` says by the number of the request (from 1) and its path what goes wrong; `asked` lists the
    paths with their queries in order, `keys` what was sent as a key.
    """

    def __init__(
        self,
        records: Records,
        faults: Callable[[int, str], Fault | None] = lambda _number, _path: None,
        *,
        key: str | None = None,
    ) -> None:
        self.records, self.faults, self.key = records, faults, key
        self.asked: list[str] = []
        self.keys: list[str | None] = []
        self.stopping = threading.Event()
        self._lock = threading.Lock()
        self._http = _Http(self)
        self._thread = threading.Thread(target=self._http.serve_forever, args=(0.05,), daemon=True)

    @property
    def url(self) -> str:
        """The address, without a path."""
        return f"http://127.0.0.1:{self._http.server_address[1]}"

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stopping.set()
        self._http.shutdown()
        self._http.server_close()
        self._thread.join()

    def note(self, path: str, key: str | None) -> Fault | None:
        """Note a question; return what goes wrong with it."""
        with self._lock:
            self.asked.append(path)
            self.keys.append(key)
            return self.faults(len(self.asked), path)


class _Http(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, catalogue: CatalogueServer) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.catalogue = catalogue

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing: a client that went away is no fault."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    @property
    def _catalogue(self) -> CatalogueServer:
        return cast("_Http", self.server).catalogue

    def do_GET(self) -> None:
        fault = self._catalogue.note(self.path, self.headers.get("x-api-key"))
        if fault is None:
            self._tell()
        elif fault.way == "answer":
            self._send(fault.status, fault.headers, fault.body)
        else:
            self._break(fault.way)

    def do_CONNECT(self) -> None:
        """Refuse to be a proxy for somebody who is not known."""
        self._catalogue.note(f"CONNECT {self.path}", self.headers.get("x-api-key"))
        self._send(407, {"Proxy-Authenticate": "Basic"}, b"")

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
        """Say nothing: the terminal belongs to the program."""

    def _tell(self) -> None:
        parts = urlsplit(self.path)
        query = parse_qs(parts.query)
        if parts.path.startswith("/api/v12/"):
            if self._catalogue.key and self.headers.get("x-api-key") != self._catalogue.key:
                self._send_json(401, {"title": "Unauthorized", "status": 401})
                return
            path = parts.path.removeprefix("/api/v12/")
            self._send_json(*catalogue_answers.answer(self._catalogue.records, path, query))
        elif parts.path.startswith("/api/v11/"):
            path = parts.path.removeprefix("/api/v11/")
            self._send_json(*catalogue_v11.answer(self._catalogue.records, path, query))
        else:
            self._send_json(404, {"title": "Not Found", "status": 404})

    def _send_json(self, status: int, content: Any) -> None:
        body = gzip.compress(json.dumps(content, ensure_ascii=False).encode(), 1)
        headers = {"Content-Type": "application/json; charset=utf-8", "Content-Encoding": "gzip"}
        self._send(status, headers, body)

    def _send(self, status: int, headers: Mapping[str, str], body: bytes) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _break(self, way: str) -> None:
        self.close_connection = True
        if way == "reset":
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            self.connection.close()
            return
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", "1000")
        self.end_headers()
        self.wfile.write(b'{"page": 1, "items": [')
        if way == "stalled":
            self.wfile.flush()
            self._catalogue.stopping.wait(30)

    def finish(self) -> None:
        try:
            super().finish()
        except OSError:
            self.close_connection = True  # the client has gone
