"""What a character is called and looks like: asked of its server, picture and all."""

from __future__ import annotations

import asyncio
import base64
import logging
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Final
from urllib.parse import quote, urljoin, urlsplit

from app.conversation import happening as h
from app.estuary import ConfigError, EstuaryConfig, EstuaryError

if TYPE_CHECKING:
    from app.estuary.rest.characters import CharactersClient

_log = logging.getLogger(__name__)

LARGEST_PICTURE: Final = 4 * 2**20
"""Bytes of a picture that is taken from the network."""

PICTURE_S: Final = 20.0
"""Seconds that a picture may take to come."""

_KINDS: Final = {b"\x89PNG\r\n\x1a\n": "png", b"\xff\xd8\xff": "jpeg", b"GIF8": "gif", b"RIFF": "webp"}
"""The kinds of picture by how their content begins."""


async def introduce(
    characters: CharactersClient,
    config: EstuaryConfig,
    happened: Callable[[h.Happening], None],
) -> None:
    """Ask who the character is, and tell it as `happening.Met`: at once, and again when its picture is there.

    What the server does not tell is left as it is: nobody needs it to talk.

    Args:
        characters: Whom to ask.
        config: Whom the person talks to, and how.
        happened: Takes what was learned.
    """
    try:
        character = await characters.get(config.character_id)
    except EstuaryError as error:
        _log.info("the server does not say who the character is: %s", error)
        return
    address = character.avatar or ""
    is_here = not address or address.startswith("data:")
    happened(h.Met(character.name.strip(), address if is_here else ""))
    if not is_here and (picture := await picture_at(urljoin(f"{config.server_url}/", address), config)):
        happened(h.Met(character.name.strip(), picture))


async def picture_at(address: str, config: EstuaryConfig) -> str:
    """Fetch a picture, and return it as a ``data:`` address; empty where it cannot be had.

    The server of the picture may be another: it is told no key.

    Args:
        address: Where it is.
        config: How to reach the network; plain http is taken where it is for the character's own server.
    """
    from app.estuary.rest.answer import Answer
    from app.estuary.rest.request import Request
    from app.estuary.rest.transport import Transport

    try:
        url = urlsplit(address)
        is_own = url.netloc == urlsplit(config.server_url).netloc
        there = replace(
            config,
            server_url=f"{url.scheme}://{url.netloc}",
            api_key="none",
            token_provider=None,
            allow_insecure=config.allow_insecure and is_own,
        )
        transport = Transport(there)
    except (ValueError, ConfigError, EstuaryError) as error:
        _log.info("the character's picture cannot be fetched: %s", error)
        return ""
    target = quote(url.path, safe="/%:@!$&'()*+,;=~") + (f"?{url.query}" if url.query else "")
    try:
        async with asyncio.timeout(PICTURE_S):
            answer = await transport.carry(Request("GET", target, headers={"Accept": "image/*"}), {})
    except (TimeoutError, EstuaryError) as error:
        _log.info("the character's picture did not come: %s", error)
        return ""
    finally:
        await transport.close()
    if not isinstance(answer, Answer) or not answer.is_success or len(answer.body) > LARGEST_PICTURE:
        _log.info("the character's picture did not come")
        return ""
    return _as_address(answer.body)


def _as_address(content: bytes) -> str:
    kind = next((kind for begin, kind in _KINDS.items() if content.startswith(begin)), None)
    return "" if kind is None else f"data:image/{kind};base64,{base64.b64encode(content).decode()}"
