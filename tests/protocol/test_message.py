"""From payload to message: types are checked, and what is wrong is named."""

from __future__ import annotations

import base64
import json
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.protocol.client_messages import (
    CLIENT_MESSAGES,
    Authenticate,
    SayLine,
    SessionCapabilities,
    StartVoice,
    StreamAudio,
    Text,
)
from app.protocol.message import MalformedPayload, Message
from app.protocol.server_messages import (
    SERVER_MESSAGES,
    AuthError,
    BotResponse,
    BotVoice,
    ClientAction,
    Interrupt,
    ServerError,
    SessionInfo,
    SttResponse,
    VoiceError,
    VoiceStarted,
    VoiceTimeout,
)

ALL = CLIENT_MESSAGES + SERVER_MESSAGES
NEEDY = {SessionInfo, ClientAction}
"""Messages that mean nothing without their field."""


@pytest.mark.parametrize("kind", [each for each in ALL if each not in NEEDY])
@pytest.mark.parametrize("payload", [None, b"null", b"{}", b'{"unknown":[1,{"deep":null}]}'])
def test_nothing_to_say_means_the_defaults(kind: type[Message], payload: bytes | None) -> None:
    assert kind.from_json(payload) == kind()


@pytest.mark.parametrize("kind", list(NEEDY))
@pytest.mark.parametrize("payload", [None, b"null", b"{}"])
def test_a_field_that_must_be_there_is_missed(kind: type[Message], payload: bytes | None) -> None:
    with pytest.raises(MalformedPayload, match="missing required field") as caught:
        kind.from_json(payload)
    assert caught.value.event == kind.event


@pytest.mark.parametrize(
    ("kind", "payload", "field"),
    [
        (SttResponse, '{"text":null}', "text"),
        (SttResponse, '{"text":["hi"]}', "text"),
        (SttResponse, '{"is_final":"false"}', "is_final"),
        (SttResponse, '{"is_final":1}', "is_final"),
        (BotResponse, '{"chunk_index":"3"}', "chunk_index"),
        (BotResponse, '{"chunk_index":1.5}', "chunk_index"),
        (BotResponse, '{"partial":1}', "partial"),
        (BotResponse, '{"message_id":7}', "message_id"),
        (BotVoice, '{"audio":null}', "audio"),
        (BotVoice, '{"audio":[1]}', "audio"),
        (BotVoice, '{"audio":"***"}', "audio"),
        (BotVoice, '{"audio":"AAA"}', "audio"),
        (BotVoice, '{"sample_rate":0}', "sample_rate"),
        (BotVoice, '{"sample_rate":-16000}', "sample_rate"),
        (BotVoice, '{"sample_rate":1000000000}', "sample_rate"),
        (Interrupt, '{"message_id":{}}', "message_id"),
        (Interrupt, '{"interrupted_at":[]}', "interrupted_at"),
        (SessionInfo, '{"session_id":null}', "session_id"),
        (VoiceTimeout, '{"idle_seconds":"long"}', "idle_seconds"),
        (ClientAction, '{"name":"wave","arguments":[]}', "arguments"),
        (AuthError, '{"error":{}}', "error"),
    ],
)
def test_a_wrong_type_names_event_and_field(kind: type[Message], payload: str, field: str) -> None:
    with pytest.raises(MalformedPayload) as caught:
        kind.from_json(payload.encode())
    assert caught.value.event == kind.event
    assert f"$.{field}" in caught.value.problem


@pytest.mark.parametrize("kind", ALL)
@pytest.mark.parametrize("payload", [b"[]", b"1", b"true", b"{", b'"', b"", b"\xff", b"[" * 100_000])
def test_what_is_no_object_is_malformed(kind: type[Message], payload: bytes) -> None:
    with pytest.raises(MalformedPayload):
        kind.from_json(payload)


@pytest.mark.parametrize("kind", ALL)
def test_what_is_nested_beyond_any_use_is_malformed(kind: type[Message]) -> None:
    deep = b"[" * 100_000 + b"]" * 100_000
    with pytest.raises(MalformedPayload):
        kind.from_json(b'{"name":"x","arguments":{"a":' + deep + b'},"other":' + deep + b"}")


@pytest.mark.parametrize("kind", [AuthError, VoiceError, ServerError])
def test_an_error_may_be_a_bare_string(kind: type[Message]) -> None:
    assert kind.bare_field is not None
    assert getattr(kind.from_json(b'"it broke"'), kind.bare_field) == "it broke"


def test_a_bare_string_is_malformed_elsewhere() -> None:
    with pytest.raises(MalformedPayload):
        SttResponse.from_json(b'"hello"')


@settings(deadline=None)
@given(pcm=st.binary(max_size=4_000))
def test_audio_is_bytes_here_and_base64_on_the_wire(pcm: bytes) -> None:
    payload = json.loads(StreamAudio(audio=pcm).to_json() or b"{}")
    assert payload.get("audio", "") == base64.b64encode(pcm).decode()
    wire = json.dumps({"audio": base64.b64encode(pcm).decode(), "sample_rate": 24_000}).encode()
    assert BotVoice.from_json(wire) == BotVoice(audio=pcm, sample_rate=24_000)


@settings(max_examples=500, deadline=None)
@given(payload=st.binary(max_size=60) | st.text(max_size=60).map(str.encode), kind=st.sampled_from(ALL))
def test_nothing_but_malformed_is_ever_raised(payload: bytes, kind: type[Message]) -> None:
    with suppress(MalformedPayload):
        assert isinstance(kind.from_json(payload), kind)


@pytest.mark.parametrize(
    ("message", "wire"),
    [
        (Text(text="hi"), {"text": "hi"}),
        (Text(text="hi", text_only=True), {"text": "hi", "textOnly": True}),
        (SayLine(text="hi", text_only=True), {"text": "hi", "text_only": True}),
        (StartVoice(), {}),
        (StartVoice(turn_mode="push_to_talk"), {"turn_mode": "push_to_talk"}),
        (
            Authenticate(
                api_key="k", character_id="c", player_id="p", capabilities=SessionCapabilities(camera=False)
            ),
            {
                "api_key": "k",
                "character_id": "c",
                "player_id": "p",
                "audio_sample_rate": 16_000,
                "realtime_memory": False,
                "capabilities": {
                    "version": "1",
                    "camera": False,
                    "microphone": True,
                    "speaker": True,
                    "client_action": False,
                },
            },
        ),
    ],
)
def test_what_is_sent_has_the_names_of_the_wire(message: Message, wire: dict[str, object]) -> None:
    assert json.loads(message.to_json()) == wire
    assert message.to_payload() == wire


def test_partial_may_be_text_or_a_flag() -> None:
    assert BotResponse.from_json(b'{"partial":true}') == BotResponse(partial=True)
    assert BotResponse.from_json(b'{"partial":"wo"}') == BotResponse(partial="wo")


@pytest.mark.parametrize("moment", ["2026-01-01T00:00:00Z", 1_700_000_000.5])
def test_an_interruption_is_dated_in_two_ways(moment: str | float) -> None:
    payload = json.dumps({"interrupted_at": moment}).encode()
    assert Interrupt.from_json(payload) == Interrupt(interrupted_at=moment)


def test_credentials_are_not_shown() -> None:
    shown = repr(Authenticate(api_key="est_secret", client_token="ect_secret", character_id="c"))
    assert "secret" not in shown
    assert "'c'" in shown


def test_every_event_has_one_type() -> None:
    for kinds in (CLIENT_MESSAGES, SERVER_MESSAGES):
        assert len({kind.event for kind in kinds}) == len(kinds)


def test_messages_cannot_be_changed() -> None:
    with pytest.raises(AttributeError):
        VoiceStarted().event = "other"  # type: ignore[misc]
