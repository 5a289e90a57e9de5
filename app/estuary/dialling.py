"""Opening the WebSocket, and what can go wrong there in words."""

from __future__ import annotations

import logging
import os
import ssl
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, Final

from app.estuary.config import EstuaryConfig
from app.estuary.errors import ErrorCode, EstuaryError
from app.estuary.tls import tls_context

if TYPE_CHECKING:
    from websockets.client import ClientProtocol

    from app.estuary.wire import Wire, WireListener

MAX_FRAME_BYTES: Final = 64 * 2**20
"""Largest frame taken: a whole long reply in one piece of voice still fits."""

CLOSE_TIMEOUT_S: Final = 1.0
"""Longest wait for the server's half of the closing handshake."""

_WIRE_LOG: Final = logging.getLogger(f"{__name__}.wire")
_WIRE_LOG.setLevel(logging.INFO)  # at DEBUG websockets would log the first message, and the key in it


_SETTINGS: Final[Mapping[str, Any]] = {
    "max_size": MAX_FRAME_BYTES,
    "close_timeout": CLOSE_TIMEOUT_S,
    "logger": _WIRE_LOG,
}


async def dial(
    config: EstuaryConfig, user_agent: str, listener: WireListener, on_made: Callable[[Wire], None]
) -> Wire:
    """Open the WebSocket to the server that ``config`` names.

    Args:
        config: Whom to call.
        user_agent: What to call ourselves.
        listener: Who hears of what comes.
        on_made: Gets the wire before anything comes on it.

    Raises:
        EstuaryError: CONNECTION_FAILED, or AUTH_FAILED when the HTTP answer says so.
    """
    from app.estuary import wire as wires

    def make(protocol: ClientProtocol, **settings: Any) -> Wire:
        wire = wires.Wire(protocol, listener=listener, user_agent=user_agent, **settings)
        on_made(wire)
        return wire

    url = config.socket_url
    try:
        tls = tls_context(config) if url.startswith("wss:") else None
        if config.is_loopback:
            return await wires.dial_directly(url, make, tls, **_SETTINGS)
        return await wires.dial_as_the_network_wants(url, make, tls, proxy=config.proxy, **_SETTINGS)
    except wires.InvalidStatus as error:
        raise _bad_status(config, error.response.status_code) from error
    except ssl.SSLError as error:
        why = getattr(error, "verify_message", "") or error.reason or "TLS failed"
        raise _failed(config, f"its certificate or TLS was not accepted ({why})") from error
    except OSError as error:
        raise _failed(config, _why(error)) from error
    except UnicodeError as error:
        raise _failed(config, "its name cannot be looked up") from error
    except wires.ProxyError as error:
        raise _bad_proxy(config, f"did not connect to it ({error})") from error
    except (wires.InvalidProxy, ImportError):
        # Not chained: what is said of a proxy may hold its password. The import is that of SOCKS.
        raise _bad_proxy(config, "cannot be used: it is no http://HOST:PORT") from None
    except (wires.InvalidHandshake, wires.InvalidURI, EOFError) as error:
        raise _failed(config, "it does not answer as a voice server") from error


def _failed(config: EstuaryConfig, why: str) -> EstuaryError:
    return EstuaryError(
        f"No connection to {config.server_url}: {why}. Check the address and that the server runs.",
        ErrorCode.CONNECTION_FAILED,
    )


def _bad_proxy(config: EstuaryConfig, why: str) -> EstuaryError:
    name = "https_proxy" if config.socket_url.startswith("wss:") else "http_proxy"
    which, check = "that the environment names", f"Check {name}, or name the server in no_proxy."
    if config.proxy is not None:
        which, check = "that was named for it", "Check its address."
    return EstuaryError(
        f"No connection to {config.server_url}: the proxy {which} {why}. {check}",
        ErrorCode.CONNECTION_FAILED,
    )


def _bad_status(config: EstuaryConfig, status: int) -> EstuaryError:
    if status in {401, 403}:
        return EstuaryError(
            f"The server at {config.server_url} refused the API key (HTTP {status}). Check the key.",
            ErrorCode.AUTH_FAILED,
            {"status": status},
            is_terminal=True,
        )
    return EstuaryError(
        f"No connection to {config.server_url}: it answered with HTTP {status} instead of a voice session.",
        ErrorCode.CONNECTION_FAILED,
        {"status": status},
    )


def _why(error: OSError) -> str:
    if isinstance(error, ConnectionRefusedError) or "Connect call failed" in str(error):
        return "nothing listens there"
    if error.errno:
        return (
            os.strerror(error.errno).lower() if error.errno > 0 else (error.strerror or "not found").lower()
        )
    return "the connection failed"
