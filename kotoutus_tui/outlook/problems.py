"""What keeps a push from going through, each in one sentence with what to do."""

from kotoutus_tui.errors import KotoutusError, NotAllowed, SetupError, Unreachable
from kotoutus_tui.i18n import _


class Throttled(Unreachable):
    """Outlook asks to wait longer than a push waits by itself."""


def offline() -> Unreachable:
    """Outlook cannot be reached."""
    return Unreachable(
        _("Outlook does not answer."),
        _("What waits is kept and is sent with the next push. Try again later."),
    )


def throttled(seconds: float) -> Throttled:
    """Outlook asks to wait for so long."""
    minutes = max(1, round(seconds / 60))
    return Throttled(
        _("Outlook takes no more for now."),
        _("What waits is kept. Push again in {minutes} minutes.").format(minutes=minutes),
    )


def sign_in_needed() -> NotAllowed:
    """The consent is missing or has expired."""
    return NotAllowed(
        _("Outlook asks you to sign in again."),
        _("What waits is kept. Sign in with: kotoutus outlook sign-in"),
    )


def refused_sign_in(code: str) -> NotAllowed:
    """The sign-in was refused with a code of Entra ID's own."""
    return NotAllowed(
        _("The sign-in was refused ({code}).").format(code=code),
        _("Try another way of signing in, or tell the administrator the code."),
    )


def no_mailbox() -> SetupError:
    """There is no mailbox, or it may not be used."""
    return SetupError(
        _("There is no mailbox that may be used."),
        _("What waits is kept. Tell the administrator of Outlook."),
    )


def not_set_up() -> SetupError:
    """The app is not registered in the settings."""
    return SetupError(
        _("The push to Outlook is not set up."),
        _("The administrator sets “outlook_client” and “outlook_tenant”; docs/deployment.md tells how."),
    )


def not_signed_in() -> KotoutusError:
    """Nobody signed in here yet."""
    return NotAllowed(_("You have not signed in to Outlook."), _("Sign in with: kotoutus outlook sign-in"))


def busy_elsewhere() -> KotoutusError:
    """Another window of the same person is sending."""
    return Unreachable(_("Another window of yours is sending to Outlook."), _("Try again in half a minute."))


class Refused(Unreachable):
    """Graph refused one thing; `code` is Microsoft's own word for it. Others may go through."""

    def __init__(self, code: str) -> None:
        super().__init__(
            _("Outlook refused it ({code}).").format(code=code),
            _("What waits is kept. If this goes on, tell the administrator the code."),
        )
        self.code = code


def refused(code: str) -> Refused:
    """Graph answered with an error that is nobody's doing here."""
    return Refused(code)
