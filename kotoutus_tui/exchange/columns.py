"""The columns of a file and the headings by which they are known."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from kotoutus_tui.errors import InvalidInput
from kotoutus_tui.i18n import N_, _


@dataclass(frozen=True)
class Columns:
    """What a file may hold: columns with the headings besides their own names, and one that must be there.

    `missing` is the sentence told without that column.
    """

    headings: Mapping[str, tuple[str, ...]]
    needed: str
    missing: str


# Each column with its headings besides its own name, in Finnish and English.
COLUMNS: dict[str, tuple[str, ...]] = {
    "external_id": ("asiakasnumero", "asiakas id", "client number", "client id", "id"),
    "family": ("sukunimi", "family name", "surname", "last name"),
    "given": ("etunimi", "etunimet", "given name", "given names", "first name", "first names"),
    "patronymic": ("isännimi", "patronyymi"),
    "own_script_name": ("nimi omalla kirjoituksella", "nimi omilla kirjaimilla", "name in own script"),
    "previous_name": ("entinen nimi", "aiempi nimi", "former name"),
    "birth_date": ("syntymäaika", "syntymäpäivä", "date of birth", "born"),
    "personal_id": ("henkilötunnus", "hetu", "personal identity code"),
    "mother_tongue": ("äidinkieli", "native language"),
    "service_language": ("asiointikieli", "palvelukieli"),
    "spoken_languages": ("kielet", "muut kielet", "kielitaito", "languages"),
    "interpreter_needed": ("tulkki", "tulkin tarve", "tulkkaustarve", "interpreter"),
    "citizenship": ("kansalaisuus", "nationality"),
    "ground_of_entry": ("maahantulon peruste", "oleskelun peruste", "ground"),
    "arrived_on": ("saapunut", "maahantulopäivä", "saapui suomeen", "arrived", "arrival date"),
    "first_permit_on": ("ensimmäinen oleskelulupa", "first permit", "first residence permit"),
    "municipality_since": ("kunnassa alkaen", "kotikunta alkaen", "muuttopäivä", "in municipality since"),
    "first_plan_drawn_on": ("ensimmäinen suunnitelma", "suunnitelma laadittu", "first plan"),
    "period_start": ("kotoutumisaika alkaa", "jakso alkaa", "integration period start"),
    "period_end": ("kotoutumisaika päättyy", "jakso päättyy", "integration period end"),
    "review_due": ("tarkistus", "tarkistus viimeistään", "review"),
    "phase": ("vaihe", "tila", "stage"),
    "own_counsellor": (
        "omavalmentaja",
        "omaohjaaja",
        "oma ohjaaja",
        "ohjaaja",
        "vastuuhenkilö",
        "counsellor",
    ),
    "phone": ("puhelin", "puhelinnumero", "telephone", "phone number"),
    "email": ("sähköposti", "e mail"),
    "address": ("osoite", "katuosoite", "street address"),
    "municipality": ("kunta", "kotikunta"),
    "note": ("muistiinpano", "huomautus", "lisätiedot", "notes", "remark"),
}
# Without a client number a second reading would make every client twice.
CLIENTS = Columns(COLUMNS, "external_id", N_("The file has no column of client numbers (external_id)."))


def matched(
    headings: Sequence[str], mapping: dict[str, str] | None = None, columns: Columns = CLIENTS
) -> tuple[dict[str, int], list[str]]:
    """Return the place of each column found, and the headings that are of none.

    `mapping` names columns by further headings. Raises InvalidInput when two headings are of one column or
    the column that must be there is not.
    """
    known = _known(columns) | {_plain(heading): column for heading, column in (mapping or {}).items()}
    places: dict[str, int] = {}
    strange: list[str] = []
    for place, heading in enumerate(headings):
        column = known.get(_plain(heading))
        if column is None:
            if heading.strip():
                strange.append(heading.strip())
        elif column in places:
            raise InvalidInput(
                column, _("Two columns of the file are both “{column}”.").format(column=column),
                _("Rename one of them, or name the columns in a mapping file."),
            )  # fmt: skip
        else:
            places[column] = place
    if columns.needed not in places:
        raise InvalidInput(columns.needed, _(columns.missing), _("Add it, or name it in a mapping file."))
    return places, strange


def read_mapping(file: Path, columns: Columns = CLIENTS) -> dict[str, str]:
    """Return headings and their columns from a TOML file with a table [columns]: "Heading" = "column".

    Raises InvalidInput when the file cannot be read or names a column that does not exist.
    """
    try:
        content = tomllib.loads(file.read_text("utf-8-sig"))
    except (OSError, ValueError):
        raise InvalidInput(
            "mapping", _("The mapping file cannot be read."), _("It is TOML with a table [columns].")
        ) from None
    found: object = content.get("columns")
    pairs = cast("dict[str, object]", found) if isinstance(found, dict) else {}
    if not pairs or any(column not in columns.headings for column in pairs.values()):
        raise InvalidInput(
            "mapping",
            _("The mapping file names a column that does not exist."),
            _("The columns are: {columns}").format(columns=", ".join(columns.headings)),
        )
    return {heading: str(column) for heading, column in pairs.items()}


def _known(columns: Columns) -> dict[str, str]:
    return {
        heading: column
        for column, others in columns.headings.items()
        for heading in (column.replace("_", " "), *others)
    }


def _plain(heading: str) -> str:
    return " ".join(heading.casefold().replace("_", " ").replace("-", " ").strip(" :*.").split())
