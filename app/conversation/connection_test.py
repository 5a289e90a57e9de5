"""The test of a connection: who answers where a profile leads to, or why nobody does."""

from __future__ import annotations

import asyncio
import logging
import time
from typing import Final

from app.conversation.backend import Backend
from app.conversation.connected import connected
from app.conversation.profile_account import backend_of
from app.core.errors import UserError
from app.core.settings import Profile
from app.core.translation import decimal, translate
from app.estuary import ErrorCode, EstuaryClient, EstuaryError

_NAME_S: Final = 5.0
"""Seconds in which a server may say what its character is called; that it answers is known by then."""

_LOG: Final = logging.getLogger(__name__)


async def who_answers(profile: Profile, api_key: str | None) -> str:
    """Connect as a conversation would, and return in a sentence who answered, and how quickly.

    May be cancelled; everything that it opened is closed again.

    Raises:
        UserError: Nobody does; the sentence says why and what to do.
    """
    backend = backend_of(profile, api_key, auto_reconnect=False)
    began = time.perf_counter()
    try:
        async with connected(backend) as client:
            took_s = time.perf_counter() - began
            name = await _name_of(client)
    except UserError as error:
        cause = error.__cause__
        if isinstance(cause, EstuaryError) and cause.code is ErrorCode.CONNECTION_FAILED:
            raise UserError(str(cause)) from error  # what the backend says of it is less exact
        raise
    return _sentence(backend, profile, name, took_s)


async def _name_of(client: EstuaryClient) -> str:
    """Return what the character is called; empty if the server does not tell."""
    session = client.session
    character_id = (session.character_id if session is not None else "") or client.config.character_id
    try:
        async with asyncio.timeout(_NAME_S):
            return (await client.characters.get(character_id)).name
    except (EstuaryError, TimeoutError) as error:
        _LOG.info("the name of the character is not known: %s", type(error).__name__)
        return ""


def _sentence(backend: Backend, profile: Profile, name: str, took_s: float) -> str:
    took = f"{took_s * 1000:.0f} ms" if took_s < 1 else f"{decimal(took_s, 1)} s"
    if backend.is_local:
        text = translate("ConnectionTest", "{character} answers on this computer ({took}, with its start).")
    else:
        text = translate("ConnectionTest", "{character} answers at {address} ({took}).")
    who = translate("ConnectionTest", "“{name}”") if name else translate("ConnectionTest", "The character")
    return text.format(character=who.format(name=name), address=profile.address, took=took)
