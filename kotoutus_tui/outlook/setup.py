"""Where the sign-in and Graph are, and as which application this program comes."""

import hashlib
from dataclasses import dataclass
from pathlib import Path

from kotoutus_tui import places
from kotoutus_tui.outlook.problems import not_set_up
from kotoutus_tui.settings import Settings

DELEGATED = ("Calendars.ReadWrite",)


@dataclass(frozen=True)
class Setup:
    """The part of the settings that a push needs; `keys` is the directory of this person's tokens."""

    client: str
    authority: str
    endpoint: str
    keys: Path
    port: int
    certificate: Path | None
    mailbox: str

    @property
    def is_app(self) -> bool:
        """Whether a certificate signs in instead of a person."""
        return self.certificate is not None

    @property
    def calendar(self) -> str:
        """The address of whose calendar it is."""
        return f"{self.endpoint}/users/{self.mailbox}" if self.is_app else f"{self.endpoint}/me"


def setup_of(settings: Settings) -> Setup:
    """Return what a push needs; raises SetupError when the application is not registered."""
    if not (settings.outlook_client and settings.outlook_tenant):
        raise not_set_up()
    if settings.outlook_certificate and not settings.outlook_mailbox:
        raise not_set_up()
    authority = f"{settings.outlook_authority}/{settings.outlook_tenant}"
    # Tokens of one tenant are never offered to another.
    which = hashlib.sha256(f"{authority} {settings.outlook_client}".encode()).hexdigest()[:16]
    return Setup(
        settings.outlook_client,
        authority,
        settings.outlook_endpoint,
        settings.state_dir / "outlook" / which,
        settings.outlook_port,
        settings.outlook_certificate,
        settings.outlook_mailbox.replace("{login}", places.login_name()),
    )
