"""The words for how people meet, whether they came, and how an appointment repeats."""

from kotoutus_tui.i18n import N_

MODES = {
    "office": N_("At the office"),
    "home_visit": N_("Home visit"),
    "phone": N_("Phone"),
    "video": N_("Video call"),
    "partner": N_("At a partner"),
    "other": N_("Elsewhere"),
}
ATTENDANCES = {
    "attended": N_("Came"),
    "no_show": N_("Did not come"),
    "client_cancelled": N_("Cancelled by the client"),
}
GENDERS = {"woman": N_("woman"), "man": N_("man")}
FREQUENCIES = {"daily": N_("every day"), "weekly": N_("every week"), "monthly": N_("every month")}
