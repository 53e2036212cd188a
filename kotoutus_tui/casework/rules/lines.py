"""Where in a rule file a key stands, since a parsed TOML file has forgotten its lines."""

import re

_HEADER = re.compile(r"\s*\[{1,2}\s*([\w.]+)\s*\]{1,2}\s*(?:#.*)?$")


class Lines:
    """Finds the line of a key in the text of a TOML file."""

    def __init__(self, text: str) -> None:
        self._lines = text.splitlines()
        self._rules = [at for at, line in enumerate(self._lines, 1) if _table(line) == "rule"]

    def of_file_key(self, key: str) -> int:
        """Return the line of a key above all tables, or 1."""
        return self._find(key, 0) or 1

    def of_rule(self, number: int) -> int:
        """Return the line on which the rule with this number (from 0) begins, or 1."""
        return self._rules[number] if number < len(self._rules) else 1

    def of_rule_key(self, number: int, path: str) -> int:
        """Return the line of a key of that rule, `part.key` for one of its table `part`; else of the rule."""
        start = self.of_rule(number)
        part, _dot, key = path.rpartition(".")
        if part and (table := self._find_table(f"rule.{part}", start)):
            return self._find(key, table) or table
        return self._find(path, start) or start

    def _find_table(self, name: str, after: int) -> int | None:
        for at, line in enumerate(self._lines[after:], after + 1):
            table = _table(line)
            if table == name:
                return at
            if table == "rule":
                return None
        return None

    def _find(self, key: str, after: int) -> int | None:
        wanted = re.compile(rf"\s*{re.escape(key)}(?![\w-])[\w.]*\s*=")
        for at, line in enumerate(self._lines[after:], after + 1):
            if _table(line):
                return None
            if wanted.match(line):
                return at
        return None


def _table(line: str) -> str | None:
    if "[" not in line:
        return None
    match = _HEADER.match(line)
    return match[1] if match else None
