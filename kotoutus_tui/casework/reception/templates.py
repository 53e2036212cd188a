"""The templates of a reception: files that say what is done, by whom, when, and what waits for what."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Never, cast

from kotoutus_tui.errors import SetupError
from kotoutus_tui.i18n import LANGUAGES, _, current_language

FOLDER = Path(__file__).parent / "templates"
SOURCES = ("quota", "reception_centre", "family", "direct", "other")
# Who carries a step out.
OWNERS = (
    "counsellor", "lead", "housing", "county", "population_register", "kela", "police", "education",
    "employment_authority", "client", "other",
)  # fmt: skip
_LONGEST = 366  # days before or after the arrival: more is a slip of the finger


@dataclass(frozen=True)
class StepKind:
    """What a step is; `told` is whether every timeline tells that it was done for the household."""

    code: str
    titles: Mapping[str, str]
    owner: str
    per_person: bool
    told: bool

    @property
    def title(self) -> str:
        """The name in the language in use."""
        return self.titles[current_language()]


@dataclass(frozen=True)
class TemplateStep:
    """A step of one template: due so many days after the arrival (negative: before), waiting for `after`."""

    kind: StepKind
    days: int
    after: str | None = None


@dataclass(frozen=True)
class Templates:
    """All kinds of steps by code, and the steps of each template in the order of the work."""

    kinds: Mapping[str, StepKind]
    steps: Mapping[str, tuple[TemplateStep, ...]]

    def of_source(self, source: str) -> tuple[str, tuple[TemplateStep, ...]]:
        """Return the name and the steps of the template for a source; a source without one has `direct`."""
        name = source if source in self.steps else "direct"
        return name, self.steps[name]


@lru_cache(maxsize=1)
def templates() -> Templates:
    """Return the templates that came with the program; raises SetupError when a file has an error."""
    return read_folder(FOLDER)


def step_title(code: str, title: str | None = None) -> str:
    """Return the name of a step in the language in use; a step of one's own has its title alone."""
    kind = templates().kinds.get(code)
    return title or (kind.title if kind else code)


def read_folder(folder: Path, owners: Sequence[str] = OWNERS, needed: str = "direct") -> Templates:
    """Return the templates of a folder, `steps.toml` and one file a source; raises SetupError.

    `owners` are those who carry steps out, `needed` is a template that must be there.
    """
    kinds = {code: _kind(code, values, owners) for code, values in _content(folder / "steps.toml").items()}
    steps = {
        path.stem: _steps(path.name, _content(path), kinds)
        for path in sorted(folder.glob("*.toml"))
        if path.name != "steps.toml"
    }
    if needed not in steps:
        _fail(f"{needed}.toml", _("the file cannot be read"))
    return Templates(kinds, steps)


def _content(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError):
        _fail(path.name, _("the file cannot be read"))
    except tomllib.TOMLDecodeError as error:
        _fail(path.name, str(error))


def _kind(code: str, values: Any, owners: Sequence[str]) -> StepKind:
    if not isinstance(values, dict):
        _fail("steps.toml", _("“{name}” is not known").format(name=code))
    given = cast("dict[str, Any]", values)
    for key in given:
        if key not in ("owner", "per", "told", "title"):
            _fail("steps.toml", _("“{name}” is not known").format(name=f"{code}.{key}"))
    titles = given.get("title", {})
    if not isinstance(titles, dict) or set(cast("dict[str, Any]", titles)) != set(LANGUAGES):
        _fail("steps.toml", _("“{name}” needs a title in every language").format(name=code))
    if given.get("owner") not in owners:
        _fail("steps.toml", _("“{name}” is not known").format(name=f"{code}.owner"))
    per = given.get("per", "household")
    if per not in ("household", "person"):
        _fail("steps.toml", _("“{name}” is not known").format(name=f"{code}.per"))
    told = per == "person" or given.get("told") is True
    return StepKind(code, cast("dict[str, str]", titles), given["owner"], per == "person", told)


def _steps(file: str, content: dict[str, Any], kinds: Mapping[str, StepKind]) -> tuple[TemplateStep, ...]:
    found: dict[str, TemplateStep] = {}
    rows = content.get("step")
    if not isinstance(rows, list) or set(content) != {"step"}:
        _fail(file, _("{key} is missing").format(key="“step”"))
    for row in cast("list[dict[str, Any]]", rows):
        code, days, after = str(row.get("code")), row.get("days"), row.get("after")
        if code not in kinds or code in found:
            _fail(file, _("“{name}” is not known, or stands there twice").format(name=code))
        if unknown := set(row) - {"code", "days", "after"}:
            _fail(file, _("“{name}” is not known").format(name=f"{code}.{min(unknown)}"))
        if not isinstance(days, int) or isinstance(days, bool) or abs(days) > _LONGEST:
            _fail(file, _("“{key}” must be {kind}").format(key=f"{code}.days", kind=_("a whole number")))
        if after is not None:
            _check_order(file, code, days, found.get(after))
            if kinds[after].per_person and not kinds[code].per_person:
                _fail(file, _("“{name}” of the household cannot wait for one person").format(name=code))
        found[code] = TemplateStep(kinds[code], days, after)
    return tuple(found.values())


def _check_order(file: str, code: str, days: int, before: TemplateStep | None) -> None:
    # What is waited for stands earlier in the file, so that nothing can wait for itself.
    if before is None:
        _fail(file, _("“{name}” waits for what does not stand before it").format(name=code))
    if before.days > days:
        _fail(file, _("“{name}” is due before what it waits for").format(name=code))


def _fail(file: str, reason: str) -> Never:
    raise SetupError(
        _("The template {file} has an error: {reason}.").format(file=file, reason=reason),
        _("Correct the file, or put back the one that came with the program."),
    )
