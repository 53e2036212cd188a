"""Appointments, absences, and what was handed over to calendars."""

# pyright: basic

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from models.migrations.domains import Line, Prose

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "absence",
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("login", Line(), server_default=sa.text("session_user"), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("to_on", sa.Date(), nullable=False),
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
        sa.CheckConstraint("to_on >= from_on", name=op.f("ck_absence_order")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_absence")),
        schema="app",
    )
    op.create_index("ix_absence_login", "absence", ["login", "from_on"], unique=False, schema="app")
    op.create_table(
        "appointment_series",
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("counsellor", Line(), server_default=sa.text("session_user"), nullable=False),
        sa.Column("frequency", Line(), nullable=False),
        sa.Column("every", sa.Integer(), nullable=False),
        sa.Column("weekdays", Line(), server_default=sa.text("null"), nullable=True),
        sa.Column("starts_at", postgresql.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.Column(
            "created_at",
            postgresql.TIMESTAMP(timezone=True),
            server_default=sa.text("clock_timestamp()"),
            nullable=False,
        ),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.CheckConstraint(
            "frequency in ('daily', 'weekly', 'monthly')", name=op.f("ck_appointment_series_frequency")
        ),
        sa.CheckConstraint("every between 1 and 12", name=op.f("ck_appointment_series_every")),
        sa.CheckConstraint("times between 1 and 366", name=op.f("ck_appointment_series_times")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_appointment_series")),
        schema="app",
    )
    op.create_table(
        "calendar_export",
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("login", sa.Text(), server_default=sa.text("session_user"), nullable=False),
        sa.Column("route", Line(), nullable=False),
        sa.Column("template", Line(), nullable=False),
        sa.Column("from_on", sa.Date(), server_default=sa.text("null"), nullable=True),
        sa.Column("to_on", sa.Date(), server_default=sa.text("null"), nullable=True),
        sa.Column("mailbox", Line(), server_default=sa.text("null"), nullable=True),
        sa.Column("appointments", sa.Integer(), nullable=False),
        sa.Column(
            "exported_at",
            postgresql.TIMESTAMP(timezone=True),
            server_default=sa.text("clock_timestamp()"),
            nullable=False,
        ),
        sa.CheckConstraint("route in ('file', 'outlook', 'feed')", name=op.f("ck_calendar_export_route")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calendar_export")),
        schema="app",
    )
    op.create_table(
        "appointment",
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("counsellor", Line(), server_default=sa.text("session_user"), nullable=False),
        sa.Column("kind", Line(), nullable=False),
        sa.Column("title", Line(), server_default=sa.text("null"), nullable=True),
        sa.Column("starts_at", postgresql.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("ends_at", postgresql.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("mode", Line(), server_default=sa.text("'office'"), nullable=False),
        sa.Column("place", Line(), server_default=sa.text("null"), nullable=True),
        sa.Column("room", Line(), server_default=sa.text("null"), nullable=True),
        sa.Column("partner", Line(), server_default=sa.text("null"), nullable=True),
        sa.Column("interpreter_language", Line(), server_default=sa.text("null"), nullable=True),
        sa.Column("interpreter", Line(), server_default=sa.text("null"), nullable=True),
        sa.Column("interpreter_company", Line(), server_default=sa.text("null"), nullable=True),
        sa.Column("interpreter_reference", Line(), server_default=sa.text("null"), nullable=True),
        sa.Column(
            "interpreter_cancel_by",
            postgresql.TIMESTAMP(timezone=True),
            server_default=sa.text("null"),
            nullable=True,
        ),
        sa.Column("overlap_reason", Line(), server_default=sa.text("null"), nullable=True),
        sa.Column("series_id", sa.Uuid(), server_default=sa.text("null"), nullable=True),
        sa.Column(
            "original_start",
            postgresql.TIMESTAMP(timezone=True),
            server_default=sa.text("null"),
            nullable=True,
        ),
        sa.Column("sequence", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column(
            "cancelled_at", postgresql.TIMESTAMP(timezone=True), server_default=sa.text("null"), nullable=True
        ),
        sa.Column("cancelled_reason", Line(), server_default=sa.text("null"), nullable=True),
        sa.Column("operation_id", sa.Uuid(), server_default=sa.text("null"), nullable=True),
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
        postgresql.ExcludeConstraint(
            (sa.column("counsellor"), "="),
            (sa.literal_column("tstzrange(starts_at, ends_at)"), "&&"),
            where=sa.text("cancelled_at is null and overlap_reason is null and counsellor is not null"),
            using="gist",
            name="ex_appointment_counsellor",
        ),
        postgresql.ExcludeConstraint(
            (sa.column("interpreter"), "="),
            (sa.literal_column("tstzrange(starts_at, ends_at)"), "&&"),
            where=sa.text("cancelled_at is null and overlap_reason is null and interpreter is not null"),
            using="gist",
            name="ex_appointment_interpreter",
        ),
        postgresql.ExcludeConstraint(
            (sa.column("room"), "="),
            (sa.literal_column("tstzrange(starts_at, ends_at)"), "&&"),
            where=sa.text("cancelled_at is null and overlap_reason is null and room is not null"),
            using="gist",
            name="ex_appointment_room",
        ),
        sa.CheckConstraint(
            "kind in ('interview', 'plan', 'review', 'guidance', 'contact', 'meeting', 'other')",
            name=op.f("ck_appointment_kind"),
        ),
        sa.CheckConstraint(
            "mode in ('office', 'home_visit', 'phone', 'video', 'partner', 'other')",
            name=op.f("ck_appointment_mode"),
        ),
        sa.CheckConstraint("ends_at > starts_at", name=op.f("ck_appointment_order")),
        sa.ForeignKeyConstraint(
            ["series_id"], ["app.appointment_series.id"], name=op.f("fk_appointment_series_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_appointment")),
        schema="app",
    )
    op.create_index(
        "ix_appointment_counsellor", "appointment", ["counsellor", "starts_at"], unique=False, schema="app"
    )
    op.create_index(
        "ix_appointment_series",
        "appointment",
        ["series_id"],
        unique=False,
        schema="app",
        postgresql_where=sa.text("series_id is not null"),
    )
    op.create_table(
        "interpreter_bar",
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("interpreter", Line(), nullable=False),
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
        sa.ForeignKeyConstraint(["client_id"], ["app.client.id"], name=op.f("fk_interpreter_bar_client_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_interpreter_bar")),
        schema="app",
    )
    op.create_index("ix_interpreter_bar_client", "interpreter_bar", ["client_id"], unique=False, schema="app")
    op.create_table(
        "appointment_client",
        sa.Column("appointment_id", sa.Uuid(), nullable=False),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("attendance", Line(), server_default=sa.text("null"), nullable=True),
        sa.Column("told_of_fee", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("told_how_to_cancel", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("understood", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("acceptable_reason", Line(), server_default=sa.text("null"), nullable=True),
        sa.Column(
            "removed_at", postgresql.TIMESTAMP(timezone=True), server_default=sa.text("null"), nullable=True
        ),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.CheckConstraint(
            "attendance in ('attended', 'no_show', 'client_cancelled')",
            name=op.f("ck_appointment_client_attendance"),
        ),
        sa.ForeignKeyConstraint(
            ["appointment_id"], ["app.appointment.id"], name=op.f("fk_appointment_client_appointment_id")
        ),
        sa.ForeignKeyConstraint(
            ["client_id"], ["app.client.id"], name=op.f("fk_appointment_client_client_id")
        ),
        sa.PrimaryKeyConstraint("appointment_id", "client_id", name=op.f("pk_appointment_client")),
        schema="app",
    )
    op.create_index(
        "ix_appointment_client_client", "appointment_client", ["client_id"], unique=False, schema="app"
    )
    op.create_table(
        "calendar_sent",
        sa.Column("login", sa.Text(), server_default=sa.text("session_user"), nullable=False),
        sa.Column("appointment_id", sa.Uuid(), nullable=False),
        sa.Column("route", Line(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("starts_at", postgresql.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("event_id", Line(), server_default=sa.text("null"), nullable=True),
        sa.Column("change_key", Line(), server_default=sa.text("null"), nullable=True),
        sa.Column("gone", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column(
            "sent_at",
            postgresql.TIMESTAMP(timezone=True),
            server_default=sa.text("clock_timestamp()"),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(
            ["appointment_id"], ["app.appointment.id"], name=op.f("fk_calendar_sent_appointment_id")
        ),
        sa.PrimaryKeyConstraint("login", "appointment_id", "route", name=op.f("pk_calendar_sent")),
        schema="app",
    )


def downgrade() -> None:
    op.drop_table("calendar_sent", schema="app")
    op.drop_table("appointment_client", schema="app")
    op.drop_table("interpreter_bar", schema="app")
    op.drop_table("appointment", schema="app")
    op.drop_table("calendar_export", schema="app")
    op.drop_table("appointment_series", schema="app")
    op.drop_table("absence", schema="app")
