"""What every table shares: names of constraints, keys that sort by time, text that is safe to draw."""

import re
import secrets
import time
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import Dialect, MetaData, TypeDecorator, text
from sqlalchemy.dialects import postgresql
from sqlalchemy.orm import declared_attr
from sqlalchemy.types import UserDefinedType
from sqlmodel import Field, SQLModel

from models.safe_text import drawable, forbidden_character, normal

# The legal grounds a column may have; numbers are the items of section 73(1) of the Act (681/2023).
TECHNICAL = "technical"  # keys, versions and times: no personal data of a client
STAFF = "staff"  # about the city's own personnel
LOG_DATA = "log data"  # section 17 of the Act on information management (906/2019)
PROTECTION = "protection order"  # sections 36-37 of the Act on the population information system (661/2009)


def new_id() -> UUID:
    """A UUID version 7: random, and in the order of creation."""
    milliseconds = time.time_ns() // 1_000_000
    value = (milliseconds << 80) | secrets.randbits(80)
    value = (value & ~(0xF << 76)) | (0x7 << 76)
    return UUID(int=(value & ~(0x3 << 62)) | (0x2 << 62))


class _Domain(UserDefinedType[str]):
    """A PostgreSQL domain: text with a CHECK that holds wherever the column is."""

    cache_ok = True

    def __init__(self, name: str) -> None:
        self.name = name

    def get_col_spec(self, **_: Any) -> str:
        return f"app.{self.name}"


class SafeText(TypeDecorator[str]):
    """Text that can be drawn on a terminal: refused on write with a control code, cleaned on read."""

    impl = _Domain
    cache_ok = True

    def __init__(self, *, multiline: bool = False) -> None:
        super().__init__("prose" if multiline else "line")
        self.multiline = multiline

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:  # noqa: ARG002
        if value is None:
            return None
        value = normal(value)
        if forbidden_character(value, multiline=self.multiline) is not None:
            raise ValueError("text holds a character that is not allowed")
        return value

    def process_result_value(self, value: str | None, dialect: Dialect) -> str | None:  # noqa: ARG002
        return None if value is None else drawable(value)


class Table(SQLModel):
    """The base of every table; SQLModel does not validate rows of a table, so the database's CHECKs do."""

    @declared_attr  # pyright: ignore[reportArgumentType]
    def __tablename__(cls) -> str:  # noqa: N805 # pyright: ignore[reportIncompatibleVariableOverride]
        return re.sub(r"(?<!^)(?=[A-Z])", "_", cls.__name__).lower()

    metadata: ClassVar[MetaData] = MetaData(  # pyright: ignore[reportIncompatibleVariableOverride]
        schema="app",
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        },
    )


def key(ground: str | int = TECHNICAL, **options: Any) -> Any:
    """A primary key made by the program or, for plain SQL, by the database."""
    return Field(
        default_factory=new_id,
        primary_key=True,
        sa_column_kwargs={
            "server_default": text("uuidv7()"),
            "info": {"ground": ground},
        },
        **options,
    )


def column(ground: str | int, default: Any = None, **options: Any) -> Any:
    """A nullable or defaulted column with its legal ground."""
    # A server default keeps an absent value out of the INSERT, which may have no right to the column.
    absent = {"server_default": text("null")} if default is None else {}
    kwargs = {"info": {"ground": ground}} | absent | options.pop("column", {})
    return Field(default=default, sa_column_kwargs=kwargs, **options)


def required(ground: str | int, **options: Any) -> Any:
    """A column that must be given, with its legal ground."""
    kwargs = {"info": {"ground": ground}} | options.pop("column", {})
    return Field(sa_column_kwargs=kwargs, **options)


def line(ground: str | int, *, needed: bool = False, **options: Any) -> Any:
    """One line of text, at most 200 characters."""
    make = required if needed else column
    return make(ground, sa_type=SafeText, nullable=not needed, **options)


def prose(ground: str | int, *, needed: bool = False, **options: Any) -> Any:
    """Text of several lines, at most 8,000 characters."""
    make = required if needed else column
    return make(ground, sa_type=SafeText(multiline=True), nullable=not needed, **options)


def by_database(expression: str, ground: str | int = TECHNICAL, **options: Any) -> Any:
    """A column whose value the database sets (author, time, version); the program only reads it."""
    kwargs = {"server_default": text(expression), "info": {"ground": ground}}
    return Field(default=None, nullable=False, sa_column_kwargs=kwargs, **options)


Moment = postgresql.TIMESTAMP(timezone=True)


def moment(ground: str | int = TECHNICAL, expression: str = "clock_timestamp()") -> Any:
    """A time with zone, set by the database."""
    return by_database(expression, ground, sa_type=Moment)


def version() -> Any:
    """Raised by a trigger at every change; an edit names the version it began from."""
    return by_database("1")
