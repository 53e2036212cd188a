"""Changing a client's details: a form for each kind of row, a choice where two people changed the same."""

from collections.abc import Awaitable, Callable
from dataclasses import asdict
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from kotoutus_tui.casework import client_details, client_languages, client_names, details_words, household
from kotoutus_tui.errors import InvalidInput
from kotoutus_tui.i18n import _
from kotoutus_tui.privacy import reveal
from screens import details_forms as forms
from screens.dialog import Confirm
from screens.field_conflict import save_merging
from screens.widgets.form import Values

if TYPE_CHECKING:
    from screens.client_details import ClientDetailsScreen


class DetailsEditor:
    """Edits one row of the screen; every way answers True when something was saved."""

    def __init__(self, screen: "ClientDetailsScreen") -> None:
        self._screen = screen
        self._db = screen.desk.db
        self._client = screen.client_id

    async def edit(self, key: str) -> bool:
        """Change what stands in the row with this key (see details_rows)."""
        kind, _colon, name = key.partition(":")
        ways: dict[str, Callable[[str], Awaitable[bool]]] = {
            "field": self._field,
            "protected": self._protected,
            "protection": self._protection,
            "code": self._code,
            "name": self._name,
            "language": self._language,
            "add": self._add,
        }
        return await ways[kind](name) if kind in ways else False

    async def _field(self, name: str) -> bool:
        section = next(each for each, (_title, names) in details_words.SECTIONS.items() if name in names)
        seen = dict(self._screen.shown.details.values)

        async def change(seen: dict[str, Any], wanted: dict[str, Any]) -> None:
            await client_details.change(self._db, self._client, seen, wanted, operation_id=uuid4())

        async def save(values: Values) -> None:
            await save_merging(self._screen, change, seen, forms.values_of(values), details_words)

        return await self._ask(forms.section_form(section, seen, save, name))

    async def _protected(self, name: str) -> bool:
        if self._screen.shown.contact is None:
            await self._screen.reveal_contact()
        contact = self._screen.shown.contact
        if contact is None:
            return False
        seen = asdict(contact)

        async def change(seen: dict[str, Any], wanted: dict[str, Any]) -> None:
            await reveal.change_protected_contact(
                self._db, self._client, reveal.ProtectedContact(**seen), wanted, operation_id=uuid4()
            )

        async def save(values: Values) -> None:
            await save_merging(self._screen, change, seen, values, details_words)

        form = forms.section_form("contact", seen, save, name, protected=True)
        return self._hidden(saved=await self._ask(form))

    async def _protection(self, _name: str) -> bool:
        async def lift(values: Values) -> None:
            await reveal.lift_protection(self._db, self._client, values["reason"])

        async def protect(values: Values) -> None:
            await reveal.protect(self._db, self._client, values["until"])

        if not self._screen.shown.details.protected:
            return await self._ask(forms.protection_form(protect))
        effects = [_("The contact data come into sight for everybody who opens the client.")]
        if not await self._screen.ask(Confirm(_("Lift the protection order?"), effects, accept=_("Lift"))):
            return False
        form = forms.reason_form(_("Why is the protection order lifted?"), lift, _("Lift"))
        return self._hidden(saved=await self._ask(form))

    async def _code(self, _name: str) -> bool:
        async def save(values: Values) -> None:
            await reveal.set_personal_id(self._db, self._client, values["personal_id"])

        return self._hidden(saved=await self._ask(forms.code_form(save)))

    async def _name(self, name: str) -> bool:
        known = next(each for each in self._screen.shown.names if str(each.id) == name)

        async def save(values: Values) -> None:
            await client_names.change_name(
                self._db, self._client, known, forms.parts_of(values),
                operation_id=uuid4(), keep_former=values.get("why") == "renamed",
            )  # fmt: skip

        return await self._ask(forms.name_form(known, save))

    async def _language(self, name: str) -> bool:
        known = next(each for each in self._screen.shown.languages if str(each.id) == name)

        async def save(values: Values) -> None:
            await client_languages.change_level(
                self._db, self._client, known, values["level"], operation_id=uuid4()
            )

        return await self._ask(forms.language_form(known.language, known.level, save))

    async def _add(self, what: str) -> bool:
        if what == "member":
            clients = await household.own_clients(self._db, self._client)
            form = forms.member_form([(str(each), name) for each, name in clients], self._add_member)
        elif what == "name":
            form = forms.name_form(None, self._add_name)
        else:
            form = forms.language_form(None, None, self._add_language)
        return await self._ask(form)

    async def _add_name(self, values: Values) -> None:
        await client_names.add_name(
            self._db, self._client, values["kind"], forms.parts_of(values), operation_id=uuid4()
        )

    async def _add_language(self, values: Values) -> None:
        await client_languages.add_language(
            self._db, self._client, values["language"], values["level"], operation_id=uuid4()
        )

    async def _add_member(self, values: Values) -> None:
        if values["person"] and values["other"]:
            raise InvalidInput("other", _("Give a name or a client, not both."))
        await household.add_member(
            self._db, self._client, values["relation"], person=values["person"],
            other=UUID(values["other"]) if values["other"] else None,
            is_guardian=values["guardian"] == "yes", operation_id=uuid4(),
        )  # fmt: skip

    async def _ask(self, form: forms.DetailsForm) -> bool:
        return bool(await self._screen.ask(form))

    def _hidden(self, *, saved: bool) -> bool:
        if saved:
            self._screen.hide()
        return saved
