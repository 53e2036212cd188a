"""Referrals with their steps, consents and disclosures."""

# pyright: basic

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from models.migrations.domains import Line, Prose

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "consent",
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("receiver", Line(), server_default=sa.text("null"), nullable=True),
        sa.Column("items", Prose(), nullable=False),
        sa.Column("scope", Prose(), server_default=sa.text("null"), nullable=True),
        sa.Column("language", Line(), nullable=False),
        sa.Column("how", Line(), nullable=False),
        sa.Column("given_on", sa.Date(), nullable=False),
        sa.Column("valid_until", sa.Date(), server_default=sa.text("null"), nullable=True),
        sa.Column("withdrawn_on", sa.Date(), server_default=sa.text("null"), nullable=True),
        sa.Column(
            "created_at",
            postgresql.TIMESTAMP(timezone=True),
            server_default=sa.text("clock_timestamp()"),
            nullable=False,
        ),
        sa.Column("created_by", sa.Text(), server_default=sa.text("session_user"), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.CheckConstraint("how in ('written', 'spoken')", name=op.f("ck_consent_how")),
        sa.CheckConstraint("valid_until >= given_on", name=op.f("ck_consent_order")),
        sa.CheckConstraint("withdrawn_on >= given_on", name=op.f("ck_consent_withdrawn")),
        sa.ForeignKeyConstraint(["client_id"], ["app.client.id"], name=op.f("fk_consent_client_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consent")),
        schema="app",
    )
    op.create_index("ix_consent_client", "consent", ["client_id"], unique=False, schema="app")
    op.create_table(
        "referral",
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("service_id", sa.Uuid(), server_default=sa.text("null"), nullable=True),
        sa.Column("receiver", Line(), nullable=False),
        sa.Column("receiver_kind", Line(), server_default=sa.text("'other'"), nullable=False),
        sa.Column("purpose", Prose(), server_default=sa.text("null"), nullable=True),
        sa.Column("goal_id", sa.Uuid(), server_default=sa.text("null"), nullable=True),
        sa.Column("state", Line(), server_default=sa.text("'draft'"), nullable=False),
        sa.Column(
            "state_at",
            postgresql.TIMESTAMP(timezone=True),
            server_default=sa.text("clock_timestamp()"),
            nullable=False,
        ),
        sa.Column("chase_on", sa.Date(), server_default=sa.text("null"), nullable=True),
        sa.Column("chase_task_id", sa.Uuid(), server_default=sa.text("null"), nullable=True),
        sa.Column("decline_code", Line(), server_default=sa.text("null"), nullable=True),
        sa.Column("outcome", Line(), server_default=sa.text("null"), nullable=True),
        sa.Column("outcome_note", Prose(), server_default=sa.text("null"), nullable=True),
        sa.Column("instead_of", sa.Uuid(), server_default=sa.text("null"), nullable=True),
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
        sa.Column(
            "updated_at",
            postgresql.TIMESTAMP(timezone=True),
            server_default=sa.text("clock_timestamp()"),
            nullable=False,
        ),
        sa.Column("updated_by", sa.Text(), server_default=sa.text("session_user"), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.CheckConstraint(
            "(state = 'declined') = (decline_code is not null)", name=op.f("ck_referral_declined")
        ),
        sa.CheckConstraint(
            "(state in ('done', 'dropped', 'no_contact')) = (outcome is not null)",
            name=op.f("ck_referral_outcome"),
        ),
        sa.CheckConstraint(
            "decline_code in ('full', 'not_eligible', 'language', 'wrong_service', 'needs_more', 'closing', 'other')",
            name=op.f("ck_referral_decline_code"),
        ),
        sa.CheckConstraint(
            "outcome in ('reached', 'partly', 'not_reached', 'not_known')",
            name=op.f("ck_referral_outcome_code"),
        ),
        sa.CheckConstraint(
            "receiver_kind in ('employment_authority', 'kela', 'wellbeing_county', 'education', 'early_education', 'basic_education', 'ngo', 'population_register', 'immigration_service', 'police', 'regional_authority', 'state_agency', 'reception_centre', 'housing', 'culture_sport', 'employer', 'bank', 'interpreting', 'other_municipality', 'city_unit', 'other')",
            name=op.f("ck_referral_receiver_kind"),
        ),
        sa.CheckConstraint(
            "state <> 'withdrawn' or outcome_note is not null", name=op.f("ck_referral_withdrawn")
        ),
        sa.CheckConstraint(
            "state in ('draft', 'sent', 'received', 'waiting', 'accepted', 'started', 'declined', 'done', 'dropped', 'no_contact', 'withdrawn')",
            name=op.f("ck_referral_state"),
        ),
        sa.ForeignKeyConstraint(["chase_task_id"], ["app.task.id"], name=op.f("fk_referral_chase_task_id")),
        sa.ForeignKeyConstraint(["client_id"], ["app.client.id"], name=op.f("fk_referral_client_id")),
        sa.ForeignKeyConstraint(["event_id"], ["app.event.id"], name=op.f("fk_referral_event_id")),
        sa.ForeignKeyConstraint(["goal_id"], ["app.plan_goal.id"], name=op.f("fk_referral_goal_id")),
        sa.ForeignKeyConstraint(["instead_of"], ["app.referral.id"], name=op.f("fk_referral_instead_of")),
        sa.ForeignKeyConstraint(["service_id"], ["app.service.id"], name=op.f("fk_referral_service_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_referral")),
        schema="app",
    )
    op.create_index("ix_referral_client", "referral", ["client_id"], unique=False, schema="app")
    op.create_index(
        "ix_referral_event",
        "referral",
        ["event_id"],
        unique=False,
        schema="app",
        postgresql_where=sa.text("event_id is not null"),
    )
    op.create_index(
        "ix_referral_service",
        "referral",
        ["service_id"],
        unique=False,
        schema="app",
        postgresql_where=sa.text("service_id is not null and removed_at is null"),
    )
    op.create_index(
        "ix_referral_task",
        "referral",
        ["chase_task_id"],
        unique=False,
        schema="app",
        postgresql_where=sa.text("chase_task_id is not null"),
    )
    op.create_table(
        "disclosure",
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("referral_id", sa.Uuid(), nullable=False),
        sa.Column("receiver", Line(), nullable=False),
        sa.Column("receiver_kind", Line(), nullable=False),
        sa.Column("items", Prose(), nullable=False),
        sa.Column("purpose", Line(), nullable=False),
        sa.Column("ground", Line(), nullable=False),
        sa.Column("asked_by", Line(), server_default=sa.text("null"), nullable=True),
        sa.Column("consent_id", sa.Uuid(), server_default=sa.text("null"), nullable=True),
        sa.Column("way", Line(), nullable=False),
        sa.Column("operation_id", sa.Uuid(), nullable=False),
        sa.Column(
            "at",
            postgresql.TIMESTAMP(timezone=True),
            server_default=sa.text("clock_timestamp()"),
            nullable=False,
        ),
        sa.Column("author", sa.Text(), server_default=sa.text("session_user"), nullable=False),
        sa.CheckConstraint(
            "ground in ('provider_94', 'authorities_86', 'kela_88', 'move_85', 'consent')",
            name=op.f("ck_disclosure_ground"),
        ),
        sa.CheckConstraint(
            "ground not in ('consent', 'move_85') or consent_id is not null",
            name=op.f("ck_disclosure_consent"),
        ),
        sa.CheckConstraint(
            "receiver_kind in ('employment_authority', 'kela', 'wellbeing_county', 'education', 'early_education', 'basic_education', 'ngo', 'population_register', 'immigration_service', 'police', 'regional_authority', 'state_agency', 'reception_centre', 'housing', 'culture_sport', 'employer', 'bank', 'interpreting', 'other_municipality', 'city_unit', 'other')",
            name=op.f("ck_disclosure_receiver_kind"),
        ),
        sa.CheckConstraint("way in ('letter', 'told')", name=op.f("ck_disclosure_way")),
        sa.ForeignKeyConstraint(["client_id"], ["app.client.id"], name=op.f("fk_disclosure_client_id")),
        sa.ForeignKeyConstraint(["consent_id"], ["app.consent.id"], name=op.f("fk_disclosure_consent_id")),
        sa.ForeignKeyConstraint(["referral_id"], ["app.referral.id"], name=op.f("fk_disclosure_referral_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_disclosure")),
        sa.UniqueConstraint("operation_id", name=op.f("uq_disclosure_operation_id")),
        schema="app",
    )
    op.create_index("ix_disclosure_client", "disclosure", ["client_id", "at"], unique=False, schema="app")
    op.create_index("ix_disclosure_referral", "disclosure", ["referral_id"], unique=False, schema="app")
    op.create_table(
        "referral_step",
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("referral_id", sa.Uuid(), nullable=False),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("was", Line(), server_default=sa.text("null"), nullable=True),
        sa.Column("becomes", Line(), nullable=False),
        sa.Column("decline_code", Line(), server_default=sa.text("null"), nullable=True),
        sa.Column("outcome", Line(), server_default=sa.text("null"), nullable=True),
        sa.Column("undoes", sa.Uuid(), server_default=sa.text("null"), nullable=True),
        sa.Column(
            "at",
            postgresql.TIMESTAMP(timezone=True),
            server_default=sa.text("clock_timestamp()"),
            nullable=False,
        ),
        sa.Column("author", sa.Text(), server_default=sa.text("session_user"), nullable=False),
        sa.CheckConstraint(
            "becomes in ('draft', 'sent', 'received', 'waiting', 'accepted', 'started', 'declined', 'done', 'dropped', 'no_contact', 'withdrawn')",
            name=op.f("ck_referral_step_becomes"),
        ),
        sa.CheckConstraint(
            "was in ('draft', 'sent', 'received', 'waiting', 'accepted', 'started', 'declined', 'done', 'dropped', 'no_contact', 'withdrawn')",
            name=op.f("ck_referral_step_was"),
        ),
        sa.ForeignKeyConstraint(["client_id"], ["app.client.id"], name=op.f("fk_referral_step_client_id")),
        sa.ForeignKeyConstraint(
            ["referral_id"], ["app.referral.id"], name=op.f("fk_referral_step_referral_id")
        ),
        sa.ForeignKeyConstraint(["undoes"], ["app.referral_step.id"], name=op.f("fk_referral_step_undoes")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_referral_step")),
        schema="app",
    )
    op.create_index("ix_referral_step_client", "referral_step", ["client_id"], unique=False, schema="app")
    op.create_index(
        "ix_referral_step_referral", "referral_step", ["referral_id", "at"], unique=False, schema="app"
    )


def downgrade() -> None:
    op.drop_table("referral_step", schema="app")
    op.drop_table("disclosure", schema="app")
    op.drop_table("referral", schema="app")
    op.drop_table("consent", schema="app")
