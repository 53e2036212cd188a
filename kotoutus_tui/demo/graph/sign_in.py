"""The sign-in of the demo's tenant: device code, authorisation code with PKCE, certificate, refresh."""

import base64
import hashlib
import html
import json
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from kotoutus_tui.demo.graph.answers import Answer

TENANT = "00000000-0000-4000-8000-00000000d3e0"
CLIENT = "00000000-0000-4000-8000-00000000ab0e"


@dataclass
class SignIn:
    """Who may sign in, with what, and the tokens given out; `user` is who sits at the browser.

    A device code is confirmed after `patience` questions, as if the person typed it meanwhile; None
    leaves it waiting for /devicelogin.
    """

    now: Callable[[], datetime]
    user: str
    certificate: str = ""
    lifetime: timedelta = timedelta(hours=1)
    patience: int | None = 1
    device_code_blocked: bool = False
    consent: bool = True
    tokens: dict[str, tuple[str, datetime]] = field(default_factory=dict[str, tuple[str, datetime]])
    _refresh: dict[str, str] = field(default_factory=dict[str, str])
    _codes: dict[str, dict[str, str]] = field(default_factory=dict[str, dict[str, str]])
    _devices: dict[str, int] = field(default_factory=dict[str, int])

    def whose(self, header: str) -> str:
        """Return whom an Authorization header names, "app" for an application, empty for nobody."""
        user, until = self.tokens.get(header.removeprefix("Bearer "), ("", self.now()))
        return user if until > self.now() else ""

    def answer(self, method: str, path: str, words: Mapping[str, str], here: str) -> Answer | None:
        """Answer a request of the sign-in; None for another path. `here` is the address of the server."""
        if path.endswith("/.well-known/openid-configuration"):
            return Answer(200, self._about(f"{here}/{TENANT}"))
        if path == "/devicelogin":
            self._devices = dict.fromkeys(self._devices, 0) if method == "POST" else self._devices
            return Answer(200, _PAGE.format(what="Sign in on the other device", action=html.escape(path)))
        match path.rpartition("/oauth2/v2.0/")[2]:
            case "devicecode":
                return self._device_code(here)
            case "authorize":
                return self._authorize(method, words)
            case "token":
                return self._token(words, here)
            case _:
                return None

    def _about(self, authority: str) -> dict[str, str]:
        ours = f"{authority}/oauth2/v2.0"
        return {
            "issuer": f"{authority}/v2.0", "authorization_endpoint": f"{ours}/authorize",
            "token_endpoint": f"{ours}/token", "device_authorization_endpoint": f"{ours}/devicecode",
        }  # fmt: skip

    def _device_code(self, here: str) -> Answer:
        if self.device_code_blocked:
            return _wrong(
                "access_denied", "AADSTS53003: Access has been blocked by Conditional Access policies."
            )
        code = secrets.token_hex(16)
        self._devices[code] = -1 if self.patience is None else self.patience
        return Answer(
            200,
            {
                "device_code": code, "user_code": "DEMO-CODE",
                "verification_uri": f"{here.replace('https', 'http')}/devicelogin",
                "expires_in": 900, "interval": 1, "message": "",
            },
        )  # fmt: skip

    def _authorize(self, method: str, words: Mapping[str, str]) -> Answer:
        if words.get("client_id") != CLIENT or words.get("code_challenge_method") != "S256":
            return _wrong("invalid_request", "AADSTS900144: a code_challenge is needed.")
        if method == "GET":
            query = html.escape("?" + urlencode(words))
            return Answer(200, _PAGE.format(what=f"Sign in as {html.escape(self.user)}", action=query))
        code = secrets.token_hex(16)
        self._codes[code] = dict(words)
        back = {"code": code, "state": words.get("state", "")}
        return Answer(302, None, {"Location": f"{words['redirect_uri']}?{urlencode(back)}"})

    def _token(self, words: Mapping[str, str], here: str) -> Answer:
        kind = words.get("grant_type", "").rpartition(":")[2]
        if not self.consent:
            return _wrong(
                "invalid_grant", "AADSTS65001: The user has not consented.", suberror="consent_required"
            )
        if kind == "device_code":
            left = self._devices.get(words.get("device_code", ""))
            if left is None:
                return _wrong("expired_token", "AADSTS70020: The code is not known.")
            if left != 0:
                self._devices[words["device_code"]] = left - 1 if left > 0 else left
                return _wrong("authorization_pending", "AADSTS70016: Pending.")
        elif kind == "authorization_code":
            asked = self._codes.pop(words.get("code", ""), None)
            digest = hashlib.sha256(words.get("code_verifier", "").encode()).digest()
            if asked is None or _base64(digest) != asked["code_challenge"]:
                return _wrong("invalid_grant", "AADSTS501481: The code_verifier does not match.")
            return self._give(self.user, words, here, asked.get("nonce"))
        elif kind == "refresh_token":
            if words.get("refresh_token") not in self._refresh:
                return _wrong("invalid_grant", "AADSTS700082: The refresh token has expired.")
        elif kind == "client_credentials":
            return (
                self._give("app", words, here)
                if self._is_signed(words, here)
                else _wrong("invalid_client", "AADSTS700027: The certificate is not registered.")
            )
        else:
            return _wrong("unsupported_grant_type", "AADSTS70003")
        return self._give(self.user, words, here)

    def _give(self, user: str, words: Mapping[str, str], here: str, nonce: str | None = None) -> Answer:
        token, refresh = f"access-{secrets.token_hex(16)}", f"refresh-{secrets.token_hex(16)}"
        self.tokens[token] = user, self.now() + self.lifetime
        given: dict[str, Any] = {
            "token_type": "Bearer", "access_token": token, "expires_in": int(self.lifetime.total_seconds()),
            "scope": words.get("scope", ""),
        }  # fmt: skip
        if user != "app":
            self._refresh[refresh] = user
            second = int(self.now().timestamp())
            claims = {
                "iss": f"{here}/{TENANT}/v2.0", "aud": CLIENT, "iat": second, "nbf": second,
                "exp": second + 3600,
                "sub": user, "oid": user, "tid": TENANT, "preferred_username": user, "name": user,
            } | ({"nonce": nonce} if nonce else {})  # fmt: skip
            given |= {
                "refresh_token": refresh, "id_token": f"{_json({'alg': 'none'})}.{_json(claims)}.",
                "client_info": _json({"uid": user, "utid": TENANT}),
            }  # fmt: skip
        return Answer(200, given)

    def _is_signed(self, words: Mapping[str, str], here: str) -> bool:
        import jwt
        from cryptography.x509 import load_pem_x509_certificate

        if not self.certificate:
            return False
        key: Any = load_pem_x509_certificate(self.certificate.encode()).public_key()
        try:
            jwt.decode(
                words.get("client_assertion", ""), key, algorithms=["PS256", "RS256"],
                audience=f"{here}/{TENANT}/oauth2/v2.0/token",
            )  # fmt: skip
        except jwt.InvalidTokenError:
            return False
        return words.get("client_id") == CLIENT


_PAGE = """<!doctype html><title>Demo</title><meta charset="utf-8">
<form method="post" action="{action}"><button>{what}</button></form>"""


def _wrong(error: str, words: str, **others: str) -> Answer:
    return Answer(400, {"error": error, "error_description": words} | others)


def _json(value: dict[str, Any]) -> str:
    return _base64(json.dumps(value).encode())


def _base64(value: bytes) -> str:
    return base64.urlsafe_b64encode(value).decode().rstrip("=")
