"""The words for circumstances and documents."""

from kotoutus_tui.i18n import N_

# What a form shows together, each with its fields in the order of reading.
GROUPS: dict[str, tuple[str, tuple[str, ...]]] = {
    "beginning": (
        N_("Circumstances"),
        (
            "learned_on", "requested_on", "plan_needed", "county_participates", "family_of_refugee",
            "trafficking_victim",
        ),
    ),
    "unaccompanied": (
        N_("Came without a guardian"),
        (
            "unaccompanied", "representative", "representative_contact", "family_group_home",
            "guardian_since",
        ),
    ),
}  # fmt: skip
# Who sees the screen by chance must not learn it, so a list says it by its section alone.
DISCREET = {"trafficking_victim": N_("20 § 4 mom. applies")}
DOCUMENTS = {
    "residence_permit": N_("Residence permit"),
    "residence_card": N_("Residence card"),
    "right_registration": N_("Registration of right of residence"),
    "passport": N_("Passport"),
    "travel_document": N_("Travel document"),
    "id_card": N_("Identity card"),
    "other": N_("Other document"),
}
