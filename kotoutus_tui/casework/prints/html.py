"""A paper as an HTML page, to be printed with any browser; nothing in it is loaded from outside."""

from functools import lru_cache
from typing import TYPE_CHECKING

from kotoutus_tui.casework.prints.page import Page
from kotoutus_tui.text import visible

if TYPE_CHECKING:
    from jinja2 import Environment


def as_html(page: Page) -> str:
    """Return the whole page. Every text is escaped; its direction is its own (`dir="auto"`)."""
    return _environment().get_template("page.html.jinja").render(page=page, shown=_shown)


@lru_cache(maxsize=1)
def _environment() -> "Environment":
    from jinja2 import Environment, PackageLoader, StrictUndefined

    return Environment(
        loader=PackageLoader("kotoutus_tui.casework.prints", ""),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _shown(text: str) -> str:
    return visible(text, prose=True)
