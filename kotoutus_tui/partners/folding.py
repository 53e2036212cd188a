"""Words as they are compared: small letters without accents."""

import re
import unicodedata
from functools import lru_cache

_WORD = re.compile(r"[^\W_]+")


@lru_cache(maxsize=65536)
def folded(text: str) -> str:
    """Return the text in small letters without accents; å, ä and ö lose their marks too."""
    parts = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in parts if not unicodedata.combining(letter))


def words_of(text: str) -> list[str]:
    """Return the folded words of a text."""
    return _WORD.findall(folded(text))
