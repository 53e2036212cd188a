"""Invented runs of the catalogue for tests."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from kotoutus_tui.catalogue.records import (
    Fetched,
    HoursRecord,
    OrganisationRecord,
    PlaceRecord,
    ServiceRecord,
)

COLLEGE = OrganisationRecord(
    "o-1", "Mallilan opisto", name_sv="Mallila institut", business_id="0000001-9", kind="education",
    phone="013 111 1111",
)  # fmt: skip
CLUB = OrganisationRecord("o-2", "Naapurit ry", kind="ngo")
HOUSE = PlaceRecord("c-1", "Päätalo", "Mallikatu 1", "80100", "Joensuu", 642_000, 6_944_000)
COURSE = ServiceRecord(
    "s-1", "o-1", "Suomen kielen alkeiskurssi", summary_fi="Alkeet.", spoken="fi en", words="kielikurssi",
    places=(HOUSE,), hours=(HoursRecord(weekday=1, opens="09:00", closes="15:00"),),
    published_at=datetime(2026, 11, 1, tzinfo=UTC),
)  # fmt: skip
CAFE = ServiceRecord(
    "s-2", "o-2", "Kielikahvila", area="Joensuu", published_at=datetime(2026, 11, 2, tzinfo=UTC)
)
RUN = Fetched("run", (COLLEGE, CLUB), (COURSE, CAFE), newest=datetime(2026, 11, 20, tzinfo=UTC))


def with_course(run: Fetched = RUN, **facts: Any) -> Fetched:
    """Return the run with other facts of the course."""
    changed = [replace(each, **facts) if each.external_id == "s-1" else each for each in run.services]
    return replace(run, services=changed)


def without_course(run: Fetched = RUN, **facts: Any) -> Fetched:
    """Return the run without the course, with other facts of the run itself."""
    return replace(run, services=[each for each in run.services if each.external_id != "s-1"], **facts)
