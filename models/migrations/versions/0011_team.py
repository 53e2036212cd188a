"""Deputies and transfers of clients."""

# pyright: basic

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from models.migrations.domains import Line, Prose

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

_KINDS = ("own", "lead", "deputy", "reveal_contact", "reveal_personal_id")


def _moment(name: str, default: str = "null") -> sa.Column:
    return sa.Column(
        name,
        postgresql.TIMESTAMP(timezone=True),
        server_default=sa.text(default),
        nullable=default == "null",
    )


def _id(name: str) -> sa.Column:
    return sa.Column(name, sa.Uuid(), nullable=False)


def _version() -> sa.Column:
    return sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False)


def _by(name: str) -> sa.Column:
    return sa.Column(name, sa.Text(), server_default=sa.text("session_user"), nullable=False)


def upgrade() -> None:
    op.create_table(
        "deputy",
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("absent", Line(), nullable=False),
        sa.Column("deputy", Line(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("to_on", sa.Date(), nullable=False),
        _moment("ended_at"),
        _by("set_by"),
        _moment("set_at", "clock_timestamp()"),
        _version(),
        sa.CheckConstraint("deputy <> absent", name=op.f("ck_deputy_two_people")),
        sa.CheckConstraint("to_on >= from_on and to_on < from_on + 366", name=op.f("ck_deputy_days")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deputy")),
        schema="app",
    )
    op.create_index("ix_deputy_deputy", "deputy", ["deputy", "to_on"], schema="app")
    op.create_table(
        "case_transfer",
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        _id("client_id"),
        sa.Column("from_login", Line(), server_default=sa.text("null"), nullable=True),
        sa.Column("to_login", Line(), nullable=False),
        sa.Column("reason", Line(), nullable=False),
        sa.Column("effective_on", sa.Date(), nullable=False),
        sa.Column("joint_meeting_on", sa.Date(), server_default=sa.text("null"), nullable=True),
        _by("set_by"),
        _moment("planned_at", "clock_timestamp()"),
        _moment("applied_at"),
        _moment("cancelled_at"),
        _moment("closed_at"),
        sa.Column("operation_id", sa.Uuid(), server_default=sa.text("null"), nullable=True),
        _version(),
        sa.CheckConstraint(
            "applied_at is null or cancelled_at is null", name=op.f("ck_case_transfer_one_end")
        ),
        sa.ForeignKeyConstraint(["client_id"], ["app.client.id"], name=op.f("fk_case_transfer_client_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_transfer")),
        schema="app",
    )
    op.create_index("ix_case_transfer_client", "case_transfer", ["client_id"], schema="app")
    op.create_index(
        "uq_case_transfer_planned",
        "case_transfer",
        ["client_id"],
        unique=True,
        schema="app",
        postgresql_where=sa.text("applied_at is null and cancelled_at is null"),
    )
    op.create_table(
        "case_transfer_step",
        _id("transfer_id"),
        _id("client_id"),
        sa.Column("step", Line(), nullable=False),
        sa.Column("done_on", sa.Date(), server_default=sa.text("null"), nullable=True),
        sa.Column("note", Prose(), server_default=sa.text("null"), nullable=True),
        _by("updated_by"),
        _moment("updated_at", "clock_timestamp()"),
        _version(),
        sa.CheckConstraint(
            "step in ('tasks', 'deadlines', 'appointments', 'referrals', 'interpreter', 'consents', 'promised', "
            "'joint_meeting', 'client_told')",
            name=op.f("ck_case_transfer_step_step"),
        ),
        sa.ForeignKeyConstraint(
            ["client_id"], ["app.client.id"], name=op.f("fk_case_transfer_step_client_id")
        ),
        sa.ForeignKeyConstraint(
            ["transfer_id"], ["app.case_transfer.id"], name=op.f("fk_case_transfer_step_transfer_id")
        ),
        sa.PrimaryKeyConstraint("transfer_id", "step", name=op.f("pk_case_transfer_step")),
        schema="app",
    )
    op.add_column(
        "event",
        sa.Column("deputy_for", Line(), server_default=sa.text("null"), nullable=True),
        schema="app",
    )
    op.drop_constraint(op.f("ck_opening_kind"), "opening", schema="app")
    op.create_check_constraint(op.f("ck_opening_kind"), "opening", f"kind in {_KINDS}", schema="app")


def downgrade() -> None:
    op.execute("delete from app.opening where kind = 'deputy'")
    op.drop_constraint(op.f("ck_opening_kind"), "opening", schema="app")
    op.create_check_constraint(
        op.f("ck_opening_kind"),
        "opening",
        f"kind in {tuple(each for each in _KINDS if each != 'deputy')}",
        schema="app",
    )
    op.drop_column("event", "deputy_for", schema="app")
    op.drop_table("case_transfer_step", schema="app")
    op.drop_table("case_transfer", schema="app")
    op.drop_table("deputy", schema="app")
