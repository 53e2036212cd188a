"""Organisations and services from a table: a row is a service, or an organisation that has none."""

from datetime import date
from pathlib import Path

from kotoutus_tui.errors import InvalidInput
from kotoutus_tui.exchange import choices, columns, reading, values
from kotoutus_tui.exchange.columns import Columns
from kotoutus_tui.i18n import LANGUAGES, N_, _, current_language
from kotoutus_tui.partners import words
from kotoutus_tui.partners.commands import check_business_id
from kotoutus_tui.partners.folding import folded
from kotoutus_tui.partners.interchange.incoming import Facts, Incoming, Record, whole_number
from kotoutus_tui.partners.languages import read_codes
from kotoutus_tui.partners.opening_hours import read_weekly

# The first heading of a column is its name in Finnish, the last one in Swedish.
COLUMNS = Columns(
    {
        "organisation": (
            "organisaatio", "järjestö", "kumppani", "palveluntuottaja", "organization", "partner",
            "organisation",
        ),
        "organisation_sv": ("organisaatio ruotsiksi", "organisation på svenska"),
        "organisation_en": (
            "organisaatio englanniksi", "organisation in english", "organisation på engelska",
        ),
        "kind": ("laji", "kumppanin laji", "kind of partner", "typ"),
        "business_id": ("y tunnus", "ytunnus", "fo nummer"),
        "web": ("verkkosivu", "kotisivu", "www", "website", "webbplats"),
        "phone": ("puhelin", "puhelinnumero", "telephone", "telefon"),
        "email": ("sähköposti", "e mail", "e post"),
        "service": ("palvelu", "palvelun nimi", "service name", "tjänst"),
        "service_sv": ("palvelu ruotsiksi", "tjänst på svenska"),
        "service_en": ("palvelu englanniksi", "service in english", "tjänst på engelska"),
        "summary": ("kuvaus", "description", "beskrivning"),
        "words": ("hakusanat", "avainsanat", "keywords", "nyckelord"),
        "area": ("alue", "toiminta alue", "område"),
        "spoken": ("kielet", "palvelukielet", "languages", "staff speak", "språk"),
        "interpreted": ("tulkin kautta", "by interpreter", "via tolk"),
        "written": ("kirjallinen aineisto", "written material", "skriftligt material"),
        "who_may_come": ("kenelle", "kohderyhmä", "who may come", "målgrupp"),
        "what_to_bring": ("mukaan", "what to bring", "ta med"),
        "cost": ("hinta", "maksu", "price", "pris"),
        "by_appointment": ("ajanvaraus", "ajanvarauksella", "by appointment", "tidsbokning"),
        "capacity": ("paikkoja", "vapaita paikkoja", "places free", "lediga platser"),
        "waiting_days": ("odotus päiviä", "odotusaika", "waiting days", "väntetid"),
        "next_start_on": ("alkaa", "seuraava alku", "next start", "börjar"),
        "hours": ("aukioloajat", "aukiolo", "opening hours", "öppettider"),
        "street": ("osoite", "katuosoite", "address", "street address", "adress"),
        "postal_code": ("postinumero", "postal code", "postnummer"),
        "town": ("kunta", "paikkakunta", "toimipaikka", "city", "ort"),
        "contact": ("yhteyshenkilö", "contact person", "kontaktperson"),
        "contact_title": ("nimike", "tehtävänimike", "title", "titel"),
        "contact_phone": ("yhteyshenkilön puhelin", "contact phone", "kontaktpersonens telefon"),
        "contact_email": ("yhteyshenkilön sähköposti", "contact email", "kontaktpersonens e post"),
        "id": ("tunniste", "palvelun tunniste", "service id", "tjänstens id"),
    },
    "organisation",
    N_("The file has no column of organisations (organisation)."),
)  # fmt: skip
_ORGANISATION = {"organisation_sv": "name_sv", "organisation_en": "name_en"}
_SERVICE = {"service": "name_fi", "service_sv": "name_sv", "service_en": "name_en", "summary": "summary_fi"}
_CONTACT = {"contact": "name", "contact_title": "title", "contact_phone": "phone", "contact_email": "email"}


def label(column: str) -> str:
    """Return what a column is called: its first heading is Finnish, its last one Swedish."""
    headings = COLUMNS.headings[column]
    return {"fi": headings[0], "sv": headings[-1]}.get(current_language(), column.replace("_", " "))


def read(file: Path, mapping: dict[str, str] | None = None) -> Incoming:
    """Return what a CSV or XLSX file says; raises InvalidInput when it cannot be used as a whole."""
    table = reading.read(file)
    places, ignored = columns.matched(table.headings, mapping, COLUMNS)
    found = Incoming("table", digest=table.digest, ignored=ignored)
    found.columns = {column: table.headings[place].strip() for column, place in places.items()}
    known: dict[str, Record] = {}
    for row, line in table.rows:
        cells: dict[str, str] = {}
        for column, place in places.items():
            written = line[place].strip() if place < len(line) else ""
            try:
                cells[column] = values.unmarked(written, column)
            except InvalidInput as error:
                found.remark(_("row"), row, column, written, error.sentence)
        if not cells.get("organisation"):
            reason = _("The organisation is missing, so the row is left out.")
            found.remark(_("row"), row, "organisation", "", reason)
            continue
        organisation = _organisation(found, row, cells, known)
        if cells.get("service"):
            _service(found, row, cells, organisation)
        elif cells.get("contact"):
            _contact(found, row, cells, {"organisation": organisation.key})
    return found


def _organisation(found: Incoming, row: int, cells: dict[str, str], known: dict[str, Record]) -> Record:
    key = f"name:{folded(cells['organisation'])}"
    record = known.get(key)
    if record is None:
        record = known[key] = Record(_("row"), row, key)
        found.take(record, "organisation", "name_fi", cells["organisation"])
        found.organisations.append(record)
    told = Record(_("row"), row, key)
    for column, name in _ORGANISATION.items():
        found.take(told, column, name, cells.get(column, ""))
    found.take(told, "kind", "kind", cells.get("kind", ""), _kind)
    found.take(told, "business_id", "business_id", cells.get("business_id", ""), check_business_id)
    for column in ("web", "phone", "email"):
        found.take(told, column, column, cells.get(column, ""))
    record.facts = told.facts | record.facts  # the first row that says something stands
    return record


def _service(found: Incoming, row: int, cells: dict[str, str], organisation: Record) -> None:
    of = {"organisation": organisation.key}
    key = cells.get("id", "") or f"{organisation.key}:{folded(cells['service'])}"
    record = Record(_("row"), row, key, of=of)
    for column, name in _SERVICE.items():
        found.take(record, column, name, cells.get(column, ""))
    for column in ("words", "area", "who_may_come", "what_to_bring", "cost"):
        found.take(record, column, column, cells.get(column, ""))
    for column in ("spoken", "interpreted", "written"):
        found.take(record, column, column, cells.get(column, ""), read_codes)
    for column in ("capacity", "waiting_days"):
        found.take(record, column, column, cells.get(column, ""), whole_number)
    found.take(record, "by_appointment", "by_appointment", cells.get("by_appointment", ""), _yes_or_no)
    found.take(record, "next_start_on", "next_start_on", cells.get("next_start_on", ""), _day)
    found.services.append(record)
    _place(found, row, cells, record)
    week: Facts = {}
    found.take(Record(_("row"), row, key, week), "hours", "weekly", cells.get("hours", ""), read_weekly)
    for day, opens, closes in week.get("weekly", ()):
        facts: Facts = {"weekday": day, "on_day": None, "opens": opens, "closes": closes}
        found.hours.append(Record(_("row"), row, key, facts, {"service": key}))
    if cells.get("contact"):
        _contact(found, row, cells, of | {"service": key})


def _place(found: Incoming, row: int, cells: dict[str, str], service: Record) -> None:
    key = f"{service.key}:place"
    place = Record(_("row"), row, key, of={"organisation": service.of["organisation"]})
    for column in ("street", "postal_code", "town"):
        found.take(place, column, column, cells.get(column, ""))
    if place.facts:
        found.places.append(place)
        of = {"service": service.key, "place": key}
        found.given.append(Record(_("row"), row, key, of=of))


def _contact(found: Incoming, row: int, cells: dict[str, str], of: dict[str, str]) -> None:
    record = Record(_("row"), row, "", of=of)
    for column, name in _CONTACT.items():
        found.take(record, column, name, cells.get(column, ""))
    found.contacts.append(record)


def _kind(text: str) -> str:
    word = folded(text)
    if word.replace(" ", "_") in words.KINDS:
        return word.replace(" ", "_")
    for kind in words.KINDS:
        if word in (folded(words.kind_name(kind, language)) for language in LANGUAGES):
            return kind
    raise InvalidInput("", _("This is not a known kind of partner."))


def _yes_or_no(text: str) -> bool:
    found = choices.yes_or_no(text)
    if found is None:
        raise InvalidInput("", _("Write yes or no."))
    return found


def _day(text: str) -> date:
    return date.fromisoformat(values.read_day(text))
