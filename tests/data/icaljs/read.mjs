// What Thunderbird's reader (ical.js 2.2.1, beside this file with its licence) finds in a calendar on stdin.
import { readFileSync } from "node:fs";
import ICAL from "./ical.mjs";

const calendar = new ICAL.Component(ICAL.parse(readFileSync(0, "utf-8")));
for (const zone of calendar.getAllSubcomponents("vtimezone")) ICAL.TimezoneService.register(zone);
const events = calendar.getAllSubcomponents("vevent").map((each) => new ICAL.Event(each));
const found = [];
const add = (start, end, summary) => found.push([start.toUnixTime(), end.toUnixTime(), summary]);
for (const event of events.filter((each) => !each.isRecurrenceException())) {
  if (!event.isRecurring()) {
    add(event.startDate, event.endDate, event.summary);
    continue;
  }
  for (const other of events) {
    if (other.isRecurrenceException() && other.uid === event.uid) event.relateException(other);
  }
  const days = event.iterator();
  for (let day = days.next(); day; day = days.next()) {
    const met = event.getOccurrenceDetails(day);
    add(met.startDate, met.endDate, met.item.summary);
  }
}
process.stdout.write(JSON.stringify(found));
