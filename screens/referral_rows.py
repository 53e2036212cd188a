"""The rows of referrals: all of a client, and one with its preview, consents, log and steps."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from kotoutus_tui.casework.field_words import NOTHING
from kotoutus_tui.casework.referrals import ground_words, item_words, words
from kotoutus_tui.casework.referrals.consents import Consent
from kotoutus_tui.casework.referrals.disclosing import Line, Told
from kotoutus_tui.casework.referrals.reading import Referral, Step
from kotoutus_tui.casework.study_words import KINDS as STUDIES
from kotoutus_tui.i18n import _, current_language, format_date
from kotoutus_tui.partners.words import full, kind_name
from screens.widgets.event_list import Cell, Entry

STATE_WIDTH = 14
LABEL_WIDTH = 28
_SHORT = 32  # letters of an item that fit into its line at 80 columns


@dataclass(frozen=True)
class Shown:
    """One referral with everything that belongs to it; `why` holds ground, purpose and asked_by."""

    referral: Referral
    lines: Sequence[Line] = ()
    consents: Sequence[Consent] = ()
    told: Sequence[Told] = ()
    steps: Sequence[Step] = ()
    instead_of: str = ""
    why: Mapping[str, str] = field(default_factory=dict[str, str])
    protected: bool = False


def list_rows(referrals: Sequence[Referral], today: date) -> list[Entry]:
    """Return an entry a referral, those under way first."""
    return [_listed(each, today) for each in referrals]


def whole_rows(shown: Shown, today: date) -> list[Entry]:
    """Return the rows of one referral; keys are `fact:…`, `why:…`, `item:…`, `consent:…` and the like."""
    rows = [*_facts(shown, today)]
    if shown.referral.is_open:
        rows += [*_why(shown), *_items(shown)]
    return [*rows, *_consents(shown, today), *_told(shown), *_steps(shown)]


def _listed(referral: Referral, today: date) -> Entry:
    notes: list[Cell] = [words.state_line(referral)]
    if chase := words.chase_line(referral, today):
        late = referral.chase_on is not None and referral.chase_on < today
        notes.append((f"! {chase}" if late else chase, "alert" if late else "faint"))
    if referral.goal:
        notes.append(_("goal: {goal}").format(goal=referral.goal.partition("\n")[0]))
    if referral.next_states:
        following = ", ".join(words.state_name(state) for state in referral.next_states)
        notes.append(_("next: {states}").format(states=following))
    if referral.full and referral.state in ("draft", "sent", "received"):
        notes.append((f"! {full()}", "alert"))
    return Entry(
        f"referral:{referral.id}",
        _("Under way") if referral.is_open else _("Ended"),
        words.state_name(referral.state),
        referral.receiver,
        body=(referral.purpose or "").partition("\n")[0],
        notes=notes,
    )


def _facts(shown: Shown, today: date) -> Iterator[Entry]:
    referral, group = shown.referral, _("Referral")

    def row(key: str, label: str, value: str, *notes: Cell) -> Entry:
        short = len(value) <= 50 and "\n" not in value
        title: Cell = (value, "plain") if short else ""
        return Entry(f"fact:{key}", group, label, title, body="" if short else value, notes=notes)

    following = ", ".join(words.state_name(state) for state in referral.next_states)
    state: Cell = (words.state_line(referral), "plain")
    then = _("next: {states}").format(states=following) if following else ""
    yield Entry("fact:state", group, _("State"), state, body=then)
    warnings: list[Cell] = [(f"! {full()}", "alert")] if referral.full and referral.is_open else []
    yield row("receiver", _("To whom"), referral.receiver, kind_name(referral.receiver_kind), *warnings)
    if shown.instead_of:
        yield row("instead", _("Instead of"), shown.instead_of)
    yield row("purpose", _("What for"), referral.purpose or NOTHING)
    yield row("goal", _("Goal it serves"), referral.goal or NOTHING)
    if referral.outcome_note:
        yield row("note", _("Outcome"), referral.outcome_note)
    if referral.is_open:
        day = format_date(referral.chase_on) if referral.chase_on else NOTHING
        late = referral.chase_on is not None and referral.chase_on < today
        label = _("Answer wanted by") if referral.state == "draft" else _("Look after it on")
        overdue: list[Cell] = [(f"! {words.chase_line(referral, today)}", "alert")] if late else []
        yield row("chase", label, day, *overdue)


def _why(shown: Shown) -> Iterator[Entry]:
    group = _("What leaves when it is told – nothing sends itself")
    ground = shown.why.get("ground", "")
    named = _(ground_words.GROUNDS[ground]) if ground else _("not chosen yet: g")
    yield Entry("why:ground", group, _("Legal ground"), (named, "plain" if ground else "alert"))
    yield Entry("why:purpose", group, _("Purpose"), (shown.why.get("purpose") or NOTHING, "plain"))
    yield Entry("why:asked_by", group, _("Who asked for it"), (shown.why.get("asked_by") or NOTHING, "plain"))
    if shown.protected:
        warning = _("! Protection order. Check that the text does not tell where the client is.")
        yield Entry("why:protected", group, "", (warning, "alert"))


def _items(shown: Shown) -> Iterator[Entry]:
    group = _("Items: space ticks, P makes the letter")
    studies = {code: _(name) for code, name in STUDIES.items()}
    for line in shown.lines:
        code = line.item.code
        if code == "personal_id":
            value = _("hidden until it is told")
        elif line.held is None:
            value = NOTHING
        else:
            value = item_words.shown(code, line.held, current_language(), studies)
        short = len(value) <= _SHORT and "\n" not in value
        mark = "[x]" if line.ticked else "[–]" if line.blocked else "[ ]"
        right = ground_words.section_of(line.item)
        if line.blocked:
            right = _(ground_words.BLOCKED[line.blocked])
        title: Cell = (value if short else "", "plain" if line.ticked else "faint")
        yield Entry(
            f"item:{code}", group, f"{mark} {line.item.name}", title, right, body="" if short else value
        )  # fmt: skip


def _consents(shown: Shown, today: date) -> Iterator[Entry]:
    for each in shown.consents:
        valid = each.holds(shown.referral.receiver, today)
        yield Entry(
            f"consent:{each.id}",
            _("Consents"),
            _("in force") if valid else _("not in force"),
            (ground_words.consent_line(each, today), "plain" if valid else "faint"),
            body=ground_words.consent_items(each),
        )


def _told(shown: Shown) -> Iterator[Entry]:
    for number, each in enumerate(shown.told):
        yield Entry(
            f"told:{number}", _("What was told"), "", (ground_words.told_line(each), "plain"),
            body=ground_words.told_items(each),
        )  # fmt: skip


def _steps(shown: Shown) -> Iterator[Entry]:
    for number, each in enumerate(reversed(shown.steps)):
        yield Entry(f"step:{number}", _("Steps"), "", (words.step_line(each), "plain"))
