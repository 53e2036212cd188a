"""What is done with referrals, step by step: beginning one, what happened next, the day to look after it."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from kotoutus_tui import clock
from kotoutus_tui.casework import timeline
from kotoutus_tui.casework.opening import OpenClient
from kotoutus_tui.casework.plan import Goal, plans
from kotoutus_tui.casework.referrals import commands, disclosing, offers, reading, words
from kotoutus_tui.casework.referrals.commands import Move
from kotoutus_tui.casework.referrals.reading import Referral
from kotoutus_tui.casework.referrals.states import OFFER_AFTER
from kotoutus_tui.errors import gone
from kotoutus_tui.i18n import _
from screens import referral_forms as forms
from screens.client_forms import Choose
from screens.dialog import Confirm
from screens.referral_receiver import ChooseOffer, ChooseReceiver, Receiver, read_network, receiver_of

if TYPE_CHECKING:
    from kotoutus_tui.partners.search import Index
    from screens.base import BaseScreen


async def begin(
    screen: "BaseScreen",
    client_id: UUID,
    opening: OpenClient,
    *,
    service_id: UUID | None = None,
    receiver: Receiver | None = None,
    instead_of: Referral | None = None,
) -> None:
    """Ask to whom and what for, and show the draft that is made of it.

    `service_id` or `receiver` is chosen already; with `instead_of` it begins with that referral's words.
    """
    await opening.renew()
    db = screen.desk.db
    draft = forms.ReferralDraft(screen.desk.settings.state_dir, f"form-referral-{client_id}")
    if receiver is None and service_id is None:
        receiver = _kept(draft.read())
    else:
        draft.discard()
    if receiver is None:
        receiver = await _receiver(screen, client_id, service_id)
    if receiver is None:
        return
    draft.receiver = receiver
    whom, operation, made = receiver, uuid4(), list[UUID]()

    async def save(values: dict[str, Any]) -> None:
        facts = {"receiver": whom.name, "receiver_kind": whom.kind, "service_id": whom.service_id} | values
        facts["goal_id"] = UUID(values["goal_id"]) if values.get("goal_id") else None
        instead = instead_of.id if instead_of else None
        made.append(
            await commands.draft(db, client_id, facts, operation_id=operation, instead_of=instead)
        )  # fmt: skip

    seen = None
    if instead_of is not None:
        seen = {"purpose": instead_of.purpose, "goal_id": instead_of.goal_id, "chase_on": instead_of.chase_on}
    goals = await open_goals(screen, client_id)
    if await screen.ask(forms.details_form(receiver, goals, save, draft, seen)):
        from screens.referral import ReferralScreen

        screen.go_stale()
        screen.frame.push_screen(ReferralScreen(client_id, opening, made[-1]))


async def open_goals(screen: "BaseScreen", client_id: UUID) -> Sequence[Goal]:
    """Return the goals of the plan in force that are not reached yet."""
    version = (await plans(screen.desk.db, client_id)).in_force("integration")
    return [goal for goal in version.goals if goal.state == "open"] if version else []


async def answer(screen: "BaseScreen", client_id: UUID, opening: OpenClient, referral_id: UUID) -> bool:
    """Ask what has happened to a referral and write it down; whether something was written."""
    await opening.renew()
    db = screen.desk.db
    referral = await reading.referral(db, client_id, referral_id)
    following = referral.next_states
    if not following:
        raise gone()
    state = following[0] if len(following) == 1 else await screen.ask(
        Choose(_("What has happened?"), [(each, _(words.DEEDS[each])) for each in following])
    )  # fmt: skip
    if state is None or (state == "sent" and not await _nothing_told(screen, referral)):
        return False
    operation = uuid4()

    async def save(values: dict[str, Any]) -> None:
        await commands.move(db, client_id, referral, Move(state, **values), operation_id=operation)

    if not await screen.ask(forms.step_form(state, referral.chase_on if state == "sent" else None, save)):
        return False
    screen.go_stale()
    screen.say(_("Saved. u takes it back."))
    if state in OFFER_AFTER:
        await offer_next(screen, client_id, opening, referral)
    return True


async def offer_next(screen: "BaseScreen", client_id: UUID, opening: OpenClient, referral: Referral) -> None:
    """Offer the next best services for the same need, and begin a referral linked to this one."""
    db = screen.desk.db
    network, index = await read_network(db)
    known = {each.id: each for each in await reading.referrals(db, client_id)}
    tried, at = set[UUID](), known.get(referral.id)
    while at is not None:
        if at.service_id:
            tried.add(at.service_id)
        at = known.get(at.instead_of) if at.instead_of else None
    language = (await timeline.header(db, client_id)).service_language
    need = (
        f"{'' if referral.service_id else referral.receiver} {(referral.purpose or '').partition(chr(10))[0]}"
    )
    hits = offers.next_best(index, network, referral.service_id, need, language, tried, clock.today())
    if not hits:
        screen.say(_("Saved. The network has nothing else for the same need."))
        return
    chosen = await screen.ask(ChooseOffer(hits, language))
    if chosen is not None:
        await begin(screen, client_id, opening, receiver=chosen, instead_of=referral)


async def change_day(screen: "BaseScreen", client_id: UUID, opening: OpenClient, referral: Referral) -> None:
    """Ask for the day to look after a referral."""
    await opening.renew()
    operation = uuid4()

    async def save(values: dict[str, Any]) -> None:
        await commands.chase(
            screen.desk.db, client_id, referral, values["chase_on"], operation_id=operation
        )  # fmt: skip

    if await screen.ask(forms.chase_form(referral.chase_on, save)):
        screen.go_stale()
        screen.say(_("Saved. u takes it back."))


async def remove(screen: "BaseScreen", client_id: UUID, opening: OpenClient, referral: Referral) -> bool:
    """Throw a draft away after asking; whether it is gone."""
    effects = [referral.receiver]
    if not await screen.ask(Confirm(_("Throw the draft away?"), effects, accept=_("Throw away"))):
        return False
    await opening.renew()
    await commands.remove(screen.desk.db, client_id, referral.id, operation_id=uuid4())
    return True


async def _receiver(screen: "BaseScreen", client_id: UUID, service_id: UUID | None) -> Receiver | None:
    _network, index = await read_network(screen.desk.db)
    if service_id is not None:
        return _of_service(index, service_id)
    language = (await timeline.header(screen.desk.db, client_id)).service_language
    return await screen.ask(ChooseReceiver(index, language))


def _of_service(index: "Index", service_id: UUID) -> Receiver:
    everything = index.find("")
    place = everything.position(str(service_id))
    if place is None:
        raise gone()
    return receiver_of(everything.hits(place, 1)[0])


def _kept(draft: dict[str, str]) -> Receiver | None:
    if not draft.get("_name"):
        return None
    service = draft.get("_service")
    return Receiver(draft["_name"], draft.get("_kind") or "other", UUID(service) if service else None)


async def _nothing_told(screen: "BaseScreen", referral: Referral) -> bool:
    """Ask before a referral is sent with which nothing of the client was told."""
    if await disclosing.told(screen.desk.db, referral.id):
        return True
    effects = [
        _("No letter was made and nothing is noted as told about the client."),
        _("If something was told, note it first: P for a letter, t for what was said."),
    ]
    return bool(await screen.ask(Confirm(_("Sent without telling anything?"), effects, accept=_("Yes"))))
