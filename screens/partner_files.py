"""The partner network written to a file and read from one: what is asked, what is told before and after."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

from kotoutus_tui.casework import intake_words
from kotoutus_tui.exchange.values import clean_enough
from kotoutus_tui.i18n import LANGUAGES, _, current_language, language_name
from kotoutus_tui.partners.interchange import exchange, exchange_words, table_in
from kotoutus_tui.partners.interchange.incoming import Incoming
from kotoutus_tui.partners.interchange.plan import Plan
from screens.client_forms import Choose
from screens.dialog import Confirm
from screens.fetch_dialog import FetchDialog
from screens.widgets.choice_field import ChoiceField
from screens.widgets.field import TextField
from screens.widgets.form import FormDialog, Values

if TYPE_CHECKING:
    from screens.base import BaseScreen

_MOST_ASKED = 8  # columns


async def files(screen: "BaseScreen") -> None:
    """Ask whether a file is written or read, and do it."""
    choices = [("write", _("Write the network into a file")), ("read", _("Read a file in"))]
    chosen = await screen.ask(Choose(_("Partner network"), choices))
    if chosen == "write":
        await _write(screen)
    elif chosen == "read":
        await _read(screen)


async def _write(screen: "BaseScreen") -> None:
    languages = [(code, language_name(code)) for code in LANGUAGES]
    fields = [
        ChoiceField("form", _("Form"), exchange_words.formats(), "hsds", required=True),
        ChoiceField("language", _("Texts"), languages, current_language(), required=True),
        ChoiceField("contacts", _("Contact persons"), intake_words.yes_or_no(), "no", required=True),
    ]

    async def save(values: Values) -> exchange.Written:
        contacts = values["contacts"] == "yes"
        return await exchange.write(
            screen.desk.db, screen.desk.settings.drop_dir, values["form"], values["language"],
            contacts=contacts,
        )  # fmt: skip

    written = await screen.ask(FormDialog(_("Write a file"), fields, save=save, accept=_("Write")))
    if written is not None:
        before = [
            exchange_words.written(written),
            _("In the directory {path}").format(path=written.place.parent),
        ]
        before.append(written.place.name)
        after = [_("Delete it there when you have fetched it.")]
        await screen.ask(FetchDialog(_("The file is ready."), before, written.fetch, after))


async def _read(screen: "BaseScreen") -> None:
    field = TextField("file", _("File"), required=True, hint=_("on this server: ZIP, JSON, VCF, CSV, XLSX"))
    place = Path()

    async def look(values: Values) -> tuple[Incoming, Plan]:
        nonlocal place
        place = _place(values["file"])
        return await exchange.look(screen.desk.db, place)

    looked = await screen.ask(FormDialog(_("Read a file in"), [field], save=look, accept=_("Look")))
    if looked is None:
        return
    if looked[0].ignored and (mapping := await _mapping(screen, looked[0])):
        looked = await exchange.look(screen.desk.db, place, mapping)
    incoming, planned = looked
    report = exchange.report(screen.desk.settings.drop_dir, planned.remarks)
    effects = [*_told(incoming, planned), *([str(report)] if report else [])]
    if not planned.changes:
        effects.append(_("There is nothing to change."))
        await screen.ask(Confirm(_("The file was looked at."), effects, accept=_("Close")))
        return
    effects.append(_("Nothing is changed yet. Afterwards u takes it back as a whole."))
    if await screen.ask(Confirm(_("Read the file in?"), effects, accept=_("Read in"))):
        await exchange.apply(screen.desk.db, planned, operation_id=uuid4())
        screen.say(_("The file was read in. u takes it back."))
        screen.go_stale()


def _place(typed: str) -> Path:
    return Path(typed).expanduser()


async def _mapping(screen: "BaseScreen", incoming: Incoming) -> dict[str, str]:
    """Ask what the columns are that are not known by their headings."""
    free = [
        (name, table_in.label(name)) for name in table_in.COLUMNS.headings if name not in incoming.columns
    ]
    asked = incoming.ignored[:_MOST_ASKED]
    fields = [ChoiceField(f"{place}", clean_enough(each), free) for place, each in enumerate(asked)]

    async def take(values: Values) -> dict[str, str]:
        return {asked[int(place)]: column for place, column in values.items() if column}

    title = _("Columns that are not known; leave empty what is not to be read")
    return await screen.ask(FormDialog(title, fields, save=take, accept=_("Go on"))) or {}


def _told(incoming: Incoming, planned: Plan) -> Sequence[str]:
    """What the file would do, how its columns are understood, and what is left out."""
    lines = [
        _("{what}: {new} new, {changed} changed, {same} unchanged").format(
            what=name, new=new, changed=changed, same=same
        )
        for name, new, changed, same in exchange_words.rows(planned)
    ]
    if incoming.columns:
        pairs = ", ".join(
            f"{clean_enough(heading)} → {table_in.label(column)}"
            for column, heading in incoming.columns.items()
        )
        lines.append(_("Columns: {columns}").format(columns=pairs))
    if planned.remarks:
        lines.append(exchange_words.left_out(planned))
        first = planned.remarks[0]
        lines.append(f"{first.part} {first.row}, {first.column}: {first.reason}")
        lines.append(_("All of it, row by row, is in this file:"))
    return lines
