"""Commands of the guidance log, the companies and the answers that come again."""

from kotoutus_tui.i18n import N_
from screens.keyboard.command import Command, Context

CONTEXTS = (
    Context("guidance", N_("Guidance log"), "place"),
    Context("companies", N_("In the list of companies"), "place"),
    Context("company", N_("With a company"), "place"),
    Context("snippets", N_("In the answers"), "place"),
    Context("need", N_("In need and supply"), "place"),
)

COMMANDS: tuple[Command, ...] = (
    Command("guidance.new", "n", N_("New"), N_("Write down advice you gave, without names"), 9),
    Command("guidance.scope", "f", N_("Whose"), N_("Show your own entries, or the team's"), 7),
    Command("guidance.companies", "c", N_("Companies"), N_("Show the companies and their employees"), 7),
    Command("guidance.snippets", "s", N_("Answers"), N_("Find an answer that is ready"), 8),
    Command("guidance.remove", "x", N_("Remove"), N_("Remove your own entry under the cursor"), 5),
    Command("guidance.undo", "u", N_("Undo"), N_("Undo your last change of this place"), 6),
    Command("guidance.export", "e", N_("Export"), N_("Write the statistics of some days into a file"), 5),
    Command("companies.new", "n", N_("Add"), N_("Add a company"), 8),
    Command("companies.undo", "u", N_("Undo"), N_("Undo your last change of this place"), 5),
    Command("company.done", "d", N_("Done"), N_("Mark the step as done, or as not done after all"), 8),
    Command("company.arrival", "n", N_("Arrival"), N_("Add how many come in which month, without names"), 7),
    Command("company.confirm", "v", N_("Still right"), N_("Confirm the contact person's data today"), 6),
    Command("company.remove", "x", N_("Remove"), N_("Remove what stands under the cursor"), 4),
    Command("company.undo", "u", N_("Undo"), N_("Undo your last change of this place"), 5),
    Command("snippets.ask", "s", N_("Ask"), N_("Write words of the question"), 8),
    Command("snippets.new", "n", N_("Add"), N_("Add an answer"), 7),
    Command("snippets.change", "e", N_("Edit"), N_("Change the answer; it is checked today by that"), 6),
    Command("snippets.copy", "c", N_("Copy"), N_("Copy the answer to the clipboard"), 7),
    Command("snippets.entry", "w", N_("Log it"), N_("Write down that you gave this answer"), 6),
    Command("snippets.due", "f", N_("To check"), N_("Show only answers to be checked, or all"), 6),
    Command("snippets.remove", "x", N_("Remove"), N_("Remove the answer under the cursor"), 3),
    Command("snippets.undo", "u", N_("Undo"), N_("Undo your last change of this place"), 4),
    Command("need.population", "p", N_("Speakers"), N_("Read how many speak each language in Joensuu"), 7),
    Command("need.export", "e", N_("Export"), N_("Write need and supply into a file"), 7),
)
