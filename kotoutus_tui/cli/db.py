"""`kotoutus db`: the structure of the database, brought up to date or back."""

from argparse import ArgumentParser, Namespace

from kotoutus_tui.cli import output
from kotoutus_tui.errors import InvalidInput, KotoutusError, NotAllowed, SetupError
from kotoutus_tui.i18n import _


def add_arguments(parser: ArgumentParser) -> None:
    """Add the verbs of this command."""
    verbs = parser.add_subparsers(dest="verb", required=True, metavar=_("VERB"), title=_("verbs"))
    verbs.add_parser("upgrade", help=_("bring the database to the version of this program"))
    verbs.add_parser("status", help=_("tell which version the database has; exit code 0 when it fits"))
    downgrade = verbs.add_parser("downgrade", help=_("take the database back to an earlier version"))
    downgrade.add_argument(
        "revision", metavar=_("REVISION"), help=_("a revision, or base for nothing at all")
    )
    downgrade.add_argument(
        "--yes", action="store_true", help=_("really remove what that version does not have")
    )


def run(arguments: Namespace) -> int:
    """Do the verb against the database of the settings."""
    conninfo: str = arguments.settings.database
    if arguments.verb == "upgrade":
        return _upgrade(conninfo)
    if arguments.verb == "downgrade":
        return _downgrade(conninfo, arguments.revision, sure=arguments.yes)
    return _status(conninfo)


def _upgrade(conninfo: str) -> int:
    from models.migrations import upgrade
    from models.migrations.version import REVISION

    found = upgrade.status(conninfo)
    if found.current:
        output.say(_("The database is up to date already."))
        _count_deadlines(conninfo)
        return 0
    if (found.revision or "") > REVISION:
        raise _newer(found.revision or "")
    try:
        reached = upgrade.upgrade(conninfo)
    except upgrade.NotInstaller:
        raise _not_superuser() from None
    output.say(_("The database is now of version {version}.").format(version=reached.revision))
    _count_deadlines(conninfo)
    return 0


def _count_deadlines(conninfo: str) -> None:
    """Count the deadlines again when this program has other rules than those they were counted by."""
    from kotoutus_tui.casework.deadline_refresh import refresh, rules_changed

    if rules_changed(conninfo):
        refresh(conninfo, output.counting_deadlines)


def _downgrade(conninfo: str, revision: str, *, sure: bool) -> int:
    from alembic.util.exc import CommandError

    from models.migrations import upgrade

    if not sure:
        raise InvalidInput(
            "--yes",
            _("Going back removes tables and columns with everything in them."),
            _("Make a backup, then repeat the command with --yes."),
        )
    try:
        reached = upgrade.downgrade(conninfo, revision)
    except upgrade.NotInstaller:
        raise _not_superuser() from None
    except CommandError:
        raise InvalidInput(
            "revision",
            _("There is no version {version} to go back to.").format(version=revision),
            _("See what is there with: kotoutus db status"),
        ) from None
    if reached.revision is None:
        output.say(_("The database is now empty."))
    else:
        output.say(_("The database is now of version {version}.").format(version=reached.revision))
    return 0


def _status(conninfo: str) -> int:
    from models.migrations import upgrade
    from models.migrations.version import REVISION

    found = upgrade.status(conninfo)
    output.say(_("Database: {version}").format(version=found.revision or _("none")))
    output.say(_("Program: {version}").format(version=REVISION))
    if found.current:
        output.say(_("They fit."))
        return 0
    if found.revision is None:
        raise SetupError(_("The database is empty."), _("Run: kotoutus db upgrade"))
    if found.revision > REVISION:
        raise _newer(found.revision)
    raise SetupError(_("The database is older than this program."), _("Run: kotoutus db upgrade"))


def _not_superuser() -> KotoutusError:
    return NotAllowed(
        _("Only a superuser of PostgreSQL may change the structure."),
        _("Run it as the user of the database server: sudo -u postgres kotoutus db upgrade"),
    )


def _newer(revision: str) -> KotoutusError:
    return SetupError(
        _("The database is of a newer version than this program ({version}).").format(version=revision),
        _("Install the newer program."),
    )
