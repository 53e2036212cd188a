"""Tables of the integration process: interview, plan, period, deadlines, reception, hand-over."""

# pyright: basic

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from models.migrations.domains import Line, Prose

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "arrival",
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("label", Line(), nullable=False),
        sa.Column("arrives_on", sa.Date(), nullable=False),
        sa.Column("source", Line(), nullable=False),
        sa.Column("place", Line(), server_default=sa.text("null"), nullable=True),
        sa.Column("persons", sa.Integer(), server_default=sa.text("null"), nullable=True),
        sa.Column("template", Line(), nullable=False),
        sa.Column("responsible", Line(), server_default=sa.text("null"), nullable=True),
        sa.Column(
            "cancelled_at", postgresql.TIMESTAMP(timezone=True), server_default=sa.text("null"), nullable=True
        ),
        sa.Column("cancelled_reason", Line(), server_default=sa.text("null"), nullable=True),
        sa.Column(
            "created_at",
            postgresql.TIMESTAMP(timezone=True),
            server_default=sa.text("clock_timestamp()"),
            nullable=False,
        ),
        sa.Column("created_by", sa.Text(), server_default=sa.text("session_user"), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.CheckConstraint(
            "source in ('quota', 'reception_centre', 'family', 'direct', 'other')",
            name=op.f("ck_arrival_source"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_arrival")),
        schema="app",
    )
    op.create_index("ix_arrival_day", "arrival", ["arrives_on"], unique=False, schema="app")
    op.create_table(
        "arrival_person",
        sa.Column("arrival_id", sa.Uuid(), nullable=False),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column(
            "removed_at", postgresql.TIMESTAMP(timezone=True), server_default=sa.text("null"), nullable=True
        ),
        sa.Column(
            "created_at",
            postgresql.TIMESTAMP(timezone=True),
            server_default=sa.text("clock_timestamp()"),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(
            ["arrival_id"], ["app.arrival.id"], name=op.f("fk_arrival_person_arrival_id")
        ),
        sa.ForeignKeyConstraint(["client_id"], ["app.client.id"], name=op.f("fk_arrival_person_client_id")),
        sa.PrimaryKeyConstraint("arrival_id", "client_id", name=op.f("pk_arrival_person")),
        schema="app",
    )
    op.create_index("ix_arrival_person_client", "arrival_person", ["client_id"], unique=False, schema="app")
    op.create_table(
        "authority_change",
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("to_authority", Line(), nullable=False),
        sa.Column("effective_on", sa.Date(), nullable=False),
        sa.Column("reason", Line(), server_default=sa.text("null"), nullable=True),
        sa.Column("from_authority", Line(), server_default=sa.text("null"), nullable=True),
        sa.Column(
            "applied_at", postgresql.TIMESTAMP(timezone=True), server_default=sa.text("null"), nullable=True
        ),
        sa.Column(
            "removed_at", postgresql.TIMESTAMP(timezone=True), server_default=sa.text("null"), nullable=True
        ),
        sa.Column(
            "created_at",
            postgresql.TIMESTAMP(timezone=True),
            server_default=sa.text("clock_timestamp()"),
            nullable=False,
        ),
        sa.Column("created_by", sa.Text(), server_default=sa.text("session_user"), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.CheckConstraint(
            "to_authority in ('municipality', 'employment_authority')",
            name=op.f("ck_authority_change_to_authority"),
        ),
        sa.ForeignKeyConstraint(["client_id"], ["app.client.id"], name=op.f("fk_authority_change_client_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_authority_change")),
        schema="app",
    )
    op.create_index(
        "ix_authority_change_client", "authority_change", ["client_id"], unique=False, schema="app"
    )
    op.create_table(
        "client_document",
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("kind", Line(), nullable=False),
        sa.Column("valid_until", sa.Date(), server_default=sa.text("null"), nullable=True),
        sa.Column("kept_at", Line(), server_default=sa.text("null"), nullable=True),
        sa.Column(
            "removed_at", postgresql.TIMESTAMP(timezone=True), server_default=sa.text("null"), nullable=True
        ),
        sa.Column(
            "created_at",
            postgresql.TIMESTAMP(timezone=True),
            server_default=sa.text("clock_timestamp()"),
            nullable=False,
        ),
        sa.Column("created_by", sa.Text(), server_default=sa.text("session_user"), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.CheckConstraint(
            "kind in ('residence_permit', 'residence_card', 'right_registration', 'passport', 'travel_document', 'id_card', 'other')",
            name=op.f("ck_client_document_kind"),
        ),
        sa.ForeignKeyConstraint(["client_id"], ["app.client.id"], name=op.f("fk_client_document_client_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_client_document")),
        schema="app",
    )
    op.create_index("ix_client_document_client", "client_document", ["client_id"], unique=False, schema="app")
    op.create_table(
        "client_status",
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("learned_on", sa.Date(), server_default=sa.text("null"), nullable=True),
        sa.Column("requested_on", sa.Date(), server_default=sa.text("null"), nullable=True),
        sa.Column("assessment_started_on", sa.Date(), server_default=sa.text("null"), nullable=True),
        sa.Column("assessment_finished_on", sa.Date(), server_default=sa.text("null"), nullable=True),
        sa.Column("plan_needed", sa.Boolean(), server_default=sa.text("null"), nullable=True),
        sa.Column("county_participates", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("family_of_refugee", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("trafficking_victim", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("unaccompanied", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("guardian_since", sa.Date(), server_default=sa.text("null"), nullable=True),
        sa.Column("representative", Line(), server_default=sa.text("null"), nullable=True),
        sa.Column("representative_contact", Line(), server_default=sa.text("null"), nullable=True),
        sa.Column("family_group_home", Line(), server_default=sa.text("null"), nullable=True),
        sa.Column("closed_on", sa.Date(), server_default=sa.text("null"), nullable=True),
        sa.Column(
            "updated_at",
            postgresql.TIMESTAMP(timezone=True),
            server_default=sa.text("clock_timestamp()"),
            nullable=False,
        ),
        sa.Column("updated_by", sa.Text(), server_default=sa.text("session_user"), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.CheckConstraint(
            "assessment_finished_on >= assessment_started_on", name=op.f("ck_client_status_assessment_order")
        ),
        sa.ForeignKeyConstraint(["client_id"], ["app.client.id"], name=op.f("fk_client_status_client_id")),
        sa.PrimaryKeyConstraint("client_id", name=op.f("pk_client_status")),
        schema="app",
    )
    op.create_table(
        "compensation_claim",
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("old_law", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("claimed_on", sa.Date(), nullable=False),
        sa.Column("reference", Line(), server_default=sa.text("null"), nullable=True),
        sa.Column(
            "removed_at", postgresql.TIMESTAMP(timezone=True), server_default=sa.text("null"), nullable=True
        ),
        sa.Column(
            "created_at",
            postgresql.TIMESTAMP(timezone=True),
            server_default=sa.text("clock_timestamp()"),
            nullable=False,
        ),
        sa.Column("created_by", sa.Text(), server_default=sa.text("session_user"), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.CheckConstraint("year between 2000 and 2100", name=op.f("ck_compensation_claim_year")),
        sa.ForeignKeyConstraint(
            ["client_id"], ["app.client.id"], name=op.f("fk_compensation_claim_client_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_compensation_claim")),
        schema="app",
    )
    op.create_index(
        "ix_compensation_claim_client", "compensation_claim", ["client_id"], unique=False, schema="app"
    )
    op.create_table(
        "deadline",
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("rule", Line(), nullable=False),
        sa.Column("subject", Line(), server_default=sa.text("''"), nullable=False),
        sa.Column("section", Line(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("statutory", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("basis", postgresql.JSONB(), server_default=sa.text("null"), nullable=True),
        sa.Column("snoozed_until", sa.Date(), server_default=sa.text("null"), nullable=True),
        sa.Column("own_counsellor", Line(), server_default=sa.text("null"), nullable=True),
        sa.ForeignKeyConstraint(["client_id"], ["app.client.id"], name=op.f("fk_deadline_client_id")),
        sa.PrimaryKeyConstraint("client_id", "rule", "subject", name=op.f("pk_deadline")),
        schema="app",
    )
    op.create_index("ix_deadline_due", "deadline", ["due_on", "client_id"], unique=False, schema="app")
    op.create_index(
        "ix_deadline_own", "deadline", ["own_counsellor", "due_on", "client_id"], unique=False, schema="app"
    )
    op.create_table(
        "deadline_state",
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("rules", Line(), server_default=sa.text("null"), nullable=True),
        sa.Column("stale", sa.Boolean(), server_default=sa.text("true"), nullable=False),
        sa.Column(
            "counted_at", postgresql.TIMESTAMP(timezone=True), server_default=sa.text("null"), nullable=True
        ),
        sa.ForeignKeyConstraint(["client_id"], ["app.client.id"], name=op.f("fk_deadline_state_client_id")),
        sa.PrimaryKeyConstraint("client_id", name=op.f("pk_deadline_state")),
        schema="app",
    )
    op.create_index(
        "ix_deadline_state_stale",
        "deadline_state",
        ["client_id"],
        unique=False,
        schema="app",
        postgresql_where=sa.text("stale"),
    )
    op.create_table(
        "extension",
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=False),
        sa.Column("ground", Line(), nullable=False),
        sa.Column("months", sa.Integer(), nullable=False),
        sa.Column("reasons", Prose(), nullable=False),
        sa.Column(
            "removed_at", postgresql.TIMESTAMP(timezone=True), server_default=sa.text("null"), nullable=True
        ),
        sa.Column(
            "created_at",
            postgresql.TIMESTAMP(timezone=True),
            server_default=sa.text("clock_timestamp()"),
            nullable=False,
        ),
        sa.Column("created_by", sa.Text(), server_default=sa.text("session_user"), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.CheckConstraint(
            "ground in ('special_measures', 'low_education', 'multisectoral_need', 'home_care_allowance', 'studies')",
            name=op.f("ck_extension_ground"),
        ),
        sa.CheckConstraint("months between 1 and 24", name=op.f("ck_extension_months")),
        sa.ForeignKeyConstraint(["client_id"], ["app.client.id"], name=op.f("fk_extension_client_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_extension")),
        schema="app",
    )
    op.create_index("ix_extension_client", "extension", ["client_id"], unique=False, schema="app")
    op.create_table(
        "interruption",
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("to_on", sa.Date(), server_default=sa.text("null"), nullable=True),
        sa.Column("reason", Line(), nullable=False),
        sa.Column("note", Prose(), server_default=sa.text("null"), nullable=True),
        sa.Column(
            "removed_at", postgresql.TIMESTAMP(timezone=True), server_default=sa.text("null"), nullable=True
        ),
        sa.Column(
            "created_at",
            postgresql.TIMESTAMP(timezone=True),
            server_default=sa.text("clock_timestamp()"),
            nullable=False,
        ),
        sa.Column("created_by", sa.Text(), server_default=sa.text("session_user"), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        postgresql.ExcludeConstraint(
            (sa.column("client_id"), "="),
            (sa.literal_column("daterange(from_on, to_on, '[]')"), "&&"),
            where=sa.text("removed_at is null"),
            using="gist",
            name="ex_interruption_one_at_a_time",
        ),
        sa.CheckConstraint(
            "reason in ('injury', 'illness', 'pregnancy', 'parental', 'comparable')",
            name=op.f("ck_interruption_reason"),
        ),
        sa.CheckConstraint("to_on >= from_on", name=op.f("ck_interruption_order")),
        sa.ForeignKeyConstraint(["client_id"], ["app.client.id"], name=op.f("fk_interruption_client_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_interruption")),
        schema="app",
    )
    op.create_index("ix_interruption_client", "interruption", ["client_id"], unique=False, schema="app")
    op.create_table(
        "interview",
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("held_on", sa.Date(), server_default=sa.text("null"), nullable=True),
        sa.Column("finished_on", sa.Date(), server_default=sa.text("null"), nullable=True),
        sa.Column("language", Line(), server_default=sa.text("null"), nullable=True),
        sa.Column("interpreter", Line(), server_default=sa.text("null"), nullable=True),
        sa.Column("place", Line(), server_default=sa.text("null"), nullable=True),
        sa.Column("place_reason", Line(), server_default=sa.text("null"), nullable=True),
        sa.Column("event_id", sa.Uuid(), server_default=sa.text("null"), nullable=True),
        sa.Column(
            "removed_at", postgresql.TIMESTAMP(timezone=True), server_default=sa.text("null"), nullable=True
        ),
        sa.Column(
            "created_at",
            postgresql.TIMESTAMP(timezone=True),
            server_default=sa.text("clock_timestamp()"),
            nullable=False,
        ),
        sa.Column("created_by", sa.Text(), server_default=sa.text("session_user"), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.CheckConstraint(
            "place in ('office', 'home', 'remote', 'reception_centre', 'other')",
            name=op.f("ck_interview_place"),
        ),
        sa.CheckConstraint("finished_on >= held_on", name=op.f("ck_interview_order")),
        sa.ForeignKeyConstraint(["client_id"], ["app.client.id"], name=op.f("fk_interview_client_id")),
        sa.ForeignKeyConstraint(["event_id"], ["app.event.id"], name=op.f("fk_interview_event_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_interview")),
        schema="app",
    )
    op.create_index("ix_interview_client", "interview", ["client_id"], unique=False, schema="app")
    op.create_index(
        "uq_interview_unfinished",
        "interview",
        ["client_id"],
        unique=True,
        schema="app",
        postgresql_where=sa.text("finished_on is null and removed_at is null"),
    )
    op.create_table(
        "plan",
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("kind", Line(), server_default=sa.text("'integration'"), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("drawn_on", sa.Date(), server_default=sa.text("null"), nullable=True),
        sa.Column("signed_on", sa.Date(), server_default=sa.text("null"), nullable=True),
        sa.Column("starts_on", sa.Date(), server_default=sa.text("null"), nullable=True),
        sa.Column("ends_on", sa.Date(), server_default=sa.text("null"), nullable=True),
        sa.Column("next_review_on", sa.Date(), server_default=sa.text("null"), nullable=True),
        sa.Column("guided_on", sa.Date(), server_default=sa.text("null"), nullable=True),
        sa.Column("own_words", Prose(), server_default=sa.text("null"), nullable=True),
        sa.Column("parties", Prose(), server_default=sa.text("null"), nullable=True),
        sa.Column("county_participates", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column(
            "removed_at", postgresql.TIMESTAMP(timezone=True), server_default=sa.text("null"), nullable=True
        ),
        sa.Column(
            "created_at",
            postgresql.TIMESTAMP(timezone=True),
            server_default=sa.text("clock_timestamp()"),
            nullable=False,
        ),
        sa.Column("created_by", sa.Text(), server_default=sa.text("session_user"), nullable=False),
        sa.Column(
            "updated_at",
            postgresql.TIMESTAMP(timezone=True),
            server_default=sa.text("clock_timestamp()"),
            nullable=False,
        ),
        sa.Column("updated_by", sa.Text(), server_default=sa.text("session_user"), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.CheckConstraint("kind in ('integration', 'household')", name=op.f("ck_plan_kind")),
        sa.CheckConstraint("ends_on >= starts_on", name=op.f("ck_plan_order")),
        sa.ForeignKeyConstraint(["client_id"], ["app.client.id"], name=op.f("fk_plan_client_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan")),
        schema="app",
    )
    op.create_index(
        "uq_plan_number",
        "plan",
        ["client_id", "kind", "number"],
        unique=True,
        schema="app",
        postgresql_where=sa.text("removed_at is null"),
    )
    op.create_table(
        "reception_step",
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("arrival_id", sa.Uuid(), nullable=False),
        sa.Column("client_id", sa.Uuid(), server_default=sa.text("null"), nullable=True),
        sa.Column("code", Line(), nullable=False),
        sa.Column("title", Line(), server_default=sa.text("null"), nullable=True),
        sa.Column("owner", Line(), nullable=False),
        sa.Column("responsible", Line(), server_default=sa.text("null"), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("blocked_by", sa.Uuid(), server_default=sa.text("null"), nullable=True),
        sa.Column("done_on", sa.Date(), server_default=sa.text("null"), nullable=True),
        sa.Column("done_by", Line(), server_default=sa.text("null"), nullable=True),
        sa.Column("not_applicable_reason", Line(), server_default=sa.text("null"), nullable=True),
        sa.Column(
            "removed_at", postgresql.TIMESTAMP(timezone=True), server_default=sa.text("null"), nullable=True
        ),
        sa.Column(
            "created_at",
            postgresql.TIMESTAMP(timezone=True),
            server_default=sa.text("clock_timestamp()"),
            nullable=False,
        ),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.CheckConstraint(
            "owner in ('counsellor', 'lead', 'housing', 'county', 'population_register', 'kela', 'police', 'education', 'employment_authority', 'client', 'other')",
            name=op.f("ck_reception_step_owner"),
        ),
        sa.CheckConstraint(
            "done_on is null or not_applicable_reason is null", name=op.f("ck_reception_step_one_end")
        ),
        sa.ForeignKeyConstraint(
            ["arrival_id"], ["app.arrival.id"], name=op.f("fk_reception_step_arrival_id")
        ),
        sa.ForeignKeyConstraint(
            ["blocked_by"], ["app.reception_step.id"], name=op.f("fk_reception_step_blocked_by")
        ),
        sa.ForeignKeyConstraint(["client_id"], ["app.client.id"], name=op.f("fk_reception_step_client_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reception_step")),
        schema="app",
    )
    op.create_index("ix_reception_step_arrival", "reception_step", ["arrival_id"], unique=False, schema="app")
    op.create_index("ix_reception_step_client", "reception_step", ["client_id"], unique=False, schema="app")
    op.create_index(
        "ix_reception_step_open",
        "reception_step",
        ["due_on"],
        unique=False,
        schema="app",
        postgresql_where=sa.text("done_on is null and not_applicable_reason is null and removed_at is null"),
    )
    op.create_table(
        "register_mark",
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("subject", Line(), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("field", Line(), nullable=False),
        sa.Column("digest", Line(), nullable=False),
        sa.Column("copied_on", sa.Date(), nullable=False),
        sa.Column("confirmed_on", sa.Date(), server_default=sa.text("null"), nullable=True),
        sa.Column(
            "updated_at",
            postgresql.TIMESTAMP(timezone=True),
            server_default=sa.text("clock_timestamp()"),
            nullable=False,
        ),
        sa.Column("updated_by", sa.Text(), server_default=sa.text("session_user"), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.CheckConstraint(
            "subject in ('assessment', 'plan', 'review')", name=op.f("ck_register_mark_subject")
        ),
        sa.ForeignKeyConstraint(["client_id"], ["app.client.id"], name=op.f("fk_register_mark_client_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_register_mark")),
        schema="app",
    )
    op.create_index("ix_register_mark_client", "register_mark", ["client_id"], unique=False, schema="app")
    op.create_index("uq_register_mark", "register_mark", ["subject_id", "field"], unique=True, schema="app")
    op.create_table(
        "snooze",
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("rule", Line(), nullable=False),
        sa.Column("subject", Line(), server_default=sa.text("''"), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("reason", Prose(), nullable=False),
        sa.Column(
            "removed_at", postgresql.TIMESTAMP(timezone=True), server_default=sa.text("null"), nullable=True
        ),
        sa.Column(
            "created_at",
            postgresql.TIMESTAMP(timezone=True),
            server_default=sa.text("clock_timestamp()"),
            nullable=False,
        ),
        sa.Column("created_by", sa.Text(), server_default=sa.text("session_user"), nullable=False),
        sa.CheckConstraint(
            "until > (created_at at time zone 'Europe/Helsinki')::date", name=op.f("ck_snooze_until")
        ),
        sa.ForeignKeyConstraint(["client_id"], ["app.client.id"], name=op.f("fk_snooze_client_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_snooze")),
        schema="app",
    )
    op.create_index("ix_snooze_client", "snooze", ["client_id"], unique=False, schema="app")
    op.create_table(
        "study",
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("kind", Line(), nullable=False),
        sa.Column("title", Line(), server_default=sa.text("null"), nullable=True),
        sa.Column("provider", Line(), server_default=sa.text("null"), nullable=True),
        sa.Column("language", Line(), server_default=sa.text("null"), nullable=True),
        sa.Column("starts_on", sa.Date(), server_default=sa.text("null"), nullable=True),
        sa.Column("ends_on", sa.Date(), server_default=sa.text("null"), nullable=True),
        sa.Column("minutes", sa.Integer(), server_default=sa.text("null"), nullable=True),
        sa.Column("level", Line(), server_default=sa.text("null"), nullable=True),
        sa.Column(
            "removed_at", postgresql.TIMESTAMP(timezone=True), server_default=sa.text("null"), nullable=True
        ),
        sa.Column(
            "created_at",
            postgresql.TIMESTAMP(timezone=True),
            server_default=sa.text("clock_timestamp()"),
            nullable=False,
        ),
        sa.Column("created_by", sa.Text(), server_default=sa.text("session_user"), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.CheckConstraint(
            "kind in ('civic_orientation', 'integration_training', 'independent_study', 'language_test', 'other')",
            name=op.f("ck_study_kind"),
        ),
        sa.CheckConstraint("ends_on >= starts_on", name=op.f("ck_study_order")),
        sa.CheckConstraint("minutes >= 0", name=op.f("ck_study_minutes")),
        sa.ForeignKeyConstraint(["client_id"], ["app.client.id"], name=op.f("fk_study_client_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_study")),
        schema="app",
    )
    op.create_index("ix_study_client", "study", ["client_id"], unique=False, schema="app")
    op.create_table(
        "handover_item",
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("change_id", sa.Uuid(), nullable=False),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("item", Line(), nullable=False),
        sa.Column("done_on", sa.Date(), server_default=sa.text("null"), nullable=True),
        sa.Column("not_applicable_reason", Line(), server_default=sa.text("null"), nullable=True),
        sa.Column(
            "updated_at",
            postgresql.TIMESTAMP(timezone=True),
            server_default=sa.text("clock_timestamp()"),
            nullable=False,
        ),
        sa.Column("updated_by", sa.Text(), server_default=sa.text("session_user"), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.ForeignKeyConstraint(
            ["change_id"], ["app.authority_change.id"], name=op.f("fk_handover_item_change_id")
        ),
        sa.ForeignKeyConstraint(["client_id"], ["app.client.id"], name=op.f("fk_handover_item_client_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_handover_item")),
        schema="app",
    )
    op.create_index("ix_handover_item_client", "handover_item", ["client_id"], unique=False, schema="app")
    op.create_index("uq_handover_item", "handover_item", ["change_id", "item"], unique=True, schema="app")
    op.create_table(
        "interview_item",
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("interview_id", sa.Uuid(), nullable=False),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("item", Line(), nullable=False),
        sa.Column("answer", Prose(), server_default=sa.text("null"), nullable=True),
        sa.Column("source", Line(), server_default=sa.text("null"), nullable=True),
        sa.Column("told_on", sa.Date(), server_default=sa.text("null"), nullable=True),
        sa.Column(
            "updated_at",
            postgresql.TIMESTAMP(timezone=True),
            server_default=sa.text("clock_timestamp()"),
            nullable=False,
        ),
        sa.Column("updated_by", sa.Text(), server_default=sa.text("session_user"), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.CheckConstraint(
            "item in ('literacy', 'finnish_or_swedish', 'study_and_work_skills', 'employment_and_education_needs', 'earlier_education_and_work', 'special_skills', 'need_of_plan', 'life_situation', 'other_service_needs', 'goals_of_services', 'plan_and_process', 'rights_and_duties', 'personal_data')",
            name=op.f("ck_interview_item_item"),
        ),
        sa.ForeignKeyConstraint(["client_id"], ["app.client.id"], name=op.f("fk_interview_item_client_id")),
        sa.ForeignKeyConstraint(
            ["interview_id"], ["app.interview.id"], name=op.f("fk_interview_item_interview_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_interview_item")),
        schema="app",
    )
    op.create_index("ix_interview_item_client", "interview_item", ["client_id"], unique=False, schema="app")
    op.create_index(
        "uq_interview_item", "interview_item", ["interview_id", "item"], unique=True, schema="app"
    )
    op.create_table(
        "plan_goal",
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("plan_id", sa.Uuid(), nullable=False),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("term", Line(), nullable=False),
        sa.Column("goal", Prose(), nullable=False),
        sa.Column("state", Line(), server_default=sa.text("'open'"), nullable=False),
        sa.Column(
            "removed_at", postgresql.TIMESTAMP(timezone=True), server_default=sa.text("null"), nullable=True
        ),
        sa.Column(
            "created_at",
            postgresql.TIMESTAMP(timezone=True),
            server_default=sa.text("clock_timestamp()"),
            nullable=False,
        ),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.CheckConstraint("state in ('open', 'reached', 'dropped')", name=op.f("ck_plan_goal_state")),
        sa.CheckConstraint("term in ('long', 'plan')", name=op.f("ck_plan_goal_term")),
        sa.ForeignKeyConstraint(["client_id"], ["app.client.id"], name=op.f("fk_plan_goal_client_id")),
        sa.ForeignKeyConstraint(["plan_id"], ["app.plan.id"], name=op.f("fk_plan_goal_plan_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_goal")),
        schema="app",
    )
    op.create_index("ix_plan_goal_client", "plan_goal", ["client_id"], unique=False, schema="app")
    op.create_index("ix_plan_goal_plan", "plan_goal", ["plan_id"], unique=False, schema="app")
    op.create_table(
        "plan_review",
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("plan_id", sa.Uuid(), server_default=sa.text("null"), nullable=True),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("participation", Prose(), server_default=sa.text("null"), nullable=True),
        sa.Column("progress", Prose(), server_default=sa.text("null"), nullable=True),
        sa.Column("obstacles", Prose(), server_default=sa.text("null"), nullable=True),
        sa.Column("changes", Prose(), server_default=sa.text("null"), nullable=True),
        sa.Column("next_review_on", sa.Date(), server_default=sa.text("null"), nullable=True),
        sa.Column("operation_id", sa.Uuid(), server_default=sa.text("null"), nullable=True),
        sa.Column(
            "removed_at", postgresql.TIMESTAMP(timezone=True), server_default=sa.text("null"), nullable=True
        ),
        sa.Column(
            "created_at",
            postgresql.TIMESTAMP(timezone=True),
            server_default=sa.text("clock_timestamp()"),
            nullable=False,
        ),
        sa.Column("created_by", sa.Text(), server_default=sa.text("session_user"), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.CheckConstraint("next_review_on > held_on", name=op.f("ck_plan_review_order")),
        sa.ForeignKeyConstraint(["client_id"], ["app.client.id"], name=op.f("fk_plan_review_client_id")),
        sa.ForeignKeyConstraint(["plan_id"], ["app.plan.id"], name=op.f("fk_plan_review_plan_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_review")),
        schema="app",
    )
    op.create_index(
        "ix_plan_review_client", "plan_review", ["client_id", "held_on"], unique=False, schema="app"
    )
    op.create_table(
        "plan_measure",
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("plan_id", sa.Uuid(), nullable=False),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("goal_id", sa.Uuid(), nullable=False),
        sa.Column("kind", Line(), nullable=False),
        sa.Column("title", Line(), nullable=False),
        sa.Column("justification", Prose(), nullable=False),
        sa.Column("provider", Line(), server_default=sa.text("null"), nullable=True),
        sa.Column("starts_on", sa.Date(), server_default=sa.text("null"), nullable=True),
        sa.Column("ends_on", sa.Date(), server_default=sa.text("null"), nullable=True),
        sa.Column("state", Line(), server_default=sa.text("'planned'"), nullable=False),
        sa.Column(
            "removed_at", postgresql.TIMESTAMP(timezone=True), server_default=sa.text("null"), nullable=True
        ),
        sa.Column(
            "created_at",
            postgresql.TIMESTAMP(timezone=True),
            server_default=sa.text("clock_timestamp()"),
            nullable=False,
        ),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.CheckConstraint("kind in ('measure', 'service')", name=op.f("ck_plan_measure_kind")),
        sa.CheckConstraint(
            "state in ('planned', 'under_way', 'done', 'dropped')", name=op.f("ck_plan_measure_state")
        ),
        sa.CheckConstraint("ends_on >= starts_on", name=op.f("ck_plan_measure_order")),
        sa.ForeignKeyConstraint(["client_id"], ["app.client.id"], name=op.f("fk_plan_measure_client_id")),
        sa.ForeignKeyConstraint(["goal_id"], ["app.plan_goal.id"], name=op.f("fk_plan_measure_goal_id")),
        sa.ForeignKeyConstraint(["plan_id"], ["app.plan.id"], name=op.f("fk_plan_measure_plan_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_measure")),
        schema="app",
    )
    op.create_index("ix_plan_measure_client", "plan_measure", ["client_id"], unique=False, schema="app")
    op.create_index("ix_plan_measure_plan", "plan_measure", ["plan_id"], unique=False, schema="app")
    # Clients of earlier versions have no row of circumstances, and their deadlines are still to be counted.
    op.execute(
        "insert into app.client_status (client_id, updated_by) select id, session_user from app.client"
    )
    op.execute("insert into app.deadline_state (client_id) select id from app.client")


def downgrade() -> None:
    op.drop_table("plan_measure", schema="app")
    op.drop_table("plan_review", schema="app")
    op.drop_table("plan_goal", schema="app")
    op.drop_table("interview_item", schema="app")
    op.drop_table("handover_item", schema="app")
    op.drop_table("study", schema="app")
    op.drop_table("snooze", schema="app")
    op.drop_table("register_mark", schema="app")
    op.drop_table("reception_step", schema="app")
    op.drop_table("plan", schema="app")
    op.drop_table("interview", schema="app")
    op.drop_table("interruption", schema="app")
    op.drop_table("extension", schema="app")
    op.drop_table("deadline_state", schema="app")
    op.drop_table("deadline", schema="app")
    op.drop_table("compensation_claim", schema="app")
    op.drop_table("client_status", schema="app")
    op.drop_table("client_document", schema="app")
    op.drop_table("authority_change", schema="app")
    op.drop_table("arrival_person", schema="app")
    op.drop_table("arrival", schema="app")
