"""What sources, owners, states and progress of a reception are called."""

from datetime import date

from kotoutus_tui import text
from kotoutus_tui.casework.caseload_words import day_of
from kotoutus_tui.casework.reception.household import Arrival, Person, Step
from kotoutus_tui.casework.reception.risk import AT_RISK, State, Wait, states, waits
from kotoutus_tui.casework.reception.templates import OWNERS, SOURCES, step_title
from kotoutus_tui.i18n import N_, _, ngettext

_SOURCES = {
    "quota": N_("quota refugees"),
    "reception_centre": N_("from a reception centre"),
    "family": N_("family reunification"),
    "direct": N_("came by themselves"),
    "other": N_("other ground"),
}
_OWNERS = {
    "counsellor": N_("counsellor"),
    "lead": N_("team lead"),
    "housing": N_("housing services"),
    "county": N_("wellbeing services county"),
    "population_register": N_("population register (DVV)"),
    "kela": N_("Kela"),
    "police": N_("police"),
    "education": N_("schools and early education"),
    "employment_authority": N_("employment authority"),
    "client": N_("client"),
    "other": N_("somebody else"),
}
_STATES: dict[State, str] = {
    "late": N_("late"),
    "held_up": N_("held up by a late one"),
    "waiting": N_("waiting"),
    "open": N_("not done yet"),
    "done": N_("done"),
    "not_applicable": N_("not applicable"),
}


def source_name(code: str) -> str:
    """Return the name of a source of arrivals."""
    return _(_SOURCES[code])


def sources() -> list[tuple[str, str]]:
    """Return code and name of every source, for a choice."""
    return [(code, source_name(code)) for code in SOURCES]


def owner_name(code: str) -> str:
    """Return the name of who carries a step out."""
    return _(_OWNERS[code])


def owners() -> list[tuple[str, str]]:
    """Return code and name of every owner, for a choice."""
    return [(code, owner_name(code)) for code in OWNERS]


def state_name(state: State) -> str:
    """Return the name of a step's state."""
    return _(_STATES[state])


def title_of(step: Step) -> str:
    """Return the name of a step in the language in use."""
    return step_title(step.code, step.title)


def name_of(person: Person | None) -> str:
    """Return whose a step is: the name that may be seen, or that it is another counsellor's client."""
    if person is None:
        return _("the household")
    return person.name if person.name is not None else _("another counsellor's client")


def bar(done: int, total: int, width: int = 5) -> str:
    """Return the progress as a small bar with numbers: ▓▓▓░░ 9/24."""
    full = width * done // total if total else 0
    return f"{text.bar(full, width)} {done}/{total}"


def people_count(arrival: Arrival) -> str:
    """Return how many people come, in words."""
    many = arrival.persons or len(arrival.people)
    if not many:
        return ""
    return ngettext("{count} person", "{count} persons", many).format(count=many)


def at_risk(arrival: Arrival, today: date) -> str:
    """Return how many steps are late and how many are held up by them; empty when none is."""
    found = list(states(arrival.steps, today).values())
    late, held_up = found.count(AT_RISK[0]), found.count(AT_RISK[1])
    parts: list[str] = []
    if late:
        parts.append(ngettext("{count} step late", "{count} steps late", late).format(count=late))
    if held_up:
        parts.append(
            ngettext("{count} held up by them", "{count} held up by them", held_up).format(count=held_up)
        )
    return ", ".join(parts)


def wait_line(wait: Wait) -> str:
    """Return who is waited for, by whom and for what."""
    return _("{owner} – waited for by {others}: {step} ({day})").format(
        owner=owner_name(wait.owner),
        others=", ".join(sorted(owner_name(other) for other in wait.others)),
        step=title_of(wait.step),
        day=day_of(wait.step.due_on),
    )


def wait_lines(arrival: Arrival, today: date, most: int = 3) -> list[tuple[str, bool]]:
    """Return who waits for whom as at most so many sentences, each with whether it is late."""
    return [(wait_line(wait), wait.late) for wait in waits(arrival.steps, today)[:most]]
