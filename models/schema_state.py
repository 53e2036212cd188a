"""Which version of tables and rules the database has."""

from datetime import datetime

from models.base import TECHNICAL, Table, line, moment, required


class SchemaState(Table, table=True):
    """One row: the revision of the tables and the digest of the security files that were applied last."""

    id: int = required(TECHNICAL, primary_key=True, column={"autoincrement": False})
    revision: str = line(TECHNICAL, needed=True)
    security_digest: str = line(TECHNICAL, needed=True)
    applied_at: datetime = moment()
