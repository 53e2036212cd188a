"""The server: Graph v1.0 and the sign-in on one port of this machine."""

import json
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Self
from urllib.parse import parse_qsl, unquote, urlsplit

from kotoutus_tui import clock
from kotoutus_tui.demo.graph import events
from kotoutus_tui.demo.graph.answers import Answer, Refused
from kotoutus_tui.demo.graph.faults import Fault, Faults
from kotoutus_tui.demo.graph.mailbox import Mailbox
from kotoutus_tui.demo.graph.sign_in import SignIn

LARGEST_BATCH = 20


@dataclass(frozen=True)
class Asked:
    """One request, alone or in a batch; names of headers are small."""

    method: str
    path: str
    query: Mapping[str, str]
    headers: Mapping[str, str]
    body: Any


@dataclass
class GraphServer:
    """Mailboxes by address and who signs in; use it as a context, `address` is where it listens.

    Without `keep` everything is gone with the server; `keep` is called after every change.
    """

    user: str
    mailboxes: dict[str, Mailbox] = field(default_factory=dict[str, Mailbox])
    now: Callable[[], datetime] = clock.now
    keep: Callable[[], None] | None = None
    port: int = 0
    faults: Faults = field(default_factory=Faults)
    seen: list[Asked] = field(default_factory=list[Asked])

    def __post_init__(self) -> None:
        self.sign_in = SignIn(self.now, self.user)
        self.address = ""
        self.busiest = 0
        self._busy = 0
        self._lock, self._counting = threading.Lock(), threading.Lock()
        self._server: ThreadingHTTPServer | None = None

    def __enter__(self) -> Self:
        handler = type("Handler", (_Handler,), {"graph": self})
        self._server = ThreadingHTTPServer(("127.0.0.1", self.port), handler)
        self._server.daemon_threads = True
        self.address = f"http://127.0.0.1:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None:
        if self._server:
            self._server.shutdown()
            self._server.server_close()

    @property
    def endpoint(self) -> str:
        """The address of Graph v1.0."""
        return f"{self.address}/v1.0"

    def whole_answer(self, asked: Asked) -> Answer | None:
        """Answer a request; None for one whose connection is to be closed without a word."""
        with self._counting:
            self._busy += 1
            self.busiest = max(self.busiest, self._busy)
        try:
            with self._lock:
                return self._answer(asked)
        finally:
            with self._counting:
                self._busy -= 1

    def _answer(self, asked: Asked) -> Answer | None:
        # The library that signs in insists on https; what it is told to be there is served in the clear here.
        secure = self.address.replace("http://", "https://")
        signing = self.sign_in.answer(asked.method, asked.path, {**asked.query, **_words(asked.body)}, secure)
        if signing is not None:
            return signing
        fault = self.faults.of_request()
        if fault and fault.kind in ("refuse", "drop"):
            return _broken(fault) if fault.kind == "refuse" else None
        answer = self._graph(asked)
        if fault:
            return _broken(fault) if fault.kind == "after" else None
        return answer

    def _graph(self, asked: Asked) -> Answer:
        try:
            if not asked.path.startswith("/v1.0/"):
                raise Refused(404, "NotFound", "There is nothing here.")
            who = self.sign_in.whose(asked.headers.get("authorization", ""))
            if not who:
                raise Refused(
                    401, "InvalidAuthenticationToken", "Access token has expired or is not yet valid."
                )
            path = asked.path.removeprefix("/v1.0")
            if path == "/$batch" and asked.method == "POST":
                return self._batch(asked, who)
            return self._one(asked, path, who)
        except Refused as refused:
            return refused.answer

    def _batch(self, asked: Asked, who: str) -> Answer:
        items = asked.body.get("requests", [])
        if not 1 <= len(items) <= LARGEST_BATCH or len({each["id"] for each in items}) != len(items):
            raise Refused(400, "BadRequest", "A batch has 1 to 20 requests, each with an id of its own.")
        answers = [{"id": each["id"], **self._item(each, who)} for each in items]
        # Graph answers in the order in which it is done, not in which it was asked.
        return Answer(200, {"responses": answers[::-1]})

    def _item(self, item: Any, who: str) -> dict[str, Any]:
        fault = self.faults.of_item()
        answer = _broken(fault) if fault and fault.kind in ("refuse", "drop") else None
        if answer is None:
            parts = urlsplit(str(item["url"]))
            headers = {name.lower(): value for name, value in item.get("headers", {}).items()}
            one = Asked(item["method"], unquote(parts.path), _query(parts.query), headers, item.get("body"))
            try:
                if "body" in item and headers.get("content-type") != "application/json":
                    raise Refused(400, "BadRequest", "A body in a batch needs its Content-Type.")
                answer = self._one(one, one.path, who)
            except Refused as refused:
                answer = refused.answer
            if fault:
                answer = _broken(fault)
        return {"status": answer.status, "headers": answer.headers, "body": answer.body}

    def _one(self, asked: Asked, path: str, who: str) -> Answer:
        self.seen.append(asked)
        address, rest = self._owner(path, who)
        if address not in self.mailboxes:
            raise Refused(404, "MailboxNotEnabledForRESTAPI", "The mailbox is either inactive or on-premise.")
        if rest == []:
            return Answer(200, {"userPrincipalName": address, "mail": address})
        answer = self._about_events(asked, rest, address)
        if self.keep and asked.method != "GET":
            self.keep()
        return answer

    def _owner(self, path: str, who: str) -> tuple[str, list[str]]:
        parts = path.strip("/").split("/")
        if parts[0] == "me" and who != "app":
            return who, parts[1:]
        if parts[0] == "users" and len(parts) > 1 and (who == "app" or who == parts[1]):
            if parts[1] not in self.mailboxes:
                raise Refused(403, "ErrorAccessDenied", "Access to OData is disabled: [RAOP].")
            return parts[1], parts[2:]
        raise Refused(403, "ErrorAccessDenied", "Access is denied.")

    def _about_events(self, asked: Asked, rest: list[str], address: str) -> Answer:
        mailbox, query = self.mailboxes[address], asked.query
        zone = asked.headers.get("prefer", "").partition('outlook.timezone="')[2].partition('"')[0] or "UTC"
        here = (
            f"{self.address}{asked.path}"
            if asked.path.startswith("/v1.0")
            else f"{self.endpoint}{asked.path}"
        )
        match (asked.method, *rest):
            case ("POST", "events"):
                return events.add(mailbox, asked.body, zone)
            case ("GET", "events"):
                return events.listed(mailbox, query, zone)
            case ("GET", "events", event_id):
                return Answer(200, events.as_json(mailbox.find(event_id), zone))
            case ("PATCH", "events", event_id):
                return events.change(mailbox, event_id, asked.body, asked.headers, zone)
            case ("DELETE", "events", event_id):
                return events.remove(mailbox, event_id, asked.headers)
            case ("GET", "events", event_id, "instances"):
                return events.instances(mailbox, event_id, query, zone, here)
            case ("GET", "calendarView"):
                return events.view(mailbox, query, zone, here)
            case ("GET", "calendarView", "delta"):
                return events.delta(mailbox, query, zone, here)
            case ("POST", "calendar", "getSchedule"):
                return events.schedule(mailbox, address, asked.body)
            case _:
                raise Refused(400, "BadRequest", "Resource not found for the segment.")


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    graph: GraphServer

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the library's own name
        """Say nothing: the screen belongs to the program."""

    def _serve(self) -> None:
        parts = urlsplit(self.path)
        content = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
        headers = {name.lower(): value for name, value in self.headers.items()}
        is_json = headers.get("content-type", "").startswith("application/json")
        body = json.loads(content) if is_json and content else dict(parse_qsl(content))
        asked = Asked(self.command, unquote(parts.path), _query(parts.query), headers, body)
        answer = self.graph.whole_answer(asked)
        if answer is None:
            self.close_connection = True
            return
        written = answer.content()
        self.send_response(answer.status)
        for name, value in {**answer.headers, "Content-Type": answer.kind()}.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(written)))
        self.end_headers()
        self.wfile.write(written)

    do_GET = do_POST = do_PATCH = do_DELETE = _serve  # noqa: N815 - the library's own names


def _words(body: Any) -> dict[str, str]:
    # A form has plain words alone.
    return {name: value for name, value in body.items() if isinstance(value, str)} if body else {}


def _query(text: str) -> dict[str, str]:
    return dict(parse_qsl(text, keep_blank_values=True))


def _broken(fault: Fault) -> Answer:
    code = "TooManyRequests" if fault.status == 429 else "UnknownError"
    headers = {} if fault.retry_after is None else {"Retry-After": str(fault.retry_after)}
    return Answer(fault.status, {"error": {"code": code, "message": ""}}, headers)
