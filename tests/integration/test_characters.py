"""Characters of the real embedded server: its own process, this project's client, and the official one's."""

from __future__ import annotations

import asyncio
import importlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import aiohttp
import pytest

from app.conversation.backend import LocalBackend
from app.estuary import BotResponse, EstuaryClient, EstuaryConfig, EstuaryError
from app.estuary.errors import ErrorCode

pytestmark = [pytest.mark.integration, pytest.mark.asyncio]

_SDK_REST: Any = importlib.import_module("estuary_sdk.rest")  # it has no types
_SDK_ERRORS: Any = importlib.import_module("estuary_sdk.errors")

PERSONA = {
    "tagline": "A patient tutor",
    "personality": "Warm and curious",
    "background": "Born in London",
    "system_prompt": "You are Ada.",
}


@asynccontextmanager
async def embedded() -> AsyncIterator[EstuaryConfig]:
    """Run the server as the window does."""
    backend = LocalBackend()
    try:
        yield await backend.open()
    finally:
        await backend.close()


@asynccontextmanager
async def official(config: EstuaryConfig, key: str | None = None) -> AsyncIterator[Any]:
    rest = _SDK_REST.RestClient(config.server_url, key or config.api_key)
    try:
        yield rest
    finally:
        await rest.close()


@asynccontextmanager
async def own(config: EstuaryConfig, **fields: Any) -> AsyncIterator[EstuaryClient]:
    given = {"api_key": config.api_key, "character_id": "default", "player_id": config.player_id} | fields
    client = EstuaryClient(EstuaryConfig(server_url=config.server_url, **given))
    try:
        yield client
    finally:
        await client.disconnect()


async def test_the_official_client_makes_lists_changes_and_deletes_characters() -> None:
    async with embedded() as config, official(config) as rest:
        characters = _SDK_REST.CharactersClient(rest, config.player_id)
        made = await characters.create(
            "Ada", **PERSONA, tts_voice="en-gb+f2", tts_speed=1.2, actions=[{"name": "wave"}]
        )
        assert (made.name, made.tts_voice, made.tts_speed, made.stt_language) == (
            "Ada",
            "en-gb+f2",
            1.2,
            "en",
        )
        assert {name: getattr(made, name) for name in PERSONA} == PERSONA
        assert (made.is_active, made.text_only, made.actions[0].name) == (True, False, "wave")
        changed = await characters.update(made.id, name="Byron", llm_temperature=0.2)
        assert (changed.name, changed.llm_temperature, changed.tagline) == ("Byron", 0.2, "A patient tutor")
        assert await characters.get(made.id) == changed
        page = await characters.list(limit=1, offset=1)
        assert (page.total, page.characters) == (2, [changed])
        await characters.delete(made.id)
        assert [each.id for each in (await characters.list()).characters] == ["default"]


async def test_the_official_client_is_refused_in_statuses_it_knows() -> None:
    async with embedded() as config, official(config) as rest, official(config, "est_wrong") as stranger:
        characters = _SDK_REST.CharactersClient(rest, config.player_id)
        for status, call in (
            (401, _SDK_REST.CharactersClient(stranger, "ada").list()),
            (404, characters.get("missing")),
            (404, characters.delete("missing")),
            (409, characters.delete("default")),
            (422, characters.update("default", tts_speed=9)),
            (422, characters.create("")),
        ):
            with pytest.raises(_SDK_ERRORS.EstuaryError) as caught:
                await call
            assert caught.value.details["status"] == status


async def test_the_official_client_reads_and_deletes_what_a_player_has_said() -> None:
    async with embedded() as config, official(config) as rest:
        players = _SDK_REST.PlayersClient(rest, "default")
        told = await players.get_messages("ada", limit=10, page=3)
        assert (told.messages, told.pagination.page, told.pagination.has_more) == ([], 3, False)
        assert await players.delete("ada") == {"message": "Player conversation deleted"}


async def test_characters_survive_a_restart_and_the_default_is_always_there() -> None:
    async with embedded() as config, own(config) as client:
        made = await client.characters.create(
            "Ada", tagline="A patient tutor", greeting="Hello.", greets=True
        )
        await client.characters.update("default", name="Egret")
    async with embedded() as config, own(config) as client:
        page = await client.characters.list()
        assert [each.name for each in page.characters] == ["Egret", "Ada"]
        assert await client.characters.get(made.id) == made
        assert (made.greeting, made.greets) == ("Hello.", True)


async def test_a_character_is_talked_to_as_it_is_by_the_client_of_the_same_run() -> None:
    async with embedded() as config, own(config) as editor:
        made = await editor.characters.create(
            "Ada", tagline="A patient tutor", greeting="Hello.", greets=True
        )
        async with own(config, character_id=made.id) as client:
            greeted: asyncio.Future[str] = asyncio.get_running_loop().create_future()

            def hear(response: BotResponse) -> None:
                if response.is_interjection and response.is_final and not greeted.done():
                    greeted.set_result(response.text)

            client.on("bot_response", hear)
            session = await client.connect()
            assert session.character_id == made.id
            assert await asyncio.wait_for(greeted, 10) == "Hello."
            reply = await client.send_text_and_wait("who are you", text_only=True)
            assert reply.text.startswith("I am Ada. A patient tutor. I am a program on this computer")
            await editor.characters.update(made.id, name="Byron", tagline=None)
            reply = await client.send_text_and_wait("who are you", text_only=True)
            assert reply.text.startswith("I am Byron, a small built-in character.")


async def test_refusals_are_sentences_in_this_project_s_client() -> None:
    async with embedded() as config, own(config) as client, own(config, api_key="est_wrong") as stranger:
        for call, code, words in (
            (stranger.characters.list(), ErrorCode.AUTH_FAILED, "The API key is not valid for this server"),
            (client.characters.get("missing"), ErrorCode.REST_ERROR, "There is no character “missing” here"),
            (client.characters.delete("default"), ErrorCode.REST_ERROR, "cannot be deleted"),
            (
                client.characters.update("default", tts_voice="Ashley"),
                ErrorCode.REST_ERROR,
                "no voice “Ashley”",
            ),
        ):
            with pytest.raises(EstuaryError, match=words) as caught:
                await call
            assert caught.value.code is code
        told = await client.characters.capabilities()
        assert told is not None
        assert "tts_voice" in told.honoured
        assert len(told.voices) > 100


async def test_nobody_without_the_key_learns_anything() -> None:
    async with embedded() as config, aiohttp.ClientSession(config.server_url) as http:
        for path in ("/api/v1/characters", "/api/v1/capabilities", "/api/v1/anything", "/"):
            async with http.get(path) as answer:
                assert answer.status == 401
                assert await answer.json() == {"detail": "Send the API key of this server as X-API-Key."}
