"""Commands in the calendar: the week, the agenda, free times and the week of the team."""

from kotoutus_tui.i18n import N_
from screens.keyboard.command import Command, Context

CONTEXTS = (
    Context("calendar", N_("Calendar"), "place"),
    Context("week", N_("In the week"), "widget"),
    Context("team_week", N_("In the team's week"), "place"),
    Context("free", N_("In the free times"), "place"),
)

COMMANDS: tuple[Command, ...] = (
    Command("calendar.new", "n", N_("New"), N_("Make an appointment at the time under the cursor"), 8),
    Command("calendar.move", "m", N_("Move"), N_("Move the appointment to another time"), 7),
    Command("calendar.edit", "e", N_("Edit"), N_("Change the appointment"), 6),
    Command("calendar.attendance", "a", N_("Came?"), N_("Write down whether the client came"), 5),
    Command("calendar.cancel", "c,delete", N_("Cancel it"), N_("Cancel the appointment, with a reason"), 5),
    Command("calendar.undo", "u", N_("Undo"), N_("Undo your last change of the calendar"), 4),
    Command("calendar.view", "v", N_("Week/list"), N_("Show the week or a list of appointments"), 6),
    Command("calendar.earlier", "less_than_sign,pageup", N_("Week before"), N_("Show the week before"), 3),
    Command("calendar.later", "greater_than_sign,pagedown", N_("Week after"), N_("Show the week after"), 3),
    Command("calendar.today", "t", N_("Today"), N_("Go to today"), 4),
    Command("calendar.jump", "g", N_("Date"), N_("Go to a date"), 3),
    Command("calendar.free", "f", N_("Who is free"), N_("Find free times, also with an interpreter"), 5),
    Command("calendar.away", "l", N_("Away"), N_("Say that you are away, or take it back"), 3),
    Command("calendar.team", "w", N_("Team"), N_("See in which hours the team is taken"), 4),
    Command("team_week.earlier", "less_than_sign,left", N_("Week before"), N_("Show the week before"), 7),
    Command("team_week.later", "greater_than_sign,right", N_("Week after"), N_("Show the week after"), 7),
    Command("team_week.today", "t", N_("Today"), N_("Go to this week"), 6),
    Command("team_week.jump", "g", N_("Date"), N_("Go to a date"), 5),
    Command("free.ask", "e", N_("Other times"), N_("Ask for other days, people or another language"), 8),
    Command("calendar.export", "x", N_("To Outlook"), N_("Hand appointments over to Outlook as a file"), 5),
    Command("calendar.push", "p", N_("Outlook"), N_("Push appointments into your own Outlook"), 5),
    Command("week.open", "enter", N_("Open"), N_("Show the appointment, or make one in an empty time"), 9),
    Command("week.up", "up", N_("Up"), N_("The time before")),
    Command("week.down", "down", N_("Down"), N_("The next time")),
    Command("week.left", "left", N_("Left"), N_("The day before")),
    Command("week.right", "right", N_("Right"), N_("The next day")),
    Command("week.first", "home", N_("First"), N_("The first time of the day")),
    Command("week.last", "end", N_("Last"), N_("The last time of the day")),
)
