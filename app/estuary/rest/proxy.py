"""The proxy that the environment asks for."""

from __future__ import annotations

from typing import Final
from urllib.parse import urlsplit

from app.core.translation import translate
from app.estuary.errors import ErrorCode, EstuaryError

_USABLE: Final = ("http", "https")


def proxy_for(url: str) -> str | None:
    """Return the proxy to reach ``url`` through, with its name and password if it has them; None without one.

    It reads ``http_proxy``, ``https_proxy``, ``all_proxy`` and ``no_proxy``, and the system's own settings.
    On Windows that may look up a name: call it in a thread.

    Raises:
        EstuaryError: REST_ERROR; the proxy is of a kind that HTTP cannot be sent through.
    """
    from urllib.request import getproxies, proxy_bypass

    wanted = urlsplit(url)
    proxies = getproxies()
    proxy = proxies.get(wanted.scheme) or proxies.get("all")
    if not proxy or proxy_bypass(wanted.hostname or ""):
        return None
    whole = proxy if "://" in proxy else f"http://{proxy}"
    try:
        parts = urlsplit(whole)
        is_usable = parts.scheme in _USABLE and bool(parts.hostname) and parts.port != 0
    except ValueError:
        is_usable = False
    if not is_usable:
        text = translate(
            "Rest",
            "The proxy that the environment names for {scheme} cannot be used: "
            "set {scheme}_proxy to http://HOST:PORT, or name {host} in no_proxy.",
        )
        why = text.format(scheme=wanted.scheme, host=wanted.hostname)
        raise EstuaryError(why, ErrorCode.REST_ERROR)
    return whole
