"""One event brought to what it is to be, exactly once whatever breaks on the way.

That it is about to be made is noted before it is asked for. What became of a request without an answer is
looked up by our own id before it is asked again. What somebody changed in Outlook is not overwritten: it
is noted and waits for an answer.
"""

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any

from kotoutus_tui import clock
from kotoutus_tui.outlook import bodies
from kotoutus_tui.outlook.bodies import Wanted
from kotoutus_tui.outlook.marks import mark_of, moment
from kotoutus_tui.outlook.problems import offline, refused
from kotoutus_tui.outlook.requests import Ask, Reply, Request

if TYPE_CHECKING:
    from kotoutus_tui.outlook.rows import Rows
    from models.outlook import OutlookEvent

_TRIES = 4
_TAKEN = 409

Wait = Callable[[float], Awaitable[None]]


class Events:
    """Makes, changes and removes single events and masters; `fresh` are those nobody tried to make before."""

    def __init__(self, rows: "Rows", ask: Ask, wait: Wait, fresh: frozenset[Any] = frozenset()) -> None:
        self.rows = rows
        self.ask = ask
        self._wait = wait
        self._fresh = fresh

    async def put(self, event: "OutlookEvent", wanted: Wanted) -> None:
        """Let Outlook hold `wanted`, unless somebody changed it there."""
        if event.theirs is not None:
            return
        if event.removed_at is not None:
            if event.event_id is not None:
                # It was deleted in Outlook, and that was left so: a new change is asked about again.
                if wanted.mark != event.mark:
                    await self.rows.note(event, theirs=deleted(wanted.mark))
                return
            await self.rows.note(event, removed_at=None, generation=event.generation + 1, mark=None)
        if event.event_id is None:
            await self._make(event, wanted)
        if event.event_id is not None and event.mark != wanted.mark:
            await self._change(event, wanted)
        elif event.with_client != wanted.with_client:
            await self.rows.note(event, with_client=wanted.with_client)

    async def remove(self, event: "OutlookEvent", *, anyway: bool) -> None:
        """Take an event out of Outlook; `anyway` also when somebody changed it there."""
        if event.removed_at is not None:
            return
        if event.theirs is not None and not anyway:
            if event.theirs["kind"] == "deleted" and event.theirs["original"] is None:
                await self._removed(event)
            return
        if event.event_id is None and not await self._find(event):
            await self._removed(event)
            return
        reply = await self.ask(self._request("DELETE", event, anyway=anyway))
        if reply.status == 412:
            theirs = await self.look(event)
            if theirs is not None and mark_of(theirs) != event.seen:
                await self.rows.note(event, theirs=changed(theirs, None))
                return
            if theirs is not None:
                await self.rows.note(event, change_key=theirs["changeKey"])
            reply = await self.ask(self._request("DELETE", event, anyway=True))
        if not reply.is_done and reply.status not in (404, 410):
            raise refused(reply.code)
        await self._removed(event)

    async def look(self, event: "OutlookEvent") -> Any:
        """Return what Outlook holds of an event now, None when it is not there."""
        reply = await self.ask(Request("GET", f"events/{event.event_id}"))
        if reply.status in (404, 410):
            return None
        if not reply.is_done:
            raise refused(reply.code)
        return reply.body

    async def _make(self, event: "OutlookEvent", wanted: Wanted) -> None:
        if event.id not in self._fresh and await self._find(event):
            return
        request = Request("POST", "events", bodies.new(wanted, event.generation))
        for number in range(_TRIES):
            reply = await self.ask(request)
            if reply.is_done:
                await self._sent(event, wanted, reply.body, parts={"days": {}})
                return
            if not reply.is_unsure and reply.status != _TAKEN:
                raise refused(reply.code)
            await self._wait(reply.retry_after if reply.retry_after is not None else 2.0**number)
            if await self._find(event):
                return
        raise offline()

    async def _find(self, event: "OutlookEvent") -> bool:
        """Take up the event that an earlier request made after all."""
        reply = await self.ask(Request("GET", f"events?$filter={bodies.lookup(event.source_id)}"))
        if not reply.is_done:
            raise refused(reply.code)
        if not reply.body["value"]:
            return False
        found = reply.body["value"][0]
        mark = mark_of(found)
        await self.rows.note(
            event, event_id=found["id"], change_key=found["changeKey"], mark=mark, seen=mark,
            parts={"days": {}},
        )  # fmt: skip
        return True

    async def _change(self, event: "OutlookEvent", wanted: Wanted) -> None:
        reply = await self.ask(self._request("PATCH", event, wanted.body))
        if reply.status == 412:
            theirs = await self.look(event)
            if theirs is not None and mark_of(theirs) == wanted.mark:
                # Our own change, whose answer was lost.
                await self._sent(event, wanted, theirs, parts=_forgetful(event))
                return
            if theirs is not None and mark_of(theirs) != event.seen:
                await self.rows.note(event, theirs=changed(theirs, wanted.mark))
                return
            if theirs is not None:
                await self.rows.note(event, change_key=theirs["changeKey"])
                reply = await self.ask(self._request("PATCH", event, wanted.body))
            else:
                reply = Reply(404)
        if reply.status in (404, 410):
            await self.rows.note(event, theirs=deleted(wanted.mark))
        elif not reply.is_done:
            raise refused(reply.code)
        else:
            await self._sent(event, wanted, reply.body, parts=_forgetful(event))

    def _request(
        self, method: str, event: "OutlookEvent", body: dict[str, Any] | None = None, *, anyway: bool = False
    ) -> Request:
        return Request(method, f"events/{event.event_id}", body, None if anyway else event.change_key)

    async def _sent(self, event: "OutlookEvent", wanted: Wanted, answer: Any, **others: Any) -> None:
        await self.rows.note(
            event, event_id=answer["id"], change_key=answer["changeKey"], mark=wanted.mark,
            seen=mark_of(answer), with_client=wanted.with_client, starts_at=wanted.starts_at,
            ends_at=wanted.ends_at, sent_at=clock.now(), **others,
        )  # fmt: skip

    async def _removed(self, event: "OutlookEvent") -> None:
        await self.rows.note(
            event, removed_at=clock.now(), event_id=None, change_key=None, mark=None, seen=None, theirs=None,
            parts=None, with_client=False,
        )  # fmt: skip


def _forgetful(event: "OutlookEvent") -> dict[str, Any]:
    # A series whose rule or hours change forgets its changed days; the next look trusts what is there.
    return {"days": (event.parts or {}).get("days", {}), "reset": True} if event.series else {"days": {}}


def changed(theirs: Any, wanted: str | None, original: str | None = None) -> dict[str, Any]:
    """Return what is kept of a change made in Outlook until it is answered: times and digests, no words."""
    return {
        "kind": "changed", "starts_at": moment(theirs["start"]).isoformat(), "original": original,
        "ends_at": moment(theirs["end"]).isoformat(), "key": theirs["changeKey"], "mark": mark_of(theirs),
        "wanted": wanted,
    }  # fmt: skip


def deleted(wanted: str | None, original: str | None = None) -> dict[str, Any]:
    """Return what is kept of a deletion in Outlook until it is answered."""
    return {"kind": "deleted", "original": original, "wanted": wanted}
