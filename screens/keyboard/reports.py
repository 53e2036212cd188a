"""Commands of the reports."""

from kotoutus_tui.i18n import N_
from screens.keyboard.command import Command, Context

CONTEXTS = (Context("reports", N_("Reports"), "place"),)

COMMANDS: tuple[Command, ...] = (
    Command("reports.earlier", "left", N_("Earlier"), N_("Show the month, quarter or year before"), 9),
    Command("reports.later", "right", N_("Later"), N_("Show the month, quarter or year after"), 9),
    Command("reports.span", "k", N_("Span"), N_("Count by month, by quarter or by year"), 8),
    Command("reports.export", "e", N_("Export"), N_("Write the counts into a file for spreadsheets"), 7),
    Command("reports.prose", "y", N_("Text"), N_("Write the report as a text, such as a year's report"), 6),
)
