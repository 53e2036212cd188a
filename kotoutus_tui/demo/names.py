"""Invented names of many languages, each in Latin letters and in its own script."""

from dataclasses import dataclass
from importlib.resources import files
from random import Random


@dataclass(frozen=True, slots=True)
class Spelling:
    """One name in Latin letters and, when its language has another script, as people write it themselves."""

    latin: str
    own: str | None


@dataclass(frozen=True, slots=True)
class Origin:
    """A language (ISO 639) spoken in a country (ISO 3166) with names from there."""

    language: str
    country: str
    weight: int
    women: tuple[Spelling, ...]
    men: tuple[Spelling, ...]
    families: tuple[Spelling, ...]

    def given(self, random: Random, *, woman: bool) -> Spelling:
        """Return a given name; sometimes a double one, so that many people have different names."""
        names = self.women if woman else self.men
        first = random.choice(names)
        second = random.choice(names)
        if first == second or random.random() < 0.6:
            return first
        own = f"{first.own} {second.own}" if first.own and second.own else None
        return Spelling(f"{first.latin} {second.latin}", own)


def lines_of(file: str) -> list[str]:
    """Return the lines of a data file of the demo without comments."""
    content = files("kotoutus_tui.demo").joinpath(file).read_text(encoding="utf-8")
    return [line for line in content.splitlines() if line and not line.startswith("#")]


def origins() -> list[Origin]:
    """Return all origins that the data file has."""
    return [_origin(line) for line in lines_of("names.txt")]


def _origin(line: str) -> Origin:
    head, women, men, families = line.split("|")
    language, country, weight = head.split()
    return Origin(language, country, int(weight), _spellings(women), _spellings(men), _spellings(families))


def _spellings(text: str) -> tuple[Spelling, ...]:
    pairs = (word.partition("=") for word in text.split())
    return tuple(Spelling(latin, own or None) for latin, _sign, own in pairs)
