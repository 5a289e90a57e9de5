"""``heron microphone``: speak for three seconds, see how it arrives, and hear it again."""

from __future__ import annotations

import asyncio
import sys
from typing import Final

from app.audio.capture.microphone import Microphone
from app.audio.capture.microphone_test import TEST_S, play_back, record
from app.audio.capture.recording import Recording, Verdict
from app.audio.devices.device_choice import DeviceChoice
from app.audio.devices.device_news import DeviceNews
from app.audio.playback.speaker import Speaker
from app.core.audio_format import DEFAULT_RATE
from app.core.settings import SettingsStore
from app.terminal.level_bar import LevelBar

_UNHEARD: Final = (Verdict.NOTHING, Verdict.SILENCE)


def run() -> int:
    """Test the microphone that a conversation would use; return 1 if it hears nothing, else 0.

    Raises:
        AudioError: There is no microphone or no speaker, it does not open, or it is lost.
    """
    settings = SettingsStore()
    for note in settings.load():
        _say(f"heron: {note}")
    sound = settings.current.sound
    choice = DeviceChoice(sound.microphone, avoids_bluetooth=sound.avoid_bluetooth_microphone)
    microphone = Microphone(DEFAULT_RATE, choice)
    speaker = Speaker(DEFAULT_RATE, DeviceChoice(sound.speaker))
    speaker.volume = sound.volume
    return asyncio.run(_test(microphone, speaker))


async def _test(microphone: Microphone, speaker: Speaker) -> int:
    recording = await _recorded(microphone)
    print(f"{recording.verdict.value} ({_levels(recording)})", flush=True)
    if recording.verdict in _UNHEARD:
        return 1
    _say("Playing it back.")
    await play_back(recording, speaker)
    return 0


async def _recorded(microphone: Microphone) -> Recording:
    def ready() -> None:
        if microphone.device is not None:
            print(f"Microphone: {microphone.device.description}", flush=True)
        _say(f"Speak now, for {TEST_S:.0f} seconds.")

    def news(news: DeviceNews) -> None:
        _say(news.sentence)

    _say("Opening the microphone.")  # a Bluetooth headset's takes seconds
    with LevelBar(TEST_S) as bar:
        return await record(microphone, on_ready=ready, on_level=bar.update, on_news=news)


def _levels(recording: Recording) -> str:
    return f"speech {recording.speech_db:.0f} dB, peak {recording.peak_db:.0f} dB of full scale"


def _say(sentence: str) -> None:
    print(sentence, file=sys.stderr, flush=True)
