from __future__ import annotations

import base64
from typing import Any

import pytest

from app.protocol.client_messages import Authenticate, CameraImage, ClientInterrupt, Text
from app.server.payload import read, read_audio

PCM = bytes(range(250))


@pytest.mark.parametrize("payload", [None, {}, [], "text", 5, True, {"unknown": 1}, {"text": None}], ids=repr)
def test_what_is_not_there_takes_its_default(payload: Any) -> None:
    assert read(Text, payload) == Text()


def test_each_field_is_read_on_its_own(caplog: pytest.LogCaptureFixture) -> None:
    request = read(Authenticate, {"api_key": ["secret"], "player_id": "ada", "audio_sample_rate": {}})
    assert request == Authenticate(player_id="ada")
    assert "authenticate.api_key" in caplog.text
    assert "secret" not in caplog.text


@pytest.mark.parametrize(
    ("payload", "meant"),
    [
        ({"audio_sample_rate": "24000"}, Authenticate(audio_sample_rate=24_000)),
        ({"audio_sample_rate": "24000.0"}, Authenticate(audio_sample_rate=24_000)),
        ({"audio_sample_rate": 24000.0}, Authenticate(audio_sample_rate=24_000)),
        ({"player_id": 7}, Authenticate(player_id="7")),
        ({"realtime_memory": "true"}, Authenticate(realtime_memory=True)),
        ({"realtime_memory": 1}, Authenticate(realtime_memory=True)),
    ],
    ids=repr,
)
def test_numbers_and_truth_are_taken_for_what_they_mean(payload: Any, meant: Authenticate) -> None:
    assert read(Authenticate, payload) == meant


@pytest.mark.parametrize("said", [None, "", [], {}, 1.5], ids=repr)
def test_an_id_that_is_none_is_none(said: Any) -> None:
    assert read(ClientInterrupt, {"message_id": said}).message_id is None


def test_fields_have_their_names_of_the_wire() -> None:
    assert read(Text, {"text": "hello", "textOnly": True, "turn_id": "a"}) == Text(
        text="hello", text_only=True, turn_id="a"
    )
    assert read(CameraImage, {"image": "AAAA", "sample_rate": "16000"}) == CameraImage(
        image="AAAA", sample_rate=16_000
    )


@pytest.mark.parametrize("size", [248, 249, 250])
def test_audio_is_understood_however_its_base64_is_written(size: int) -> None:
    pcm = PCM[-size:]
    usual = base64.b64encode(pcm).decode()
    for text in (
        usual,
        usual.rstrip("="),
        base64.urlsafe_b64encode(pcm).decode(),
        base64.urlsafe_b64encode(pcm).decode().rstrip("="),
        base64.encodebytes(pcm).decode(),
    ):
        assert read_audio(text) == pcm


@pytest.mark.parametrize("text", [None, 5, [1], {}, "", "A", "%%%"], ids=repr)
def test_anything_else_is_no_audio(text: Any) -> None:
    assert read_audio(text) == b""
