"""What is known of a request that was not answered."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from app.core.translation import marked, translate

if TYPE_CHECKING:
    import aiohttp

_PROXY_HINT: Final = marked("Rest", "Check the proxy of the environment, or name the server in no_proxy.")
_NAMED_PROXY_HINT: Final = marked("Rest", "Check the address of the proxy.")
_TLS_HINT: Final = marked("Rest", "Check server_url, and ca_file if the server has an authority of its own.")


@dataclass(frozen=True, slots=True)
class NoAnswer:
    """The server was not reached, or its answer did not get through.

    Attributes:
        why: What happened, in words that go on after a colon.
        is_passing: Another attempt may succeed.
        hint: What the person can do about it, as a sentence.
    """

    why: str
    is_passing: bool
    hint: str = marked("Rest", "Check server_url and that the server runs.")


def no_answer(error: Exception, *, is_proxy_named: bool = False) -> NoAnswer:
    """Return what an error of aiohttp means.

    Its own text stays out: it can hold the headers, and the key in them.

    Args:
        error: What was raised.
        is_proxy_named: The proxy is not the environment's but was named for this server.
    """
    import aiohttp

    check_proxy = _NAMED_PROXY_HINT if is_proxy_named else _PROXY_HINT

    if isinstance(error, aiohttp.ClientSSLError):
        why = translate("Rest", "the certificate or TLS of the server was not accepted ({problem})")
        return NoAnswer(why.format(problem=_tls_problem(error)), is_passing=False, hint=_TLS_HINT)
    if isinstance(error, aiohttp.ClientHttpProxyError):
        why = translate("Rest", "the proxy refused to pass it on (HTTP {status})").format(status=error.status)
        return NoAnswer(why, is_passing=error.status >= 500, hint=check_proxy)
    if isinstance(error, aiohttp.ClientProxyConnectionError):
        why = translate("Rest", "the proxy cannot be reached")
        return NoAnswer(why, is_passing=True, hint=check_proxy)
    if isinstance(error, aiohttp.ClientConnectorError):
        return NoAnswer(_why(error), is_passing=True)
    if isinstance(error, aiohttp.ClientConnectionError | aiohttp.ClientPayloadError | ConnectionError):
        why = translate("Rest", "the connection was lost before the answer was there")
        return NoAnswer(why, is_passing=True)
    why = translate("Rest", "what answers there does not speak HTTP as it should")
    return NoAnswer(why, is_passing=False)


def _tls_problem(error: aiohttp.ClientSSLError) -> str:
    cause = getattr(error, "certificate_error", None) or error.os_error
    unknown = translate("Rest", "no reason was given")
    return getattr(cause, "verify_message", "") or getattr(cause, "reason", "") or unknown


def _why(error: aiohttp.ClientConnectorError) -> str:
    import aiohttp

    if isinstance(error, aiohttp.ClientConnectorDNSError):
        return translate("Rest", "the name of the server is not known")
    cause = error.os_error
    if isinstance(cause, ConnectionRefusedError) or "Connect call failed" in str(cause):
        return translate("Connection", "nothing listens there")
    if cause.errno and cause.errno > 0:
        return os.strerror(cause.errno).lower()
    return translate("Connection", "the connection failed")
