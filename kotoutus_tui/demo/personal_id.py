"""Invented personal identity codes: individual numbers 900-999 are never given to anybody."""

from datetime import date
from random import Random

_CHECK = "0123456789ABCDEFHJKLMNPRSTUVWXY"
_SIGNS = {18: "+", 19: "-YXWVU", 20: "ABCDEF"}


def invented_personal_id(random: Random, born: date, *, woman: bool, taken: set[str]) -> str:
    """Return a code with a right check character that is not in `taken`, and add it there."""
    while True:
        number = random.randrange(900, 1000)
        if (number % 2 == 0) != woman:
            continue
        sign = random.choice(_SIGNS[born.year // 100])
        check = _CHECK[int(f"{born:%d%m%y}{number}") % 31]
        code = f"{born:%d%m%y}{sign}{number}{check}"
        if code not in taken:
            taken.add(code)
            return code
