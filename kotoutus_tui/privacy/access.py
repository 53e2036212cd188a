"""Who is using the program, and whether this login may be used at all."""

from dataclasses import dataclass
from typing import Literal, LiteralString, TypeVar

from psycopg.rows import class_row

from kotoutus_tui.database import Database
from kotoutus_tui.errors import NotAllowed, SetupError
from kotoutus_tui.i18n import _
from models.migrations.version import REVISION, security_digest

Role = Literal["counsellor", "lead", "admin", "auditor"]
T = TypeVar("T")


@dataclass(frozen=True)
class Me:
    """The person at the keyboard; `unread` is the number of notices not read yet.

    `stands_in` says that the person is a deputy today, `transfers_due` that the day of a planned transfer of
    theirs has come.
    """

    login: str
    name: str
    role: Role
    unread: int = 0
    stands_in: bool = False
    transfers_due: bool = False

    @property
    def is_lead(self) -> bool:
        """Whether this person leads the team."""
        return self.role == "lead"

    @property
    def works_with_clients(self) -> bool:
        """Whether this person may see clients at all: the administrator and the auditor may not."""
        return self.role in ("counsellor", "lead")


@dataclass(frozen=True)
class _Login:
    too_powerful: bool
    has_schema: bool


@dataclass(frozen=True)
class _Person:
    login: str
    too_powerful: bool
    name: str | None
    role: Role | None
    active: bool | None
    unread: int
    stands_in: bool
    transfers_due: bool
    revision: str | None
    digest: str | None


_TOO_POWERFUL: LiteralString = (
    "r.rolsuper or r.rolbypassrls or coalesce(pg_has_role(session_user,"
    " (select o.oid from pg_roles o where o.rolname = 'kotoutus_owner'), 'member'), false) as too_powerful"
)
_LOGIN: LiteralString = (
    "select "  # noqa: S608 (constants of this module alone)
    + _TOO_POWERFUL
    + ", coalesce((select has_schema_privilege(session_user, n.oid, 'usage')"
    "  from pg_namespace n where n.nspname = 'app'), false) as has_schema"
    " from pg_roles r where r.rolname = session_user"
)
_PERSON: LiteralString = (
    "select r.rolname::text as login, "  # noqa: S608 (constants of this module alone)
    + _TOO_POWERFUL
    + ", s.name, s.role, s.active, api.unread() as unread,"
    " w.stands_in, w.transfers_due, v.revision, v.security_digest as digest"
    "  from pg_roles r"
    " cross join api.what_waits() w"
    "  left join app.staff s on s.login = r.rolname"
    "  left join app.schema_state v on v.id = 1"
    " where r.rolname = session_user"
)


async def who_am_i(database: Database) -> Me:
    """The person this login stands for.

    Raises SetupError when the login is too powerful for row security to bind it, when it is nobody of
    the team, or when the database is of another version; each says how to mend it.
    """
    try:
        person = await _one(database, _Person, _PERSON)
    except (NotAllowed, SetupError):
        # A login that is nobody of the team may not even look at the tables.
        login = await _one(database, _Login, _LOGIN)
        if login is None or login.too_powerful:
            raise _too_powerful() from None
        if not login.has_schema:
            raise _nobody() from None
        raise
    if person is None or person.too_powerful:
        raise _too_powerful()
    if (person.revision, person.digest) != (REVISION, security_digest()):
        raise SetupError(
            _("The database and this program are of different versions."),
            _("Ask the administrator to run: kotoutus db upgrade"),
        )
    if person.name is None or person.role is None or not person.active:
        raise _nobody()
    return Me(person.login, person.name, person.role, person.unread, person.stands_in, person.transfers_due)


async def _one(database: Database, kind: type[T], statement: LiteralString) -> T | None:
    async with database.reading_fast() as connection:
        return await (await connection.cursor(row_factory=class_row(kind)).execute(statement)).fetchone()


def _too_powerful() -> SetupError:
    return SetupError(
        _("This login may see everything, so row security would not protect the clients."),
        _("Log in as a person of the team. An administrator adds one: kotoutus admin add-person"),
    )


def _nobody() -> SetupError:
    return SetupError(
        _("The database knows this login, but not as a person of the team."),
        _("Ask the administrator to add you with: kotoutus admin add-person"),
    )
