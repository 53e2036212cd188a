"""The rows of the demo's clients, as COPY takes them: which columns of which tables, and ids by time."""

from collections.abc import Iterable
from datetime import datetime
from random import Random
from typing import Any
from uuid import UUID

_MADE = "created_at updated_at"
_TABLES = {
    "client": "id external_id name sort_name phase own_counsellor assigned_on next_due next_task_id "
    "last_contact_on interviewed_on review_due referral_waiting_since period_start period_end "
    f"service_language interpreter_needed protected responsible_authority {_MADE}",
    "client_detail": "client_id birth_date mother_tongue citizenship ground_of_entry arrived_on "
    "first_permit_on municipality_since first_plan_drawn_on source updated_by",
    "client_contact": "client_id phone email address municipality updated_by",
    "protected_contact": "client_id phone email address municipality contact_address valid_until updated_by",
    "client_phone_key": "client_id digits",
    "client_identity": "id client_id personal_id valid_from recorded_by",
    "client_language": "id client_id language level",
    "client_name": "id client_id kind family given",
    "client_search_key": "name_id client_id name_key birth_year key_version",
    "client_skeleton": "skeleton name_id client_id",
    "assignment": "id client_id counsellor during reason assigned_by created_at",
    "household": "id created_at",
    "household_member": "id household_id client_id person relation valid_from is_guardian",
    "event": "id client_id kind occurred_at channel minutes body source reason refers_to operation_id "
    "entered_at author",
    "task": "id client_id title due_on done_at done_by cancelled_at created_at created_by",
    "arrival": "id label arrives_on source place persons template responsible cancelled_at cancelled_reason "
    "created_at created_by",
    "arrival_person": "arrival_id client_id created_at",
    "reception_step": "id arrival_id client_id code owner due_on blocked_by done_on done_by "
    "not_applicable_reason created_at",
    "plan": "id client_id kind number drawn_on signed_on starts_on ends_on next_review_on guided_on "
    f"own_words parties county_participates created_by updated_by {_MADE}",
    "plan_goal": "id plan_id client_id term goal state created_at",
    "plan_measure": "id plan_id client_id goal_id kind title justification provider starts_on ends_on state "
    "created_at",
    "plan_review": "id client_id plan_id held_on participation progress obstacles next_review_on created_at "
    "created_by",
    "client_status": "client_id learned_on requested_on assessment_started_on assessment_finished_on "
    "plan_needed county_participates family_of_refugee trafficking_victim unaccompanied guardian_since "
    "representative representative_contact family_group_home closed_on updated_by",
    "client_document": "id client_id kind valid_until kept_at created_by",
    "interview": "id client_id held_on finished_on language interpreter place place_reason event_id "
    "created_by",
    "interview_item": "id interview_id client_id item answer source told_on updated_by",
    "register_mark": "id client_id subject subject_id field digest copied_on confirmed_on updated_by",
    "interruption": "id client_id from_on to_on reason created_by",
    "extension": "id client_id decided_on ground months reasons created_by",
    "study": "id client_id kind title provider language starts_on ends_on minutes level created_by",
    "authority_change": "id client_id to_authority from_authority effective_on reason applied_at created_by",
    "handover_item": "id change_id client_id item done_on not_applicable_reason updated_by",
    "compensation_claim": "id client_id year old_law claimed_on reference created_at created_by",
    "referral": "id client_id service_id receiver receiver_kind purpose goal_id state state_at chase_on "
    "chase_task_id decline_code outcome outcome_note instead_of event_id created_by updated_by "
    f"{_MADE}",
    "referral_step": "id referral_id client_id was becomes decline_code outcome at author",
    "consent": "id client_id receiver items language how given_on withdrawn_on created_at created_by",
    "disclosure": "id client_id referral_id receiver receiver_kind items purpose ground consent_id way "
    "operation_id at author",
    "organisation": "id kind name_fi business_id phone valid_from valid_to predecessor_id origin external_id "
    f"remote updated_by {_MADE}",
    "service": "id organisation_id name_fi name_sv name_en words area spoken interpreted written "
    "who_may_come what_to_bring by_appointment capacity waiting_days next_start_on capacity_stated_on "
    f"state verified_on verified_by origin external_id remote updated_by {_MADE}",
    "place": "id organisation_id name street postal_code town easting northing external_id created_at",
    "service_place": "service_id place_id",
    "service_hours": "id service_id weekday opens closes",
    "company": "id name business_id contact phone email contact_confirmed_on created_at",
    "company_arrival": "id company_id month people route language families created_at created_by",
    "company_step": "id arrival_id code owner due_on done_on done_by created_at",
    "guidance_entry": "id given_on asker company_id topic language minutes outcome note created_at "
    "created_by",
    "answer_snippet": "id topic language title body valid_until checked_on checked_by created_at created_by",
    "population": "area language people year fetched_on",
    "appointment_series": "id counsellor frequency every weekdays starts_at times created_at",
    "appointment": "id counsellor kind title starts_at ends_at mode place room partner interpreter_language "
    "interpreter interpreter_company interpreter_reference interpreter_cancel_by series_id original_start "
    f"sequence cancelled_at cancelled_reason created_by updated_by {_MADE}",
    "appointment_client": "appointment_id client_id attendance told_of_fee told_how_to_cancel understood "
    "acceptable_reason",
    "absence": "id login from_on to_on created_at created_by",
    "partner_contact": "id organisation_id name title phone languages confirmed_on created_at",
}
TABLES: dict[str, tuple[str, ...]] = {table: tuple(columns.split()) for table, columns in _TABLES.items()}


class Rows:
    """Rows gathered until they are written; values are given by the names of their columns."""

    def __init__(self) -> None:
        self.tables: dict[str, list[list[Any]]] = {table: [] for table in TABLES}

    def add(self, table: str, **values: Any) -> None:
        """Add one row; columns that are not given stay empty. Raises KeyError for an unknown column."""
        row = [values.pop(column, None) for column in TABLES[table]]
        if values:
            raise KeyError(f"{table}: {', '.join(values)}")
        self.tables[table].append(row)

    def extend(self, other: "Rows") -> None:
        """Take over the rows of `other`."""
        for table, rows in other.tables.items():
            self.tables[table] += rows

    def column(self, table: str, name: str) -> Iterable[Any]:
        """Return the values of one column."""
        place = TABLES[table].index(name)
        return (row[place] for row in self.tables[table])


def id_at(random: Random, moment: datetime) -> UUID:
    """Return a UUID version 7 of that moment, the same for the same seed."""
    value = (int(moment.timestamp() * 1000) << 80) | random.getrandbits(80)
    value = (value & ~(0xF << 76)) | (0x7 << 76)
    return UUID(int=(value & ~(0x3 << 62)) | (0x2 << 62))
