"""`kotoutus admin`: the people of the team."""

from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING

from kotoutus_tui.cli import output
from kotoutus_tui.errors import Conflict, InvalidInput, NotAllowed, NotFound
from kotoutus_tui.i18n import N_, _, ngettext

if TYPE_CHECKING:
    import psycopg

ROLES = {
    "counsellor": N_("counsellor"),
    "lead": N_("team lead"),
    "admin": N_("administrator"),
    "auditor": N_("auditor"),
}


def add_arguments(parser: ArgumentParser) -> None:
    """Add the verbs of this command."""
    verbs = parser.add_subparsers(dest="verb", required=True, metavar=_("VERB"), title=_("verbs"))
    add = verbs.add_parser("add-person", help=_("add a person, or change the name or role of one"))
    add.add_argument("login", metavar=_("LOGIN"), help=_("the name of the person's login on this system"))
    add.add_argument(
        "--role", required=True, choices=tuple(ROLES), help=_("what the person does in the team")
    )
    add.add_argument("--name", required=True, help=_("first name and family name"))
    remove = verbs.add_parser("remove-person", help=_("take a person without clients out of the team"))
    remove.add_argument("login", metavar=_("LOGIN"), help=_("the name of the person's login on this system"))
    people = verbs.add_parser("people", help=_("list the people of the team"))
    people.add_argument("--json", action="store_true", help=_("print JSON"))


def run(arguments: Namespace) -> int:
    """Do the verb against the database of the settings."""
    import psycopg

    with psycopg.connect(arguments.settings.database) as connection:
        if arguments.verb == "add-person":
            return _add(connection, arguments.login, arguments.role, arguments.name)
        if arguments.verb == "remove-person":
            return _remove(connection, arguments.login)
        return _people(connection, as_json=arguments.json)


def _add(connection: "psycopg.Connection", login: str, role: str, name: str) -> int:
    import psycopg

    if not name.strip():
        raise InvalidInput("name", _("The name is empty."), _("Give first name and family name."))
    try:
        connection.execute("select api.add_person(%s, %s, %s)", [login, role, name.strip()])
        connection.commit()
    except psycopg.errors.CheckViolation as error:
        if error.diag.constraint_name == "staff_superuser":
            raise InvalidInput(
                "login",
                _("A superuser of PostgreSQL cannot be a person of the team."),
                _("Use a login of the person's own."),
            ) from None
        if error.diag.constraint_name == "staff_login":
            raise InvalidInput(
                "login",
                _("This cannot be a login name."),
                _("Use small letters a to z, digits, and . _ - after the first letter, 31 at most."),
            ) from None
        raise
    except psycopg.errors.InsufficientPrivilege:
        raise _not_administrator(itself=login == connection.info.user) from None
    output.say(_("Added to the team: {login}").format(login=login))
    return 0


def _remove(connection: "psycopg.Connection", login: str) -> int:
    import psycopg

    try:
        row = connection.execute("select api.remove_person(%s)", [login]).fetchone()
        connection.commit()
    except psycopg.errors.NoDataFound:
        raise NotFound(
            _("There is no such person in the team."), _("See who there is with: kotoutus admin people")
        ) from None
    except psycopg.errors.InsufficientPrivilege:
        raise _not_administrator() from None
    left: int = row[0] if row else 0
    if left:
        raise Conflict(
            ngettext(
                "This person still has {count} client.", "This person still has {count} clients.", left
            ).format(count=left),
            _("Ask the team lead to move them to others first."),
        )
    output.say(_("Removed from the team: {login}").format(login=login))
    return 0


def _people(connection: "psycopg.Connection", *, as_json: bool) -> int:
    found = connection.execute(
        "select login, name, role, active from app.staff order by active desc, role, login"
    ).fetchall()
    if as_json:
        output.print_json(
            [
                {"login": login, "name": name, "role": role, "active": active}
                for login, name, role, active in found
            ]
        )
        return 0
    rows = [
        (login, name, _(ROLES[role]), _("yes") if active else _("no")) for login, name, role, active in found
    ]
    output.print_table((_("Login"), _("Name"), _("Role"), _("In the team")), rows)
    return 0


def _not_administrator(*, itself: bool = False) -> NotAllowed:
    if itself:
        return NotAllowed(_("Nobody changes their own role."), _("Ask another administrator."))
    return NotAllowed(_("Only an administrator changes who is in the team."), _("Ask your administrator."))
