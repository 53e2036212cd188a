"""Which columns a table shows and in which order."""

from collections.abc import Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from kotoutus_tui.i18n import _
from screens import keys, safe
from screens.dialog import Dialog
from screens.widgets.columns import Column

_ALWAYS = "name"


class ChooseColumns(Dialog[tuple[str, ...]]):
    """Answers with the ids of the columns to show, in their order; none: the program's own choice."""

    BINDINGS: ClassVar[list[BindingType]] = keys.bindings("columns")

    def __init__(self, columns: Sequence[Column], shown: Sequence[str]) -> None:
        super().__init__(_("Columns"))
        self._columns = {column.id: column for column in columns}
        hidden = [each for each in self._columns if each not in shown]
        self._order = [*(each for each in shown if each in self._columns), *hidden]
        self._shown = set(shown)

    def compose_dialog(self) -> ComposeResult:
        """The columns from left to right."""
        yield OptionList(compact=True, markup=False)

    def on_mount(self) -> None:
        """Begin at the first one."""
        self._draw(0)

    @on(OptionList.OptionSelected)
    def chosen(self) -> None:
        """Use them."""
        self.dismiss(tuple(each for each in self._order if each in self._shown))

    def action_switch(self) -> None:
        """Show the column, or hide it; the name is always shown."""
        number = self._number
        if (each := self._order[number]) != _ALWAYS:
            self._shown ^= {each}
        self._draw(number)

    def action_earlier(self) -> None:
        """Move the column to the left."""
        self._swap(-1)

    def action_later(self) -> None:
        """Move the column to the right."""
        self._swap(1)

    def action_reset(self) -> None:
        """Back to the columns of the program."""
        self.dismiss(())

    @property
    def _number(self) -> int:
        return self.query_one(OptionList).highlighted or 0

    def _swap(self, step: int) -> None:
        number = self._number
        other = number + step
        if 0 <= other < len(self._order):
            self._order[number], self._order[other] = self._order[other], self._order[number]
            self._draw(other)

    def _draw(self, highlighted: int) -> None:
        options = self.query_one(OptionList)
        options.clear_options()
        options.add_options([Option(safe.line(self._line(each)), id=each) for each in self._order])
        options.highlighted = highlighted

    def _line(self, column_id: str) -> str:
        names = {"marks": _("Marks"), "title": _("Title of the next step")}
        name = names.get(column_id) or self._columns[column_id].title
        return f"{'×' if column_id in self._shown else ' '}  {name}"
