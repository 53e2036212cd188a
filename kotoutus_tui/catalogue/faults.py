"""What can go wrong with the catalogue, each in a sentence with what to do."""

from kotoutus_tui.errors import KotoutusError, SetupError, Unreachable
from kotoutus_tui.i18n import _


class Unfamiliar(KotoutusError):
    """The catalogue answers in a form that this program does not know; nothing of the run may be used."""


class Broken(Unreachable):
    """The catalogue fails over one question and may answer others."""


def unreachable() -> Unreachable:
    """No answer came, or only part of one."""
    return Unreachable(_("The catalogue does not answer."), _go_on())


def not_found() -> Unreachable:
    """The name of its server is not known."""
    return Unreachable(
        _("The address of the catalogue is not found."),
        _("Check the network and the setting “catalogue_url”."),
    )


def untrusted() -> SetupError:
    """Its certificate is not of anybody this machine trusts."""
    return SetupError(
        _("The certificate of the catalogue is not trusted on this machine."),
        _("Ask the administrator to set SSL_CERT_FILE to the certificates of the city's network."),
    )


def proxy_asks() -> SetupError:
    """The proxy wants a name and a password (407)."""
    return SetupError(
        _("The proxy of the network wants to know who asks."),
        _("Ask the administrator for a proxy address for the variable HTTPS_PROXY."),
    )


def proxy_fails() -> Unreachable:
    """The proxy does not let the question through."""
    return Unreachable(_("The proxy of the network does not reach the catalogue."), _go_on())


def login_page() -> Unreachable:
    """A page for people came instead of data."""
    return Unreachable(
        _("A web page answered instead of the catalogue."),
        _("The network may want a login, or “catalogue_url” is wrong. Nothing was changed."),
    )


def elsewhere() -> Unreachable:
    """It sends to another server, where the key must not go."""
    return Unreachable(
        _("The catalogue sends us to another address, which was not followed."),
        _("Check the setting “catalogue_url”."),
    )


def key_refused() -> SetupError:
    """401 or 403."""
    return SetupError(
        _("The catalogue does not accept the key."),
        _("Get a new key and sync again: it goes on where it stopped."),
    )


def no_key() -> SetupError:
    """Version 12 answers nobody without a key."""
    return SetupError(
        _("Version 12 of the catalogue needs a key, and there is none."),
        _("Put it into the variable KOTOUTUS_CATALOGUE_KEY or the file catalogue.key beside the settings."),
    )


def gone() -> SetupError:
    """There is no such catalogue at the address, or no longer."""
    return SetupError(
        _("There is no catalogue of this version at the address."),
        _("Version 11 ends in April 2027; version 12 needs a key. Check “catalogue_url” too."),
    )


def refused() -> Unfamiliar:
    """400: the question itself is not understood."""
    return Unfamiliar(_("The catalogue does not understand the question of this program."), _nothing())


def unfamiliar() -> Unfamiliar:
    """What every answer must have is not there."""
    return Unfamiliar(_("The catalogue answers in a form that this program does not know."), _nothing())


def busy() -> Unreachable:
    """429 as often as we asked."""
    return Unreachable(_("Too many are asking the catalogue just now."), _go_on())


def broken() -> Broken:
    """500 as often as we asked."""
    return Broken(_("The catalogue has a fault."), _go_on())


def too_long() -> Unreachable:
    """The time of a run is over."""
    return Unreachable(_("The catalogue took too long."), _go_on())


def too_large() -> Unfamiliar:
    """No answer of the catalogue is so long."""
    return Unfamiliar(_("The catalogue answers with more than can be its own."), _nothing())


def _go_on() -> str:
    return _("Sync again later: it goes on where it stopped. Nothing was changed.")


def _nothing() -> str:
    return _("Nothing was changed. Tell the administrator.")
