"""The form of a new client, begun with what was searched for."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from textual.widgets import Input

from kotoutus_tui import clock, dates, log
from kotoutus_tui.casework import intake, intake_draft, intake_words
from kotoutus_tui.casework.duplicates import likely_duplicates
from kotoutus_tui.casework.intake import Name, NewClient
from kotoutus_tui.errors import InvalidInput, KotoutusError
from kotoutus_tui.i18n import _
from kotoutus_tui.text import clean_line
from screens import safe
from screens.client_search import Found
from screens.new_client import Duplicates
from screens.widgets.choice_field import ChoiceField
from screens.widgets.date_field import DateField
from screens.widgets.field import Field, TextField
from screens.widgets.form import FormDialog, Values

_OTHER_NAMES = ("own_script", "previous", "called", "alias")
_CONTACT = ("phone", "email", "address", "municipality")


class NewClientForm(FormDialog[Found]):
    """Answers with the client that was made, or with an own client that was found to be the same person.

    `counsellors` (login and name) is for the lead, who may choose whose client it becomes.
    """

    CSS_PATH = Path(__file__).with_name("new_client.tcss")

    def __init__(self, found: Found, state_dir: Path, counsellors: Sequence[tuple[str, str]] = ()) -> None:
        fields = [*_fields(found.text)]
        if counsellors:
            fields.append(ChoiceField("own_counsellor", _("Own counsellor"), counsellors))
        super().__init__(
            _("New client"), fields, save=self._save_client, accept=_("Save"), on_change=self._keep
        )
        self._draft = found.draft
        self._state_dir = state_dir
        self._operation = uuid4()
        self._tried: NewClient | None = None
        self._looked_at: set[UUID] = set()

    def on_mount(self) -> None:
        """Fill in the draft that was left."""
        if self._draft:
            self.call_after_refresh(self._fill)

    def _fill(self) -> None:
        for field in self._form.fields:
            if text := self._draft.get(field.name or ""):
                field.query_one(Input).value = safe.plain(text)

    def _keep(self, typed: Mapping[str, str]) -> None:
        try:
            intake_draft.keep(self._state_dir, typed)
        except OSError as error:
            log.unexpected(error, "draft not saved")

    async def _save_client(self, values: Values) -> Found:
        new = _client(values)
        # The same content again is the same attempt, which may have reached the database before.
        if new != self._tried:
            passport = new.passport
            born = new.birth_date or (intake.born_by_code(new.personal_id) if new.personal_id else None)
            likely = await likely_duplicates(
                self.desk.db, passport.given, passport.family, passport.patronymic,
                birth_date=born, phone=new.contact["phone"],
            )  # fmt: skip
            if any(each.hit.client_id not in self._looked_at for each in likely):
                answer = await self.ask(Duplicates(likely))
                if answer is None:
                    raise KotoutusError(_("Nothing was saved yet."))
                if answer.client_id is not None:
                    return answer
                self._looked_at |= {each.hit.client_id for each in likely}
            self._tried, self._operation = new, uuid4()
        client_id = await intake.create(self.desk.db, new, operation_id=self._operation)
        self._form.forget_draft()
        intake_draft.discard(self._state_dir)
        return Found(client_id)


def _fields(searched: str) -> list[Field[Any]]:
    family, given, born, code = _begun(searched)
    line_of_name = _("Family name, given names")
    return [
        TextField("family", _("Family name"), family, clean=clean_line),
        TextField("given", _("Given names"), given, clean=clean_line),
        TextField("patronymic", _("Patronymic"), clean=clean_line),
        TextField("own_script", _("Name in own script"), clean=clean_line, hint=line_of_name),
        TextField("previous", _("Former name"), clean=clean_line, hint=line_of_name),
        TextField("called", _("Called"), clean=clean_line),
        TextField("alias", _("Also known as"), clean=clean_line, hint=line_of_name),
        DateField("birth_date", _("Date of birth"), born, past=True),
        TextField("personal_id", _("Identity code"), code, clean=intake.read_personal_id),
        ChoiceField("mother_tongue", _("Mother tongue"), intake_words.languages()),
        ChoiceField("service_language", _("Language of contact"), intake_words.languages()),
        TextField("languages", _("Spoken languages"), clean=_languages, hint=_("Arabic, English B1")),
        ChoiceField("interpreter_needed", _("Interpreter needed"), intake_words.yes_or_no()),
        ChoiceField("citizenship", _("Citizenship"), intake_words.countries()),
        ChoiceField("ground_of_entry", _("Ground of entry"), intake_words.grounds()),
        DateField("arrived_on", _("Arrived in Finland"), past=True),
        DateField("first_permit_on", _("First permit"), past=True),
        DateField("municipality_since", _("In municipality since"), past=True),
        DateField("first_plan_drawn_on", _("First plan drawn"), past=True),
        TextField("phone", _("Telephone"), clean=clean_line),
        TextField("email", _("E-mail"), clean=clean_line),
        TextField("address", _("Address"), clean=clean_line),
        TextField("municipality", _("Municipality"), clean=clean_line),
    ]


def _begun(searched: str) -> tuple[str, str, date | None, str]:
    """Family name, given names, birth date and code of what was searched for, family name first."""
    born: date | None = None
    code = ""
    words: list[str] = []
    for word in searched.split():
        if not any(sign.isdigit() for sign in word):
            words.append(word)
            continue
        with suppress(InvalidInput):
            born = dates.parse(word, clock.today(), past=True)
        with suppress(InvalidInput):
            code = intake.read_personal_id(word)
    text = " ".join(words)
    family, _sign, given = text.partition(",") if "," in text else text.partition(" ")
    return family.strip(), given.strip(), born, code


def _languages(text: str) -> str:
    # Read to be checked; the field keeps what was written.
    intake_words.read_languages(text)
    return text


def _client(values: Values) -> NewClient:
    names = [Name("passport", values["family"], values["given"], values["patronymic"])]
    for kind in _OTHER_NAMES:
        if values[kind]:
            # Who is called something is called by a given name.
            name = (
                Name(kind, None, values[kind]) if kind == "called" else intake.read_name(kind, values[kind])
            )
            names.append(name)
    kept = ("birth_date", "personal_id", "mother_tongue", "service_language", "citizenship",
            "ground_of_entry", "arrived_on", "first_permit_on", "municipality_since",
            "first_plan_drawn_on")  # fmt: skip
    return NewClient(
        names,
        **{name: values[name] for name in kept},
        languages=intake_words.read_languages(values["languages"] or ""),
        interpreter_needed=values["interpreter_needed"] == "yes",
        own_counsellor=values.get("own_counsellor"),
        contact={name: values[name] for name in _CONTACT},
    )
