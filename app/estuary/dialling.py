"""Opening the WebSocket, and what can go wrong there in words."""

from __future__ import annotations

import logging
import os
import ssl
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, Final

from app.core.translation import translate
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
        text = translate("Connection", "its certificate or TLS was not accepted ({why})")
        raise _failed(config, text.format(why=why)) from error
    except OSError as error:
        raise _failed(config, _why(error)) from error
    except UnicodeError as error:
        raise _failed(config, translate("Connection", "its name cannot be looked up")) from error
    except wires.ProxyError as error:
        text = translate("Connection", "did not connect to it ({error})")
        raise _bad_proxy(config, text.format(error=error)) from error
    except (wires.InvalidProxy, ImportError):
        # Not chained: what is said of a proxy may hold its password. The import is that of SOCKS.
        why = translate("Connection", "cannot be used: it is no http://HOST:PORT")
        raise _bad_proxy(config, why) from None
    except (wires.InvalidHandshake, wires.InvalidURI, EOFError) as error:
        raise _failed(config, translate("Connection", "it does not answer as a voice server")) from error


def _failed(config: EstuaryConfig, why: str) -> EstuaryError:
    text = translate(
        "Connection", "No connection to {server}: {why}. Check the address and that the server runs."
    )
    return EstuaryError(text.format(server=config.server_url, why=why), ErrorCode.CONNECTION_FAILED)


def _bad_proxy(config: EstuaryConfig, why: str) -> EstuaryError:
    name = "https_proxy" if config.socket_url.startswith("wss:") else "http_proxy"
    if config.proxy is None:
        text = translate(
            "Connection",
            "No connection to {server}: the proxy that the environment names {why}. "
            "Check {variable}, or name the server in no_proxy.",
        )
    else:
        text = translate(
            "Connection",
            "No connection to {server}: the proxy that was named for it {why}. Check its address.",
        )
    said = text.format(server=config.server_url, why=why, variable=name)
    return EstuaryError(said, ErrorCode.CONNECTION_FAILED)


def _bad_status(config: EstuaryConfig, status: int) -> EstuaryError:
    if status in {401, 403}:
        text = translate(
            "Connection", "The server at {server} refused the API key (HTTP {status}). Check the key."
        )
        return EstuaryError(
            text.format(server=config.server_url, status=status),
            ErrorCode.AUTH_FAILED,
            {"status": status},
            is_terminal=True,
        )
    text = translate(
        "Connection", "No connection to {server}: it answered with HTTP {status} instead of a voice session."
    )
    return EstuaryError(
        text.format(server=config.server_url, status=status),
        ErrorCode.CONNECTION_FAILED,
        {"status": status},
    )


def _why(error: OSError) -> str:
    if isinstance(error, ConnectionRefusedError) or "Connect call failed" in str(error):
        return translate("Connection", "nothing listens there")
    if error.errno:
        return (
            os.strerror(error.errno).lower() if error.errno > 0 else (error.strerror or "not found").lower()
        )
    return translate("Connection", "the connection failed")
