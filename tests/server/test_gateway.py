from __future__ import annotations

import asyncio
import base64
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from itertools import cycle
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from websockets.exceptions import InvalidStatus

from app.audio.wav import read_wav
from app.estuary import BotResponse, BotVoice, EstuaryClient, EstuaryConfig, EstuaryError, SttResponse
from app.estuary.errors import ErrorCode
from app.server import gateway
from app.server.character_server import Address
from app.server.replies.replier import Prompt
from app.server.session import Session
from tests.integration.conftest import Speech
from tests.server.foreign_client import NO_PAYLOAD, ForeignClient
from tests.server.serving import KEY, auth, served
from tests.server.stand_ins import SlowReplier, StandInEngines, ToneVoice

PATIENCE_S = 10.0


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Address]:
    with served(tmp_path_factory.mktemp("server")) as address:
        yield address


def config(address: Address, **fields: Any) -> EstuaryConfig:
    given = {"api_key": KEY, "character_id": "default", "player_id": "ada"} | fields
    return EstuaryConfig(server_url=address.url, **given)


def frames(pcm: bytes) -> Iterator[bytes]:
    return (pcm[at : at + 640] for at in range(0, len(pcm), 640))


def encoded(pcm: bytes) -> str:
    return base64.b64encode(pcm).decode()


@pytest.fixture
def spoken(speech: Speech) -> bytes:
    """Return a second of speech."""
    return read_wav(speech("what time is it"))[0]


async def answers(client: ForeignClient) -> bool:
    """Ask something and tell whether it is answered."""
    await client.say("text", {"text": "what is two plus three", "textOnly": True})
    said = await client.hear("bot_response", is_final=True)
    return bool(said["text"] == "2 plus 3 is 5.")


# A conversation with this project's own client.


@pytest.mark.asyncio
async def test_a_spoken_question_is_recognised_and_answered_in_words_and_voice(
    server: Address, spoken: bytes
) -> None:
    heard: list[SttResponse] = []
    said: list[BotResponse] = []
    voiced: list[BotVoice] = []
    complete = asyncio.Event()

    def take_voice(voice: BotVoice) -> None:
        voiced.append(voice)
        if voice.is_final:
            complete.set()

    async with EstuaryClient(config(server)) as client:
        client.on("stt_response", heard.append)
        client.on("bot_response", said.append)
        client.on("bot_voice", take_voice)
        session = await client.connect()
        assert (session.character_id, session.player_id) == ("default", "ada")
        await client.start_voice()
        for frame in frames(spoken + bytes(25_600)):
            await client.send_audio(frame)
        async with asyncio.timeout(PATIENCE_S):
            await complete.wait()
        await client.stop_voice()
    assert heard[-1] == SttResponse(text="what time is it", is_final=True)
    assert said[-1].is_final
    assert said[-1].text.startswith("It is ")
    assert 0.5 < sum(len(voice.pcm) for voice in voiced) / 32_000 < 4
    assert {voice.sample_rate for voice in voiced} == {16_000}


@pytest.mark.asyncio
@pytest.mark.parametrize("rate", [8_000, 48_000])
async def test_the_voice_has_the_rate_of_the_session(server: Address, rate: int) -> None:
    async with ForeignClient(server, auth(audio_sample_rate=rate)) as client:
        await client.say("say_line", {"text": "Good morning."})
        last = await client.hear("bot_voice", is_final=True)
        size = sum(len(base64.b64decode(p["audio"])) for name, p in client.events if name == "bot_voice")
    assert last["sample_rate"] == rate
    assert 0.4 < size / 2 / rate < 1.5


@pytest.mark.asyncio
async def test_a_wrong_key_is_refused_in_a_sentence(server: Address) -> None:
    client = EstuaryClient(config(server, api_key="est_wrong"))
    with pytest.raises(EstuaryError, match="The API key is not valid for this server") as caught:
        await client.connect()
    assert caught.value.code is ErrorCode.AUTH_FAILED


# The same, and what other clients do, frame by frame.


@pytest.mark.asyncio
async def test_a_client_is_let_in_with_its_ids(server: Address) -> None:
    async with ForeignClient(server, auth(unknown_field={"a": 1})) as client:
        info = await client.hear("session_info")
        assert (info["character_id"], info["player_id"]) == ("default", "ada")
        assert info["session_id"]
        assert info["conversation_id"] == "default:ada"
        assert client.socket.response is not None
        assert "Sec-WebSocket-Extensions" not in client.socket.response.headers  # compression costs time
        async with ForeignClient(server, auth()) as another:
            assert (await another.hear("session_info"))["session_id"] != info["session_id"]


@pytest.mark.asyncio
@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"api_key": "est_wrong"}, "The API key is not valid for this server."),
        ({"api_key": ""}, "The API key is not valid for this server."),
        ({"api_key": KEY[:-1]}, "The API key is not valid for this server."),
        ({"api_key": KEY + "x"}, "The API key is not valid for this server."),
        ({"api_key": "\ud800"}, "The API key is not valid for this server."),
        ({"api_key": "schlüssel"}, "The API key is not valid for this server."),
        ({"character_id": "zeus"}, "There is no character “zeus” here; use “default”."),
        ({"audio_sample_rate": 4_000}, "The sample rate must lie between 8000 and 48000 Hz."),
        ({"audio_sample_rate": 96_000}, "The sample rate must lie between 8000 and 48000 Hz."),
        ({"audio_sample_rate": "0"}, "The sample rate must lie between 8000 and 48000 Hz."),
        ({"audio_sample_rate": -1}, "The sample rate must lie between 8000 and 48000 Hz."),
    ],
)
async def test_who_cannot_be_let_in_is_told_why_and_put_out(
    server: Address, fields: dict[str, Any], sentence: str
) -> None:
    async with ForeignClient(server, auth(**fields)) as client:
        assert await client.hear("auth_error") == {"error": sentence}
        await client.expelled()
        assert client.names() == ["auth_error"]


@pytest.mark.asyncio
@pytest.mark.parametrize(
    "fields",
    [
        {"character_id": ""},
        {"character_id": None, "player_id": None, "audio_sample_rate": None, "capabilities": None},
        {"player_id": 7, "capabilities": {"camera": 5}, "realtime_memory": []},
        {"audio_sample_rate": "16000", "realtime_memory": "true"},
        {"audio_sample_rate": "fast"},
    ],
)
async def test_small_differences_are_no_reason_to_refuse(server: Address, fields: dict[str, Any]) -> None:
    async with ForeignClient(server, auth(**fields)) as client:
        assert (await client.hear("session_info"))["character_id"] == "default"
        assert await answers(client)


@pytest.mark.asyncio
@pytest.mark.parametrize("first", [None, {}])
async def test_older_clients_send_their_key_after_they_connected(
    server: Address, first: dict[str, Any] | None
) -> None:
    async with ForeignClient(server, first) as client:
        await client.say("text", {"text": "let me in"})
        await client.say("authenticate", auth())
        await client.hear("session_info")
        assert await answers(client)
        assert client.names()[0] == "session_info"


@pytest.mark.asyncio
async def test_a_wrong_key_is_refused_later_too(server: Address) -> None:
    async with ForeignClient(server) as client:
        await client.say("authenticate", auth(api_key="est_wrong"))
        assert (await client.hear("auth_error"))["error"] == "The API key is not valid for this server."
        await client.expelled()


@pytest.mark.asyncio
@pytest.mark.parametrize("first", [None, {"api_key": None}, {"api_key": 5}])
async def test_who_sends_no_key_is_put_out(
    server: Address, monkeypatch: pytest.MonkeyPatch, first: dict[str, Any] | None
) -> None:
    monkeypatch.setattr(gateway, "_AUTHENTICATE_S", 0.1)
    async with ForeignClient(server, first) as client:
        assert await client.hear("auth_error") == {"error": "No API key was sent."}
        await client.expelled()


@pytest.mark.asyncio
async def test_a_page_in_a_browser_is_not_let_in(server: Address) -> None:
    with pytest.raises(InvalidStatus):
        async with ForeignClient(server, auth(), origin="https://example.org"):
            pass


@pytest.mark.asyncio
async def test_an_event_with_an_id_is_acked_after_its_work_is_done(server: Address, spoken: bytes) -> None:
    async with ForeignClient(server, auth()) as client:
        await client.say("start_voice", {"turn_mode": "push_to_talk"}, ack_id=7)
        assert await client.acked(7) == "[]"
        assert client.names() == ["session_info", "voice_started"]
        for frame in frames(spoken):
            await client.say("stream_audio", {"audio": encoded(frame)})
        await client.say("stop_voice", ack_id=12)
        assert await client.acked(12) == "[]"
        assert client.names()[-1] in {"voice_stopped", "bot_response", "bot_voice"}
        final = {"text": "what time is it", "is_final": True}
        assert client.events.index(("stt_response", final)) < client.names().index("voice_stopped")


@pytest.mark.asyncio
async def test_an_event_that_fails_is_told_and_acked_all_the_same(
    server: Address, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    async def fail(*_: Any, **__: Any) -> None:
        raise OSError("no room left")

    monkeypatch.setattr(Session, "say", fail)
    async with ForeignClient(server, auth()) as client:
        await client.say("say_line", {"text": "hello"}, ack_id=1)
        assert await client.acked(1) == "[]"
        assert client.events[-1] == (
            "error",
            {"message": "Sorry, something went wrong here. Please try again.", "error": None},
        )
        assert "no room left" in caplog.text
        assert await answers(client)


@pytest.mark.asyncio
@pytest.mark.parametrize(
    "payload", [NO_PAYLOAD, None, {}, "", [], 5, {"turn_mode": None, "x": [1]}], ids=repr
)
async def test_voice_can_be_switched_with_any_payload_or_none(server: Address, payload: Any) -> None:
    async with ForeignClient(server, auth()) as client:
        await client.say("start_voice", payload)
        assert await client.hear("voice_started") == {}
        await client.say("start_voice", payload)
        assert await client.hear("voice_started") == {}
        for _ in range(2):
            await client.say("stop_voice", payload)
            assert await client.hear("voice_stopped") == {}
        assert await answers(client)
        assert set(client.names()) == {"session_info", "voice_started", "voice_stopped", "bot_response"}


@pytest.mark.asyncio
@pytest.mark.parametrize("payload", [NO_PAYLOAD, None, {}, {"message_id": None}], ids=repr)
async def test_every_interrupt_is_answered_by_one(server: Address, payload: Any) -> None:
    async with ForeignClient(server, auth()) as client:
        for _ in range(2):
            await client.say("client_interrupt", payload)
        assert await answers(client)
        interrupts = [given for name, given in client.events if name == "interrupt"]
        assert [given["message_id"] for given in interrupts] == [None, None]
        assert all(isinstance(given["interrupted_at"], float) for given in interrupts)


@pytest.mark.asyncio
async def test_an_event_that_means_nothing_here_is_acked_all_the_same(server: Address) -> None:
    async with ForeignClient(server, auth()) as client:
        await client.say("update_preferences", {}, ack_id=1)
        assert await client.acked(1) == "[]"
        await client.say("stop_agent_conversation", {}, ack_id=2)
        assert await client.acked(2) == "[]"
        await client.say("livekit_join", {}, ack_id=3)
        assert await client.acked(3) == "[]"
        assert client.names() == ["session_info", "livekit_error"]
        assert "LiveKit" in client.events[-1][1]["error"]
        assert await answers(client)


@pytest.mark.asyncio
@pytest.mark.parametrize(
    "event", ["text", "say_line", "stream_audio", "audio_playback_complete", "camera_image"]
)
async def test_what_cannot_be_read_counts_as_not_said(server: Address, event: str) -> None:
    async with ForeignClient(server, auth()) as client:
        await client.say("start_voice")
        for payload in (NO_PAYLOAD, None, {}, [], 5, "x", {"text": 5}, {"text": None}, {"text": "  "}):
            await client.say(event, payload)
        for audio in (None, 5, "", "%%%", "A", [1]):
            await client.say(event, {"audio": audio, "message_id": audio})
        await client.say(event, {"text": ""}, {"one": "too many"})
        assert await answers(client)
        assert set(client.names()) == {"session_info", "voice_started", "bot_response"}
        await client.say("stop_voice")
        await client.hear("voice_stopped")


def unpadded(pcm: bytes) -> str:
    return encoded(pcm).rstrip("=")


def url_safe(pcm: bytes) -> str:
    return base64.urlsafe_b64encode(pcm).decode()


def url_safe_and_unpadded(pcm: bytes) -> str:
    return url_safe(pcm).rstrip("=")


def wrapped(pcm: bytes) -> str:
    return base64.encodebytes(pcm).decode()


@pytest.mark.asyncio
async def test_audio_is_understood_however_its_base64_is_written(server: Address, spoken: bytes) -> None:
    writers: Iterator[Callable[[bytes], str]] = cycle([unpadded, url_safe, url_safe_and_unpadded, wrapped])
    async with ForeignClient(server, auth()) as client:
        await client.say("start_voice", {"turn_mode": "push_to_talk"})
        for at in range(0, len(spoken), 1_000):  # no multiple of three: padding is called for
            await client.say("stream_audio", {"audio": next(writers)(spoken[at : at + 1_000])})
        await client.say("stop_voice")
        assert (await client.hear("stt_response", is_final=True))["text"] == "what time is it"


@pytest.mark.asyncio
async def test_answers_are_streamed_with_rising_numbers(server: Address) -> None:
    async with ForeignClient(server, auth()) as client:
        await client.say("text", {"text": "what can you do"})
        await client.hear("bot_voice", chunk_index=15)
        said = [payload for name, payload in client.events if name == "bot_response"]
        voiced = [payload for name, payload in client.events if name == "bot_voice"]
    assert len(said) == 4
    assert said[-1]["is_final"]
    assert [each["chunk_index"] for each in said] == list(range(len(said)))
    assert [each["chunk_index"] for each in voiced] == list(range(len(voiced)))
    assert "".join(each["partial"] for each in said) == said[-1]["text"]
    assert all(said[-1]["text"].startswith(each["text"]) for each in said)
    assert all(0 < len(base64.b64decode(each["audio"])) <= 6_400 for each in voiced)
    assert all(len(base64.b64decode(each["audio"])) % 2 == 0 for each in voiced)
    assert len({each["message_id"] for each in [*said, *voiced]}) == 1


@pytest.mark.asyncio
async def test_what_is_remembered_belongs_to_the_player(server: Address) -> None:
    async with ForeignClient(server, auth(player_id="grace")) as client:
        await client.say("text", {"text": "remember that the key is under the mat", "textOnly": True})
        await client.hear("bot_response", is_final=True)
    replies = []
    for player in ("grace", "linus"):
        async with ForeignClient(server, auth(player_id=player)) as client:
            await client.say("text", {"text": "where is the key", "textOnly": True})
            replies.append((await client.hear("bot_response", is_final=True))["text"])
    assert "under the mat" in replies[0]
    assert "mat" not in replies[1]


@pytest.mark.asyncio
async def test_a_timer_rings_when_its_player_is_back(server: Address) -> None:
    timer = {"text": "set a timer for one second", "textOnly": True}
    async with ForeignClient(server, auth(player_id="away")) as client:
        await client.say("text", timer)
        await client.hear("bot_response", is_final=True)
    async with ForeignClient(server, auth(player_id="present")) as client:
        await client.say("text", timer)
        # This one was set later, so when it rings the other one has rung.
        rung = await client.hear("bot_response", is_interjection=True, is_final=True)
        assert rung["text"] == "Your one second timer is done."
        assert (await client.hear("bot_voice"))["is_interjection"] is True
    async with ForeignClient(server, auth(player_id="someone else")) as client:
        assert await answers(client)
        assert not any(payload.get("is_interjection") for _, payload in client.events)
    async with ForeignClient(server, auth(player_id="away")) as client:
        rung = await client.hear("bot_response", is_interjection=True, is_final=True)
        assert rung["text"] == "Your one second timer is done."
        assert client.names()[0] == "session_info"
        await client.hear("bot_voice", is_final=True)
    async with ForeignClient(server, auth(player_id="away")) as client:
        assert await answers(client)
        assert not any(payload.get("is_interjection") for _, payload in client.events)


@pytest.mark.asyncio
async def test_closing_ends_what_is_still_being_made_for_those_who_have_gone() -> None:
    replier = SlowReplier("One.", " Two.")
    engines = StandInEngines(replier, ToneVoice(), [])
    own = gateway.Gateway(KEY, engines)
    wording = own._author.begin(Prompt("hello", "ada", "default", datetime.now(UTC)))
    assert await anext(wording.pieces()) == "One."
    await own.close()
    assert replier.is_closed.is_set()
    engines.close()


async def edit(server: Address, method: str, path: str, **body: Any) -> dict[str, Any]:
    url = f"{server.url}/api/v1/characters{path}"
    async with aiohttp.request(method, url, json=body, headers={"X-API-Key": KEY}) as answer:
        assert answer.status < 300
        return dict(await answer.json()) if answer.status != 204 else {}


@pytest.mark.asyncio
async def test_a_character_that_greets_does_so_at_the_first_meeting_only(server: Address) -> None:
    made = await edit(server, "POST", "", persona={"name": "Ada"}, greeting="Good to see you.", greets=True)
    who = auth(character_id=made["id"], player_id="ada")
    async with ForeignClient(server, who) as client:
        said = await client.hear("bot_response", is_interjection=True, is_final=True)
        assert said["text"] == "Good to see you."
        assert client.names()[0] == "session_info"
        assert (await client.hear("bot_voice", is_final=True))["is_interjection"] is True
    async with ForeignClient(server, who) as client:
        assert await answers(client)
        assert not any(payload.get("is_interjection") for _, payload in client.events)
    async with ForeignClient(server, auth(character_id=made["id"], player_id="bert")) as client:
        await client.hear("bot_response", is_interjection=True, is_final=True)
    await edit(server, "DELETE", f"/{made['id']}")


@pytest.mark.parametrize("fields", [{"greeting": "Hello."}, {"greets": True}])
@pytest.mark.asyncio
async def test_a_greeting_is_said_only_where_it_is_wanted(server: Address, fields: dict[str, Any]) -> None:
    made = await edit(server, "POST", "", persona={"name": "Ada"}, **fields)
    async with ForeignClient(server, auth(character_id=made["id"])) as client:
        assert await answers(client)
        assert not any(payload.get("is_interjection") for _, payload in client.events)
    await edit(server, "DELETE", f"/{made['id']}")


@pytest.mark.asyncio
async def test_a_character_that_is_changed_knows_it_in_a_session_that_runs(server: Address) -> None:
    made = await edit(server, "POST", "", persona={"name": "Ada"})
    async with ForeignClient(server, auth(character_id=made["id"])) as client:
        told: list[str] = []
        for name in ("Ada", "Byron"):
            await edit(server, "PUT", f"/{made['id']}", persona={"name": name})
            await client.say("text", {"text": "who are you", "textOnly": True})
            await client.until(lambda: len(finals(client)) > len(told))  # noqa: B023 - called in this turn
            told = finals(client)
    assert [words.split(",")[0] for words in told] == ["I am Ada", "I am Byron"]
    await edit(server, "DELETE", f"/{made['id']}")


def finals(client: ForeignClient) -> list[str]:
    return [each["text"] for name, each in client.events if name == "bot_response" and each["is_final"]]


@pytest.mark.asyncio
async def test_a_character_that_another_server_has_made_can_be_talked_to(tmp_path: Path) -> None:
    with served(tmp_path) as here, served(tmp_path) as there:
        made = await edit(there, "POST", "", persona={"name": "Ada"})
        async with ForeignClient(here, auth(character_id=made["id"])) as client:
            assert (await client.hear("session_info"))["character_id"] == made["id"]
