"""A whole number within limits."""

from kotoutus_tui.errors import InvalidInput
from kotoutus_tui.i18n import _
from screens.widgets.field import Field


class NumberField(Field[int]):
    """The value is a whole number from `least` to `most`."""

    def __init__(
        self,
        name: str,
        label: str,
        value: int | None = None,
        *,
        least: int,
        most: int,
        required: bool = False,
    ) -> None:
        super().__init__(name, label, "" if value is None else str(value), required=required)
        self._least, self._most = least, most

    def read(self, text: str) -> int:
        """Return the number."""
        if not text.isdecimal() or not self._least <= int(text) <= self._most:
            sentence = _("A whole number from {least} to {most}.")
            raise InvalidInput("", sentence.format(least=self._least, most=self._most))
        return int(text)
