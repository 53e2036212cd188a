"""The invented team of the demo."""

TEAM: dict[str, tuple[str, str]] = {
    "helmi": ("lead", "Helmi Hakala"),
    "aino": ("counsellor", "Aino Aaltonen"),
    "bilal": ("counsellor", "Bilal Berg"),
    "eeva": ("counsellor", "Eeva Eskola"),
    "juho": ("counsellor", "Juho Järvelä"),
    "sanna": ("counsellor", "Sanna Salonurmi"),
    "arto": ("admin", "Arto Ahola"),
    "tiina": ("auditor", "Tiina Toivola"),
}
COUNSELLORS = tuple(login for login, (role, _name) in TEAM.items() if role == "counsellor")
LEAD = "helmi"
