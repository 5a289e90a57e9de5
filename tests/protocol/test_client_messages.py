"""What a client says, as it stands on the wire; secrets are never shown."""

from __future__ import annotations

import json

import pytest

from app.protocol.client_messages import (
    CLIENT_MESSAGES,
    AudioPlaybackComplete,
    Authenticate,
    CameraImage,
    ClientInterrupt,
    RenewAuthentication,
    SayLine,
    SessionCapabilities,
    StartVoice,
    StopVoice,
    StreamAudio,
    Text,
)
from app.protocol.message import Message


@pytest.mark.parametrize(
    ("message", "event", "payload"),
    [
        (Text(text="hi"), "text", {"text": "hi"}),
        (
            Text(text="hi", text_only=True, turn_id="t"),
            "text",
            {"text": "hi", "textOnly": True, "turn_id": "t"},
        ),
        (SayLine(text="hi"), "say_line", {"text": "hi"}),
        (SayLine(text="hi", text_only=True), "say_line", {"text": "hi", "text_only": True}),
        (StartVoice(), "start_voice", {}),
        (StartVoice(turn_mode="push_to_talk"), "start_voice", {"turn_mode": "push_to_talk"}),
        (StopVoice(), "stop_voice", {}),
        (StreamAudio(audio=b"\0\1"), "stream_audio", {"audio": "AAE="}),
        (StreamAudio(audio=b"\0\1", turn_id="t"), "stream_audio", {"audio": "AAE=", "turn_id": "t"}),
        (ClientInterrupt(), "client_interrupt", {}),
        (ClientInterrupt(message_id="m"), "client_interrupt", {"message_id": "m"}),
        (AudioPlaybackComplete(message_id="m"), "audio_playback_complete", {"message_id": "m"}),
        (
            CameraImage(image="AAE=", mime_type="image/png", request_id="r", text="look", sample_rate=16_000),
            "camera_image",
            {
                "image": "AAE=",
                "mime_type": "image/png",
                "request_id": "r",
                "text": "look",
                "sample_rate": 16_000,
            },
        ),
        (RenewAuthentication(client_token="ect_1"), "renew_authentication", {"client_token": "ect_1"}),
    ],
)
def test_a_message_has_the_names_of_the_wire(
    message: Message, event: str, payload: dict[str, object]
) -> None:
    assert message.event == event
    assert json.loads(message.to_json()) == payload
    assert message.to_payload() == payload
    assert type(message).from_json(message.to_json()) == message


def test_who_connects_always_names_the_rate() -> None:
    assert json.loads(Authenticate(api_key="est_1").to_json()) == {
        "api_key": "est_1",
        "audio_sample_rate": 16_000,
        "realtime_memory": False,
    }
    whole = Authenticate(
        client_token="ect_1",
        character_id="c",
        player_id="p",
        audio_sample_rate=24_000,
        realtime_memory=True,
        capabilities=SessionCapabilities(camera=False, client_action=True),
    )
    assert json.loads(whole.to_json()) == {
        "client_token": "ect_1",
        "character_id": "c",
        "player_id": "p",
        "audio_sample_rate": 24_000,
        "realtime_memory": True,
        "capabilities": {
            "version": "1",
            "camera": False,
            "microphone": True,
            "speaker": True,
            "client_action": True,
        },
    }
    assert Authenticate.from_json(whole.to_json()) == whole


@pytest.mark.parametrize(
    "message",
    [
        Authenticate(api_key="est_secret", client_token="ect_secret", character_id="c", player_id="p"),
        RenewAuthentication(client_token="ect_secret"),
    ],
)
def test_no_secret_is_shown(message: Message) -> None:
    assert "secret" not in f"{message!r} {message}"
    assert type(message).__name__ in repr(message)


def test_push_to_talk_is_told_apart() -> None:
    assert StartVoice(turn_mode="push_to_talk").is_push_to_talk
    assert not StartVoice().is_push_to_talk
    assert not StartVoice(turn_mode="continuous").is_push_to_talk


def test_only_the_voice_switches_go_without_a_payload() -> None:
    assert {kind for kind in CLIENT_MESSAGES if not kind.has_payload} == {StartVoice, StopVoice}


def test_every_event_is_there_once() -> None:
    assert sorted(kind.event for kind in CLIENT_MESSAGES) == [
        "audio_playback_complete",
        "authenticate",
        "camera_image",
        "client_interrupt",
        "renew_authentication",
        "say_line",
        "start_voice",
        "stop_voice",
        "stream_audio",
        "text",
    ]
