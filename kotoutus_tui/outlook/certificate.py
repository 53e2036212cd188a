"""The office's certificate and its key, from one PEM file, as the sign-in wants them."""

from pathlib import Path

from kotoutus_tui.errors import SetupError
from kotoutus_tui.i18n import _


def credential(file: Path | None) -> dict[str, str]:
    """Return key and certificate; raises SetupError when the file lacks one or anybody can read it."""
    try:
        if file is None or file.stat().st_mode & 0o007:
            raise ValueError
        text = file.read_text("ascii")
        certificate = text[text.index("-----BEGIN CERTIFICATE") :]
        start = text.index("-----BEGIN PRIVATE KEY")
        end = text.index("-----END PRIVATE KEY-----", start) + len("-----END PRIVATE KEY-----\n")
    except (OSError, ValueError):
        raise SetupError(
            _("The certificate for Outlook cannot be used."),
            _("The file of “outlook_certificate” holds a key and a certificate and is not for everybody."),
        ) from None
    return {"private_key": text[start:end], "public_certificate": certificate}
