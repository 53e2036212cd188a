"""Signing in to Outlook: by a code typed elsewhere, in a browser, or with the office's certificate."""

import asyncio
import socket
import warnings
from collections.abc import Callable, Generator, Mapping
from contextlib import contextmanager
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from kotoutus_tui import places
from kotoutus_tui.outlook import tokens
from kotoutus_tui.outlook.problems import not_signed_in, offline, refused_sign_in, sign_in_needed
from kotoutus_tui.outlook.setup import DELEGATED, Setup

_NEED_PERSON = frozenset({"invalid_grant", "interaction_required", "consent_required", "login_required"})


class DeviceSignIn:
    """Signing in by a code: `code` is to be typed at `address`, then `finish` waits for it."""

    def __init__(self, setup: Setup) -> None:
        self._setup = setup
        self._flow: dict[str, Any] = {}
        self.code = self.address = ""

    async def begin(self) -> None:
        """Ask for a code; raises NotAllowed when the office does not let codes in."""

        def ask() -> dict[str, Any]:
            with _application(self._setup) as application:
                return dict(application.initiate_device_flow(scopes=[*DELEGATED]))

        self._flow = await _aside(ask)
        if "user_code" not in self._flow:
            raise refused_sign_in(_code(self._flow))
        self.code, self.address = self._flow["user_code"], self._flow["verification_uri"]

    async def finish(self) -> None:
        """Wait until the code was typed; raises NotAllowed when it was refused or is too old."""

        def once() -> dict[str, Any]:
            with _application(self._setup) as application:
                # One question at a time, so that a window that is closed waits for nothing.
                return dict(application.acquire_token_by_device_flow(self._flow, exit_condition=_once))

        while True:
            answer = await _aside(once)
            if answer.get("error") != "authorization_pending":
                break
            await asyncio.sleep(self._flow.get("interval", 5))
        _granted(answer)


class BrowserSignIn:
    """Signing in with a browser on one's own computer, with a proof (PKCE) that only this program can give.

    `begin` returns the address to open there. The browser is then sent to a port of this machine: through
    `ssh -L` its answer is heard; without it the address the browser stopped at is given to `finish`.
    """

    def __init__(self, setup: Setup) -> None:
        self._setup = setup
        self._flow: dict[str, Any] = {}
        self._answer: asyncio.Future[str] | None = None
        self._server: asyncio.Server | None = None
        self._address = ""

    @property
    def short_address(self) -> str:
        """The address that leads to the sign-in once `command` runs."""
        return f"http://localhost:{self._setup.port}"

    @property
    def command(self) -> str:
        """The command that lets the browser's answer through, to be run on one's own computer."""
        place = f"{places.login_name()}@{socket.getfqdn()}"
        return f"ssh -N -L {self._setup.port}:127.0.0.1:{self._setup.port} {place}"

    async def begin(self) -> str:
        """Begin to listen, and return the address to open."""

        def ask() -> dict[str, Any]:
            back = f"http://localhost:{self._setup.port}"
            with _application(self._setup) as application, warnings.catch_warnings():
                # The answer is to stand in the address, or nobody could paste it.
                warnings.simplefilter("ignore", UserWarning)
                return dict(application.initiate_auth_code_flow([*DELEGATED], redirect_uri=back))

        self._flow = await _aside(ask)
        self._answer = asyncio.get_running_loop().create_future()
        try:
            self._server = await asyncio.start_server(self._hear, "127.0.0.1", self._setup.port)
        except OSError:
            self._server = None  # taken by another window; the address can still be given by hand
        self._address = _reachable(self._setup, self._flow["auth_uri"])
        return self._address

    async def heard(self) -> str:
        """Wait for the browser and return the address it came with."""
        if self._answer is None:
            raise not_signed_in()
        return await self._answer

    async def finish(self, address: str) -> None:
        """Sign in with the address that the browser was sent to; raises NotAllowed."""
        await self.stop()
        words = dict(parse_qsl(urlsplit(address.strip()).query))

        def redeem() -> dict[str, Any]:
            with _application(self._setup) as application:
                try:
                    return dict(application.acquire_token_by_auth_code_flow(self._flow, words))
                except ValueError:
                    return {"error": "state_mismatch"}

        _granted(await _aside(redeem))

    async def stop(self) -> None:
        """Stop listening."""
        if self._server is not None:
            self._server.close()
            self._server = None

    async def _hear(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        line = (await reader.readline()).decode("ascii", "replace").split(" ")
        words = line[1] if len(line) > 1 else ""
        told = "code=" in words or "error=" in words
        if told and self._answer is not None and not self._answer.done():
            self._answer.set_result(words)
        page = b"<!doctype html><title>kotoutus</title><p>OK"
        head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html"
        if not told:
            # The long address need not be copied by hand.
            page, head = b"", b"HTTP/1.1 302 Found\r\nLocation: " + self._address.encode("ascii")
        writer.write(head + b"\r\nConnection: close\r\nContent-Length: %d\r\n\r\n" % len(page) + page)
        await writer.drain()
        writer.close()


def _once(_flow: object) -> bool:
    return True


async def access_token(setup: Setup, *, renew: bool = False) -> str:
    """Return a token for Graph, renewed when too old or if wanted; raises NotAllowed, Unreachable."""

    def silently() -> dict[str, Any]:
        with _application(setup) as application:
            if setup.is_app:
                if renew:
                    application.remove_tokens_for_client()
                resource = setup.endpoint.rpartition("/")[0]
                return dict(application.acquire_token_for_client(scopes=[f"{resource}/.default"]) or {})
            accounts = application.get_accounts()
            if not accounts:
                return {"error": "nobody"}
            found = application.acquire_token_silent_with_error(
                [*DELEGATED], accounts[0], force_refresh=renew
            )
            return dict(found or {"error": "invalid_grant"})

    if not setup.is_app and not tokens.exist(setup.keys):
        raise not_signed_in()
    answer = await _aside(silently)
    if answer.get("error") == "nobody":
        raise not_signed_in()
    return _granted(answer)["access_token"]


def _granted(answer: dict[str, Any]) -> dict[str, Any]:
    if "access_token" in answer:
        return answer
    if answer.get("error") in _NEED_PERSON:
        raise sign_in_needed()
    raise refused_sign_in(_code(answer))


def _code(answer: Mapping[str, Any]) -> str:
    # The description quotes who and what; its first word is a code of Microsoft's own.
    described = str(answer.get("error_description") or "").partition(":")[0]
    return (
        described if described.startswith("AADSTS") and described.isalnum() else str(answer.get("error"))[:40]
    )


async def _aside(work: "Callable[[], dict[str, Any]]") -> dict[str, Any]:
    """Run what waits for the network beside the screens; raises Unreachable when there is none."""
    import httpx

    try:
        return await asyncio.to_thread(work)
    except httpx.HTTPError:
        raise offline() from None
    except (ValueError, RuntimeError):
        # The library's words when the sign-in's address answers with something else.
        raise offline() from None


@contextmanager
def _application(setup: Setup) -> Generator[Any]:
    """Give the library's application with this person's tokens; what it learns is kept at the end."""
    from msal import (  # pyright: ignore[reportMissingTypeStubs]
        ConfidentialClientApplication,
        PublicClientApplication,
    )

    from kotoutus_tui.outlook.certificate import credential
    from kotoutus_tui.outlook.web import Web

    kind: Any = PublicClientApplication
    given: dict[str, Any] = {}
    if setup.is_app:
        kind, given = ConfidentialClientApplication, {"client_credential": credential(setup.certificate)}
    secure = setup.authority.replace("http://", "https://")
    with tokens.cache(setup.keys) as kept, Web(setup.authority) as web:
        # Hosts other than Microsoft's own are known by the settings alone.
        yield kind(
            setup.client, authority=secure, http_client=web, token_cache=kept,
            instance_discovery=secure.startswith("https://login.microsoftonline.com/"), **given,
        )  # fmt: skip


def _reachable(setup: Setup, address: str) -> str:
    return address.replace("https://", "http://", 1) if setup.authority.startswith("http://") else address
