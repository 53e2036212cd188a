"""Reading the national service catalogue."""

# pyright: basic

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from models.migrations.domains import Line, Prose

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    moment = postgresql.TIMESTAMP(timezone=True)
    now, nothing = sa.text("clock_timestamp()"), sa.text("null")
    op.create_table(
        "catalogue_run",
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("source", Line(), nullable=False),
        sa.Column("whole", sa.Boolean(), nullable=False),
        sa.Column("since", moment, server_default=nothing, nullable=True),
        sa.Column("login", sa.Text(), server_default=sa.text("session_user"), nullable=False),
        sa.Column("started_at", moment, server_default=now, nullable=False),
        sa.Column("read_at", moment, server_default=nothing, nullable=True),
        sa.Column("taken_in_at", moment, server_default=nothing, nullable=True),
        sa.Column("newest", moment, server_default=nothing, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_catalogue_run")),
        schema="app",
    )
    op.create_index(
        "ix_catalogue_run_source", "catalogue_run", ["source", "taken_in_at"], unique=False, schema="app"
    )
    op.create_table(
        "catalogue_page",
        sa.Column("run_id", sa.Uuid(), nullable=False),
        sa.Column("endpoint", Line(), nullable=False),
        sa.Column("query", Prose(), nullable=False),
        sa.Column("page", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("status", sa.Integer(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("fetched_at", moment, server_default=now, nullable=False),
        sa.ForeignKeyConstraint(["run_id"], ["app.catalogue_run.id"], name=op.f("fk_catalogue_page_run_id")),
        sa.PrimaryKeyConstraint("run_id", "endpoint", "query", "page", name=op.f("pk_catalogue_page")),
        schema="app",
    )


def downgrade() -> None:
    op.drop_table("catalogue_page", schema="app")
    op.drop_index("ix_catalogue_run_source", table_name="catalogue_run", schema="app")
    op.drop_table("catalogue_run", schema="app")
