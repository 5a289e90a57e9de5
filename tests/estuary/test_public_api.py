"""The names a program may rely on, and how little importing them costs."""

from __future__ import annotations

import inspect
import subprocess
import sys

import pytest

from app import estuary
from app.core.errors import HeronError

NAMES = {
    "AgentConversationComplete", "AgentTurnComplete", "AgentTurnText", "AgentTurnVoice", "AnswerTimeout",
    "AudioDropped", "AudioPlayer", "AudioRecorder", "AuthError", "BotResponse", "BotVoice",
    "CameraCaptureRequest", "ClientAction", "ClientCredential", "ConfigError", "ConnectionState",
    "ErrorCode", "EstuaryClient", "EstuaryConfig", "EstuaryError", "EventName", "Interrupt",
    "MemoryUpdatedEvent", "ModerationFlag", "ModerationWarning", "OtherEvent", "PlaybackEvent",
    "QuotaExceeded", "SessionCapabilities", "SessionInfo", "SessionRejected", "SessionTimeout",
    "SttResponse", "TokenProvider", "Transcript", "TurnInDoubt", "VoiceError", "VoiceMode",
    "VoiceSession", "VoiceState", "VoiceTimeout",
}  # fmt: skip

CLIENT = {
    "characters", "config", "connect", "disconnect", "interrupt", "is_connected", "is_muted",
    "is_recording", "is_voice_active", "memory", "network_changed", "notify_audio_playback_complete",
    "off", "on", "once", "players", "remove_all_listeners", "round_trip_s", "say_line", "send_audio",
    "send_camera_image", "send_text", "send_text_and_wait", "session", "start_recording", "start_voice",
    "state", "stop_recording", "stop_voice", "toggle_mute", "voice_mode",
}  # fmt: skip

SESSION = {
    "apply", "client", "facts", "interrupt", "is_microphone_open", "is_started", "mode", "options",
    "play_cue", "replay", "start", "start_recording", "state", "stop", "stop_recording", "turns", "volume",
}  # fmt: skip


def public(kind: type) -> set[str]:
    return {name for name in dir(kind) if not name.startswith("_")}


def test_the_package_offers_these_names_and_no_others() -> None:
    assert set(estuary.__all__) == NAMES
    assert all(hasattr(estuary, name) for name in NAMES)


def test_the_classes_offer_these_members_and_no_others() -> None:
    assert public(estuary.EstuaryClient) | {"config"} == CLIENT
    assert public(estuary.VoiceSession) == SESSION


def test_the_signatures_are_those_of_the_voice_pages() -> None:
    session = inspect.signature(estuary.VoiceSession).parameters
    assert list(session)[:2] == ["client", "mode"]
    assert session["mode"].default is estuary.VoiceMode.CONTINUOUS
    assert session["sample_rate"].kind is inspect.Parameter.KEYWORD_ONLY
    assert (session["sample_rate"].default, session["on_state"].default) == (16_000, None)
    assert inspect.signature(estuary.EstuaryClient.start_voice).parameters["mode"].default == "continuous"
    for kind in (estuary.AudioPlayer, estuary.AudioRecorder):
        assert inspect.signature(kind).parameters["sample_rate"].default == 16_000


@pytest.mark.parametrize("name", ["start_voice", "stop_voice", "send_audio", "start_recording", "connect"])
def test_what_the_voice_pages_await_can_be_awaited(name: str) -> None:
    assert inspect.iscoroutinefunction(getattr(estuary.EstuaryClient, name))


@pytest.mark.parametrize("name", ["toggle_mute", "notify_audio_playback_complete", "on"])
def test_what_the_voice_pages_call_is_a_plain_function(name: str) -> None:
    assert not inspect.iscoroutinefunction(getattr(estuary.EstuaryClient, name))


def test_the_error_codes_are_those_of_the_voice_pages() -> None:
    assert {code.value for code in estuary.ErrorCode} == {code.name for code in estuary.ErrorCode}
    assert estuary.ErrorCode("VOICE_NOT_ACTIVE") is estuary.ErrorCode.VOICE_NOT_ACTIVE


def test_an_error_has_a_code_details_and_a_family() -> None:
    error = estuary.EstuaryError("no", estuary.ErrorCode.AUTH_FAILED, {"error": "bad"})
    assert isinstance(error, HeronError)
    assert (str(error), error.message, error.code) == ("no", "no", "AUTH_FAILED")
    assert error.details["error"] == "bad"
    assert repr(error) == "EstuaryError('no', AUTH_FAILED)"
    assert estuary.EstuaryError("what").code is estuary.ErrorCode.UNKNOWN
    with pytest.raises(TypeError):
        error.details["error"] = "other"  # type: ignore[index]


def test_importing_and_making_a_client_stays_light() -> None:
    code = (
        "import sys, app.estuary as e\n"
        "config = {'server_url': 'https://a', 'api_key': 'k', 'character_id': 'c', 'player_id': 'p'}\n"
        "e.EstuaryClient(e.EstuaryConfig(**config))\n"
        "heavy = {'aiohttp', 'numpy', 'sounddevice', 'soxr', 'websockets', 'PySide6', 'qasync', 'socketio'}\n"
        "print(sorted(heavy & set(sys.modules)))"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    assert ran.stdout.strip() == "[]"
