"""The days of a series brought to what they are to be: left out, moved, and as the rule has them again.

Outlook refuses a day that passes its neighbour, also on the way, so changes are made in an order in which
none does; where there is no such order the series is made anew.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from kotoutus_tui.calendar.zone import local
from kotoutus_tui.outlook import bodies
from kotoutus_tui.outlook.bodies import Wanted
from kotoutus_tui.outlook.event import Events, changed, deleted
from kotoutus_tui.outlook.marks import mark_of, moment
from kotoutus_tui.outlook.problems import refused
from kotoutus_tui.outlook.requests import Request

if TYPE_CHECKING:
    from models.outlook import OutlookEvent

_GONE = ""  # the mark of a day that is not there


@dataclass
class _Day:
    """A day of the rule: what it is to be, what it was by our last push, what Outlook has."""

    when: datetime
    body: dict[str, Any] | None
    mark: str
    regular: str
    last: str
    left: str | None
    theirs: Any = None

    @property
    def now(self) -> str:
        return _GONE if self.theirs is None else mark_of(self.theirs)

    @property
    def is_due(self) -> bool:
        return self.mark not in (self.now, self.left)


async def put_days(events: Events, event: "OutlookEvent", wanted: Wanted) -> None:
    """Bring the days of a series whose master stands to what is wanted.

    A day that somebody changed in Outlook is noted and nothing more is done until that is answered.
    """
    if event.theirs is not None or event.event_id is None or event.removed_at is not None:
        return
    if _same(event, wanted):
        return
    days = await _read(events, event, wanted)
    # A master that was as we knew it until we changed it had no foreign days, but may forget ours.
    trusted = (event.parts or {}).get("reset")
    for day in days:
        if day.is_due and day.now != day.last and not trusted:
            await events.rows.note(event, theirs=_foreign(day))
            return
    if any(day.is_due and day.theirs is None for day in days) or not await _carry_out(events, event, days):
        await events.remove(event, anyway=True)
        await events.put(event, wanted)
        await put_days(events, event, wanted)
        return
    # The master's version changed with its days.
    whole = await events.look(event)
    if whole is not None:
        known = (event.parts or {}).get("days", {})
        await events.rows.note(
            event, change_key=whole["changeKey"], seen=mark_of(whole), parts={"days": known}
        )  # fmt: skip


async def foreign_change(events: Events, event: "OutlookEvent", wanted: Wanted) -> dict[str, Any] | None:
    """Return the first day that is not as we left it, as it is kept until it is answered."""
    for day in await _read(events, event, wanted):
        if day.now not in (day.last, day.mark):
            return _foreign(day)
    return None


def _marks(wanted: Wanted) -> dict[str, str]:
    """Return the marks of the days of a series that are not as the rule has them."""
    return {when.isoformat(): _GONE if body is None else mark_of(body) for when, body in wanted.days.items()}


def _foreign(day: _Day) -> dict[str, Any]:
    original = day.when.isoformat()
    return deleted(day.mark, original) if day.theirs is None else changed(day.theirs, day.mark, original)


def _same(event: "OutlookEvent", wanted: Wanted) -> bool:
    parts: Mapping[str, Any] = event.parts or {}
    known: Mapping[str, Any] = parts.get("days", {})
    return "reset" not in parts and {
        when: each.get("left") or each["mark"] for when, each in known.items()
    } == _marks(wanted)


async def _read(events: Events, event: "OutlookEvent", wanted: Wanted) -> list[_Day]:
    first, last = wanted.rule[0] - timedelta(days=40), wanted.rule[-1] + timedelta(days=40)
    span = f"startDateTime={first:%Y-%m-%dT%H:%M:%SZ}&endDateTime={last:%Y-%m-%dT%H:%M:%SZ}"
    request = Request("GET", f"events/{event.event_id}/instances?{span}&$top=100")
    found: dict[datetime, Any] = {}
    while True:
        reply = await events.ask(request)
        if not reply.is_done:
            raise refused(reply.code)
        for each in reply.body["value"]:
            found[_original(each)] = each
        if "@odata.nextLink" not in reply.body:
            break
        request = Request(
            "GET", f"events/{event.event_id}/instances?{reply.body['@odata.nextLink'].partition('?')[2]}"
        )
    known: Mapping[str, Any] = (event.parts or {}).get("days", {})
    days: list[_Day] = []
    for when in wanted.rule:
        regular = bodies.regular_day(wanted, when)
        body = wanted.days.get(when, regular)
        was = known.get(when.isoformat(), {"mark": mark_of(regular)})
        mark = _GONE if body is None else mark_of(body)
        days.append(_Day(when, body, mark, mark_of(regular), was["mark"], was.get("left"), found.get(when)))
    return days


def _original(instance: Mapping[str, Any]) -> datetime:
    if original := instance.get("originalStart"):
        return datetime.fromisoformat(original)
    return moment(instance["start"])


async def _carry_out(events: Events, event: "OutlookEvent", days: list[_Day]) -> bool:
    """Make the changes that are due in an order that is allowed; False when there is none."""
    for day in days:
        if day.is_due and day.body is None:
            reply = await events.ask(Request("DELETE", f"events/{day.theirs['id']}"))
            if not reply.is_done and reply.status not in (404, 410):
                raise refused(reply.code)
            day.theirs = None
            await _note(events, event, day)
        elif not day.is_due:
            await _note(events, event, day)
    due = [day for day in days if day.is_due]
    while due:
        day = next((each for each in due if _may_move(each, days)), None)
        if day is None:
            return False
        reply = await events.ask(Request("PATCH", f"events/{day.theirs['id']}", day.body))
        if not reply.is_done:
            raise refused(reply.code)
        day.theirs = reply.body
        await _note(events, event, day)
        due.remove(day)
    return True


def _may_move(day: _Day, days: list[_Day]) -> bool:
    to = local(moment((day.body or {})["start"])).date()
    there = {
        each.when: local(moment(each.theirs["start"])).date() for each in days if each.theirs is not None
    }
    before = [at for when, at in there.items() if when < day.when]
    after = [at for when, at in there.items() if when > day.when]
    return max(before, default=date.min) < to < min(after, default=date.max)


async def _note(events: Events, event: "OutlookEvent", day: _Day) -> None:
    """Remember what a day is now; those as the rule has them are not kept."""
    parts: dict[str, Any] = dict(event.parts or {})
    known: dict[str, Any] = dict(parts.get("days", {}))
    key, before = day.when.isoformat(), dict(known)
    left = day.left if day.left == day.mark else None
    if day.now == day.regular and left is None:
        known.pop(key, None)
    else:
        known[key] = {"mark": day.now} | ({} if left is None else {"left": left})
    if known != before:
        await events.rows.note(event, parts=parts | {"days": known})
