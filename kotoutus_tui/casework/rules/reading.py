"""Reads rule files and refuses, with file, line and reason, what cannot be meant."""

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import Any, Never, cast

from kotoutus_tui.casework.deadline_marks import CONDITIONS, MARKS
from kotoutus_tui.casework.facts import EXTENSION_GROUNDS
from kotoutus_tui.casework.rules.lines import Lines
from kotoutus_tui.casework.rules.rule import UNITS, ExtensionRule, Instead, Length, OnlyWithin, Rule
from kotoutus_tui.errors import SetupError
from kotoutus_tui.i18n import LANGUAGES, _

LONGEST = 120  # years: more is a slip of the finger
# "responsible": the municipality or the employment authority, whichever the client's process is with (3 §).
AUTHORITIES = ("municipality", "responsible", "wellbeing_county", "client")

_FILE_KEYS = {"act": str, "amended_by": str, "from": date, "until": date, "rule": list}
RULE_KEYS: dict[str, type] = {
    "code": str, "act": str, "amended_by": str, "section": str, "sentence": dict, "from": date, "until": date,
    "counts_from": str, "chosen_by": str, "due_on": date, "earlier_day": str, "each_year_of": str,
    "only_if": list, "not_if": list, "done_if": list, "not_after": list,
    "statutory": bool, "lapses": bool, "after_closing": bool, "ends_with_period": bool, "period": bool,
    "authority": str, "interruptions": str, "extension": list, "instead": list, "only_within": dict,
} | dict.fromkeys(UNITS, int)  # fmt: skip
_EXTENSION_KEYS: dict[str, type] = {"section": str, "grounds": list, "under_age": int} | dict.fromkeys(
    UNITS, int
)
_INSTEAD_KEYS: dict[str, type] = {"if": str, "section": str} | dict.fromkeys(UNITS, int)
_WITHIN_KEYS: dict[str, type] = {"of": str, "not_if": list} | dict.fromkeys(UNITS, int)

Values = Mapping[str, Any]


def read_file(path: Path) -> tuple[Rule, ...]:
    """Return the rules of one file; raises SetupError that names the file, the line and the reason."""
    try:
        text = path.read_text("utf-8")
    except UnicodeDecodeError:
        raise rule_error(path.name, 1, _("the file is not UTF-8 text")) from None
    except OSError:
        raise rule_error(path.name, 1, _("the file cannot be read")) from None
    try:
        content = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        reason = str(error).partition(" (at ")[0]
        raise rule_error(path.name, _line_of(error, text), reason) from None
    return _File(path.name, Lines(text), content).rules()


def _line_of(error: tomllib.TOMLDecodeError, text: str) -> int:
    # Python 3.11 tells the place in the message alone.
    words = str(error).partition("(at line ")[2].partition(",")[0]
    return int(words) if words.isdigit() else len(text.splitlines())


def rule_error(file: str, line: int, reason: str) -> SetupError:
    """Return the error that names the file, the line and the reason."""
    return SetupError(
        _("The rule file {file} has an error on line {line}: {reason}.").format(
            file=file, line=line, reason=reason
        ),
        _("Correct the file, or put back the one that came with the program."),
    )


@dataclass(frozen=True)
class _File:
    name: str
    lines: Lines
    content: Values

    def rules(self) -> tuple[Rule, ...]:
        for key, value in self.content.items():
            self.check_key(_FILE_KEYS, key, value, partial(self.lines.of_file_key, key))
        for key in ("act", "from", "rule"):
            if key not in self.content:
                self._fail(1, _("{key} is missing").format(key=f"“{key}”"))
        return tuple(
            _Table(self, number, cast(Values, table)).rule()
            for number, table in enumerate(self.content["rule"])
        )

    def check_key(self, known: Mapping[str, type], key: str, value: object, line: Callable[[], int]) -> None:
        """Refuse a key that is not known, of another kind than it must be, or empty; `line` tells where."""
        if key not in known:
            self._fail(line(), _("“{key}” is not a key of a rule").format(key=key))
        kind = known[key]
        # A moment is a date for Python, and a truth value a number.
        fits = isinstance(value, kind) and not isinstance(value, datetime)
        if not fits or (kind is int and isinstance(value, bool)):
            self._fail(line(), _("“{key}” must be {kind}").format(key=key, kind=_kind_name(kind)))
        if isinstance(value, str) and not value.strip():
            self._fail(line(), _("“{key}” is empty").format(key=key))

    def _fail(self, line: int, reason: str) -> Never:
        raise rule_error(self.name, line, reason)


@dataclass(frozen=True)
class _Table:
    """One `[[rule]]` of a file."""

    file: _File
    number: int
    values: Values

    def rule(self) -> Rule:
        self._check_keys(RULE_KEYS, self.values, "")
        for key in ("code", "section", "sentence", "counts_from"):
            if key not in self.values:
                self._fail("", _("{key} is missing").format(key=f"“{key}”"))
        values, whole = self.values, self.file.content
        from_on, until_on = (
            values.get("from", whole["from"]),
            values.get("until", whole.get("until", date.max)),
        )
        if until_on < from_on:
            self._fail("until", _("the last day of effect is before the first"))
        self._check_names("counts_from", "chosen_by", "earlier_day")
        self._check_lists()
        if values.get("authority", AUTHORITIES[0]) not in AUTHORITIES:
            self._fail("authority", _unknown(values["authority"]))
        length = self._length(values, "")
        return Rule(
            code=values["code"],
            act=values.get("act", whole["act"]),
            section=values["section"],
            sentences=self._sentences(),
            counts_from=values["counts_from"],
            chosen_by=values.get("chosen_by", values["counts_from"]),
            from_on=from_on,
            until_on=until_on,
            length=length,
            due_on=values.get("due_on"),
            only_if=tuple(values.get("only_if", ())),
            not_if=tuple(values.get("not_if", ())),
            done_if=tuple(values.get("done_if", ())),
            earlier_day=values.get("earlier_day"),
            instead=self._instead(),
            only_within=self._only_within(),
            not_after=tuple(values.get("not_after", ())),
            statutory=values.get("statutory", True),
            lapses=values.get("lapses", False),
            after_closing=values.get("after_closing", False),
            ends_with_period=values.get("ends_with_period", False),
            each_year_of=values.get("each_year_of"),
            authority=values.get("authority", AUTHORITIES[0]),
            period=values.get("period", False),
            interruptions=values.get("interruptions"),
            extensions=self._extensions(),
            file=self.file.name,
            line=self.file.lines.of_rule(self.number),
        )

    def _check_keys(self, known: Mapping[str, type], values: Values, part: str) -> None:
        for key, value in values.items():
            path = f"{part}.{key}" if part else key
            self.file.check_key(known, key, value, partial(self.file.lines.of_rule_key, self.number, path))

    def _check_names(self, *keys: str) -> None:
        for key in keys:
            if (name := self.values.get(key)) is not None and name not in MARKS:
                self._fail(key, _unknown(name))

    def _check_lists(self) -> None:
        for key in ("only_if", "not_if", "done_if"):
            self._check_list(key, self.values.get(key, ()), CONDITIONS)

    def _check_list(self, key: str, names: list[Any], known: Any) -> None:
        for name in names:
            if name not in known:
                self._fail(key, _unknown(name))

    def _sentences(self) -> Mapping[str, str]:
        sentences = self.values["sentence"]
        for language in LANGUAGES:
            text = sentences.get(language)
            if not isinstance(text, str) or not text.strip():
                self._fail(
                    "sentence", _("the sentence has no text in “{language}”").format(language=language)
                )
        if unknown := sentences.keys() - set(LANGUAGES):
            self._fail("sentence", _unknown(min(unknown)))
        return sentences

    def _length(self, values: Values, part: str) -> Length:
        given = {unit: values[unit] for unit in UNITS if unit in values}
        for unit, count in given.items():
            if not 0 < count <= LONGEST * (1 if unit == "years" else 366):
                key = f"{part}.{unit}" if part else unit
                self._fail(key, _("“{key}” must be a number from 1").format(key=unit))
        return Length(**given)

    def _extensions(self) -> tuple[ExtensionRule, ...]:
        found: list[ExtensionRule] = []
        for table in self.values.get("extension", ()):
            self._check_keys(_EXTENSION_KEYS, table, "extension")
            for key in ("section", "grounds"):
                if key not in table:
                    self._fail("extension.section", _("{key} is missing").format(key=f"“{key}”"))
            self._check_list("extension.grounds", table["grounds"], EXTENSION_GROUNDS)
            months = self._length(table, "extension").all_months
            found.append(
                ExtensionRule(table["section"], months, tuple(table["grounds"]), table.get("under_age"))
            )
        return tuple(found)

    def _instead(self) -> tuple[Instead, ...]:
        found: list[Instead] = []
        for table in self.values.get("instead", ()):
            self._check_keys(_INSTEAD_KEYS, table, "instead")
            self._check_list("instead.if", [table.get("if")], CONDITIONS)
            found.append(Instead(table["if"], self._length(table, "instead"), table.get("section")))
        return tuple(found)

    def _only_within(self) -> OnlyWithin | None:
        table = self.values.get("only_within")
        if table is None:
            return None
        self._check_keys(_WITHIN_KEYS, table, "only_within")
        if table.get("of") not in MARKS:
            self._fail("only_within.of", _unknown(table.get("of")))
        self._check_list("only_within.not_if", table.get("not_if", []), CONDITIONS)
        return OnlyWithin(table["of"], self._length(table, "only_within"), tuple(table.get("not_if", ())))

    def _fail(self, key: str, reason: str) -> Never:
        lines = self.file.lines
        line = lines.of_rule_key(self.number, key) if key else lines.of_rule(self.number)
        raise rule_error(self.file.name, line, reason)


def _unknown(name: object) -> str:
    return _("“{name}” is not known").format(name=name)


def _kind_name(kind: type) -> str:
    names = {
        str: _("a text in quotes"),
        date: _("a day as 2025-01-01"),
        int: _("a whole number"),
        bool: _("true or false"),
        list: _("a list"),
        dict: _("a table"),
    }
    return names[kind]
