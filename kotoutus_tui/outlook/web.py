"""How the library that signs in reaches the network: through httpx, like everything else here."""

import ssl
from collections.abc import Mapping
from functools import lru_cache
from types import TracebackType
from typing import Any, Self

_PATIENCE = 20.0  # seconds


@lru_cache(maxsize=1)
def trust() -> ssl.SSLContext:
    """Return whom to trust; reading the list of authorities takes a while, so once is enough."""
    import httpx

    return httpx.create_ssl_context()


class Web:
    """An http client as msal wants one; it never follows to another place."""

    def __init__(self, authority: str) -> None:
        import httpx

        # The library takes nothing but https; on this machine itself the demo answers in the clear.
        self._plain = authority.startswith("http://")
        self._client = httpx.Client(verify=trust(), timeout=_PATIENCE)

    def get(
        self, url: str, params: Any = None, headers: Mapping[str, str] | None = None, **_more: Any
    ) -> Any:
        """GET, as msal calls it."""
        return self._client.get(self._reach(url), params=params, headers=headers)

    def post(
        self,
        url: str,
        params: Any = None,
        data: Mapping[str, Any] | None = None,
        headers: Mapping[str, str] | None = None,
        **_more: Any,
    ) -> Any:
        """POST, as msal calls it."""
        # httpx would write bytes as Python does; msal's signed proof is bytes.
        form = {
            name: value.decode() if isinstance(value, bytes) else value
            for name, value in (data or {}).items()
        }
        return self._client.post(self._reach(url), params=params, headers=headers, data=form)

    def close(self) -> None:
        """Let go of the connections, as msal calls it."""
        self._client.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None:
        self.close()

    def _reach(self, url: str) -> str:
        return url.replace("https://", "http://", 1) if self._plain else url
