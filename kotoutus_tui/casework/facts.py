"""What the deadlines of a client are counted from; docs/deadlines.md tells what each fact means in law."""

from dataclasses import dataclass
from datetime import date

# An extension is decided on one of these grounds; which of them an Act knows stands in its rules.
EXTENSION_GROUNDS = (
    "special_measures",
    "low_education",
    "multisectoral_need",
    "home_care_allowance",
    "studies",
)


@dataclass(frozen=True, slots=True)
class Plan:
    """An integration plan; `drawn_on` is the day it was drawn up, `signed_on` the day it was signed."""

    drawn_on: date | None = None
    signed_on: date | None = None
    starts_on: date | None = None
    ends_on: date | None = None


@dataclass(frozen=True, slots=True)
class Review:
    """A review of the plan that was held, and the day agreed for the next one."""

    held_on: date
    next_review_on: date | None = None


@dataclass(frozen=True, slots=True)
class Interruption:
    """Time in which the plan could not be carried out, both days included; without `to_on` it goes on."""

    from_on: date
    to_on: date | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Extension:
    """A decision to lengthen the integration period; the Act may allow less than `months`."""

    months: int
    decided_on: date | None = None
    ground: str = "special_measures"
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything that is known of a client's process; what is not known stays empty and gives no deadline.

    `requested_on` is the day the client asked for the assessment, `client_since` the day the client
    relationship began, `learned_on` the day the municipality learned of the person. `guided_on` is the
    day of guidance to a service after the plan. `compensation_from` is needed only where compensation
    starts on another day than `municipality_since`; `entitles_to_compensation` only where the ground of
    entry does not tell. Order within the tuples means nothing.
    """

    birth_date: date | None = None
    ground_of_entry: str | None = None
    first_permit_on: date | None = None
    municipality_since: date | None = None
    learned_on: date | None = None
    requested_on: date | None = None
    client_since: date | None = None
    assessment_started_on: date | None = None
    assessment_finished_on: date | None = None
    plan_needed: bool | None = None
    drafting_started_on: date | None = None
    plans: tuple[Plan, ...] = ()
    guided_on: date | None = None
    reviews: tuple[Review, ...] = ()
    next_review_on: date | None = None
    interruptions: tuple[Interruption, ...] = ()
    extensions: tuple[Extension, ...] = ()
    responsible_authority: str | None = None
    trafficking_victim: bool = False
    unaccompanied_minor: bool = False
    guardian_since: date | None = None
    permit_until: date | None = None
    passport_until: date | None = None
    protection_order_until: date | None = None
    interpreter_cancel_by: tuple[date, ...] = ()
    quota_family: bool = False
    entitles_to_compensation: bool | None = None
    compensation_from: date | None = None
    compensation_claimed_years: tuple[int, ...] = ()
    closed_on: date | None = None
