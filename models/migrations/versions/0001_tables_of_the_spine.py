"""The first tables: people, clients, names, households, assignments, timeline, tasks, log of use."""

# pyright: basic

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from models.migrations.domains import Line, Prose
from models.safe_text import domain_sql

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute(domain_sql("app.line", multiline=False))
    op.execute(domain_sql("app.prose", multiline=True))
    op.create_table(
        "client",
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("external_id", Line(), nullable=True),
        sa.Column("name", Line(), nullable=False),
        sa.Column("sort_name", Line(), nullable=False),
        sa.Column("phase", Line(), nullable=False),
        sa.Column("own_counsellor", Line(), nullable=True),
        sa.Column("assigned_on", sa.Date(), nullable=True),
        sa.Column("next_due", sa.Date(), nullable=True),
        sa.Column("next_task_id", sa.Uuid(), nullable=True),
        sa.Column("last_contact_on", sa.Date(), nullable=True),
        sa.Column("interviewed_on", sa.Date(), nullable=True),
        sa.Column("review_due", sa.Date(), nullable=True),
        sa.Column("referral_waiting_since", sa.Date(), nullable=True),
        sa.Column("period_start", sa.Date(), nullable=True),
        sa.Column("period_end", sa.Date(), nullable=True),
        sa.Column("service_language", Line(), nullable=True),
        sa.Column(
            "interpreter_needed",
            sa.Boolean(),
            server_default=sa.text("false"),
            nullable=False,
        ),
        sa.Column("protected", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column(
            "responsible_authority",
            Line(),
            server_default=sa.text("'municipality'"),
            nullable=False,
        ),
        sa.Column("import_id", sa.Uuid(), nullable=True),
        sa.Column(
            "created_at",
            postgresql.TIMESTAMP(timezone=True),
            server_default=sa.text("clock_timestamp()"),
            nullable=False,
        ),
        sa.Column(
            "updated_at",
            postgresql.TIMESTAMP(timezone=True),
            server_default=sa.text("clock_timestamp()"),
            nullable=False,
        ),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.CheckConstraint(
            "phase in ('arriving', 'new', 'assessment', 'plan', 'after_plan', 'closed')",
            name=op.f("ck_client_phase"),
        ),
        sa.CheckConstraint(
            "responsible_authority in ('municipality', 'employment_authority')",
            name=op.f("ck_client_responsible_authority"),
        ),
        sa.CheckConstraint(
            "period_end is null or period_end >= period_start",
            name=op.f("ck_client_period"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_client")),
        sa.UniqueConstraint("external_id", name=op.f("uq_client_external_id")),
        schema="app",
    )
    op.create_index(
        "ix_client_due",
        "client",
        [sa.literal_column("next_due nulls last"), "sort_name", "id"],
        unique=False,
        schema="app",
    )
    op.create_index("ix_client_name", "client", ["sort_name", "id"], unique=False, schema="app")
    op.create_index(
        "ix_client_own_due",
        "client",
        ["own_counsellor", sa.literal_column("next_due nulls last"), "sort_name", "id"],
        unique=False,
        schema="app",
    )
    op.create_index(
        "ix_client_own_name",
        "client",
        ["own_counsellor", "sort_name", "id"],
        unique=False,
        schema="app",
    )
    op.create_table(
        "command",
        sa.Column("operation_id", sa.Uuid(), nullable=False),
        sa.Column("login", sa.Text(), server_default=sa.text("session_user"), nullable=False),
        sa.Column("name", Line(), nullable=False),
        sa.Column("client_id", sa.Uuid(), nullable=True),
        sa.Column("inverse", postgresql.JSONB(astext_type=sa.Text()), nullable=True),
        sa.Column(
            "done_at",
            postgresql.TIMESTAMP(timezone=True),
            server_default=sa.text("clock_timestamp()"),
            nullable=False,
        ),
        sa.Column("undone_by", sa.Uuid(), nullable=True),
        sa.PrimaryKeyConstraint("operation_id", name=op.f("pk_command")),
        schema="app",
    )
    op.create_index("ix_command_login", "command", ["login", "done_at"], unique=False, schema="app")
    op.create_table(
        "household",
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column(
            "created_at",
            postgresql.TIMESTAMP(timezone=True),
            server_default=sa.text("clock_timestamp()"),
            nullable=False,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_household")),
        schema="app",
    )
    op.create_table(
        "import_run",
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("login", sa.Text(), server_default=sa.text("session_user"), nullable=False),
        sa.Column("file_digest", Line(), nullable=False),
        sa.Column("created_count", sa.Integer(), nullable=False),
        sa.Column("changed_count", sa.Integer(), nullable=False),
        sa.Column(
            "applied_at",
            postgresql.TIMESTAMP(timezone=True),
            server_default=sa.text("clock_timestamp()"),
            nullable=False,
        ),
        sa.Column("undone_at", postgresql.TIMESTAMP(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_run")),
        schema="app",
    )
    op.create_table(
        "notice",
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("login", Line(), nullable=False),
        sa.Column("kind", Line(), nullable=False),
        sa.Column("client_id", sa.Uuid(), nullable=True),
        sa.Column(
            "created_at",
            postgresql.TIMESTAMP(timezone=True),
            server_default=sa.text("clock_timestamp()"),
            nullable=False,
        ),
        sa.Column("read_at", postgresql.TIMESTAMP(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice")),
        schema="app",
    )
    op.create_index(op.f("ix_notice_login"), "notice", ["login"], unique=False, schema="app")
    op.create_table(
        "saved_view",
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("login", sa.Text(), server_default=sa.text("session_user"), nullable=False),
        sa.Column("name", Line(), nullable=False),
        sa.Column("query", Line(), nullable=False),
        sa.Column(
            "created_at",
            postgresql.TIMESTAMP(timezone=True),
            server_default=sa.text("clock_timestamp()"),
            nullable=False,
        ),
        sa.Column("removed_at", postgresql.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_saved_view")),
        schema="app",
    )
    op.create_table(
        "schema_state",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("revision", Line(), nullable=False),
        sa.Column("security_digest", Line(), nullable=False),
        sa.Column(
            "applied_at",
            postgresql.TIMESTAMP(timezone=True),
            server_default=sa.text("clock_timestamp()"),
            nullable=False,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_schema_state")),
        schema="app",
    )
    op.create_table(
        "staff",
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("login", Line(), nullable=False),
        sa.Column("name", Line(), nullable=False),
        sa.Column("role", Line(), nullable=False),
        sa.Column("active", sa.Boolean(), server_default=sa.text("true"), nullable=False),
        sa.Column(
            "created_at",
            postgresql.TIMESTAMP(timezone=True),
            server_default=sa.text("clock_timestamp()"),
            nullable=False,
        ),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.CheckConstraint(
            "role in ('counsellor', 'lead', 'admin', 'auditor')",
            name=op.f("ck_staff_role"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff")),
        sa.UniqueConstraint("login", name=op.f("uq_staff_login")),
        schema="app",
    )
    op.create_table(
        "log_entry",
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column(
            "at",
            postgresql.TIMESTAMP(timezone=True),
            server_default=sa.text("clock_timestamp()"),
            nullable=False,
        ),
        sa.Column("login", sa.Text(), server_default=sa.text("session_user"), nullable=False),
        sa.Column("action", Line(), nullable=False),
        sa.Column("subject", Line(), nullable=True),
        sa.Column("client_id", sa.Uuid(), nullable=True),
        sa.Column("row_id", sa.Uuid(), nullable=True),
        sa.Column("reason", Line(), nullable=True),
        sa.Column("count", sa.Integer(), nullable=True),
        sa.Column(
            "transaction",
            sa.Text(),
            server_default=sa.text("pg_current_xact_id()::text"),
            nullable=False,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_log_entry")),
        schema="audit",
    )
    op.create_index(
        "ix_log_entry_client",
        "log_entry",
        ["client_id", "at"],
        unique=False,
        schema="audit",
    )
    op.create_index("ix_log_entry_login", "log_entry", ["login", "at"], unique=False, schema="audit")
    op.create_table(
        "log_seal",
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("entry_id", sa.Uuid(), nullable=False),
        sa.Column("hash", Line(), nullable=False),
        sa.Column(
            "sealed_at",
            postgresql.TIMESTAMP(timezone=True),
            server_default=sa.text("clock_timestamp()"),
            nullable=False,
        ),
        sa.PrimaryKeyConstraint("position", name=op.f("pk_log_seal")),
        sa.UniqueConstraint("entry_id", name=op.f("uq_log_seal_entry_id")),
        schema="audit",
    )
    op.create_table(
        "assignment",
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("counsellor", Line(), nullable=False),
        sa.Column("during", postgresql.TSTZRANGE(), nullable=False),
        sa.Column("reason", Line(), nullable=True),
        sa.Column(
            "assigned_by",
            sa.Text(),
            server_default=sa.text("session_user"),
            nullable=False,
        ),
        sa.Column(
            "created_at",
            postgresql.TIMESTAMP(timezone=True),
            server_default=sa.text("clock_timestamp()"),
            nullable=False,
        ),
        postgresql.ExcludeConstraint(
            (sa.column("client_id"), "="),
            (sa.column("during"), "&&"),
            using="gist",
            name="ex_assignment_one_at_a_time",
        ),
        sa.ForeignKeyConstraint(["client_id"], ["app.client.id"], name=op.f("fk_assignment_client_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assignment")),
        schema="app",
    )
    op.create_index(
        op.f("ix_assignment_client_id"),
        "assignment",
        ["client_id"],
        unique=False,
        schema="app",
    )
    op.create_index(
        op.f("ix_assignment_counsellor"),
        "assignment",
        ["counsellor"],
        unique=False,
        schema="app",
    )
    op.create_table(
        "client_contact",
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("phone", Line(), nullable=True),
        sa.Column("email", Line(), nullable=True),
        sa.Column("address", Line(), nullable=True),
        sa.Column("municipality", Line(), nullable=True),
        sa.Column(
            "updated_at",
            postgresql.TIMESTAMP(timezone=True),
            server_default=sa.text("clock_timestamp()"),
            nullable=False,
        ),
        sa.Column(
            "updated_by",
            sa.Text(),
            server_default=sa.text("session_user"),
            nullable=False,
        ),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.ForeignKeyConstraint(["client_id"], ["app.client.id"], name=op.f("fk_client_contact_client_id")),
        sa.PrimaryKeyConstraint("client_id", name=op.f("pk_client_contact")),
        schema="app",
    )
    op.create_table(
        "client_detail",
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("birth_date", sa.Date(), nullable=True),
        sa.Column("mother_tongue", Line(), nullable=True),
        sa.Column("citizenship", Line(), nullable=True),
        sa.Column("ground_of_entry", Line(), nullable=True),
        sa.Column("arrived_on", sa.Date(), nullable=True),
        sa.Column("first_permit_on", sa.Date(), nullable=True),
        sa.Column("municipality_since", sa.Date(), nullable=True),
        sa.Column("first_plan_drawn_on", sa.Date(), nullable=True),
        sa.Column("source", Line(), nullable=True),
        sa.Column(
            "updated_at",
            postgresql.TIMESTAMP(timezone=True),
            server_default=sa.text("clock_timestamp()"),
            nullable=False,
        ),
        sa.Column(
            "updated_by",
            sa.Text(),
            server_default=sa.text("session_user"),
            nullable=False,
        ),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.CheckConstraint(
            "ground_of_entry in ('family', 'work', 'return_migration', 'quota_refugee', 'asylum', 'temporary_protection', 'study', 'other')",
            name=op.f("ck_client_detail_ground_of_entry"),
        ),
        sa.ForeignKeyConstraint(["client_id"], ["app.client.id"], name=op.f("fk_client_detail_client_id")),
        sa.PrimaryKeyConstraint("client_id", name=op.f("pk_client_detail")),
        schema="app",
    )
    op.create_table(
        "client_identity",
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("personal_id", Line(), nullable=False),
        sa.Column(
            "valid_from",
            postgresql.TIMESTAMP(timezone=True),
            server_default=sa.text("clock_timestamp()"),
            nullable=False,
        ),
        sa.Column("valid_to", postgresql.TIMESTAMP(timezone=True), nullable=True),
        sa.Column(
            "recorded_by",
            sa.Text(),
            server_default=sa.text("session_user"),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(["client_id"], ["app.client.id"], name=op.f("fk_client_identity_client_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_client_identity")),
        sa.UniqueConstraint("personal_id", name=op.f("uq_client_identity_personal_id")),
        schema="app",
    )
    op.create_index(
        op.f("ix_client_identity_client_id"),
        "client_identity",
        ["client_id"],
        unique=False,
        schema="app",
    )
    op.create_index(
        "uq_client_identity_current",
        "client_identity",
        ["client_id"],
        unique=True,
        schema="app",
        postgresql_where=sa.text("valid_to is null"),
    )
    op.create_table(
        "client_language",
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("language", Line(), nullable=False),
        sa.Column("level", Line(), nullable=True),
        sa.Column("removed_at", postgresql.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.ForeignKeyConstraint(["client_id"], ["app.client.id"], name=op.f("fk_client_language_client_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_client_language")),
        schema="app",
    )
    op.create_index(
        "uq_client_language",
        "client_language",
        ["client_id", "language"],
        unique=True,
        schema="app",
        postgresql_where=sa.text("removed_at is null"),
    )
    op.create_table(
        "client_name",
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("kind", Line(), nullable=False),
        sa.Column("family", Line(), nullable=True),
        sa.Column("given", Line(), nullable=True),
        sa.Column("patronymic", Line(), nullable=True),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("removed_at", postgresql.TIMESTAMP(timezone=True), nullable=True),
        sa.Column(
            "created_at",
            postgresql.TIMESTAMP(timezone=True),
            server_default=sa.text("clock_timestamp()"),
            nullable=False,
        ),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.CheckConstraint(
            "kind in ('passport', 'previous', 'own_script', 'called', 'alias')",
            name=op.f("ck_client_name_kind"),
        ),
        sa.CheckConstraint(
            "family is not null or given is not null",
            name=op.f("ck_client_name_not_empty"),
        ),
        sa.ForeignKeyConstraint(["client_id"], ["app.client.id"], name=op.f("fk_client_name_client_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_client_name")),
        schema="app",
    )
    op.create_index(
        "ix_client_name_client",
        "client_name",
        ["client_id"],
        unique=False,
        schema="app",
    )
    op.create_index(
        "uq_client_name_passport",
        "client_name",
        ["client_id"],
        unique=True,
        schema="app",
        postgresql_where=sa.text("kind = 'passport' and removed_at is null"),
    )
    op.create_table(
        "client_phone_key",
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("digits", Line(), nullable=False),
        sa.ForeignKeyConstraint(["client_id"], ["app.client.id"], name=op.f("fk_client_phone_key_client_id")),
        sa.PrimaryKeyConstraint("client_id", name=op.f("pk_client_phone_key")),
        schema="app",
    )
    op.create_index(
        op.f("ix_client_phone_key_digits"),
        "client_phone_key",
        ["digits"],
        unique=False,
        schema="app",
    )
    op.create_table(
        "conflict_block",
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("login", Line(), nullable=False),
        sa.Column("set_by", sa.Text(), server_default=sa.text("session_user"), nullable=False),
        sa.Column(
            "set_at",
            postgresql.TIMESTAMP(timezone=True),
            server_default=sa.text("clock_timestamp()"),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(["client_id"], ["app.client.id"], name=op.f("fk_conflict_block_client_id")),
        sa.PrimaryKeyConstraint("client_id", "login", name=op.f("pk_conflict_block")),
        schema="app",
    )
    op.create_table(
        "event",
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("kind", Line(), nullable=False),
        sa.Column("occurred_at", postgresql.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("channel", Line(), nullable=True),
        sa.Column("minutes", sa.Integer(), nullable=True),
        sa.Column("body", Prose(), nullable=False),
        sa.Column("source", Line(), nullable=True),
        sa.Column("reason", Line(), nullable=True),
        sa.Column("refers_to", sa.Uuid(), nullable=True),
        sa.Column("operation_id", sa.Uuid(), nullable=True),
        sa.Column(
            "entered_at",
            postgresql.TIMESTAMP(timezone=True),
            server_default=sa.text("clock_timestamp()"),
            nullable=False,
        ),
        sa.Column("author", sa.Text(), server_default=sa.text("session_user"), nullable=False),
        sa.CheckConstraint(
            "(kind in ('correction', 'withdrawal', 'referral_answer')) = (refers_to is not null)",
            name=op.f("ck_event_refers_to"),
        ),
        sa.CheckConstraint(
            "channel in ('meeting', 'phone', 'message', 'video', 'home_visit', 'letter')",
            name=op.f("ck_event_channel"),
        ),
        sa.CheckConstraint(
            "kind in ('note', 'contact', 'no_show', 'interview', 'assessment', 'plan', 'review', 'goal', 'service', 'referral', 'referral_answer', 'appointment', 'decision', 'transfer', 'reception', 'task', 'correction', 'withdrawal')",
            name=op.f("ck_event_kind"),
        ),
        sa.CheckConstraint(
            "source in ('client', 'guardian', 'authority', 'partner', 'document', 'other')",
            name=op.f("ck_event_source"),
        ),
        sa.ForeignKeyConstraint(["client_id"], ["app.client.id"], name=op.f("fk_event_client_id")),
        sa.ForeignKeyConstraint(["refers_to"], ["app.event.id"], name=op.f("fk_event_refers_to")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event")),
        schema="app",
    )
    op.create_index(
        "ix_event_client",
        "event",
        [
            "client_id",
            sa.literal_column("occurred_at desc"),
            sa.literal_column("id desc"),
        ],
        unique=False,
        schema="app",
    )
    op.create_index(
        "ix_event_operation",
        "event",
        ["operation_id"],
        unique=False,
        schema="app",
        postgresql_where=sa.text("operation_id is not null"),
    )
    op.create_index(
        "ix_event_refers_to",
        "event",
        ["refers_to"],
        unique=False,
        schema="app",
        postgresql_where=sa.text("refers_to is not null"),
    )
    op.create_table(
        "household_member",
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("household_id", sa.Uuid(), nullable=False),
        sa.Column("client_id", sa.Uuid(), nullable=True),
        sa.Column("person", Line(), nullable=True),
        sa.Column("relation", Line(), nullable=False),
        sa.Column("is_guardian", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("removed_at", postgresql.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.CheckConstraint(
            "relation in ('self', 'spouse', 'child', 'parent', 'sibling', 'guardian', 'other')",
            name=op.f("ck_household_member_relation"),
        ),
        sa.ForeignKeyConstraint(["client_id"], ["app.client.id"], name=op.f("fk_household_member_client_id")),
        sa.ForeignKeyConstraint(
            ["household_id"],
            ["app.household.id"],
            name=op.f("fk_household_member_household_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_household_member")),
        schema="app",
    )
    op.create_index(
        "ix_household_member_household",
        "household_member",
        ["household_id"],
        unique=False,
        schema="app",
    )
    op.create_index(
        "uq_household_member_client",
        "household_member",
        ["client_id"],
        unique=True,
        schema="app",
        postgresql_where=sa.text("valid_to is null and client_id is not null"),
    )
    op.create_table(
        "identity_clash",
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("other_client_id", sa.Uuid(), nullable=False),
        sa.Column(
            "found_by",
            sa.Text(),
            server_default=sa.text("session_user"),
            nullable=False,
        ),
        sa.Column(
            "found_at",
            postgresql.TIMESTAMP(timezone=True),
            server_default=sa.text("clock_timestamp()"),
            nullable=False,
        ),
        sa.Column("settled_at", postgresql.TIMESTAMP(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["client_id"], ["app.client.id"], name=op.f("fk_identity_clash_client_id")),
        sa.ForeignKeyConstraint(
            ["other_client_id"],
            ["app.client.id"],
            name=op.f("fk_identity_clash_other_client_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_identity_clash")),
        schema="app",
    )
    op.create_table(
        "opening",
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("login", sa.Text(), server_default=sa.text("session_user"), nullable=False),
        sa.Column("kind", Line(), nullable=False),
        sa.Column("reason", Line(), nullable=True),
        sa.Column(
            "opened_at",
            postgresql.TIMESTAMP(timezone=True),
            server_default=sa.text("clock_timestamp()"),
            nullable=False,
        ),
        sa.Column("expires_at", postgresql.TIMESTAMP(timezone=True), nullable=False),
        sa.Column(
            "transaction",
            sa.Text(),
            server_default=sa.text("pg_current_xact_id()::text"),
            nullable=False,
        ),
        sa.CheckConstraint(
            "kind in ('own', 'lead', 'reveal_contact', 'reveal_personal_id')",
            name=op.f("ck_opening_kind"),
        ),
        sa.ForeignKeyConstraint(["client_id"], ["app.client.id"], name=op.f("fk_opening_client_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_opening")),
        schema="app",
    )
    op.create_index(
        "ix_opening_login",
        "opening",
        ["login", "expires_at"],
        unique=False,
        schema="app",
    )
    op.create_table(
        "presence",
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("login", sa.Text(), server_default=sa.text("session_user"), nullable=False),
        sa.Column("editing", Line(), nullable=True),
        sa.Column(
            "seen_at",
            postgresql.TIMESTAMP(timezone=True),
            server_default=sa.text("clock_timestamp()"),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(["client_id"], ["app.client.id"], name=op.f("fk_presence_client_id")),
        sa.PrimaryKeyConstraint("client_id", "login", name=op.f("pk_presence")),
        schema="app",
    )
    op.create_table(
        "protected_contact",
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("phone", Line(), nullable=True),
        sa.Column("email", Line(), nullable=True),
        sa.Column("address", Line(), nullable=True),
        sa.Column("municipality", Line(), nullable=True),
        sa.Column("contact_address", Line(), nullable=True),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.Column(
            "updated_at",
            postgresql.TIMESTAMP(timezone=True),
            server_default=sa.text("clock_timestamp()"),
            nullable=False,
        ),
        sa.Column(
            "updated_by",
            sa.Text(),
            server_default=sa.text("session_user"),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(
            ["client_id"],
            ["app.client.id"],
            name=op.f("fk_protected_contact_client_id"),
        ),
        sa.PrimaryKeyConstraint("client_id", name=op.f("pk_protected_contact")),
        schema="app",
    )
    op.create_table(
        "task",
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("title", Line(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("done_at", postgresql.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("done_by", Line(), nullable=True),
        sa.Column("cancelled_at", postgresql.TIMESTAMP(timezone=True), nullable=True),
        sa.Column(
            "created_at",
            postgresql.TIMESTAMP(timezone=True),
            server_default=sa.text("clock_timestamp()"),
            nullable=False,
        ),
        sa.Column(
            "created_by",
            sa.Text(),
            server_default=sa.text("session_user"),
            nullable=False,
        ),
        sa.Column("operation_id", sa.Uuid(), nullable=True),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.ForeignKeyConstraint(["client_id"], ["app.client.id"], name=op.f("fk_task_client_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_task")),
        schema="app",
    )
    op.create_index(
        "ix_task_open",
        "task",
        ["client_id", "due_on"],
        unique=False,
        schema="app",
        postgresql_where=sa.text("done_at is null and cancelled_at is null"),
    )
    op.create_table(
        "log_change",
        sa.Column("entry_id", sa.Uuid(), nullable=False),
        sa.Column("before", postgresql.JSONB(astext_type=sa.Text()), nullable=True),
        sa.Column("after", postgresql.JSONB(astext_type=sa.Text()), nullable=True),
        sa.ForeignKeyConstraint(["entry_id"], ["audit.log_entry.id"], name=op.f("fk_log_change_entry_id")),
        sa.PrimaryKeyConstraint("entry_id", name=op.f("pk_log_change")),
        schema="audit",
    )
    op.create_table(
        "client_search_key",
        sa.Column("name_id", sa.Uuid(), nullable=False),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("name_key", Line(), nullable=False),
        sa.Column("birth_year", sa.Integer(), nullable=True),
        sa.Column("key_version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["client_id"],
            ["app.client.id"],
            name=op.f("fk_client_search_key_client_id"),
        ),
        sa.ForeignKeyConstraint(
            ["name_id"],
            ["app.client_name.id"],
            name=op.f("fk_client_search_key_name_id"),
        ),
        sa.PrimaryKeyConstraint("name_id", name=op.f("pk_client_search_key")),
        schema="app",
    )
    op.create_index(
        "ix_client_search_key_client",
        "client_search_key",
        ["client_id"],
        unique=False,
        schema="app",
    )
    op.create_index(
        "ix_client_search_key_name_key",
        "client_search_key",
        [sa.literal_column("name_key ext.gist_trgm_ops(siglen=64)")],
        unique=False,
        schema="app",
        postgresql_using="gist",
    )
    op.create_table(
        "client_skeleton",
        sa.Column("skeleton", Line(), nullable=False),
        sa.Column("name_id", sa.Uuid(), nullable=False),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["client_id"], ["app.client.id"], name=op.f("fk_client_skeleton_client_id")),
        sa.ForeignKeyConstraint(["name_id"], ["app.client_name.id"], name=op.f("fk_client_skeleton_name_id")),
        sa.PrimaryKeyConstraint("skeleton", "name_id", name=op.f("pk_client_skeleton")),
        schema="app",
    )
    op.create_index(
        "ix_client_skeleton_client",
        "client_skeleton",
        ["client_id"],
        unique=False,
        schema="app",
    )


def downgrade() -> None:
    op.drop_index("ix_client_skeleton_client", table_name="client_skeleton", schema="app")
    op.drop_table("client_skeleton", schema="app")
    op.drop_index(
        "ix_client_search_key_name_key",
        table_name="client_search_key",
        schema="app",
        postgresql_using="gist",
    )
    op.drop_index("ix_client_search_key_client", table_name="client_search_key", schema="app")
    op.drop_table("client_search_key", schema="app")
    op.drop_table("log_change", schema="audit")
    op.drop_index(
        "ix_task_open",
        table_name="task",
        schema="app",
        postgresql_where=sa.text("done_at is null and cancelled_at is null"),
    )
    op.drop_table("task", schema="app")
    op.drop_table("protected_contact", schema="app")
    op.drop_table("presence", schema="app")
    op.drop_index("ix_opening_login", table_name="opening", schema="app")
    op.drop_table("opening", schema="app")
    op.drop_table("identity_clash", schema="app")
    op.drop_index(
        "uq_household_member_client",
        table_name="household_member",
        schema="app",
        postgresql_where=sa.text("valid_to is null and client_id is not null"),
    )
    op.drop_index("ix_household_member_household", table_name="household_member", schema="app")
    op.drop_table("household_member", schema="app")
    op.drop_index(
        "ix_event_refers_to",
        table_name="event",
        schema="app",
        postgresql_where=sa.text("refers_to is not null"),
    )
    op.drop_index(
        "ix_event_operation",
        table_name="event",
        schema="app",
        postgresql_where=sa.text("operation_id is not null"),
    )
    op.drop_index("ix_event_client", table_name="event", schema="app")
    op.drop_table("event", schema="app")
    op.drop_table("conflict_block", schema="app")
    op.drop_index(op.f("ix_client_phone_key_digits"), table_name="client_phone_key", schema="app")
    op.drop_table("client_phone_key", schema="app")
    op.drop_index(
        "uq_client_name_passport",
        table_name="client_name",
        schema="app",
        postgresql_where=sa.text("kind = 'passport' and removed_at is null"),
    )
    op.drop_index("ix_client_name_client", table_name="client_name", schema="app")
    op.drop_table("client_name", schema="app")
    op.drop_index(
        "uq_client_language",
        table_name="client_language",
        schema="app",
        postgresql_where=sa.text("removed_at is null"),
    )
    op.drop_table("client_language", schema="app")
    op.drop_index(
        "uq_client_identity_current",
        table_name="client_identity",
        schema="app",
        postgresql_where=sa.text("valid_to is null"),
    )
    op.drop_index(op.f("ix_client_identity_client_id"), table_name="client_identity", schema="app")
    op.drop_table("client_identity", schema="app")
    op.drop_table("client_detail", schema="app")
    op.drop_table("client_contact", schema="app")
    op.drop_index(op.f("ix_assignment_counsellor"), table_name="assignment", schema="app")
    op.drop_index(op.f("ix_assignment_client_id"), table_name="assignment", schema="app")
    op.drop_table("assignment", schema="app")
    op.drop_table("log_seal", schema="audit")
    op.drop_index("ix_log_entry_login", table_name="log_entry", schema="audit")
    op.drop_index("ix_log_entry_client", table_name="log_entry", schema="audit")
    op.drop_table("log_entry", schema="audit")
    op.drop_table("staff", schema="app")
    op.drop_table("schema_state", schema="app")
    op.drop_table("saved_view", schema="app")
    op.drop_index(op.f("ix_notice_login"), table_name="notice", schema="app")
    op.drop_table("notice", schema="app")
    op.drop_table("import_run", schema="app")
    op.drop_table("household", schema="app")
    op.drop_index("ix_command_login", table_name="command", schema="app")
    op.drop_table("command", schema="app")
    op.drop_index("ix_client_own_name", table_name="client", schema="app")
    op.drop_index("ix_client_own_due", table_name="client", schema="app")
    op.drop_index("ix_client_name", table_name="client", schema="app")
    op.drop_index("ix_client_due", table_name="client", schema="app")
    op.drop_table("client", schema="app")
    op.execute("drop domain app.prose")
    op.execute("drop domain app.line")
