"""Telling a receiver about a client, step by step: the ground, a consent, the letter, what was said."""

from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from kotoutus_tui import clock
from kotoutus_tui.casework import timeline
from kotoutus_tui.casework.form_drafts import FormDraft
from kotoutus_tui.casework.prints import files
from kotoutus_tui.casework.referrals import commands, consents, disclosing, letter
from kotoutus_tui.casework.referrals.consents import covering
from kotoutus_tui.casework.referrals.disclosing import Held, Line
from kotoutus_tui.casework.referrals.profiles import items, profile
from kotoutus_tui.errors import InvalidInput
from kotoutus_tui.i18n import _
from screens import referral_forms as forms
from screens.client_forms import Choose
from screens.dialog import Confirm
from screens.printing import PrintedDialog
from screens.referral_receiver import Receiver
from screens.referral_steps import open_goals

if TYPE_CHECKING:
    from screens.referral import ReferralScreen


def why_blocked(line: Line) -> str:
    """Return a sentence why an item cannot be ticked, and what to do."""
    if line.blocked == "protected":
        return _("Where a person with a protection order is does not leave the house (36 § 661/2009).")
    return _("This needs the client's consent: c records it.")


async def choose_ground(screen: "ReferralScreen") -> None:
    """Ask for the legal ground, the purpose and who asked."""

    async def save(values: dict[str, Any]) -> None:
        screen.why.update({name: value or "" for name, value in values.items()})

    grounds = profile(screen.must.referral.receiver_kind).grounds
    if await screen.ask(forms.ground_form(grounds, screen.why, save)):
        screen.draw()


async def record_consent(screen: "ReferralScreen") -> None:
    """Ask for the facts of a consent to the item under the cursor and those ticked."""
    shown, kind_code = screen.must, screen.row
    referral = shown.referral
    ground = _ground(screen)
    wanted = {line.item.code for line in shown.lines if line.ticked}
    if ground in ("consent", "move_85"):
        wanted |= {
            line.item.code
            for line in shown.lines
            if line.blocked == "consent" and line.item.code in profile(referral.receiver_kind).needed
        }
    if kind_code[0] == "item":
        wanted.add(kind_code[1])
    near = {line.item.code for line in shown.lines if line.blocked == "protected"}
    codes = [code for code in items() if code in wanted - near]
    if not codes:
        raise InvalidInput("", _("Nothing is ticked."), _("Put the cursor on what the client agrees to."))
    operation = uuid4()

    async def save(values: dict[str, Any]) -> None:
        facts = {
            **values,
            "items": codes,
            "receiver": referral.receiver if values["whom"] == "this" else None,
        }
        await consents.give(screen.desk.db, screen.client_id, facts, operation_id=operation)

    who = await timeline.header(screen.desk.db, screen.client_id)
    names = ", ".join(items()[code].name for code in codes)
    draft = FormDraft.about(screen.desk.settings.state_dir, screen.client_id, f"consent-{referral.id}")
    if await screen.ask(forms.consent_form(referral.receiver, names, who.service_language, save, draft)):
        if kind_code[0] == "item":
            screen.ticks[kind_code[1]] = True
        screen.done(_("The consent is recorded."))


async def withdraw_consent(screen: "ReferralScreen", consent_id: UUID) -> None:
    """End a consent after asking."""
    effects = [_("From now on nothing is told on it. What was told before stays in the log.")]
    if await screen.ask(Confirm(_("Has the client withdrawn it?"), effects, accept=_("Withdraw"))):
        await consents.withdraw(screen.desk.db, screen.client_id, consent_id, operation_id=uuid4())
        screen.done(_("The consent is withdrawn."))


async def make_letter(screen: "ReferralScreen") -> None:
    """Ask for the kind of Finnish, note what leaves, and write the letter of what was given out."""
    _check(screen)
    styles = [("fi", _("Office Finnish")), ("plain", _("Plain Finnish (selkokieli)"))]
    style = await screen.ask(Choose(_("The letter"), styles))
    if style is None:
        return
    held = await _tell(screen, "letter")
    page = letter.paper(_frame(screen), held, style)
    printed = await files.write(
        screen.desk.db, screen.desk.settings.drop_dir, "referral", page, screen.client_id
    )  # fmt: skip
    screen.done(_("The letter is noted in the log. Nothing was sent: send it yourself, then v."))
    await screen.ask(PrintedDialog(printed))


async def note_told(screen: "ReferralScreen") -> None:
    """Note in the log that what is ticked was told by word of mouth."""
    _check(screen)
    effects = [line.item.name for line in screen.must.lines if line.ticked]
    if await screen.ask(Confirm(_("Were these told by word of mouth?"), effects, accept=_("Note it"))):
        await _tell(screen, "told")
        screen.done(_("Noted in the log."))


async def change_draft(screen: "ReferralScreen") -> None:
    """Change what a draft says."""
    referral = screen.must.referral
    seen = {
        "purpose": referral.purpose,
        "goal_id": referral.goal_id,
        "chase_on": referral.chase_on,
        "receiver_kind": referral.receiver_kind,
    }
    operation = uuid4()

    async def save(values: dict[str, Any]) -> None:
        wanted = dict(values)
        if "goal_id" in wanted:
            wanted["goal_id"] = UUID(wanted["goal_id"]) if wanted["goal_id"] else None
        await commands.change(
            screen.desk.db, screen.client_id, referral.id, seen, wanted, operation_id=operation
        )  # fmt: skip

    receiver = Receiver(referral.receiver, referral.receiver_kind, referral.service_id)
    goals = await open_goals(screen, screen.client_id)
    if await screen.ask(forms.details_form(receiver, goals, save, None, seen)):
        screen.done(_("Saved. u takes it back."))


def _check(screen: "ReferralScreen") -> None:
    if not screen.why.get("ground"):
        raise InvalidInput("", _("A legal ground is needed."), _("g chooses it."))
    if not any(line.ticked for line in screen.must.lines):
        raise InvalidInput("", _("Nothing is ticked."), _("Tick what is to be told."))


async def _tell(screen: "ReferralScreen", way: str) -> Held:
    shown = screen.must
    return await disclosing.tell(
        screen.desk.db, screen.client_id, shown.referral,
        [line.item.code for line in shown.lines if line.ticked],
        ground=screen.why["ground"], purpose=screen.why.get("purpose", ""), consents=shown.consents,
        today=clock.today(), way=way, operation_id=uuid4(), asked_by=screen.why.get("asked_by"),
    )  # fmt: skip


def _frame(screen: "ReferralScreen") -> letter.Frame:
    shown, today = screen.must, clock.today()
    referral, ground = shown.referral, screen.why["ground"]
    codes = [line.item.code for line in shown.lines if line.ticked]
    needing = disclosing.consent_for(profile(referral.receiver_kind), codes, ground)
    consent = covering(shown.consents, referral.receiver, needing, today) if needing else None
    return letter.Frame(
        referral.receiver,
        screen.desk.me.name,
        ground,
        screen.why.get("purpose", ""),
        screen.why.get("asked_by") or None,
        referral.chase_on,
        consent.given_on if consent else None,
    )


def _ground(screen: "ReferralScreen") -> str:
    return screen.why.get("ground") or profile(screen.must.referral.receiver_kind).grounds[0]
