"""What the cells of one row mean, or why they mean nothing."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from kotoutus_tui import clock
from kotoutus_tui.errors import InvalidInput
from kotoutus_tui.exchange import choices
from kotoutus_tui.i18n import _
from kotoutus_tui.text import clean_line, clean_prose

_LINE = 200
_PROSE = 8_000
_SHOWN = 40
_FINNISH = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]00:00(?::00)?)?")
_PHONE = re.compile(r"\+?[\d ()/-]{5,30}")
_EMAIL = re.compile(r"[^@\s,;]+@[^@\s,;]+\.[^@\s,;.]+")
_LEVEL = re.compile(r"(.+?)[ :(]+([ABC][12](?:\.\d)?)\)?", re.IGNORECASE)
_PAST = ("birth_date", "arrived_on", "first_permit_on", "first_plan_drawn_on")


@dataclass(frozen=True)
class Refusal:
    """Why a row is not read in: its number, the column, the value as it may be shown, the reason."""

    row: int
    column: str
    value: str
    reason: str


@dataclass
class ImportRow:
    """A row that was understood: `fields` for the database; empty cells are not among them."""

    number: int
    external_id: str
    fields: dict[str, Any] = field(default_factory=dict[str, Any])
    own_script_name: str = ""
    previous_name: str = ""
    languages: list[dict[str, str]] = field(default_factory=list[dict[str, str]])
    note: str = ""


Counsellors = Mapping[str, str | None]


def understood(number: int, cells: Mapping[str, str], counsellors: Counsellors) -> ImportRow | list[Refusal]:
    """Return the row, or every reason why not.

    `cells` has texts by column; `counsellors` has logins by lower-case login and name, None for a name
    that two people have.
    """
    row = ImportRow(number, "")
    refusals: list[Refusal] = []
    for column, written in cells.items():
        if not written.strip():
            continue
        try:
            _take(row, column, written.strip(), counsellors)
        except InvalidInput as error:
            refusals.append(Refusal(number, column, shown(column, written), error.sentence))
    if not row.external_id and not any(one.column == "external_id" for one in refusals):
        refusals.append(Refusal(number, "external_id", "", _("The client number is missing.")))
    refusals += _together(row)
    return refusals or row


def shown(column: str, written: str) -> str:
    """Return the value as a report may show it: short, and of an identity code only the date."""
    return written.strip()[:6] + "…" if column == "personal_id" else clean_enough(written)[:_SHOWN]


def unmarked(written: str, column: str = "") -> str:
    """Return a cell without the mark that an export puts before what a spreadsheet takes for a formula.

    Raises InvalidInput for a formula.
    """
    # A spreadsheet program shows a formula's result, the file holds the formula: neither is the value.
    if written.startswith("="):
        raise InvalidInput(column, _("The cell has a formula or an error of a spreadsheet."))
    return written[1:] if written[:1] == "'" and written[1:2] in ("=", "+", "-", "@") else written


def clean_enough(written: str) -> str:
    """Return a text on one line, with a mark for every character that is not for reading."""
    return "".join(sign if sign.isprintable() else "�" for sign in written)


def _take(row: ImportRow, column: str, written: str, counsellors: Counsellors) -> None:
    written = unmarked(written, column)
    if column == "note":
        row.note = _limited(clean_prose(written, column), _PROSE)
        return
    text = _limited(clean_line(written, column), _LINE)
    if column in ("external_id", "own_script_name", "previous_name"):
        setattr(row, column, text)
    elif column == "spoken_languages":
        row.languages = [_spoken(one.strip()) for one in re.split(r"[,;/|]", text) if one.strip()]
    elif column == "own_counsellor":
        row.fields[column] = _counsellor(text, counsellors)
    else:
        row.fields[column] = _READERS[column](text) if column in _READERS else text
    if column in _PAST and row.fields[column] > clock.today().isoformat():
        del row.fields[column]
        raise InvalidInput(column, _("The day is in the future."))


def _together(row: ImportRow) -> list[Refusal]:
    code, born = row.fields.get("personal_id"), row.fields.get("birth_date")
    if code and born and code[:6] != f"{born[8:10]}{born[5:7]}{born[2:4]}":
        reason = _("The date of birth and the personal identity code do not fit together.")
        return [Refusal(row.number, "birth_date", born, reason)]
    return []


def _limited(text: str, limit: int) -> str:
    if len(text) > limit:
        raise InvalidInput(
            "",
            _("The text is too long: {length} characters, at most {limit}.").format(
                length=len(text), limit=limit
            ),
        )
    return text


def read_day(text: str) -> str:
    """Return a date with a year, such as 24.11.2026, in ISO form; raises InvalidInput."""
    if match := _FINNISH.fullmatch(text.replace(" ", "")):
        day, month, year = int(match[1]), int(match[2]), int(match[3])
    elif match := _ISO.fullmatch(text):
        year, month, day = int(match[1]), int(match[2]), int(match[3])
    else:
        raise InvalidInput("", _("This is not a date with a year, such as 24.11.2026 or 2026-11-24."))
    try:
        found = date(year, month, day)
    except ValueError:
        raise InvalidInput("", _("There is no such day.")) from None
    if not 1900 <= found.year <= 2100:
        raise InvalidInput("", _("There is no such day."))
    return found.isoformat()


def _personal_id(text: str) -> str:
    from stdnum.exceptions import ValidationError
    from stdnum.fi import hetu

    try:
        return hetu.validate(text, allow_temporary=True)
    except ValidationError:
        raise InvalidInput("", _("This is not one valid personal identity code.")) from None


def _known(find: Callable[[str], Any], reason: Callable[[], str]) -> Callable[[str], Any]:
    def read(text: str) -> Any:
        found = find(text)
        if found is None:
            raise InvalidInput("", reason())
        return found

    return read


def _spoken(text: str) -> dict[str, str]:
    match = _LEVEL.fullmatch(text)
    name, level = (match[1].strip(), match[2].upper()) if match else (text, "")
    return {"language": _language(name)} | ({"level": level} if level else {})


def _counsellor(text: str, counsellors: Counsellors) -> str:
    if text.casefold() not in counsellors:
        raise InvalidInput("", _("There is no such counsellor in the team."))
    login = counsellors[text.casefold()]
    if login is None:
        raise InvalidInput("", _("Two counsellors have this name; write the login."))
    return login


def _matching(pattern: re.Pattern[str], reason: Callable[[], str]) -> Callable[[str], str]:
    return _known(lambda text: text if pattern.fullmatch(text) else None, reason)


_language = _known(choices.language, lambda: _("This is not a known language."))
_READERS: dict[str, Callable[[str], Any]] = {
    "birth_date": read_day, "arrived_on": read_day, "first_permit_on": read_day,
    "municipality_since": read_day, "first_plan_drawn_on": read_day, "period_start": read_day,
    "period_end": read_day, "review_due": read_day,
    "personal_id": _personal_id,
    "mother_tongue": _language, "service_language": _language,
    "interpreter_needed": _known(choices.yes_or_no, lambda: _("Write yes or no.")),
    "citizenship": _known(choices.country, lambda: _("This is not a known country.")),
    "ground_of_entry": _known(choices.ground_of_entry, lambda: _("This is not a known ground of entry.")),
    "phase": _known(choices.phase, lambda: _("This is not a known phase.")),
    "phone": _matching(_PHONE, lambda: _("This is not a telephone number.")),
    "email": _matching(_EMAIL, lambda: _("This is not an e-mail address.")),
}  # fmt: skip
