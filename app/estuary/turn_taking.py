"""Turn-taking in one voice session: who speaks, who gives way, and what of it may leave."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Final

from app.audio.frame import Frame, Speech
from app.estuary.barge_in import BargeIn, Verdict
from app.estuary.events import BotResponse, SttResponse
from app.estuary.playback import Playback
from app.estuary.player import AudioPlayer
from app.estuary.speech_gate import Guard
from app.estuary.turn_times import TurnLog, TurnTimes
from app.estuary.voice_mode import VoiceMode
from app.estuary.voice_options import VoiceOptions

ECHO_S: Final = 0.3
"""Seconds after the last sample of a reply in which its echo is still heard: latency and reverberation."""


class TurnTaking:
    """Ducks and stops the character when the person speaks, and keeps its echo from the server.

    Args:
        mode: Who ends a turn.
        player: The character's voice.
        playback: The same, with the server behind it.
        detects_speech: Whether frames say if somebody speaks in them.
        is_muted: Whether the person does not want to be heard.
        is_half_duplex: Whether nothing is sent at all while the character speaks.
        on_speech: Told when the person begins to speak, and when they stop.
        on_turn: Gets the times of each turn.
    """

    def __init__(
        self,
        mode: VoiceMode,
        player: AudioPlayer,
        playback: Playback,
        *,
        detects_speech: Callable[[], bool],
        is_muted: Callable[[], bool],
        is_half_duplex: bool,
        on_speech: Callable[[bool], None],
        on_turn: Callable[[TurnTimes], None],
    ) -> None:
        self.options = VoiceOptions()
        self._mode = mode
        self._player = player
        self._playback = playback
        self._detects_speech = detects_speech
        self._is_muted = is_muted
        self._is_half_duplex = is_half_duplex
        self._on_speech = on_speech
        self._barge_in = BargeIn()
        self._log = TurnLog(on_turn)
        self._is_speaking = False
        self._echo_until = 0.0

    @property
    def turns(self) -> tuple[TurnTimes, ...]:
        """The times of the turns that have ended, oldest first."""
        return self._log.turns

    def sense(self, frame: Frame) -> None:
        """Take a frame in the source's thread: a busy event loop must not delay the duck."""
        if frame.speech >= Speech.SIGN and self._is_full_duplex() and self._player.is_playing:
            self._player.is_ducked = True

    def push(self, frame: Frame) -> None:
        """Take a frame on the event loop."""
        if frame.speech is Speech.SPEECH:
            self._log.spoke(frame.captured_at)
        self._tell((frame.speech is Speech.SPEECH) and not self._is_shut())
        if not self._is_full_duplex():
            return
        verdict = self._barge_in.push(frame, is_audible=self._playback.is_playing)
        if verdict is Verdict.DUCK:
            self._player.is_ducked = True
            self._log.ducked(frame.captured_at, time.monotonic() + self._player.latency_s)
        elif verdict is Verdict.RESTORE:
            self._player.is_ducked = False
            self._log.restored()
        elif verdict is Verdict.STOP:
            self._stop()
        elif frame.speech >= Speech.SIGN and not self._barge_in.is_ducked:
            self._player.is_ducked = False  # `sense` was sooner than the end of the voice

    def guard(self, frame: Frame) -> Guard:
        """Return what is to become of a frame on its way to the server."""
        if self._mode is VoiceMode.PUSH_TO_TALK:
            return Guard.OPEN
        if self._is_echo_near(frame):
            if self._is_shut_by_choice():
                return Guard.SHUT
            if self._detects_speech():
                return Guard.SILENCE
        elif self.options.sends_only_speech and self._detects_speech():
            return Guard.NOTHING
        return Guard.OPEN

    def heard(self, heard: SttResponse) -> None:
        """Take what the server recognised."""
        if heard.is_final:
            self._log.captioned(time.monotonic(), has_words=bool(heard.text.strip()))
        if self._is_full_duplex() and (
            self._barge_in.hear(heard.text, is_audible=self._playback.is_playing) is Verdict.STOP
        ):
            self._stop()

    def answered(self, response: BotResponse) -> None:
        """Take words of the answer."""
        if response.text or response.partial:
            self._log.answered(time.monotonic())

    def voiced(self, at: float) -> None:
        """The first sample of an answer left the speaker at ``at``."""
        self._log.heard(at)

    def fell_silent(self, at: float) -> None:
        """The last sample of what was said left the speaker at ``at``."""
        self._echo_until = at + ECHO_S

    def reset(self) -> None:
        """Nobody speaks, nothing is ducked."""
        self._barge_in.reset()
        self._player.is_ducked = False
        self._tell(False)

    def _stop(self) -> None:
        self._playback.interrupt()
        self._log.silenced(time.monotonic() + self._player.latency_s)
        self._player.is_ducked = False

    def _tell(self, is_speaking: bool) -> None:
        if is_speaking is not self._is_speaking:
            self._is_speaking = is_speaking
            self._on_speech(is_speaking)

    def _is_full_duplex(self) -> bool:
        if self._mode is VoiceMode.PUSH_TO_TALK or self._is_muted():
            return False
        return self._detects_speech() and not self._is_shut_by_choice()

    def _is_shut(self) -> bool:
        return self._is_shut_by_choice() and self._mode is VoiceMode.CONTINUOUS and self._playback.is_playing

    def _is_shut_by_choice(self) -> bool:
        """Whether the person cannot speak over the character."""
        if self._is_half_duplex:
            return True
        has_all = self.options.has_barge_in and self.options.processing.echo_cancellation
        return self._detects_speech() and not has_all

    def _is_echo_near(self, frame: Frame) -> bool:
        if self._playback.is_playing:
            self._echo_until = frame.captured_at + ECHO_S
        return frame.captured_at < self._echo_until
