"""Making a new client with names, languages, grounds and dates; the search for duplicates comes before."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid5

from kotoutus_tui import clock
from kotoutus_tui.casework.integration_period import integration_period
from kotoutus_tui.errors import InvalidInput
from kotoutus_tui.i18n import _
from kotoutus_tui.text import clean_line

if TYPE_CHECKING:
    from kotoutus_tui.database import Database

_LONGEST = 200


@dataclass(frozen=True)
class Name:
    """A name of one of models.name.NAME_KINDS, as its document writes it."""

    kind: str
    family: str | None = None
    given: str | None = None
    patronymic: str | None = None


@dataclass(frozen=True)
class NewClient:
    """What is known of a client at the beginning; only the passport name is needed.

    Languages are codes of CLDR (`languages` with a level or none), citizenship is a code of ISO 3166.
    The integration period follows from `first_plan_drawn_on`. `own_counsellor` is for the lead: of a
    counsellor's new client it is the counsellor, and a client of nobody is one who is arriving.
    """

    names: Sequence[Name]
    birth_date: date | None = None
    personal_id: str | None = None
    mother_tongue: str | None = None
    service_language: str | None = None
    languages: Sequence[tuple[str, str | None]] = ()
    interpreter_needed: bool = False
    citizenship: str | None = None
    ground_of_entry: str | None = None
    arrived_on: date | None = None
    first_permit_on: date | None = None
    municipality_since: date | None = None
    first_plan_drawn_on: date | None = None
    own_counsellor: str | None = None
    contact: dict[str, str | None] = field(default_factory=dict[str, str | None])

    @property
    def passport(self) -> Name:
        """The name lists show; raises InvalidInput when there is none."""
        for name in self.names:
            if name.kind == "passport" and (name.family or name.given):
                return name
        raise InvalidInput("family", _("The name is missing."))


async def create(db: "Database", new: NewClient, *, operation_id: UUID) -> UUID:
    """Make the client and return its id; the same operation makes it once.

    A personal identity code that another client has is filed for the lead to settle: the caller learns
    nothing of it, and nothing is merged. Raises InvalidInput with the field, NotAllowed, Unreachable.
    """
    from sqlalchemy import text

    from kotoutus_tui.database import AlreadyDone

    client_id = uuid5(operation_id, "client")
    facts = json.dumps(_facts(new) | {"id": str(client_id)})
    try:
        async with db.writing(operation_id, "client.create") as session:
            connection = await session.connection()
            await connection.execute(
                text("select api.create_client(cast(:facts as jsonb))"), {"facts": facts}
            )
    except AlreadyDone:
        pass
    return client_id


def read_name(kind: str, text: str) -> Name:
    """Return a name written on one line: Family name, given names. Raises InvalidInput."""
    line = clean_line(text)
    if len(line) > _LONGEST:
        raise InvalidInput("", _("The name is too long."))
    family, _comma, given = line.partition(",")
    return Name(kind, family.strip() or None, given.strip() or None)


def read_personal_id(text: str) -> str:
    """Return a personal identity code in its one form, checked by its last letter; raises InvalidInput."""
    from stdnum.exceptions import ValidationError
    from stdnum.fi import hetu

    try:
        return hetu.validate(text, allow_temporary=True)
    except ValidationError:
        raise InvalidInput(
            "personal_id",
            _("This is not a personal identity code."),
            _("Compare it with the document; it may be left empty."),
        ) from None


def born_by_code(personal_id: str) -> date:
    """Return the birth date that a checked personal identity code says."""
    century = 1800 if personal_id[6] == "+" else 1900 if personal_id[6] in "-YXWVU" else 2000
    return date(century + int(personal_id[4:6]), int(personal_id[2:4]), int(personal_id[:2]))


def _facts(new: NewClient) -> dict[str, Any]:
    _ = new.passport
    born = _born(new)
    _check_order(new, born)
    period = integration_period(new.first_plan_drawn_on) if new.first_plan_drawn_on else None
    detail: dict[str, Any] = {
        "birth_date": born, "mother_tongue": new.mother_tongue, "citizenship": new.citizenship,
        "ground_of_entry": new.ground_of_entry, "arrived_on": new.arrived_on,
        "first_permit_on": new.first_permit_on, "municipality_since": new.municipality_since,
        "first_plan_drawn_on": new.first_plan_drawn_on,
    }  # fmt: skip
    return {
        "names": [_with_keys(name, born) for name in new.names],
        "detail": {key: str(value) for key, value in detail.items() if value is not None},
        "contact": new.contact,
        "languages": [{"language": code, "level": level} for code, level in new.languages],
        "service_language": new.service_language,
        "interpreter_needed": new.interpreter_needed,
        "own_counsellor": new.own_counsellor,
        "phase": "plan" if period else "new",
        "period_start": str(period.start) if period else None,
        "period_end": str(period.end) if period else None,
        "personal_id": new.personal_id,
    }


def _born(new: NewClient) -> date | None:
    if new.personal_id is None:
        return new.birth_date
    by_code = born_by_code(new.personal_id)
    if new.birth_date not in (None, by_code):
        raise InvalidInput(
            "personal_id", _("The date of birth and the personal identity code do not fit together.")
        )
    return by_code


def _check_order(new: NewClient, born: date | None) -> None:
    today = clock.today()
    days = {
        "birth_date": born, "arrived_on": new.arrived_on, "first_permit_on": new.first_permit_on,
        "first_plan_drawn_on": new.first_plan_drawn_on,
    }  # fmt: skip
    for name, day in days.items():
        if day is not None and day > today and name != "arrived_on":
            raise InvalidInput(name, _("The day is in the future."))
        if day is not None and born is not None and day < born:
            raise InvalidInput(name, _("The day is before the date of birth."))


def _with_keys(name: Name, born: date | None) -> dict[str, Any]:
    from kotoutus_tui.casework.name_keys import KEY_VERSION, keys_of

    keys = keys_of(name.given, name.family, name.patronymic)
    return {
        "kind": name.kind, "family": name.family, "given": name.given, "patronymic": name.patronymic,
        "birth_year": born.year if born else None, "name_key": keys.name_key,
        "skeletons": keys.skeletons, "key_version": KEY_VERSION,
    }  # fmt: skip
