"""Reports of fairness of the proposals that were carried out."""

# pyright: basic

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from models.migrations.domains import Line

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "rebalance_plan",
        sa.Column("operation_id", sa.Uuid(), nullable=False),
        sa.Column("occasion", Line(), nullable=False),
        sa.Column("reason", Line(), nullable=False),
        sa.Column("effective_on", sa.Date(), server_default=sa.text("null"), nullable=True),
        sa.Column("report", postgresql.JSONB(), nullable=False),
        sa.Column("set_by", sa.Text(), server_default=sa.text("session_user"), nullable=False),
        sa.Column(
            "made_at",
            postgresql.TIMESTAMP(timezone=True),
            server_default=sa.text("clock_timestamp()"),
            nullable=False,
        ),
        sa.PrimaryKeyConstraint("operation_id", name=op.f("pk_rebalance_plan")),
        schema="app",
    )


def downgrade() -> None:
    op.drop_table("rebalance_plan", schema="app")
