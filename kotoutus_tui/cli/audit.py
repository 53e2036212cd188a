"""`kotoutus audit`: the hash chain over the log of use."""

from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING

from kotoutus_tui.cli import output
from kotoutus_tui.errors import KotoutusError, NotAllowed
from kotoutus_tui.i18n import _, ngettext

if TYPE_CHECKING:
    import psycopg


def add_arguments(parser: ArgumentParser) -> None:
    """Add the verbs of this command."""
    verbs = parser.add_subparsers(dest="verb", required=True, metavar=_("VERB"), title=_("verbs"))
    verbs.add_parser("seal", help=_("add what is new in the log of use to the chain"))
    verbs.add_parser("verify", help=_("check the whole chain; exit code 0 when it holds"))


def run(arguments: Namespace) -> int:
    """Do the verb against the database of the settings."""
    import psycopg

    try:
        with psycopg.connect(arguments.settings.database) as connection:
            return _seal(connection) if arguments.verb == "seal" else _verify(connection)
    except psycopg.errors.InsufficientPrivilege:
        raise NotAllowed(
            _("This login may not do this with the log of use."),
            _("Sealing takes a login with the role kotoutus_sealer; an auditor may verify."),
        ) from None


def _seal(connection: "psycopg.Connection") -> int:
    row = connection.execute("select audit.seal()").fetchone()
    connection.commit()
    count: int = row[0] if row else 0
    output.say(ngettext("Sealed {count} entry.", "Sealed {count} entries.", count).format(count=count))
    return 0


def _verify(connection: "psycopg.Connection") -> int:
    row = connection.execute("select checked, broken_at, head from audit.verify()").fetchone()
    checked, broken_at, head = row or (0, None, "")
    if broken_at is not None:
        raise KotoutusError(
            _("The log of use was changed: the chain breaks at entry {position}.").format(position=broken_at),
            _("Change nothing, keep a copy of the database, and tell the auditor."),
        )
    output.say(
        ngettext(
            "{count} entry checked; the chain holds.", "{count} entries checked; the chain holds.", checked
        ).format(count=checked)
    )
    output.say(_("Head: {hash}").format(hash=head or "-"))
    return 0
