"""What to tell about an error that reached the end of a command."""

import errno
from contextlib import suppress

from kotoutus_tui import log
from kotoutus_tui.errors import KotoutusError, Unexpected, Unreachable, from_database
from kotoutus_tui.i18n import _


def explained(error: Exception) -> KotoutusError:
    """Return `error` as a sentence with a next step; an unexpected one is logged and gets a reference.

    The log has its type and place, never its message: that may quote a client.
    """
    if isinstance(error, KotoutusError):
        if isinstance(error, Unexpected):
            return _with_reference(error.__cause__ or error)
        return error
    if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT):
        return Unreachable(_("The disk is full."), _("Nothing was lost. Make room and try again."))
    if _from_driver(error):
        known = from_database(error)
        if not isinstance(known, Unexpected):
            return known
    return _with_reference(error)


def _from_driver(error: Exception) -> bool:
    return any(kind.__module__.partition(".")[0] in ("psycopg", "sqlalchemy") for kind in type(error).__mro__)


def _with_reference(error: BaseException) -> Unexpected:
    if not log.is_started():
        _start_log()
    reference = log.unexpected(error)
    return Unexpected(
        _("Something went wrong in the program (reference {reference}).").format(reference=reference),
        _("Tell the administrator the reference."),
    )


def _start_log() -> None:
    from kotoutus_tui import settings

    # Settings that cannot be read have no log; the error itself is still told.
    with suppress(KotoutusError):
        log.start(settings.load())
