"""What is known of a request that was not answered."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import aiohttp

_PROXY_HINT: Final = "Check the proxy of the environment, or name the server in no_proxy."
_NAMED_PROXY_HINT: Final = "Check the address of the proxy."
_TLS_HINT: Final = "Check server_url, and ca_file if the server has an authority of its own."


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
    hint: str = "Check server_url and that the server runs."


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
        why = f"the certificate or TLS of the server was not accepted ({_tls_problem(error)})"
        return NoAnswer(why, is_passing=False, hint=_TLS_HINT)
    if isinstance(error, aiohttp.ClientHttpProxyError):
        why = f"the proxy refused to pass it on (HTTP {error.status})"
        return NoAnswer(why, is_passing=error.status >= 500, hint=check_proxy)
    if isinstance(error, aiohttp.ClientProxyConnectionError):
        return NoAnswer("the proxy cannot be reached", is_passing=True, hint=check_proxy)
    if isinstance(error, aiohttp.ClientConnectorError):
        return NoAnswer(_why(error), is_passing=True)
    if isinstance(error, aiohttp.ClientConnectionError | aiohttp.ClientPayloadError | ConnectionError):
        return NoAnswer("the connection was lost before the answer was there", is_passing=True)
    return NoAnswer("what answers there does not speak HTTP as it should", is_passing=False)


def _tls_problem(error: aiohttp.ClientSSLError) -> str:
    cause = getattr(error, "certificate_error", None) or error.os_error
    return getattr(cause, "verify_message", "") or getattr(cause, "reason", "") or "no reason was given"


def _why(error: aiohttp.ClientConnectorError) -> str:
    import aiohttp

    if isinstance(error, aiohttp.ClientConnectorDNSError):
        return "the name of the server is not known"
    cause = error.os_error
    if isinstance(cause, ConnectionRefusedError) or "Connect call failed" in str(cause):
        return "nothing listens there"
    return os.strerror(cause.errno).lower() if cause.errno and cause.errno > 0 else "the connection failed"
