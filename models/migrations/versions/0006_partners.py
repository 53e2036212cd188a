"""The network of partners and the guidance log."""

# pyright: basic

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from models.migrations.domains import Line, Prose

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "company",
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("name", Line(), nullable=False),
        sa.Column("business_id", Line(), server_default=sa.text("null"), nullable=True),
        sa.Column("contact", Line(), server_default=sa.text("null"), nullable=True),
        sa.Column("phone", Line(), server_default=sa.text("null"), nullable=True),
        sa.Column("email", Line(), server_default=sa.text("null"), nullable=True),
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
        sa.PrimaryKeyConstraint("id", name=op.f("pk_company")),
        schema="app",
    )
    op.create_table(
        "organisation",
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("kind", Line(), nullable=False),
        sa.Column("name_fi", Line(), nullable=False),
        sa.Column("name_sv", Line(), server_default=sa.text("null"), nullable=True),
        sa.Column("name_en", Line(), server_default=sa.text("null"), nullable=True),
        sa.Column("business_id", Line(), server_default=sa.text("null"), nullable=True),
        sa.Column("web", Line(), server_default=sa.text("null"), nullable=True),
        sa.Column("phone", Line(), server_default=sa.text("null"), nullable=True),
        sa.Column("email", Line(), server_default=sa.text("null"), nullable=True),
        sa.Column("valid_from", sa.Date(), server_default=sa.text("null"), nullable=True),
        sa.Column("valid_to", sa.Date(), server_default=sa.text("null"), nullable=True),
        sa.Column("predecessor_id", sa.Uuid(), server_default=sa.text("null"), nullable=True),
        sa.Column("merged_into", sa.Uuid(), server_default=sa.text("null"), nullable=True),
        sa.Column("origin", Line(), server_default=sa.text("'own'"), nullable=False),
        sa.Column("external_id", Line(), server_default=sa.text("null"), nullable=True),
        sa.Column("remote", postgresql.JSONB(), server_default=sa.text("null"), nullable=True),
        sa.Column(
            "removed_at", postgresql.TIMESTAMP(timezone=True), server_default=sa.text("null"), nullable=True
        ),
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
        sa.Column("updated_by", sa.Text(), server_default=sa.text("session_user"), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.CheckConstraint(
            "kind in ('employment_authority', 'kela', 'wellbeing_county', 'education', 'early_education', 'basic_education', 'ngo', 'population_register', 'immigration_service', 'police', 'regional_authority', 'state_agency', 'reception_centre', 'housing', 'culture_sport', 'employer', 'bank', 'interpreting', 'other_municipality', 'city_unit', 'other')",
            name=op.f("ck_organisation_kind"),
        ),
        sa.CheckConstraint("origin in ('own', 'ptv', 'file')", name=op.f("ck_organisation_origin")),
        sa.ForeignKeyConstraint(
            ["merged_into"], ["app.organisation.id"], name=op.f("fk_organisation_merged_into")
        ),
        sa.ForeignKeyConstraint(
            ["predecessor_id"], ["app.organisation.id"], name=op.f("fk_organisation_predecessor_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisation")),
        schema="app",
    )
    op.create_index(
        "ix_organisation_external",
        "organisation",
        ["external_id"],
        unique=False,
        schema="app",
        postgresql_where=sa.text("external_id is not null"),
    )
    op.create_table(
        "guidance_entry",
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("given_on", sa.Date(), nullable=False),
        sa.Column("asker", Line(), nullable=False),
        sa.Column("company_id", sa.Uuid(), server_default=sa.text("null"), nullable=True),
        sa.Column("topic", Line(), nullable=False),
        sa.Column("language", Line(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("outcome", Line(), nullable=False),
        sa.Column("note", Prose(), server_default=sa.text("null"), nullable=True),
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
        sa.CheckConstraint(
            "asker in ('city_unit', 'partner', 'company', 'resident', 'other')",
            name=op.f("ck_guidance_entry_asker"),
        ),
        sa.CheckConstraint(
            "outcome in ('answered', 'guided_on', 'appointment', 'to_be_found_out')",
            name=op.f("ck_guidance_entry_outcome"),
        ),
        sa.CheckConstraint(
            "topic in ('residence_permit', 'housing', 'work', 'entrepreneurship', 'studies', 'language_courses', 'family_school', 'health_social', 'benefits', 'integration_services', 'interpreting', 'other')",
            name=op.f("ck_guidance_entry_topic"),
        ),
        sa.CheckConstraint("minutes between 1 and 600", name=op.f("ck_guidance_entry_minutes")),
        sa.ForeignKeyConstraint(
            ["company_id"], ["app.company.id"], name=op.f("fk_guidance_entry_company_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_guidance_entry")),
        schema="app",
    )
    op.create_index("ix_guidance_entry_day", "guidance_entry", ["given_on"], unique=False, schema="app")
    op.create_table(
        "place",
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("name", Line(), server_default=sa.text("null"), nullable=True),
        sa.Column("street", Line(), server_default=sa.text("null"), nullable=True),
        sa.Column("postal_code", Line(), server_default=sa.text("null"), nullable=True),
        sa.Column("town", Line(), server_default=sa.text("null"), nullable=True),
        sa.Column("easting", sa.Integer(), server_default=sa.text("null"), nullable=True),
        sa.Column("northing", sa.Integer(), server_default=sa.text("null"), nullable=True),
        sa.Column("external_id", Line(), server_default=sa.text("null"), nullable=True),
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
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["app.organisation.id"], name=op.f("fk_place_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_place")),
        schema="app",
    )
    op.create_index("ix_place_organisation", "place", ["organisation_id"], unique=False, schema="app")
    op.create_table(
        "service",
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("name_fi", Line(), nullable=False),
        sa.Column("name_sv", Line(), server_default=sa.text("null"), nullable=True),
        sa.Column("name_en", Line(), server_default=sa.text("null"), nullable=True),
        sa.Column("summary_fi", Prose(), server_default=sa.text("null"), nullable=True),
        sa.Column("summary_sv", Prose(), server_default=sa.text("null"), nullable=True),
        sa.Column("summary_en", Prose(), server_default=sa.text("null"), nullable=True),
        sa.Column("words", Line(), server_default=sa.text("null"), nullable=True),
        sa.Column("area", Line(), server_default=sa.text("null"), nullable=True),
        sa.Column("spoken", Line(), server_default=sa.text("null"), nullable=True),
        sa.Column("interpreted", Line(), server_default=sa.text("null"), nullable=True),
        sa.Column("written", Line(), server_default=sa.text("null"), nullable=True),
        sa.Column("who_may_come", Prose(), server_default=sa.text("null"), nullable=True),
        sa.Column("what_to_bring", Prose(), server_default=sa.text("null"), nullable=True),
        sa.Column("cost", Line(), server_default=sa.text("null"), nullable=True),
        sa.Column("by_appointment", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("capacity", sa.Integer(), server_default=sa.text("null"), nullable=True),
        sa.Column("waiting_days", sa.Integer(), server_default=sa.text("null"), nullable=True),
        sa.Column("next_start_on", sa.Date(), server_default=sa.text("null"), nullable=True),
        sa.Column("capacity_stated_on", sa.Date(), server_default=sa.text("null"), nullable=True),
        sa.Column("state", Line(), server_default=sa.text("'active'"), nullable=False),
        sa.Column("verified_on", sa.Date(), server_default=sa.text("null"), nullable=True),
        sa.Column("verified_by", Line(), server_default=sa.text("null"), nullable=True),
        sa.Column("origin", Line(), server_default=sa.text("'own'"), nullable=False),
        sa.Column("external_id", Line(), server_default=sa.text("null"), nullable=True),
        sa.Column("remote", postgresql.JSONB(), server_default=sa.text("null"), nullable=True),
        sa.Column("vanished_on", sa.Date(), server_default=sa.text("null"), nullable=True),
        sa.Column(
            "removed_at", postgresql.TIMESTAMP(timezone=True), server_default=sa.text("null"), nullable=True
        ),
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
        sa.Column("updated_by", sa.Text(), server_default=sa.text("session_user"), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.CheckConstraint("origin in ('own', 'ptv', 'file')", name=op.f("ck_service_origin")),
        sa.CheckConstraint("state in ('active', 'paused', 'ended')", name=op.f("ck_service_state")),
        sa.CheckConstraint("capacity >= 0 and waiting_days >= 0", name=op.f("ck_service_numbers")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["app.organisation.id"], name=op.f("fk_service_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_service")),
        schema="app",
    )
    op.create_index(
        "ix_service_external",
        "service",
        ["external_id"],
        unique=False,
        schema="app",
        postgresql_where=sa.text("external_id is not null"),
    )
    op.create_index("ix_service_organisation", "service", ["organisation_id"], unique=False, schema="app")
    op.create_table(
        "partner_contact",
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("service_id", sa.Uuid(), server_default=sa.text("null"), nullable=True),
        sa.Column("name", Line(), nullable=False),
        sa.Column("title", Line(), server_default=sa.text("null"), nullable=True),
        sa.Column("phone", Line(), server_default=sa.text("null"), nullable=True),
        sa.Column("email", Line(), server_default=sa.text("null"), nullable=True),
        sa.Column("languages", Line(), server_default=sa.text("null"), nullable=True),
        sa.Column("confirmed_on", sa.Date(), server_default=sa.text("null"), nullable=True),
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
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["app.organisation.id"], name=op.f("fk_partner_contact_organisation_id")
        ),
        sa.ForeignKeyConstraint(
            ["service_id"], ["app.service.id"], name=op.f("fk_partner_contact_service_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_partner_contact")),
        schema="app",
    )
    op.create_index(
        "ix_partner_contact_organisation", "partner_contact", ["organisation_id"], unique=False, schema="app"
    )
    op.create_table(
        "service_hours",
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("service_id", sa.Uuid(), nullable=False),
        sa.Column("weekday", sa.Integer(), server_default=sa.text("null"), nullable=True),
        sa.Column("on_day", sa.Date(), server_default=sa.text("null"), nullable=True),
        sa.Column("opens", Line(), server_default=sa.text("null"), nullable=True),
        sa.Column("closes", Line(), server_default=sa.text("null"), nullable=True),
        sa.Column(
            "removed_at", postgresql.TIMESTAMP(timezone=True), server_default=sa.text("null"), nullable=True
        ),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.CheckConstraint(
            "opens ~ '^[0-2][0-9]:[0-5][0-9]$' and closes ~ '^[0-2][0-9]:[0-5][0-9]$'",
            name=op.f("ck_service_hours_clock"),
        ),
        sa.CheckConstraint("(weekday is null) <> (on_day is null)", name=op.f("ck_service_hours_one_kind")),
        sa.CheckConstraint("weekday between 1 and 7", name=op.f("ck_service_hours_weekday")),
        sa.ForeignKeyConstraint(["service_id"], ["app.service.id"], name=op.f("fk_service_hours_service_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_service_hours")),
        schema="app",
    )
    op.create_index("ix_service_hours_service", "service_hours", ["service_id"], unique=False, schema="app")
    op.create_table(
        "service_place",
        sa.Column("service_id", sa.Uuid(), nullable=False),
        sa.Column("place_id", sa.Uuid(), nullable=False),
        sa.Column(
            "removed_at", postgresql.TIMESTAMP(timezone=True), server_default=sa.text("null"), nullable=True
        ),
        sa.ForeignKeyConstraint(["place_id"], ["app.place.id"], name=op.f("fk_service_place_place_id")),
        sa.ForeignKeyConstraint(["service_id"], ["app.service.id"], name=op.f("fk_service_place_service_id")),
        sa.PrimaryKeyConstraint("service_id", "place_id", name=op.f("pk_service_place")),
        schema="app",
    )


def downgrade() -> None:
    op.drop_table("service_place", schema="app")
    op.drop_table("service_hours", schema="app")
    op.drop_table("partner_contact", schema="app")
    op.drop_table("service", schema="app")
    op.drop_table("place", schema="app")
    op.drop_table("guidance_entry", schema="app")
    op.drop_table("organisation", schema="app")
    op.drop_table("company", schema="app")
