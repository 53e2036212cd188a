"""Whether collecting the cost of a no-show would be unreasonable; whether an interpreter is a woman or a man."""

# pyright: basic

import sqlalchemy as sa
from alembic import op

from models.migrations.domains import Line

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "appointment",
        sa.Column("interpreter_gender", Line(), server_default=sa.text("null"), nullable=True),
        schema="app",
    )
    op.create_check_constraint(
        op.f("ck_appointment_interpreter_gender"),
        "appointment",
        "interpreter_gender in ('woman', 'man')",
        schema="app",
    )
    op.add_column(
        "appointment_client",
        sa.Column("unreasonable_reason", Line(), server_default=sa.text("null"), nullable=True),
        schema="app",
    )


def downgrade() -> None:
    op.drop_column("appointment_client", "unreasonable_reason", schema="app")
    op.drop_constraint(op.f("ck_appointment_interpreter_gender"), "appointment", schema="app", type_="check")
    op.drop_column("appointment", "interpreter_gender", schema="app")
