"""A service says into which other one it was merged."""

# pyright: basic

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "service",
        sa.Column("merged_into", sa.Uuid(), server_default=sa.text("null"), nullable=True),
        schema="app",
    )
    op.create_foreign_key(
        op.f("fk_service_merged_into"), "service", "service", ["merged_into"], ["id"],
        source_schema="app", referent_schema="app",
    )  # fmt: skip


def downgrade() -> None:
    op.drop_constraint(op.f("fk_service_merged_into"), "service", schema="app", type_="foreignkey")
    op.drop_column("service", "merged_into", schema="app")
