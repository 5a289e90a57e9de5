"""The characters of an account, before anybody talks with one of them."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from app.conversation.account import DEFAULT_CHARACTER
from app.conversation.profile_account import backend_of
from app.core.errors import UserError
from app.core.settings import Profile
from app.estuary import EstuaryClient, EstuaryError
from app.estuary.rest.character import Character

MOST: Final = 100
"""Characters that are asked for; whoever has more looks at the character page."""


async def characters_of(profile: Profile, api_key: str | None) -> tuple[Character, ...]:
    """Return the characters that a profile's account can talk with, asked for by REST.

    Raises:
        UserError: The profile lacks something, or the server does not tell; the sentence says why.
    """
    # Which character it is does not matter to the list, and may not be known yet.
    whole = replace(profile, character_id=profile.character_id or DEFAULT_CHARACTER)
    backend = backend_of(whole, api_key)
    client = EstuaryClient(await backend.open())
    try:
        return (await client.characters.list(limit=MOST)).characters
    except EstuaryError as error:
        raise UserError(str(error)) from error
    finally:
        await client.disconnect()
        await backend.close()
