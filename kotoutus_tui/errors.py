"""Errors that tell a person what happened and what to do next."""

from kotoutus_tui.i18n import N_, _


class KotoutusError(Exception):
    """An error with a sentence and a next step in the language in use; neither holds client data."""

    exit_code: int = 1

    def __init__(self, sentence: str, next_step: str = "") -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.next_step = next_step


class NotFound(KotoutusError):
    """There is no such thing, or this person may not know of it: one answer for both."""


class NotAllowed(KotoutusError):
    """The access rules forbid it to this person."""

    exit_code = 3


class Conflict(KotoutusError):
    """Somebody else changed the same; `fields` names what differs, for a choice field by field."""

    def __init__(self, sentence: str, next_step: str = "", fields: tuple[str, ...] = ()) -> None:
        super().__init__(sentence, next_step)
        self.fields = fields


class InvalidInput(KotoutusError):
    """A value cannot be used; `field` is the code name of the field it was given for, or empty."""

    exit_code = 2

    def __init__(self, field: str, sentence: str, next_step: str = "") -> None:
        super().__init__(sentence, next_step)
        self.field = field


class Unreachable(KotoutusError):
    """The database or another system does not answer now; the same may succeed later."""

    exit_code = 4


class SetupError(KotoutusError):
    """The installation must be mended first: settings, role, database or schema version."""

    exit_code = 5


class Unexpected(KotoutusError):
    """A fault of this program; only a reference to the log is shown."""

    exit_code = 70


def gone() -> NotFound:
    """Return the error for what is not there or may not be seen."""
    sentence, next_step = _GONE
    return NotFound(_(sentence), _(next_step))


def from_database(error: BaseException) -> KotoutusError:
    """Return what to tell about a psycopg or SQLAlchemy error, by its SQLSTATE.

    Nothing of the server's message is passed on, since it may quote a row. The original stays
    reachable as `__cause__` of the returned error for the log's type and place.
    """
    if isinstance(error, KotoutusError):
        return error
    original: BaseException = getattr(error, "orig", None) or error
    state: str = getattr(original, "sqlstate", None) or ""
    if state:
        translated = _by_state(state, original)
    elif _is_about_connection(original):
        translated = _by_message(str(original))
    else:
        translated = Unexpected(_(_UNEXPECTED[0]), _(_UNEXPECTED[1]))
    translated.__cause__ = error
    return translated


_UNREACHABLE = (
    N_("The database does not answer."),
    N_("Try again in a moment. If this goes on, tell the administrator."),
)
_BUSY = (N_("Somebody else was saving the same at the same moment."), N_("Try again."))
_ROLE = (
    N_("The database does not know you."),
    N_("Ask the administrator to add you with: kotoutus admin add-person"),
)
_DATABASE = (
    N_("The database does not exist."),
    N_("Check the setting “database” with: kotoutus settings"),
)
_SCHEMA = (
    N_("The database and this program are of different versions."),
    N_("Ask the administrator to run: kotoutus db upgrade"),
)
_FORBIDDEN = (
    N_("You may not do this."),
    N_("Ask your team lead if you think you should be able to."),
)
_GONE = (N_("It was not found, or you may not see it."), N_("Check the name or the number."))
_FULL = (N_("The database has no room left."), N_("Nothing was saved. Tell the administrator."))
_INVALID = (N_("A value does not fit."), N_("Correct it and save again."))
_TWICE = (N_("It exists already."), N_("Look for it before you make a new one."))
_OVERLAP = (N_("It overlaps with another one of the same kind."), N_("Choose another time."))
_UNEXPECTED = (N_("Something went wrong in the program."), N_("Tell the administrator."))
_IN_USE = (N_("Something else still needs it."), N_("Remove what depends on it first."))

_KINDS: dict[str, tuple[type[KotoutusError], tuple[str, str]]] = {
    "08": (Unreachable, _UNREACHABLE),
    "25006": (Unreachable, _UNREACHABLE),  # a standby answers while the primary is away
    "53100": (Unreachable, _FULL),
    "53": (Unreachable, _UNREACHABLE),
    "57": (Unreachable, _UNREACHABLE),
    "28": (SetupError, _ROLE),
    "3D000": (SetupError, _DATABASE),
    "3F000": (SetupError, _SCHEMA),
    "42P01": (SetupError, _SCHEMA),
    "42703": (SetupError, _SCHEMA),
    "42883": (SetupError, _SCHEMA),
    "42501": (NotAllowed, _FORBIDDEN),
    "P0002": (NotFound, _GONE),
    "40": (Conflict, _BUSY),
    "55P03": (Conflict, _BUSY),
    "23505": (Conflict, _TWICE),
    "23P01": (Conflict, _OVERLAP),
    "23503": (Conflict, _IN_USE),
    "23001": (Conflict, _IN_USE),
    "22": (InvalidInput, _INVALID),
    "23": (InvalidInput, _INVALID),
}


def _by_state(state: str, error: BaseException) -> KotoutusError:
    kind, (sentence, next_step) = _KINDS.get(state) or _KINDS.get(state[:2]) or (Unexpected, _UNEXPECTED)
    if kind is InvalidInput:
        diagnosis = getattr(error, "diag", None)
        field: str = (
            getattr(diagnosis, "column_name", None) or getattr(diagnosis, "constraint_name", None) or ""
        )
        return InvalidInput(field, _(sentence), _(next_step))
    return kind(_(sentence), _(next_step))


def _is_about_connection(error: BaseException) -> bool:
    # Names instead of classes, so that this module needs neither driver.
    names = {kind.__name__ for kind in type(error).__mro__}
    return bool(names & {"OperationalError", "InterfaceError", "TimeoutError", "OSError"})


def _by_message(message: str) -> KotoutusError:
    # libpq gives no SQLSTATE while connecting, so the server's words have to do. A server that
    # speaks another language only loses the finer distinction.
    if "authentication failed" in message or ("role " in message and "does not exist" in message):
        return SetupError(_(_ROLE[0]), _(_ROLE[1]))
    if any(
        words in message for words in ("no pg_hba.conf entry", "pg_hba.conf rejects", "permission denied")
    ):
        return SetupError(_(_ROLE[0]), _(_ROLE[1]))
    if "database " in message and "does not exist" in message:
        return SetupError(_(_DATABASE[0]), _(_DATABASE[1]))
    return Unreachable(_(_UNREACHABLE[0]), _(_UNREACHABLE[1]))
