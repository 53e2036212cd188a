"""Workload: points, working time, languages of the staff, weight of clients."""

# pyright: basic

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from models.migrations.domains import Line, Prose

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "staff_language",
        sa.Column("login", Line(), server_default=sa.text("session_user"), nullable=False),
        sa.Column("language", Line(), nullable=False),
        sa.Column("set_by", sa.Text(), server_default=sa.text("session_user"), nullable=False),
        sa.Column(
            "removed_at", postgresql.TIMESTAMP(timezone=True), server_default=sa.text("null"), nullable=True
        ),
        sa.PrimaryKeyConstraint("login", "language", name=op.f("pk_staff_language")),
        schema="app",
    )
    op.create_table(
        "working_time",
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("login", Line(), nullable=False),
        sa.Column("percent", sa.Integer(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("set_by", sa.Text(), server_default=sa.text("session_user"), nullable=False),
        sa.Column(
            "set_at",
            postgresql.TIMESTAMP(timezone=True),
            server_default=sa.text("clock_timestamp()"),
            nullable=False,
        ),
        sa.CheckConstraint("percent between 0 and 100", name=op.f("ck_working_time_percent")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_working_time")),
        schema="app",
    )
    op.create_index("uq_working_time", "working_time", ["login", "valid_from"], unique=True, schema="app")
    op.create_table(
        "workload_point",
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("factor", Line(), nullable=False),
        sa.Column("points", sa.Integer(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("set_by", sa.Text(), server_default=sa.text("session_user"), nullable=False),
        sa.Column(
            "set_at",
            postgresql.TIMESTAMP(timezone=True),
            server_default=sa.text("clock_timestamp()"),
            nullable=False,
        ),
        sa.CheckConstraint(
            "factor in ('phase_arriving', 'phase_new', 'phase_assessment', 'phase_plan', 'phase_after_plan', 'interpreter', 'household_of_four', 'complexity', 'deadline_in_30_days')",
            name=op.f("ck_workload_point_factor"),
        ),
        sa.CheckConstraint("points between 0 and 20", name=op.f("ck_workload_point_points")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_workload_point")),
        schema="app",
    )
    op.create_index(
        "uq_workload_point", "workload_point", ["factor", "valid_from"], unique=True, schema="app"
    )
    op.create_table(
        "client_weight",
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("complexity", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("locked", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("lock_reason", Prose(), server_default=sa.text("null"), nullable=True),
        sa.Column(
            "updated_at",
            postgresql.TIMESTAMP(timezone=True),
            server_default=sa.text("clock_timestamp()"),
            nullable=False,
        ),
        sa.Column("updated_by", sa.Text(), server_default=sa.text("session_user"), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.CheckConstraint("complexity between 0 and 3", name=op.f("ck_client_weight_complexity")),
        sa.CheckConstraint(
            "not locked or lock_reason is not null", name=op.f("ck_client_weight_lock_reason")
        ),
        sa.ForeignKeyConstraint(["client_id"], ["app.client.id"], name=op.f("fk_client_weight_client_id")),
        sa.PrimaryKeyConstraint("client_id", name=op.f("pk_client_weight")),
        schema="app",
    )


def downgrade() -> None:
    op.drop_table("client_weight", schema="app")
    op.drop_table("workload_point", schema="app")
    op.drop_table("working_time", schema="app")
    op.drop_table("staff_language", schema="app")
