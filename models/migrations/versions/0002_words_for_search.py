"""Words for search"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from models.migrations.domains import Line

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "search_word",
        sa.Column("unit", Line(), nullable=False),
        sa.Column("word", sa.Text(), sa.Computed("split_part(unit, ' ', 1)", persisted=True), nullable=False),
        sa.Column(
            "codes",
            postgresql.ARRAY(sa.Text()),
            sa.Computed("(string_to_array(unit, ' '))[2:]", persisted=True),
            nullable=False,
        ),
        sa.PrimaryKeyConstraint("unit", name=op.f("pk_search_word")),
        schema="app",
    )
    op.create_index(
        "ix_search_word_near",
        "search_word",
        [sa.literal_column("word ext.gist_trgm_ops(siglen=64)")],
        schema="app",
        postgresql_using="gist",
    )
    op.create_index("ix_search_word_codes", "search_word", ["codes"], schema="app", postgresql_using="gin")
    op.create_index(
        "ix_search_word_start", "search_word", [sa.literal_column("word text_pattern_ops")], schema="app"
    )
    op.create_index("ix_client_skeleton_name", "client_skeleton", ["name_id"], schema="app")
    op.create_index("ix_client_search_key_year", "client_search_key", ["birth_year"], schema="app")
    # Search goes by words; of a whole name only the very same is asked for.
    op.drop_index("ix_client_search_key_name_key", table_name="client_search_key", schema="app")
    op.create_index("ix_client_search_key_name_key", "client_search_key", ["name_key"], schema="app")


def downgrade() -> None:
    op.drop_index("ix_client_search_key_name_key", table_name="client_search_key", schema="app")
    op.create_index(
        "ix_client_search_key_name_key",
        "client_search_key",
        [sa.literal_column("name_key ext.gist_trgm_ops(siglen=64)")],
        schema="app",
        postgresql_using="gist",
    )
    op.drop_index("ix_client_search_key_year", table_name="client_search_key", schema="app")
    op.drop_index("ix_client_skeleton_name", table_name="client_skeleton", schema="app")
    op.drop_table("search_word", schema="app")
