"""The commands of an initial interview, step by step."""

from dataclasses import replace
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from kotoutus_tui.casework import interview_commands as commands
from kotoutus_tui.casework import interview_end as end
from kotoutus_tui.casework import interview_words as words
from kotoutus_tui.casework.interview import Interview
from kotoutus_tui.casework.interview_drafts import AnswerDraft
from kotoutus_tui.casework.interview_print import empty_form, paper
from kotoutus_tui.clock import today
from kotoutus_tui.errors import KotoutusError
from kotoutus_tui.i18n import _, format_date
from screens import client_forms, interview_forms, interview_rows, printing
from screens.dialog import Confirm
from screens.field_conflict import save_merging
from screens.widgets.event_list import EventList
from screens.widgets.form import Values

if TYPE_CHECKING:
    from kotoutus_tui.casework.prints.page import Page
    from screens.interview import InterviewScreen


async def begin(screen: "InterviewScreen") -> None:
    """Begin an interview and go to the first item."""
    await screen.opening.renew()
    await commands.begin(screen.desk.db, screen.client_id, operation_id=uuid4())
    screen.show(None)
    screen.done(_("Begun. {key} undoes it.").format(key="u"))


async def edit(screen: "InterviewScreen", kind: str, name: str) -> None:
    """Answer a row: a form of the facts, the box for an item, a form of the day of telling."""
    interview = screen.interview
    if interview is None:
        return
    await screen.opening.renew()
    if interview.finished_on is not None:
        screen.say(_("The interview is finished; x opens it for correction."))
    elif kind == "fact":
        await _facts(screen, interview, name)
    elif kind == "item":
        await write(screen, interview, name)
    else:
        await _told(screen, interview, name)


async def write(screen: "InterviewScreen", interview: Interview, item: str) -> None:
    """Open the box for an item; what was not saved is there again."""
    if screen.box.draft is not None:
        return
    answer = interview.answer(item)
    draft = AnswerDraft(interview.id, answer, answer.text, answer.source or "client")
    kept = [each for each in screen.box.kept() if (each.interview_id, each.seen.item) == (interview.id, item)]
    screen.box.begin(kept[0] if kept else draft, words.label(item))
    await screen.presence.begin()


async def leave(screen: "InterviewScreen", *, onward: bool) -> None:
    """Save the answer in the box and go back to the list, or on to the next item."""
    box = screen.box
    draft = box.draft
    if draft is None:
        return
    if box.saving:
        # The database does not answer and the person goes on: the text waits in its file.
        box.close()
        _back(screen)
        screen.go_stale()
        screen.say(_("The draft is kept."))
        return
    await screen.opening.renew()
    if not await box.save(lambda mine, conflict: _settle(screen, mine, conflict)):
        return
    following = interview_rows.next_item(f"item:{draft.seen.item}") if onward else None
    _back(screen)
    await screen.read_again()
    screen.say(_("Saved."))
    if following is not None and screen.interview is not None:
        screen.go_to(following)
        await write(screen, screen.interview, following.partition(":")[2])
    else:
        await screen.presence.end()


async def save_quietly(screen: "InterviewScreen") -> None:
    """Save the answer being written if the database answers at once; otherwise it stays in its file."""
    draft = screen.box.draft
    if draft is None:
        return
    screen.box.close()
    for kept in screen.box.kept():
        if (kept.interview_id, kept.seen.item) == (draft.interview_id, draft.seen.item):
            await _try(screen, kept)


async def save_waiting(screen: "InterviewScreen") -> None:
    """Save the answers whose saving was tried before the connection was lost."""
    for draft in screen.box.kept():
        if draft.operation_id is not None:
            await _try(screen, draft)


async def _try(screen: "InterviewScreen", draft: AnswerDraft) -> None:
    try:
        await screen.box.carry_out(draft)
    except KotoutusError:
        # It is offered again on its row, where whatever stands in its way is told.
        return


async def _settle(
    screen: "InterviewScreen", draft: AnswerDraft, conflict: commands.AnswerConflict
) -> AnswerDraft | None:
    theirs = conflict.theirs
    chosen = await screen.ask(interview_forms.conflict_choice(theirs))
    if chosen is None:
        return None
    text = {"mine": draft.text, "theirs": theirs.text, "both": f"{theirs.text}\n\n{draft.text}"}[chosen]
    return replace(draft, seen=theirs, text=text)


async def switch_told(screen: "InterviewScreen", item: str) -> None:
    """Mark that the client was told on the day of the interview, or take the mark away."""
    interview = screen.interview
    if interview is None:
        return
    answer = interview.answer(item)
    told_on = None if answer.told_on else interview.held_on or today()
    await screen.opening.renew()
    await commands.tell(screen.desk.db, screen.client_id, interview.id, answer, told_on, operation_id=uuid4())
    await screen.read_again()
    screen.say(_("Saved."))


async def source(screen: "InterviewScreen", item: str) -> None:
    """Ask where an answer comes from."""
    interview = screen.interview
    if interview is None:
        return
    answer = interview.answer(item)
    chosen = await screen.ask(interview_forms.source_choice(answer))
    if chosen is not None:
        await screen.opening.renew()
        await commands.save_answer(
            screen.desk.db, screen.client_id, interview.id, answer, answer.text, chosen, operation_id=uuid4()
        )
        await screen.read_again()
        screen.say(_("Saved."))


async def finish(screen: "InterviewScreen") -> None:
    """Say what is missing, ask what comes of the interview, and finish it."""
    interview, setting = screen.interview, screen.setting
    if interview is None or setting is None:
        return
    lacking = list(screen.lacking)
    if lacking:
        effects = [_("These are missing:"), *(f"– {words.label(name)}" for name in lacking)]
        if not await screen.ask(Confirm(_("Finish all the same?"), effects, accept=_("Finish anyway"))):
            return

    async def save(values: Values) -> None:
        await _finish(screen, interview, lacking, values)

    if await screen.ask(interview_forms.end_form(setting, save)):
        screen.done(_("Finished. It stands on the timeline."))


async def _finish(
    screen: "InterviewScreen", interview: Interview, lacking: list[str], values: Values
) -> None:
    needed = {"yes": True, "no": False}.get(values["plan_needed"] or "")
    await screen.opening.renew()
    await end.finish(
        screen.desk.db, screen.client_id, interview, lacking, operation_id=uuid4(),
        assessment_done=values["assessment"] == "done", plan_needed=needed,
    )  # fmt: skip


async def reopen(screen: "InterviewScreen") -> None:
    """Ask why a finished interview is opened, and open it."""
    interview = screen.interview

    async def save(reason: str) -> None:
        if interview is not None:
            await screen.opening.renew()
            await end.reopen(screen.desk.db, screen.client_id, interview, reason, operation_id=uuid4())

    if await screen.ask(client_forms.reason_form(_("Why is it opened again?"), save, _("Open"))):
        screen.show(None)
        screen.done(_("The interview can be corrected now."))


async def remove(screen: "InterviewScreen") -> None:
    """Ask why an unfinished interview is removed, and remove it."""
    interview = screen.interview

    async def save(reason: str) -> None:
        if interview is not None:
            await screen.opening.renew()
            await end.remove(screen.desk.db, screen.client_id, interview, reason, operation_id=uuid4())

    if await screen.ask(client_forms.reason_form(_("Why is the interview removed?"), save, _("Remove"))):
        screen.done(_("Removed. {key} undoes it.").format(key="u"))


async def former(screen: "InterviewScreen") -> None:
    """Ask which interview to show."""
    choices = [(str(each.id), _named(each)) for each in screen.interviews]
    chosen = await screen.ask(client_forms.Choose(_("Interviews"), choices))
    if chosen is not None:
        screen.show(UUID(chosen))


async def print_paper(screen: "InterviewScreen") -> None:
    """Print the interview on the screen, or an empty form."""
    interview, setting = screen.interview, screen.setting
    if setting is None:
        return
    choices = [("empty", _("An empty form"))]
    if interview is not None:
        choices.insert(0, ("this", _("This interview")))
    what = (
        choices[0][0]
        if len(choices) == 1
        else await screen.ask(client_forms.Choose(_("What is printed?"), choices))
    )
    if what is None:
        return
    about = interview if what == "this" else None

    async def make(language: str) -> "Page":
        if about is None:
            return empty_form(language)
        return paper(about, screen.lacking, setting, language)

    await screen.opening.renew()
    language = about.language if about else None
    await printing.print_paper(
        screen, "interview", screen.client_id if about else None,
        language or setting.service_language, make,
    )  # fmt: skip


async def _facts(screen: "InterviewScreen", interview: Interview, first: str) -> None:
    start: dict[str, Any] = {name: getattr(interview, name) for name in commands.FACTS}

    async def save(wanted: Values) -> None:
        async def change(seen: Values, mine: Values) -> None:
            await commands.change_facts(
                screen.desk.db, screen.client_id, interview.id, seen, mine, operation_id=uuid4()
            )

        await save_merging(screen, change, start, wanted, words)

    if await screen.ask(interview_forms.facts_form(interview, save, first)):
        screen.done(_("Saved."))


async def _told(screen: "InterviewScreen", interview: Interview, item: str) -> None:
    answer = interview.answer(item)

    async def save(values: Values) -> None:
        await commands.tell(
            screen.desk.db, screen.client_id, interview.id, answer, values["told_on"], operation_id=uuid4()
        )

    if await screen.ask(interview_forms.told_form(interview, answer, save)):
        screen.done(_("Saved."))


def _named(interview: Interview) -> str:
    state = _("under way")
    if interview.finished_on:
        state = _("finished {date}").format(date=format_date(interview.finished_on))
    return f"{words.shown('held_on', interview.held_on)} · {state} · {interview.created_by}"


def _back(screen: "InterviewScreen") -> None:
    screen.query_one(EventList).focus()
