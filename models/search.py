"""The distinct words of all names, by which search finds every spelling of a name."""

from sqlalchemy import Computed, Index, Text, text
from sqlalchemy.dialects.postgresql import ARRAY

from models.base import Table, line, required


class SearchWord(Table, table=True):
    """A word, or a run of words, that names hold: `unit` is what client_skeleton stores, its fold and codes.

    A row is made by the first name that holds the unit and goes with the last; nobody reads it directly.
    """

    __table_args__ = (
        Index("ix_search_word_near", text("word ext.gist_trgm_ops(siglen=64)"), postgresql_using="gist"),
        Index("ix_search_word_codes", "codes", postgresql_using="gin"),
        Index("ix_search_word_start", text("word text_pattern_ops")),
    )

    unit: str = line(2, needed=True, primary_key=True)
    word: str = required(
        2, sa_type=Text, sa_column_args=[Computed("split_part(unit, ' ', 1)", persisted=True)]
    )
    codes: list[str] = required(
        2, sa_type=ARRAY(Text), sa_column_args=[Computed("(string_to_array(unit, ' '))[2:]", persisted=True)]
    )
