"""Changing what the screen of the integration period shows: a form for each kind of row."""

from collections.abc import Awaitable, Callable
from dataclasses import asdict
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from kotoutus_tui import clock
from kotoutus_tui.casework import (
    authority,
    circumstances,
    client_languages,
    period_checks,
    period_commands,
    period_words,
    record_words,
    studies,
)
from kotoutus_tui.casework.circumstances_words import GROUPS
from kotoutus_tui.casework.period_commands import extension_fact, interruption_fact
from kotoutus_tui.errors import KotoutusError
from kotoutus_tui.i18n import _, language_name
from screens import period_forms as forms
from screens.dialog import Confirm
from screens.field_conflict import save_merging
from screens.widgets.form import Values

if TYPE_CHECKING:
    from screens.client_period import ClientPeriodScreen

Seen = dict[str, Any]


class PeriodEditor:
    """Edits one row of the screen; every way answers True when something was saved."""

    def __init__(self, screen: "ClientPeriodScreen") -> None:
        self._screen = screen
        self._db = screen.desk.db
        self._client = screen.client_id
        self._found = screen.found

    async def edit(self, key: str) -> bool:
        """Change what stands in the row with this key (see period_rows), or add a new one."""
        kind, _colon, name = key.partition(":")
        ways: dict[str, Callable[[str], Awaitable[bool]]] = {
            "add": self.add,
            "interruption": self._interruption,
            "extension": self._extension,
            "study": self._study,
            "language": self._language,
            "fact": self._fact,
            "document": self._document,
            "authority": lambda _name: self.add("change"),
            "change": self._change,
            "item": self._item,
        }
        return await ways[kind](name) if kind in ways and self._found is not None else False

    async def add(self, what: str) -> bool:
        """Add a new interruption, extension, study, document, change or level of a language."""
        what, _slash, language = what.partition("/")
        ways: dict[str, Callable[[str], Awaitable[bool]]] = {
            "interruption": self._interruption,
            "extension": self._extension,
            "study": self._study,
            "document": self._document,
            "change": self._change,
            "language": self._add_language,
        }
        return await ways[what](language)

    async def _interruption(self, name: str) -> bool:
        found = self._screen.must
        row = next((each for each in found.interruptions if str(each.id) == name), None)
        facts = period_checks.without(found.facts, interruption_fact(row) if row else None)

        async def save(values: Values) -> bool:
            if row is None:
                await period_commands.add_interruption(self._db, self._client, values, operation_id=uuid4())
                return True
            known = row

            async def change(seen: Seen, wanted: Seen) -> None:
                await period_commands.change_interruption(
                    self._db, self._client, known, seen, wanted, operation_id=uuid4()
                )

            await save_merging(self._screen, change, asdict(known), values, record_words)
            return True

        return bool(await self._screen.ask(forms.interruption_form(row, facts, save)))

    async def _extension(self, name: str) -> bool:
        found = self._screen.must
        row = next((each for each in found.extensions if str(each.id) == name), None)
        facts = period_checks.without(found.facts, extension_fact(row) if row else None)

        async def save(values: Values) -> bool:
            new = period_commands.extension_of(values)
            would = period_checks.check_extension(facts, clock.today(), new)
            text = period_words.decision(new, values["reasons"], would)
            title, accept = _("This decision goes on the timeline"), _("Save")
            if not await self._screen.ask(Confirm(title, [text], accept=accept, refuse=_("Go back"))):
                raise KotoutusError(_("Nothing was saved yet."))
            if row is None:
                await period_commands.add_extension(self._db, self._client, values, operation_id=uuid4())
                return True
            known = row

            async def change(seen: Seen, wanted: Seen) -> None:
                await period_commands.change_extension(
                    self._db, self._client, known, seen, wanted, operation_id=uuid4()
                )

            await save_merging(self._screen, change, asdict(known), values, record_words)
            return True

        return bool(await self._screen.ask(forms.extension_form(row, facts, save)))

    async def _study(self, name: str) -> bool:
        row = next((each for each in self._screen.must.studies if str(each.id) == name), None)

        async def save(values: Values) -> None:
            if row is None:
                await studies.add_study(self._db, self._client, values, operation_id=uuid4())
                return
            known = row

            async def change(seen: Seen, wanted: Seen) -> None:
                await studies.change_study(
                    self._db, self._client, known.id, seen, wanted, operation_id=uuid4()
                )

            await save_merging(self._screen, change, asdict(known), values, record_words)

        return bool(await self._screen.ask(forms.study_form(row, save)))

    async def _language(self, name: str) -> bool:
        known = next(each for each in self._screen.must.languages if str(each.id) == name)

        async def save(values: Values) -> None:
            await client_languages.change_level(
                self._db, self._client, known, values["level"], operation_id=uuid4()
            )

        title = language_name(known.language)
        return bool(await self._screen.ask(forms.level_form(title, known.level, save)))

    async def _add_language(self, language: str) -> bool:
        async def save(values: Values) -> None:
            await client_languages.add_language(
                self._db, self._client, language, values["level"], operation_id=uuid4()
            )

        return bool(await self._screen.ask(forms.level_form(language_name(language), None, save)))

    async def _fact(self, name: str) -> bool:
        found = self._screen.must
        group = next(each for each, (_title, names) in GROUPS.items() if name in names)

        async def change(seen: Seen, wanted: Seen) -> None:
            await circumstances.change_circumstances(
                self._db, self._client, seen, wanted, operation_id=uuid4()
            )

        async def save(values: Values) -> None:
            await save_merging(
                self._screen, change, asdict(found.circumstances), forms.facts_of(values), record_words
            )

        return bool(await self._screen.ask(forms.facts_form(group, found, save, name)))

    async def _document(self, name: str) -> bool:
        row = next((each for each in self._screen.must.documents if str(each.id) == name), None)

        async def save(values: Values) -> None:
            if row is None:
                await circumstances.add_document(self._db, self._client, values, operation_id=uuid4())
                return
            known = row

            async def change(seen: Seen, wanted: Seen) -> None:
                await circumstances.change_document(
                    self._db, self._client, known.id, seen, wanted, operation_id=uuid4()
                )

            await save_merging(self._screen, change, asdict(known), values, record_words)

        return bool(await self._screen.ask(forms.document_form(row, save)))

    async def _change(self, name: str) -> bool:
        found = self._screen.must
        row = next((each for each in found.changes if str(each.id) == name), None)

        async def save(values: Values) -> None:
            if row is None:
                await authority.add_change(self._db, self._client, values, operation_id=uuid4())
                return
            known = row

            async def change(seen: Seen, wanted: Seen) -> None:
                await authority.change_change(
                    self._db, self._client, known, seen, wanted, operation_id=uuid4()
                )

            await save_merging(self._screen, change, asdict(known), values, record_words)

        form = forms.change_form(row, found.responsible_authority, save)
        return bool(await self._screen.ask(form))

    async def _item(self, name: str) -> bool:
        change, item, row = self._screen.item(name)

        async def save(values: Values) -> None:
            await authority.mark(
                self._db, self._client, change, item.code, row, **values, operation_id=uuid4()
            )

        return bool(await self._screen.ask(forms.item_form(item.text, row, save)))


def row_of(key: str) -> tuple[str, UUID] | None:
    """Return the table and id of a row that can be removed, None for the others."""
    tables = {
        "interruption": "interruption", "extension": "extension", "study": "study",
        "document": "client_document", "change": "authority_change",
    }  # fmt: skip
    kind, _colon, name = key.partition(":")
    return (tables[kind], UUID(name)) if kind in tables else None
