"""All tables in one place, for migrations and for tests that walk them."""

from models import (
    access,
    appointment,
    assignment,
    audit,
    client,
    client_status,
    deadline,
    directory,
    event,
    guidance,
    handover,
    household,
    interview,
    name,
    period,
    plan,
    reception,
    schema_state,
    search,
    staff,
    task,
    workload,
)
from models.base import Table

metadata = Table.metadata

MODULES = (
    access,
    appointment,
    assignment,
    audit,
    client,
    client_status,
    deadline,
    directory,
    event,
    guidance,
    handover,
    household,
    interview,
    name,
    period,
    plan,
    reception,
    schema_state,
    search,
    staff,
    task,
    workload,
)
