"""A connected client for as long as it is needed."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Final

from app.conversation.backend import Backend
from app.estuary import EstuaryClient, EstuaryError, SessionCapabilities

_WITHOUT_WINDOW: Final = SessionCapabilities(camera=False)
"""What can be done where there is nobody to ask for a picture."""


@asynccontextmanager
async def connected(backend: Backend) -> AsyncIterator[EstuaryClient]:
    """Open ``backend`` and connect a client; both are closed again.

    Raises:
        UserError: It cannot be opened, or refuses the client.
    """
    try:
        client = EstuaryClient(replace(await backend.open(), capabilities=_WITHOUT_WINDOW))
        try:
            await client.connect()
        except EstuaryError as error:
            raise backend.explain(error) from error
        try:
            yield client
        finally:
            await client.disconnect()
    finally:
        await backend.close()
