"""Asks the catalogue: again when that may help, never anybody else, and the key goes nowhere but there."""

import asyncio
import json
import socket
import ssl
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from kotoutus_tui.catalogue import faults
from kotoutus_tui.catalogue.patience import Patience
from kotoutus_tui.errors import KotoutusError

if TYPE_CHECKING:
    import httpx

USER_AGENT = "kotoutus-tui (Joensuun kaupunki, kotoutumispalvelut; https://www.joensuu.fi)"
Query = Sequence[tuple[str, str]]

_MOST_BYTES = 32 << 20
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_MOST_REDIRECTS = 3


@dataclass(frozen=True)
class Answer:
    """What came: 200 with JSON, as it came and as it was read, or 404 when there is no such thing."""

    status: int
    body: bytes
    content: Any = None


class _AgainError(Exception):
    """A failure that may pass; `error` is what to say when it does not."""

    def __init__(
        self, error: KotoutusError, retry_after: str | None = None, *, answered: bool = False
    ) -> None:
        super().__init__()
        self.error, self.retry_after, self.answered = error, retry_after, answered


class Client:
    """One catalogue during one run; `base` ends without a slash. Use it with `async with`."""

    def __init__(self, base: str, key: str | None, patience: Patience) -> None:
        import httpx

        self._base = httpx.URL(base)
        self._key = key
        self._patience = patience
        self._at_once = asyncio.Semaphore(patience.at_once)
        self._gate = asyncio.Lock()
        self._next_turn = 0.0
        self._ends = patience.monotonic() + patience.whole_run
        self._answered = False
        self.requests = 0
        # Without TLS (on this machine alone) nobody needs to be trusted.
        self._http = httpx.AsyncClient(
            verify=_trusted() if self._base.scheme == "https" else ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT),
            timeout=httpx.Timeout(patience.read, connect=patience.connect, pool=patience.connect),
            headers={"User-Agent": USER_AGENT, "Accept": "application/json"},
            # A server on this machine is reached without the proxy of the network.
            trust_env=self._base.host not in ("127.0.0.1", "localhost", "::1"),
        )

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._http.aclose()

    async def get(self, path: str, query: Query = ()) -> Answer:
        """Return the answer to one question, asked again as long as that may help.

        Raises Unreachable (Broken when only this question fails), SetupError or Unfamiliar.
        """
        return await self._answer(path, query, None)

    async def post(self, path: str, content: bytes) -> Answer:
        """Return the answer to a question that is written in JSON and changes nothing there; as `get`."""
        return await self._answer(path, (), content)

    async def _answer(self, path: str, query: Query, content: bytes | None) -> Answer:
        url = self._base.copy_with(path=f"{self._base.path.rstrip('/')}/{path}", params=list(query))
        async with self._at_once:
            failed = 0
            while True:
                await self._turn()
                try:
                    async with asyncio.timeout(max(0.0, self._ends - self._patience.monotonic())):
                        answer = await self._followed(url, content)
                except TimeoutError:
                    raise faults.too_long() from None
                except _AgainError as again:
                    failed += 1
                    await self._wait(again, failed)
                else:
                    self._answered = True
                    return answer

    async def _wait(self, again: _AgainError, failed: int) -> None:
        self._answered = self._answered or again.answered
        tries = self._patience.tries if self._answered else self._patience.tries_before_any_answer
        if failed >= tries:
            raise again.error from again.__cause__
        wait = self._patience.wait(failed, again.retry_after)
        if self._patience.monotonic() + wait > self._ends:
            raise faults.too_long()
        await self._patience.sleep(wait)

    async def _turn(self) -> None:
        async with self._gate:
            wait = self._next_turn - self._patience.monotonic()
            if wait > 0:
                await self._patience.sleep(wait)
            self._next_turn = self._patience.monotonic() + self._patience.spacing

    async def _followed(self, url: "httpx.URL", content: bytes | None) -> Answer:
        import httpx

        for _number in range(_MOST_REDIRECTS):
            response, body = await self._asked(url, content)
            if response.status_code not in _REDIRECTS:
                return _checked(response, body)
            try:
                url = url.join(response.headers.get("location", ""))
            except httpx.InvalidURL:
                break
            if not self._is_here(url):
                break
        raise faults.elsewhere()

    async def _asked(self, url: "httpx.URL", content: bytes | None) -> "tuple[httpx.Response, bytes]":
        import httpx

        headers = {"x-api-key": self._key} if self._key and self._is_here(url) else {}
        if content is not None:
            headers["Content-Type"] = "application/json"
        self.requests += 1
        method = "GET" if content is None else "POST"
        try:
            async with self._http.stream(method, url, headers=headers, content=content) as response:
                body = bytearray()
                async for part in response.aiter_bytes():
                    body += part
                    if len(body) > _MOST_BYTES:
                        raise faults.too_large()
                return response, bytes(body)
        except httpx.ProxyError as error:
            raise (faults.proxy_asks() if "407" in str(error) else faults.proxy_fails()) from error
        except httpx.ConnectError as error:
            if _comes_of(error, ssl.SSLCertVerificationError):
                raise faults.untrusted() from error
            told = faults.not_found() if _comes_of(error, socket.gaierror) else faults.unreachable()
            raise _AgainError(told) from error
        except (httpx.TransportError, httpx.DecodingError) as error:
            raise _AgainError(
                faults.unreachable(), answered=isinstance(error, httpx.DecodingError)
            ) from error

    def _is_here(self, url: "httpx.URL") -> bool:
        return (url.scheme, url.host, url.port) == (self._base.scheme, self._base.host, self._base.port)


def _checked(response: "httpx.Response", body: bytes) -> Answer:
    """Return an answer that can be used; raise what the status or the content means."""
    status = response.status_code
    if status in _REFUSALS:
        raise _REFUSALS[status]()
    if status == 429:
        raise _AgainError(faults.busy(), response.headers.get("retry-after"), answered=True)
    if status == 500:
        raise _AgainError(faults.broken(), answered=True)
    if status > 500:
        raise _AgainError(faults.unreachable(), response.headers.get("retry-after"), answered=True)
    if status == 404:
        return Answer(404, b"")
    if status != 200:
        raise faults.unfamiliar()
    if "json" not in response.headers.get("content-type", "").lower():
        raise faults.login_page()
    try:
        return Answer(200, body, json.loads(body))
    except (ValueError, RecursionError) as error:
        raise _AgainError(faults.unreachable(), answered=True) from error


_REFUSALS = {
    400: faults.refused, 401: faults.key_refused, 403: faults.key_refused, 407: faults.proxy_asks,
    410: faults.gone,
}  # fmt: skip


def _trusted() -> ssl.SSLContext:
    """Return whom this machine trusts: SSL_CERT_FILE or its own store, else the authorities of the web."""
    places = ssl.get_default_verify_paths()
    own = (places.cafile, places.capath)
    if not any(place and Path(place).exists() for place in own):
        import certifi

        return ssl.create_default_context(cafile=certifi.where())
    return ssl.create_default_context()


def _comes_of(error: BaseException | None, kind: type[BaseException]) -> bool:
    while error is not None:
        if isinstance(error, kind):
            return True
        error = error.__cause__ or error.__context__
    return False
