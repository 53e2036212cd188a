"""Commands with the referrals of a client: all of them, and one."""

from kotoutus_tui.i18n import N_
from screens.keyboard.command import Command, Context

CONTEXTS = (
    Context("referrals", N_("In a client's referrals"), "place"),
    Context("referral", N_("With a referral"), "place"),
)

COMMANDS: tuple[Command, ...] = (
    Command("referrals.refer", "r", N_("Refer"), N_("Refer the client to a service or to somebody"), 8),
    Command("referrals.answer", "v", N_("What happened"), N_("Write down what has happened to it"), 9),
    Command("referrals.day", "d", N_("Date"), N_("Set the day to look after it"), 6),
    Command("referrals.remove", "delete", N_("Remove"), N_("Throw the draft under the cursor away"), 4),
    Command("referrals.undo", "u", N_("Undo"), N_("Undo your last change of this client"), 5),
    Command("referral.tick", "space", N_("Tick"), N_("Tick the item under the cursor, or not"), 9),
    Command("referral.ground", "g", N_("Ground"), N_("Choose the legal ground, the purpose, who asked"), 8),
    Command("referral.letter", "P", N_("Letter"), N_("Make the letter and note in the log what leaves"), 8),
    Command("referral.told", "t", N_("Told"), N_("Note what was told by word of mouth"), 5),
    Command("referral.consent", "c", N_("Consent"), N_("Record the client's consent"), 6),
    Command("referral.answer", "v", N_("What happened"), N_("Write down what has happened to it"), 7),
    Command("referral.change", "x", N_("Change"), N_("Change the draft"), 5),
    Command("referral.day", "d", N_("Date"), N_("Set the day to look after it"), 4),
    Command(
        "referral.remove", "delete", N_("Remove"), N_("Withdraw the consent, or throw the draft away"), 3
    ),
    Command("referral.undo", "u", N_("Undo"), N_("Undo your last change of this client"), 4),
)
