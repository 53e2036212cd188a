"""Requests to Graph: the token, the ids that last, patience when it throttles, four at once at most."""

import asyncio
import random
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from types import TracebackType
from typing import Any, Self

from kotoutus_tui import log
from kotoutus_tui.outlook.problems import no_mailbox, offline, refused, sign_in_needed, throttled
from kotoutus_tui.outlook.requests import NO_ANSWER, Reply, Request
from kotoutus_tui.outlook.setup import Setup
from kotoutus_tui.outlook.sign_in import access_token
from kotoutus_tui.outlook.web import trust

AT_ONCE = 4
LONGEST_WAIT = 300.0  # seconds
_TRIES = 5
_PATIENCE = 30.0  # seconds
_LASTING = 'IdType="ImmutableId"'
_NO_MAILBOX = frozenset(
    {"MailboxNotEnabledForRESTAPI", "ErrorAccessDenied", "MailboxNotFound", "ResourceNotFound"}
)

Sleep = Callable[[float], Awaitable[None]]


class Graph:
    """One person's calendar in Graph; use it as a context.

    `sleep` waits; it is given by whoever knows more about time than the clock does.
    """

    def __init__(self, setup: Setup, sleep: Sleep = asyncio.sleep) -> None:
        import httpx

        self._setup = setup
        self._sleep = sleep
        self._token = ""
        self._places = asyncio.Semaphore(AT_ONCE)
        self._http = httpx.AsyncClient(
            verify=trust(), timeout=httpx.Timeout(_PATIENCE, connect=10.0), follow_redirects=False
        )

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None:
        await self._http.aclose()

    async def ask(self, request: Request) -> Reply:
        """Send one request and return what came back; what is not done for a time is asked again.

        Raises Unreachable when Outlook cannot be reached or throttles for long, NotAllowed without
        consent, SetupError without a mailbox. A POST that may have been done is not repeated.
        """
        return await self.patiently(request, self.once, self._sleep)

    async def mailbox(self) -> str:
        """Return the address of the mailbox that is written to; raises as `ask` does."""
        if self._setup.is_app:
            reply = await self.ask(Request("GET", "events?$top=1"))
            address = self._setup.mailbox
        else:
            reply = await self.ask(Request("GET", ""))
            about: dict[str, Any] = reply.body or {}
            address = about.get("mail") or about.get("userPrincipalName") or ""
        if not reply.is_done or not address:
            raise refused(reply.code) if reply.status != 404 else no_mailbox()
        return str(address)[:200]

    async def pages(self, request: Request) -> AsyncIterator[Any]:
        """Read a listing page by page; raises as `ask` does, and Unreachable for what Graph refuses."""
        while True:
            reply = await self.ask(request)
            if not reply.is_done:
                raise refused(reply.code)
            yield reply.body
            if "@odata.nextLink" not in reply.body:
                return
            request = Request("GET", self.inside(reply.body["@odata.nextLink"]))

    def inside(self, link: str) -> str:
        """Return a link of Graph's own as the path of a request; never one to another place."""
        calendar = f"{self._setup.calendar}/"
        if link.startswith(calendar):
            return link.removeprefix(calendar)
        # Graph may name the owner by id instead of the way we did.
        return "/".join(link.removeprefix(self._setup.endpoint).strip("/").split("/")[2:])

    def url(self, request: Request) -> str:
        """Return the address of a request as a batch has it: without the part that all share."""
        owner = self._setup.calendar.removeprefix(self._setup.endpoint)
        return f"{owner}/{request.path}".rstrip("/")

    def headers(self, request: Request) -> dict[str, str]:
        """Return the headers of a request."""
        headers = {"Prefer": _LASTING}
        if request.body is not None:
            headers["Content-Type"] = "application/json"
        if request.match:
            headers["If-Match"] = f'W/"{request.match}"'
        return headers

    async def patiently(
        self, request: Request, send: Callable[[Request], Awaitable[Reply]], wait: Sleep
    ) -> Reply:
        """Send by `send`, wait by `wait` as Graph asks, and raise what a person must know of."""
        waited, reply = 0.0, Reply(NO_ANSWER)
        for number in range(_TRIES):
            reply = await send(request)
            if reply.status == 403 or (reply.status == 404 and reply.code in _NO_MAILBOX):
                raise no_mailbox()
            again = reply.status == 429 or (reply.is_unsure and request.method != "POST")
            if not again or number == _TRIES - 1:
                break
            seconds = reply.retry_after if reply.retry_after is not None else 2.0**number
            waited += seconds
            if waited > LONGEST_WAIT:
                raise throttled(seconds)
            await wait(seconds + random.uniform(0, 0.5) * seconds**0.5)  # noqa: S311 - not a secret
        if reply.status == 429:
            raise throttled(reply.retry_after or 60)
        if reply.is_unsure and request.method != "POST":
            raise offline()
        return reply

    async def wait(self, seconds: float) -> None:
        """Wait so many seconds."""
        await self._sleep(seconds)

    async def once(self, request: Request) -> Reply:
        """Send one request once."""
        url = f"{self._setup.endpoint}{self.url(request)}"
        return await self._send(request.method, url, self.headers(request), request.body)

    async def batch(self, items: list[dict[str, Any]]) -> Reply:
        """Send a batch once."""
        headers = {"Content-Type": "application/json", "Prefer": _LASTING}
        return await self._send("POST", f"{self._setup.endpoint}/$batch", headers, {"requests": items})

    async def _send(
        self, method: str, url: str, headers: Mapping[str, str], body: dict[str, Any] | None
    ) -> Reply:
        async with self._places:
            reply = await self._with_token(method, url, headers, body)
            if reply.status == 401:
                self._token = await access_token(self._setup, renew=True)
                reply = await self._with_token(method, url, headers, body)
            if reply.status == 401:
                raise sign_in_needed()
            return reply

    async def _with_token(
        self, method: str, url: str, headers: Mapping[str, str], body: dict[str, Any] | None
    ) -> Reply:
        import httpx

        self._token = self._token or await access_token(self._setup)
        given = {**headers, "Authorization": f"Bearer {self._token}"}
        try:
            response = await self._http.request(method, url, headers=given, json=body)
            answer: Any = response.json() if response.content else None
        except httpx.ConnectError:
            raise offline() from None
        except (httpx.HTTPError, ValueError):
            return Reply(NO_ANSWER)
        if response.status_code >= 400:
            log.event("outlook", method=method.lower(), status=response.status_code)
        return Reply(response.status_code, answer, _seconds(response.headers.get("Retry-After")))


def seconds_of(headers: Mapping[str, str] | None) -> float | None:
    """Return how long the headers of a batch's item ask to wait."""
    found = {name.lower(): value for name, value in (headers or {}).items()}
    return _seconds(found.get("retry-after"))


def _seconds(value: str | None) -> float | None:
    try:
        return None if value is None else max(0.0, float(value))
    except ValueError:
        return None
