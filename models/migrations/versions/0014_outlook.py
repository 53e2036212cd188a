"""What was pushed to Outlook, and what waits to be."""

# pyright: basic

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from models.migrations.domains import Line, Prose

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def _moment(name: str, default: str = "null") -> sa.Column:
    return sa.Column(
        name,
        postgresql.TIMESTAMP(timezone=True),
        server_default=sa.text(default),
        nullable=default == "null",
    )


def _needed_moment(name: str) -> sa.Column:
    return sa.Column(name, postgresql.TIMESTAMP(timezone=True), nullable=False)


def _id() -> sa.Column:
    return sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False)


def _login() -> sa.Column:
    return sa.Column("login", sa.Text(), server_default=sa.text("session_user"), nullable=False)


def _text(name: str, kind: type = Line) -> sa.Column:
    return sa.Column(name, kind(), server_default=sa.text("null"), nullable=True)


def _number(name: str) -> sa.Column:
    return sa.Column(name, sa.Integer(), server_default=sa.text("0"), nullable=False)


def _switch(name: str) -> sa.Column:
    return sa.Column(name, sa.Boolean(), server_default=sa.text("false"), nullable=False)


def upgrade() -> None:
    op.create_table(
        "outlook_mailbox",
        _login(),
        sa.Column("mailbox", Line(), nullable=False),
        sa.Column("template", Line(), nullable=False),
        sa.Column("language", Line(), nullable=False),
        _switch("active"),
        _text("delta_link", Prose),
        sa.Column("delta_from", sa.Date(), server_default=sa.text("null"), nullable=True),
        sa.Column("claimed_by", sa.Uuid(), server_default=sa.text("null"), nullable=True),
        _moment("claimed_until"),
        _moment("created_at", "clock_timestamp()"),
        sa.PrimaryKeyConstraint("login", name=op.f("pk_outlook_mailbox")),
        schema="app",
    )
    op.create_table(
        "outlook_event",
        _id(),
        _login(),
        sa.Column("source_id", sa.Uuid(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        _switch("series"),
        _number("generation"),
        _text("event_id", Prose),
        _text("change_key"),
        _text("mark"),
        _text("seen"),
        sa.Column("parts", postgresql.JSONB(), server_default=sa.text("null"), nullable=True),
        _switch("with_client"),
        _needed_moment("starts_at"),
        _needed_moment("ends_at"),
        sa.Column("theirs", postgresql.JSONB(), server_default=sa.text("null"), nullable=True),
        _moment("sent_at"),
        _moment("removed_at"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outlook_event")),
        sa.UniqueConstraint("login", "source_id", name=op.f("uq_outlook_event_login_source_id")),
        schema="app",
    )
    op.create_index("ix_outlook_event_unit", "outlook_event", ["unit_id"], unique=False, schema="app")
    op.create_table(
        "outlook_job",
        _id(),
        _login(),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        _number("generation"),
        _moment("not_before"),
        _number("tries"),
        _text("problem"),
        _moment("created_at", "clock_timestamp()"),
        _moment("done_at"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outlook_job")),
        sa.UniqueConstraint("login", "unit_id", name=op.f("uq_outlook_job_login_unit_id")),
        schema="app",
    )
    op.create_index(
        "ix_outlook_job_open",
        "outlook_job",
        ["login", "created_at"],
        unique=False,
        schema="app",
        postgresql_where=sa.text("done_at is null"),
    )


def downgrade() -> None:
    for table in ("outlook_job", "outlook_event", "outlook_mailbox"):
        op.drop_table(table, schema="app")
