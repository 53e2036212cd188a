"""The parts of a deadline's explanation, kept beside it so that it can be told in any language."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from kotoutus_tui.casework.deadline_result import NO_LENGTH, Addition, Deadline, Note, Working
from kotoutus_tui.casework.rules.rule import UNITS, Length

Basis = dict[str, Any]


def basis_of(deadline: Deadline) -> Basis:
    """Return codes, days and numbers of an explanation as JSON can hold them; empty parts are left out."""
    working = deadline.working
    basis: Basis = {
        "act": deadline.source.act, "section": working.section, "authority": deadline.authority,
    }  # fmt: skip
    if working.counted_from:
        basis["from"] = str(working.counted_from)
    if working.length != NO_LENGTH:
        basis["length"] = {unit: many for unit in UNITS if (many := getattr(working.length, unit))}
    if working.additions:
        basis["additions"] = [[a.kind, a.count, a.section] for a in working.additions]
    if working.notes:
        basis["notes"] = [_note(note) for note in working.notes]
    if deadline.lapses:
        basis["lapses"] = True
    return basis


def explanation(basis: Mapping[str, Any] | None, due: date) -> str:
    """Return how a kept deadline was worked out, in the language in use; empty when nothing was kept."""
    from kotoutus_tui.casework.deadline_words import explain

    if not basis:
        return ""
    working = Working(
        basis["section"],
        date.fromisoformat(basis["from"]) if "from" in basis else None,
        Length(**basis["length"]) if "length" in basis else NO_LENGTH,
        tuple(Addition(*each) for each in basis.get("additions", ())),
        tuple(_read(each) for each in basis.get("notes", ())),
    )
    return explain(working, basis["act"], due)


def _note(note: Note) -> dict[str, Any]:
    kept: dict[str, Any] = {"kind": note.kind}
    if note.day:
        kept["day"] = str(note.day)
    return kept | {key: value for key in ("count", "allowed", "section") if (value := getattr(note, key))}


def _read(kept: Mapping[str, Any]) -> Note:
    day = kept.get("day")
    return Note(
        kept["kind"],
        date.fromisoformat(day) if day else None,
        kept.get("count", 0),
        kept.get("allowed", 0),
        kept.get("section", ""),
    )
