"""Dialogs of the push to Outlook: signing in by a code or in a browser."""

from typing import Protocol

from textual import work
from textual.app import ComposeResult
from textual.widgets import Static

from kotoutus_tui.errors import KotoutusError
from kotoutus_tui.i18n import _
from kotoutus_tui.outlook.setup import Setup
from kotoutus_tui.outlook.sign_in import BrowserSignIn, DeviceSignIn
from screens import safe
from screens.dialog import Dialog


class _Way(Protocol):
    async def said(self) -> list[str]: ...

    async def wait(self) -> None: ...

    async def stop(self) -> None: ...


class ByCode:
    """Signing in by a code that is typed on another device."""

    def __init__(self, setup: Setup) -> None:
        self._flow = DeviceSignIn(setup)

    async def said(self) -> list[str]:
        """Begin, and return what the person is to do."""
        await self._flow.begin()
        told = _("Open {address} and type the code {code}.")
        return [told.format(address=self._flow.address, code=self._flow.code)]

    async def wait(self) -> None:
        """Wait until it was typed."""
        await self._flow.finish()

    async def stop(self) -> None:
        """Nothing is left open."""


class InBrowser:
    """Signing in with the browser of one's own computer."""

    def __init__(self, setup: Setup) -> None:
        self._flow = BrowserSignIn(setup)

    async def said(self) -> list[str]:
        """Begin, and return what the person is to do."""
        await self._flow.begin()
        return [
            _("On your own computer, run this and leave it open:"),
            self._flow.command,
            _("Then open this address in its browser:"),
            self._flow.short_address,
            _("Where ssh forwards nothing, sign in with: kotoutus outlook sign-in --browser"),
        ]

    async def wait(self) -> None:
        """Wait for the browser."""
        await self._flow.finish(await self._flow.heard())

    async def stop(self) -> None:
        """Stop listening."""
        await self._flow.stop()


class SigningIn(Dialog[bool]):
    """Says what to do and closes by itself when the person is signed in; Esc gives up."""

    def __init__(self, way: _Way) -> None:
        super().__init__(_("Sign in to Outlook"))
        self._way = way

    def compose_dialog(self) -> ComposeResult:
        """What to do."""
        yield Static("", id="said", markup=False)

    def on_mount(self) -> None:
        """Begin at once."""
        self._sign_in()

    @work(exit_on_error=False)
    async def _sign_in(self) -> None:
        try:
            said = [*await self._way.said(), "", _("Waiting for you …")]
            self.query_one("#said", Static).update(safe.prose("\n".join(said)))
            await self._way.wait()
        except KotoutusError as error:
            told = f"! {error.sentence} {error.next_step}"
            self.query_one("#said", Static).update(safe.prose(told))
        else:
            self.dismiss(True)
        finally:
            await self._way.stop()
