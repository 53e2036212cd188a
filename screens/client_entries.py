"""What is written on a timeline, step by step: the questions before the text, the text, saving it."""

from typing import TYPE_CHECKING, Any
from uuid import UUID

from kotoutus_tui.casework.drafts import Draft
from kotoutus_tui.casework.note_templates import note_templates, template_of
from kotoutus_tui.casework.side import Side
from kotoutus_tui.casework.timeline import TimelineEvent
from kotoutus_tui.casework.timeline_words import KINDS, MEETINGS, WRITABLE, title_of
from kotoutus_tui.i18n import _, ngettext
from screens import client_forms, client_side, referral_steps

if TYPE_CHECKING:
    from screens.client_timeline import ClientTimelineScreen


def begin(screen: "ClientTimelineScreen", draft: Draft, *, kept: bool = False) -> None:
    """Open the box with a draft; `kept` says that it was found again."""
    title = title_of(draft)
    screen.writing.begin(draft, _("{entry} – your draft was kept").format(entry=title) if kept else title)
    screen.begun()


def offer_draft(screen: "ClientTimelineScreen") -> None:
    """Open the newest draft of this client; say how many others there are."""
    drafts = screen.writing.kept()
    if drafts:
        begin(screen, drafts[0], kept=True)
    if more := len(drafts) - 1 if drafts else 0:
        sentence = ngettext(
            "There is {count} more draft of this client.",
            "There are {count} more drafts of this client.",
            more,
        )
        screen.say(sentence.format(count=more))


async def note(screen: "ClientTimelineScreen") -> None:
    """Write a note, from a template if wanted."""
    if _resumed(screen, "note"):
        return
    templates = note_templates()
    choices = [("", _("Empty note"))]
    choices += [(name, text.partition("\n")[0]) for name, text in templates.items()]
    chosen = await screen.ask(client_forms.Choose(_("Begin with"), choices))
    if chosen is not None:
        begin(screen, Draft("note", templates.get(chosen, "")))


async def add(screen: "ClientTimelineScreen") -> None:
    """Write an entry of a kind that is asked for."""
    kinds = [(kind, _(KINDS[kind])) for kind in WRITABLE]
    kind = await screen.ask(client_forms.Choose(_("What is written down?"), kinds))
    if kind == "note":
        await note(screen)
    elif kind is not None:
        await write(screen, kind)


async def write(screen: "ClientTimelineScreen", kind: str) -> None:
    """Write an entry of this kind: first how and when, then its text."""
    if _resumed(screen, kind):
        return
    if kind in MEETINGS:
        form = client_forms.meeting_form(
            _(KINDS[kind]), channel_needed=kind == "contact", coming=kind == "appointment"
        )
    else:
        form = client_forms.moment_form(_(KINDS[kind]))
    answer = await screen.ask(form)
    if answer is not None:
        begin(screen, Draft(kind, template_of(kind), **_facts(answer)))


async def refer(screen: "ClientTimelineScreen", service_id: UUID | None = None) -> None:
    """Begin a referral: to whom, unless it is this service, what for and by when an answer is wanted."""
    # A text that was begun before referrals had steps is still finished in the box.
    if service_id is None and _resumed(screen, "referral"):
        return
    await referral_steps.begin(screen, screen.client_id, screen.opening, service_id=service_id)


async def answer(screen: "ClientTimelineScreen", side: Side) -> None:
    """Ask which referral it is, then what has happened to it; one without steps gets its answer in text."""
    steps, alone = client_side.answerable(side), client_side.told_alone(side)
    choices = [*steps, *alone]
    chosen = choices[0][0] if len(choices) == 1 else None
    if chosen is None:
        chosen = await screen.ask(client_forms.Choose(_("Which referral was answered?"), choices))
    if chosen is None:
        return
    if chosen in dict(steps):
        await referral_steps.answer(screen, screen.client_id, screen.opening, UUID(chosen))
    elif not _resumed(screen, f"referral_answer-{chosen}"):
        begin(screen, Draft("referral_answer", about=UUID(chosen)))


def correct(screen: "ClientTimelineScreen", event: TimelineEvent) -> None:
    """Correct the text of an event."""
    draft = Draft("correction", event.body, about=event.id)
    if not _resumed(screen, draft.slot):
        begin(screen, draft)


async def save(screen: "ClientTimelineScreen") -> None:
    """Save what is in the box; of a correction the reason is asked, once."""
    box = screen.writing
    draft = box.draft
    if draft is None:
        return
    if draft.kind == "correction" and not draft.reason:
        given = await screen.ask(client_forms.reason_form(_("Why is it corrected?")))
        if given is None:
            return
        box.explain(given["reason"])
    await screen.ready_to_write()
    if await box.save():
        if not box.display:
            screen.written()
            # What is written now stands on top; the rest is seen where it is.
            screen.done(_("Saved."), to_newest=draft.kind != "correction" and draft.occurred_at is None)
        else:
            screen.done(_("Saved. What you wrote since then is still a draft."))


def _resumed(screen: "ClientTimelineScreen", slot: str) -> bool:
    writing = screen.writing.draft
    if writing is not None and writing.slot == slot:
        screen.writing.focus_text()
        return True
    screen.writing.flush()
    kept = screen.writing.find(slot)
    if kept is not None:
        begin(screen, kept, kept=True)
    return kept is not None


def _facts(answer: dict[str, Any]) -> dict[str, Any]:
    return {name: answer.get(name) for name in ("channel", "minutes", "occurred_at")}
