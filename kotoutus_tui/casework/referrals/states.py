"""The states of a referral and which follows which; the database refuses every other step."""

MOVES: dict[str, tuple[str, ...]] = {
    "draft": ("sent",),
    "sent": ("received", "accepted", "waiting", "declined", "no_contact", "withdrawn"),
    "received": ("accepted", "waiting", "declined", "no_contact", "withdrawn"),
    "waiting": ("accepted", "declined", "dropped", "no_contact", "withdrawn"),
    "accepted": ("started", "declined", "dropped", "no_contact", "withdrawn"),
    "started": ("done", "dropped", "no_contact"),
    "declined": (),
    "done": (),
    "dropped": (),
    "no_contact": (),
    "withdrawn": (),
}
UNDER_WAY = ("sent", "received", "waiting", "accepted", "started")
UNANSWERED = ("sent", "received")
NEED_OUTCOME = frozenset({"done", "dropped", "no_contact"})
DECLINE_CODES = ("full", "not_eligible", "language", "wrong_service", "needs_more", "closing", "other")
OUTCOMES = ("reached", "partly", "not_reached", "not_known")
# After these the next best offer is looked for: there is no room, or there will be none for long.
OFFER_AFTER = frozenset({"declined", "waiting"})


def is_open(state: str) -> bool:
    """Whether something may still come of it."""
    return bool(MOVES[state])
