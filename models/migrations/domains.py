"""The domains of safe text, as a migration names them in a column."""

from sqlalchemy.types import UserDefinedType


class Line(UserDefinedType[str]):
    """One line of safe text."""

    def get_col_spec(self, **_: object) -> str:
        return "app.line"


class Prose(UserDefinedType[str]):
    """Safe text of several lines."""

    def get_col_spec(self, **_: object) -> str:
        return "app.prose"
