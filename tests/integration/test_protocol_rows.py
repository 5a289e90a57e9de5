"""What a server must do so that every known client gets on with it, met frame by frame on the wire.

| rule | tests |
|---|---|
| Engine.IO 4 over WebSocket only: greeting, `40/sdk` taken and acked, then `session_info` | `test_the_way_in`, `test_there_is_no_other_transport` |
| `authenticate` after the connect does as well; unknown fields and wrong types in either are no matter | `test_a_late_login`, `test_what_a_client_says_of_itself_may_be_odd` |
| an event with an id is acked after its work is done, whatever it is | `test_acks_come_after_the_work`, `test_every_event_is_acked` |
| ping every `pingInterval`, end without a pong in `pingTimeout` | `test_a_client_that_is_silent_for_too_long_is_dropped` |
| no 40 ms of delayed acknowledgement (TCP_NODELAY), no compression | `test_small_frames_are_not_held_back`, `test_the_way_in` |
| frames of some megabytes: camera images | `test_a_picture_of_three_megabytes_is_answered` |
| push-to-talk presses and releases in any number, in any order; no empty turn | `test_presses_and_releases_in_any_order` |
| missing, `null`, `{}` and odd payloads; numbers as strings; frames that are none | `test_any_payload_is_taken`, `test_what_a_client_says_of_itself_may_be_odd`, `test_broken_frames_do_no_harm` |
| `bot_voice`: `sample_rate`, audio in the last chunk, whole samples, at most 200 ms each | `test_the_voice` |
| `interrupt`: `message_id` and a number as its time | `test_an_interrupt` |
| whatever ends a session is told first: `auth_error`, `session_timeout` | `test_a_refusal_comes_before_the_end`, `test_a_timeout_comes_before_the_end` |
| every event has a payload object, only one | every test: `ForeignClient` reads no other |
| per message: numbers rise, the final one is the last | `test_the_order_in_a_message` |
| pages of browsers: only those of this machine | `test_pages_of_others_are_not_let_in`, `test_pages_of_this_machine_are` |
| client tokens: let in their player, are renewed in an acked call, end the session when they expire | `test_a_token_*`, `test_a_fresh_token_*` |
| pictures, preferences, conversations of characters, LiveKit: answered in words or acked | `test_a_picture_*`, `test_what_is_not_there_is_said` |
| exactly once: a repeated turn is answered again and not taken again | `test_a_repeated_*` |
"""  # noqa: E501 - a table

from __future__ import annotations

import asyncio
import base64
import json
import time
from collections.abc import Iterator
from typing import Any

import pytest
from websockets.exceptions import InvalidStatus

from app.audio.wav import read_wav
from app.server import gateway
from app.server.character_server import Address
from app.server.client_token import issue
from tests.integration.conftest import Speech
from tests.server.foreign_client import NO_PAYLOAD, ForeignClient
from tests.server.serving import KEY, auth, served

pytestmark = [pytest.mark.integration, pytest.mark.asyncio]

PATIENCE_S = 10.0
PRESS = {"turn_mode": "push_to_talk"}
SUM = {"text": "what is two plus three", "textOnly": True}


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Address]:
    with served(tmp_path_factory.mktemp("server")) as address:
        yield address


@pytest.fixture
def spoken(speech: Speech) -> bytes:
    """Return a second of speech."""
    return read_wav(speech("what time is it"))[0]


def token(player: str = "ada", left_s: float = 60.0, key: str = KEY) -> str:
    return issue(key, player, time.time() + left_s)


async def speak(client: ForeignClient, pcm: bytes, turn_id: str | None = None) -> None:
    """Send audio in frames of 20 ms, the first with an id if there is one."""
    for at in range(0, len(pcm), 640):
        payload = {"audio": base64.b64encode(pcm[at : at + 640]).decode()}
        if at == 0 and turn_id is not None:
            payload["turn_id"] = turn_id
        await client.say("stream_audio", payload)


async def answers(client: ForeignClient) -> bool:
    """Ask something and tell whether it is answered."""
    await client.say("text", SUM)
    return bool((await client.hear("bot_response", is_final=True))["text"] == "2 plus 3 is 5.")


def payloads(client: ForeignClient, event: str) -> list[dict[str, Any]]:
    return [payload for name, payload in client.events if name == event]


# The connection.


async def test_the_way_in(server: Address) -> None:
    async with ForeignClient(server, auth()) as client:
        info = await client.hear("session_info")
        greeting, joined, first, *_ = client.frames
        assert client.socket.response is not None
        assert "Sec-WebSocket-Extensions" not in client.socket.response.headers
    opened = json.loads(greeting.removeprefix("0"))
    assert set(opened) == {"sid", "upgrades", "pingInterval", "pingTimeout", "maxPayload"}
    assert opened["upgrades"] == []
    assert opened["pingInterval"] + opened["pingTimeout"] == 45_000
    assert opened["maxPayload"] >= 4 * 1024 * 1024
    assert joined.startswith('40/sdk,{"sid":')
    assert json.loads(joined.removeprefix("40/sdk,"))["sid"] != opened["sid"]
    assert first.startswith('42/sdk,["session_info",{')
    assert {name: type(value) for name, value in info.items()} == {
        "session_id": str,
        "conversation_id": str,
        "character_id": str,
        "player_id": str,
        "exactly_once": bool,
    }
    assert info["exactly_once"] is True


@pytest.mark.parametrize("query", ["EIO=4&transport=polling", "EIO=3&transport=websocket"])
async def test_there_is_no_other_transport(server: Address, query: str) -> None:
    reader, writer = await asyncio.open_connection(server.host, server.port)
    writer.write(f"GET /socket.io/?{query} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".encode())
    async with asyncio.timeout(PATIENCE_S):
        assert (await reader.read()).startswith(b"HTTP/1.1 400")
    writer.close()
    await writer.wait_closed()


@pytest.mark.parametrize("first", [None, {}, {"character_id": "default"}])
async def test_a_late_login(server: Address, first: dict[str, Any] | None) -> None:
    async with ForeignClient(server, first) as client:
        await client.say("text", SUM, ack_id=1)
        assert await client.acked(1) == "[]"
        await client.say("authenticate", auth(), ack_id=2)
        assert await client.acked(2) == "[]"
        assert client.names() == ["session_info"]
        assert await answers(client)


@pytest.mark.parametrize(
    "fields",
    [
        {"enable_animation": True, "token": "x", "unknown": {"a": [1]}},
        {"audio_sample_rate": "24000", "realtime_memory": "true"},
        {"audio_sample_rate": 24_000.0, "player_id": 7},
        {"audio_sample_rate": "fast", "realtime_memory": [], "capabilities": {"camera": 5}},
        {"player_id": None, "capabilities": None, "character_id": None, "client_token": None},
        {"player_id": [], "capabilities": "all", "character_id": "", "client_token": 5},
    ],
)
@pytest.mark.parametrize("is_late", [False, True], ids=["at once", "late"])
async def test_what_a_client_says_of_itself_may_be_odd(
    server: Address, fields: dict[str, Any], is_late: bool
) -> None:
    async with ForeignClient(server, None if is_late else auth(**fields)) as client:
        if is_late:
            await client.say("authenticate", auth(**fields))
        assert (await client.hear("session_info"))["character_id"] == "default"


async def test_small_frames_are_not_held_back(server: Address) -> None:
    times = []
    for _ in range(5):
        async with ForeignClient(server) as client:
            began = time.perf_counter()
            await client.say("authenticate", auth(), ack_id=1)
            await client.hear("session_info")
            await client.acked(1)
            times.append(time.perf_counter() - began)
    assert min(times) < 0.03  # held back until it is acknowledged, the second frame takes 40 ms more


async def test_a_client_that_is_silent_for_too_long_is_dropped(
    tmp_path: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gateway, "_PING_INTERVAL_S", 1)
    monkeypatch.setattr(gateway, "_PING_TIMEOUT_S", 1)
    with served(tmp_path) as address:
        async with ForeignClient(address, auth()) as client:
            began = time.monotonic()
            await client.until(lambda: client.frames.count("2") == 2)
            assert time.monotonic() - began > 1.9
            client.is_alive = False
            await client.ended()
            assert time.monotonic() - began > 3.5


# Events and acks.


async def test_acks_come_after_the_work(server: Address, spoken: bytes) -> None:
    async with ForeignClient(server, auth()) as client:
        await client.say("start_voice", PRESS, ack_id=7)
        assert await client.acked(7) == "[]"
        assert client.names() == ["session_info", "voice_started"]
        await speak(client, spoken)
        await client.say("stop_voice", ack_id=12)
        assert await client.acked(12) == "[]"
        before = client.frames[: client.frames.index("43/sdk,12[]")]
        assert '42/sdk,["stt_response",{"text":"what time is it","is_final":true}]' in before
        assert '42/sdk,["voice_stopped",{}]' in before
        await client.say("text", {"text": "hello", "textOnly": True, "turn_id": "acked"}, ack_id=13)
        assert await client.acked(13) == "[]"


@pytest.mark.parametrize(
    "event",
    ["text", "say_line", "start_voice", "stop_voice", "stream_audio", "client_interrupt", "camera_image",
     "audio_playback_complete", "update_preferences", "authenticate", "stop_agent_conversation",
     "start_agent_conversation", "livekit_join", "an event of tomorrow", ""],
)  # fmt: skip
@pytest.mark.parametrize("payload", [NO_PAYLOAD, {}], ids=repr)
async def test_every_event_is_acked(server: Address, event: str, payload: Any) -> None:
    async with ForeignClient(server, auth()) as client:
        await client.say(event, payload, ack_id=123_456)
        assert await client.acked(123_456) == "[]"


@pytest.mark.parametrize("event", ["connect", "disconnect"])
async def test_an_event_may_have_a_name_that_means_something_else(server: Address, event: str) -> None:
    async with ForeignClient(server, auth()) as client:
        info = await client.hear("session_info")
        await client.say(event, {"api_key": "est_wrong"}, {"api_key": "est_wrong"}, ack_id=1)
        assert await client.acked(1) == "[]"
        assert client.events == [("session_info", info)]


@pytest.mark.parametrize("payload", [NO_PAYLOAD, None, {}, [], "", 5, {"text": 5, "audio": 5}], ids=repr)
async def test_any_payload_is_taken(server: Address, payload: Any) -> None:
    async with ForeignClient(server, auth()) as client:
        for event in ("start_voice", "stream_audio", "text", "say_line", "audio_playback_complete",
                      "camera_image", "client_interrupt", "stop_voice", "update_preferences"):  # fmt: skip
            await client.say(event, payload)
            await client.say(event, payload, "one too many")
        assert await answers(client)
        assert [name for name in client.names() if name != "bot_response"] == [
            "session_info", "voice_started", "voice_started", "interrupt", "interrupt", "voice_stopped",
            "voice_stopped",
        ]  # fmt: skip


@pytest.mark.parametrize(
    "frame",
    ["", "x", "4", "4[[[", "42", "42/sdk,", "42/sdk,[]", "42/sdk,{}", "42/sdk,[5]", "42/sdk,[null]",
     '42/sdk,["text"', '42/sdk,5["text",{]', "43/sdk,5[]", "40/sdk,{}", "44/sdk,{}",
     '42/other,["text",{}]', "7", "42/sdk,[[1]]"],
)  # fmt: skip
async def test_broken_frames_do_no_harm(server: Address, frame: str) -> None:
    async with ForeignClient(server, auth()) as client:
        await client.hear("session_info")
        await client.socket.send(frame)
        assert await answers(client)


async def test_presses_and_releases_in_any_order(server: Address, spoken: bytes) -> None:
    async with ForeignClient(server, auth()) as client:
        await client.say("stop_voice")
        for _ in range(3):
            await client.say("start_voice", PRESS)
        await client.say("stop_voice")
        await client.say("stop_voice")
        await speak(client, spoken)  # nobody listens
        await client.say("start_voice", PRESS)
        await client.say("start_voice", PRESS)
        await speak(client, spoken)
        await client.say("start_voice", PRESS)
        await client.say("stop_voice", ack_id=1)
        await client.say("stop_voice", ack_id=2)
        await client.acked(2)
        names = [name for name in client.names() if name.startswith("voice_")]
        assert names == [
            "voice_stopped", "voice_started", "voice_started", "voice_started", "voice_stopped",
            "voice_stopped", "voice_started", "voice_started", "voice_started", "voice_stopped",
            "voice_stopped",
        ]  # fmt: skip
        finals = [each["text"] for each in payloads(client, "stt_response") if each["is_final"]]
        assert finals == ["what time is it"]


async def test_what_is_not_there_is_said(server: Address) -> None:
    async with ForeignClient(server, auth()) as client:
        conversation = {"agent_a_id": "a", "agent_b_id": "b", "max_turns": 8, "timeout_seconds": 90}
        await client.say("start_agent_conversation", conversation)
        said = (await client.hear("error"))["message"]
        assert said == "Characters do not talk with each other here."
        await client.say("livekit_token")
        assert "LiveKit" in (await client.hear("livekit_error"))["error"]
        await client.say("update_preferences", {"enableVisionAcknowledgment": True})
        await client.say("stop_agent_conversation", {})
        assert await answers(client)
        assert client.names()[:3] == ["session_info", "error", "livekit_error"]
        assert set(client.names()[3:]) == {"bot_response"}


async def test_a_picture_of_three_megabytes_is_answered(server: Address) -> None:
    async with ForeignClient(server, auth()) as client:
        image = base64.b64encode(bytes(range(256)) * 12 * 1024).decode()
        picture = {"image": image, "mime_type": "image/jpeg", "text": "what is this", "sample_rate": 16_000}
        await client.say("camera_image", picture, ack_id=5)
        assert await client.acked(5) == "[]"
        last = await client.hear("bot_voice", is_final=True)
        (said,) = [each for each in payloads(client, "bot_response") if each["is_final"]]
        assert said["text"] == "I can't see pictures, I only know words. Tell me what it shows."
        assert said["message_id"] == last["message_id"]


# The answer.


@pytest.mark.parametrize("rate", [8_000, 16_000, 24_000, 44_100, 48_000])
async def test_the_voice(server: Address, rate: int) -> None:
    async with ForeignClient(server, auth(audio_sample_rate=rate)) as client:
        await client.say("say_line", {"text": "Good morning.", "text_only": False})
        await client.hear("bot_voice", is_final=True)
        chunks = payloads(client, "bot_voice")
    assert {chunk["sample_rate"] for chunk in chunks} == {rate}
    sizes = [len(base64.b64decode(chunk["audio"], validate=True)) for chunk in chunks]
    assert all(0 < size <= 2 * rate // 5 for size in sizes)
    assert all(size % 2 == 0 for size in sizes)
    assert 0.4 < sum(sizes) / 2 / rate < 1.5


async def test_the_order_in_a_message(server: Address) -> None:
    async with ForeignClient(server, auth()) as client:
        await client.say("text", {"text": "when is christmas"})
        await client.hear("bot_voice", is_final=True)
        said, voiced = payloads(client, "bot_response"), payloads(client, "bot_voice")
    for each in (said, voiced):
        assert [message["chunk_index"] for message in each] == list(range(len(each)))
        assert [message["is_final"] for message in each] == [False] * (len(each) - 1) + [True]
    assert "".join(message["partial"] for message in said) == said[-1]["text"]
    assert all(said[-1]["text"].startswith(message["text"]) for message in said)
    assert len({message["message_id"] for message in [*said, *voiced]}) == 1


@pytest.mark.parametrize("payload", [NO_PAYLOAD, {}, {"message_id": None}, {"message_id": ""}], ids=repr)
async def test_an_interrupt(server: Address, payload: Any) -> None:
    async with ForeignClient(server, auth()) as client:
        await client.say("say_line", {"text": "I could go on like this for ever. " * 5})
        current = (await client.hear("bot_voice"))["message_id"]
        await client.say("client_interrupt", payload)
        interrupt = await client.hear("interrupt")
        assert interrupt["message_id"] == current
        assert interrupt["interrupted_at"] == pytest.approx(time.time(), abs=60)
        before = len(client.events)
        assert await answers(client)
        assert {given["message_id"] for _, given in client.events[before:]}.isdisjoint({current})


# The end.


async def test_a_refusal_comes_before_the_end(server: Address) -> None:
    async with ForeignClient(server, auth(api_key="est_wrong")) as client:
        await client.expelled()
        assert client.frames[2:] == [
            '42/sdk,["auth_error",{"error":"The API key is not valid for this server."}]',
            "41/sdk,",
        ]


async def test_a_timeout_comes_before_the_end(tmp_path: Any) -> None:
    limit_s = 1
    with served(tmp_path, idle_limit_s=limit_s) as address:
        async with ForeignClient(address, auth()) as client:
            began = time.monotonic()
            while time.monotonic() < began + 1.3 * limit_s:
                assert await answers(client)
            assert "session_timeout" not in client.names()
            await client.expelled()
            *_, farewell, end = client.frames
            assert farewell == (
                '42/sdk,["session_timeout",{"reason":"inactivity","idle_seconds":1,"timeout_seconds":1}]'
            )
            assert end == "41/sdk,"


# Pages of browsers.


@pytest.mark.parametrize("origin", ["https://example.org", "null", "http://localhost.example.org", "file://"])
async def test_pages_of_others_are_not_let_in(server: Address, origin: str) -> None:
    with pytest.raises(InvalidStatus) as caught:
        async with ForeignClient(server, auth(), origin=origin):
            pass
    assert caught.value.response.status_code == 403


async def test_a_foreign_name_that_leads_here_is_not_let_in(server: Address) -> None:
    reader, writer = await asyncio.open_connection(server.host, server.port)
    writer.write(
        b"GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\n"
        b"Host: rebound.example.org\r\nOrigin: http://rebound.example.org\r\n"
        b"Connection: Upgrade\r\nUpgrade: websocket\r\n"
        b"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n"
    )
    async with asyncio.timeout(PATIENCE_S):
        assert (await reader.readline()).startswith(b"HTTP/1.1 403")
    writer.close()
    await writer.wait_closed()


@pytest.mark.parametrize("origin", [None, "http://localhost:3000", "http://127.0.0.1", "https://[::1]:8443"])
async def test_pages_of_this_machine_are(server: Address, origin: str | None) -> None:
    async with ForeignClient(server, auth(), origin=origin) as client:
        assert await answers(client)


# Client tokens.


@pytest.mark.parametrize("is_late", [False, True], ids=["at once", "late"])
async def test_a_token_lets_its_player_in(server: Address, is_late: bool) -> None:
    who = {"client_token": token("ada"), "player_id": "grace", "character_id": "default"}
    async with ForeignClient(server, None if is_late else who) as client:
        if is_late:
            await client.say("authenticate", who)
        assert (await client.hear("session_info"))["player_id"] == "ada"
        assert await answers(client)


@pytest.mark.parametrize(
    ("presented", "sentence"),
    [
        ("ect_forged", "The client token is not valid for this server."),
        (token(key="another key"), "The client token is not valid for this server."),
        (token(left_s=-1), "The client token has expired."),
    ],
)
async def test_a_token_that_is_none_lets_nobody_in(server: Address, presented: str, sentence: str) -> None:
    async with ForeignClient(server, {"client_token": presented, "player_id": "ada"}) as client:
        assert await client.hear("auth_error") == {"error": sentence}
        await client.expelled()
        assert client.names() == ["auth_error"]


async def test_a_token_that_expires_ends_the_session(server: Address) -> None:
    left_s = 1.0
    began = time.monotonic()
    async with ForeignClient(server, {"client_token": token(left_s=left_s)}) as client:
        assert await answers(client)
        assert await client.hear("auth_error") == {"error": "The client token has expired."}
        await client.expelled()
        assert time.monotonic() - began > left_s - 0.1
        await client.say("text", SUM, ack_id=1)
        async with ForeignClient(server, auth()) as another:
            assert await answers(another)


async def test_a_fresh_token_prolongs_the_session(server: Address) -> None:
    async with (
        ForeignClient(server, {"client_token": token(left_s=1.5)}) as client,
        ForeignClient(server, {"client_token": token(left_s=1.8)}) as another,
    ):
        await client.say("renew_authentication", {"client_token": token(left_s=60)}, ack_id=1)
        assert json.loads(await client.acked(1)) == [{"ok": True}]
        await another.expelled()  # it had more time
        assert await answers(client)
        assert "auth_error" not in client.names()


@pytest.mark.parametrize(
    ("presented", "sentence"),
    [
        ("ect_forged", "The client token is not valid for this server."),
        (5, "The client token is not valid for this server."),
        (None, "The client token is not valid for this server."),
        (token("grace", 86_400), "The client token names another player."),
    ],
    ids=["forged", "a number", "none", "another player's"],
)
async def test_a_fresh_token_must_be_one(server: Address, presented: Any, sentence: str) -> None:
    async with ForeignClient(server, {"client_token": token("ada")}) as client:
        await client.say("renew_authentication", {"client_token": presented}, ack_id=1)
        assert json.loads(await client.acked(1)) == [{"ok": False, "error": sentence}]
        assert await answers(client)


async def test_a_fresh_token_is_nothing_to_a_session_without(server: Address) -> None:
    async with ForeignClient(server) as client:
        await client.say("renew_authentication", {"client_token": token()}, ack_id=1)
        assert json.loads(await client.acked(1))[0]["ok"] is False
        await client.say("authenticate", auth())
        await client.hear("session_info")
        await client.say("renew_authentication", {"client_token": token()}, ack_id=2)
        assert json.loads(await client.acked(2))[0]["ok"] is False
        assert await answers(client)


# Exactly once.


async def test_a_repeated_text_is_answered_again_and_not_taken_again(server: Address) -> None:
    timer = {"text": "set a timer for two hours", "turn_id": "5d1c"}
    who = auth(player_id="with a timer")
    async with ForeignClient(server, who) as client, ForeignClient(server, who) as later:
        await client.say("text", timer | {"textOnly": True}, ack_id=1)
        assert await client.acked(1) == "[]"
        told = await client.hear("bot_response", is_final=True)
        await later.say("text", timer, ack_id=1)
        assert await later.acked(1) == "[]"
        await later.hear("bot_voice", is_final=True)
        (again,) = payloads(later, "bot_response")
        assert (again["text"], again["message_id"]) == (told["text"], told["message_id"])
        await later.say("text", {"text": "cancel my timer", "textOnly": True, "turn_id": "77aa"})
        cancelled = await later.hear("bot_response", is_final=True)
        await later.say("text", {"text": "how long is left on my timer", "textOnly": True})
        left = await later.hear("bot_response", is_final=True)
    assert "two hour" in cancelled["text"]
    assert left["text"] == "No timer is running."


async def test_a_repeated_utterance_is_answered_again_and_not_taken_again(
    server: Address, spoken: bytes
) -> None:
    async with ForeignClient(server, auth()) as client:
        await client.say("start_voice", PRESS)
        await speak(client, spoken, "b2e4")
        await client.say("stop_voice")
        told = await client.hear("bot_response", is_final=True)
    async with ForeignClient(server, auth()) as client:
        await client.say("start_voice", PRESS)
        await speak(client, spoken, "b2e4")
        await client.say("stop_voice", ack_id=1)
        await client.until(lambda: any(voice["is_final"] for voice in payloads(client, "bot_voice")))
        await client.until(lambda: "43/sdk,1[]" in client.frames)
        assert payloads(client, "stt_response") == [{"text": "what time is it", "is_final": True}]
        (again,) = payloads(client, "bot_response")
        assert (again["text"], again["message_id"]) == (told["text"], told["message_id"])
        assert "voice_stopped" in client.names()
        await client.say("start_voice", PRESS)
        await speak(client, spoken, "c6d0")
        await client.say("stop_voice")
        another = await client.hear("bot_response", is_final=True)
        assert another["message_id"] != told["message_id"]


async def test_a_repeated_text_of_another_player_is_taken(server: Address) -> None:
    for player in ("grace", "linus"):
        async with ForeignClient(server, auth(player_id=player)) as client:
            await client.say("text", SUM | {"turn_id": "e5f6"})
            told = await client.hear("bot_response")
            assert not told["is_final"], "what was taken before would be told again in one piece"
