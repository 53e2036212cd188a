"""The day each fact of a partner or a service was last changed."""

# pyright: basic

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

_TABLES = ("organisation", "service")


def upgrade() -> None:
    for table in _TABLES:
        days = sa.Column("changed_on", postgresql.JSONB(), server_default=sa.text("'{}'"), nullable=False)
        op.add_column(table, days, schema="app")


def downgrade() -> None:
    for table in _TABLES:
        op.drop_column(table, "changed_on", schema="app")
