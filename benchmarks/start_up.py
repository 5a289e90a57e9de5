"""Start-up: what a program pays for a client before it can call it, in a fresh interpreter."""

from __future__ import annotations

from typing import Final

from benchmarks.child_process import Interpreters
from benchmarks.contender import BARE, HERON, SDK

_CLIENT: Final = """
from {package} import EstuaryClient, EstuaryConfig
client = EstuaryClient(EstuaryConfig(
    server_url={url!r}, api_key="est_benchmark", character_id="character-1", player_id="player-1"
))
"""
_PACKAGES: Final = {HERON: "app.estuary", SDK: "estuary_sdk"}
_BARE: Final = "import websockets.asyncio.client\n"

_BEGIN: Final = "import time\nbegan = time.perf_counter()\n"

_MEASURE: Final = """
took = time.perf_counter() - began
def rss():
    with open("/proc/self/status") as status:
        return next(int(line.split()[1]) / 1024 for line in status if line.startswith("VmRSS"))
figures = {"import_ms": 1e3 * took, "import_mb": rss()}
"""

_FIRST_SESSION: Final = """
import asyncio
async def open_session():
    began = time.perf_counter()
    await client.connect()
    figures["first_session_ms"] = 1e3 * (took + time.perf_counter() - began)
    figures["first_session_mb"] = rss()
    await client.disconnect()
asyncio.run(open_session())
"""

_PRINT: Final = """
import json
print(json.dumps(figures))
"""


def start_up(interpreters: Interpreters, name: str, url: str) -> dict[str, float]:
    """Return what importing and constructing the client takes, and what it comes to with its first session.

    What a client puts off until it connects shows in the difference of the two.

    Args:
        interpreters: Starts the interpreter.
        name: One of `CONTENDERS`; bare websockets has nothing to construct and opens no session here.
        url: Address of the server.
    """
    if name == BARE:
        code = _BEGIN + _BARE + _MEASURE + _PRINT
    else:
        client = _CLIENT.format(package=_PACKAGES[name], url=url)
        code = _BEGIN + client + _MEASURE + _FIRST_SESSION + _PRINT
    return interpreters.run(f"The start of {name}", "-c", code)
