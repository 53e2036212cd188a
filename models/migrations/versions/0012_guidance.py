"""International employees of companies, answers that come again, and the population by language."""

# pyright: basic

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from models.migrations.domains import Line, Prose

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "answer_snippet",
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("topic", Line(), nullable=False),
        sa.Column("language", Line(), nullable=False),
        sa.Column("title", Line(), nullable=False),
        sa.Column("body", Prose(), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=False),
        sa.Column("checked_on", sa.Date(), nullable=False),
        sa.Column("checked_by", Line(), server_default=sa.text("null"), nullable=True),
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
            "topic in ('residence_permit', 'housing', 'work', 'entrepreneurship', 'studies', 'language_courses', 'family_school', 'health_social', 'benefits', 'integration_services', 'interpreting', 'other')",
            name=op.f("ck_answer_snippet_topic"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_answer_snippet")),
        schema="app",
    )
    op.create_index("ix_answer_snippet_topic", "answer_snippet", ["topic"], unique=False, schema="app")
    op.create_table(
        "population",
        sa.Column("area", Line(), nullable=False),
        sa.Column("language", Line(), nullable=False),
        sa.Column("people", sa.Integer(), server_default=sa.text("null"), nullable=True),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("fetched_on", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("area", "language", name=op.f("pk_population")),
        schema="app",
    )
    op.create_table(
        "company_arrival",
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("company_id", sa.Uuid(), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("route", Line(), nullable=False),
        sa.Column("language", Line(), server_default=sa.text("null"), nullable=True),
        sa.Column("families", sa.Boolean(), server_default=sa.text("false"), nullable=False),
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
        sa.CheckConstraint("route in ('nordic', 'eu', 'permit')", name=op.f("ck_company_arrival_route")),
        sa.CheckConstraint("extract(day from month) = 1", name=op.f("ck_company_arrival_month")),
        sa.CheckConstraint("people between 1 and 500", name=op.f("ck_company_arrival_people")),
        sa.ForeignKeyConstraint(
            ["company_id"], ["app.company.id"], name=op.f("fk_company_arrival_company_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_company_arrival")),
        schema="app",
    )
    op.create_index(
        "ix_company_arrival_company", "company_arrival", ["company_id"], unique=False, schema="app"
    )
    op.create_table(
        "company_step",
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("arrival_id", sa.Uuid(), nullable=False),
        sa.Column("code", Line(), nullable=False),
        sa.Column("owner", Line(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("done_on", sa.Date(), server_default=sa.text("null"), nullable=True),
        sa.Column("done_by", Line(), server_default=sa.text("null"), nullable=True),
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
            "owner in ('company', 'employee', 'team', 'population_register', 'immigration_service', 'other')",
            name=op.f("ck_company_step_owner"),
        ),
        sa.ForeignKeyConstraint(
            ["arrival_id"], ["app.company_arrival.id"], name=op.f("fk_company_step_arrival_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_company_step")),
        schema="app",
    )
    op.create_index("ix_company_step_arrival", "company_step", ["arrival_id"], unique=False, schema="app")
    op.add_column(
        "company",
        sa.Column("contact_confirmed_on", sa.Date(), server_default=sa.text("null"), nullable=True),
        schema="app",
    )
    op.create_check_constraint(
        op.f("ck_guidance_entry_nobody"),
        "guidance_entry",
        "note !~ '[0-9]{6} ?[-+A-FU-Ya-fu-y] ?[0-9]{3}[0-9A-Ya-y]'",
        schema="app",
    )


def downgrade() -> None:
    op.drop_constraint(op.f("ck_guidance_entry_nobody"), "guidance_entry", schema="app")
    op.drop_column("company", "contact_confirmed_on", schema="app")
    op.drop_table("company_step", schema="app")
    op.drop_table("company_arrival", schema="app")
    op.drop_table("population", schema="app")
    op.drop_table("answer_snippet", schema="app")
