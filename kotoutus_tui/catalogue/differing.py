"""Two texts shortened to where they differ, so that one line is enough to see it."""

_LONG = 60
_ALIKE = 12  # letters at the beginning that are worth leaving out
_CONTEXT = 1  # words before the difference that stay


def cut(text: str) -> str:
    """Return a text in one line, its end cut off when it is long."""
    text = " ".join(text.split())
    return text if len(text) <= _LONG else text[: _LONG - 1].rstrip() + "…"


def shortened(mine: str, theirs: str) -> tuple[str, str]:
    """Return both texts without the words with which both begin."""
    ours, others = mine.split(), theirs.split()
    same = 0
    while same < min(len(ours), len(others)) and ours[same] == others[same]:
        same += 1
    left_out = max(0, same - _CONTEXT)
    if len(" ".join(ours[:left_out])) < _ALIKE:
        return cut(mine), cut(theirs)
    return cut("… " + " ".join(ours[left_out:])), cut("… " + " ".join(others[left_out:]))


def parts(mine: str, theirs: str) -> str:
    """Return what is added to a list with commas and what is gone from it: + this, − that."""
    ours, others = (dict.fromkeys(text.split(", ")) for text in (mine, theirs))
    told = [f"− {each}" for each in ours if each not in others]
    told += [f"+ {each}" for each in others if each not in ours]
    return ", ".join(told)
