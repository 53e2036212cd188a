"""What alembic runs a migration with: the connection it is given, as the owner of all tables."""

from alembic import context
from alembic.runtime.environment import NameFilterParentNames, NameFilterType

from models.tables import metadata


def _ours(name: str | None, kind: NameFilterType, _parents: NameFilterParentNames) -> bool:
    return name in ("app", "audit") if kind == "schema" else True


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    version_table_schema="app",
    include_schemas=True,
    include_name=_ours,
    compare_server_default=False,
)
with context.begin_transaction():
    context.run_migrations()
