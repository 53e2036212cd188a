"""The scroll bar of a list: one column, so that a scroll sends one sign a line."""


def scroll_bar(y: int, height: int, top: int, total: int, page: int) -> str:
    """Return the sign of line `y` of `height`, when a page of `total` rows is shown from `top` on."""
    if total <= page or height <= 1:
        return " "
    thumb = max(1, height * page // total)
    start = min(height - thumb, round((height - thumb) * top / max(1, total - page)))
    return "┃" if start <= y < start + thumb else " "
