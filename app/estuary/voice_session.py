"""A whole voice conversation: microphone, speaker and client, started and stopped as one."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from contextlib import AsyncExitStack
from functools import partial
from types import TracebackType
from typing import Self

from app.audio.devices import device_news
from app.audio.devices.device_news import DeviceNews
from app.audio.frame import Frame
from app.audio.playback.earcon import Earcon
from app.core.audio_format import DEFAULT_RATE
from app.estuary.audio_extra import require_audio
from app.estuary.callback import call_safely
from app.estuary.capture import Capture
from app.estuary.client import EstuaryClient
from app.estuary.cues import Cues
from app.estuary.errors import ErrorCode, EstuaryError, not_connected
from app.estuary.events import EventName
from app.estuary.listener import Callback
from app.estuary.open_microphone import OpenMicrophone
from app.estuary.playback import Playback
from app.estuary.player import AudioPlayer, PlaybackEvent
from app.estuary.push_to_talk import PushToTalk
from app.estuary.recorder import AudioRecorder
from app.estuary.replay import Replay
from app.estuary.turn_taking import TurnTaking
from app.estuary.turn_times import TurnTimes
from app.estuary.voice_devices import VoiceDevices
from app.estuary.voice_facts import VoiceFacts
from app.estuary.voice_mode import VoiceMode, VoiceState
from app.estuary.voice_options import VoiceOptions
from app.estuary.voice_progress import Device, DeviceFound, DeviceLost, NoAnswerCame, SpeechChanged
from app.estuary.voice_watch import VoiceWatch
from app.estuary.watchdog import Watchdog


class VoiceSession:
    """Records, plays and wires both to a connected client. Used as ``async with VoiceSession(client)``.

    In continuous mode the microphone is open as long as voice is on. The character's own echo is taken out,
    so that the person can speak over it: the first sign of speech lowers its voice, a word stops it. In
    push-to-talk a turn lasts from a press until `VoiceOptions.tail_s` after its release; the microphone stays
    open for `VoiceOptions.warm_s` more, so that the next turn begins with what was said as it was pressed.
    Replies are played as they arrive; the server is told when one was heard to its end. An interrupted reply
    falls silent at once.

    Devices that come and go are followed; see `app.audio.devices.device_news`.

    Args:
        client: A connected client.
        mode: Who ends a turn.
        sample_rate: Rate in Hz of microphone and speaker. Audio is converted where the client's differs.
        on_state: Gets each new `VoiceState`; a plain function or a coroutine function.
        options: How to listen and speak; see `apply`. Devices and processing count for the default ones only.
        recorder: The microphone; the system's, with its echo taken out, by default. Its callbacks are the
            session's.
        player: The speaker; the system's by default. Its callbacks are the session's.
        half_duplex: Listen or speak, never both: nothing is sent in continuous mode while a reply is heard.
        volume: Loudness of the default player in 0..1.
        on_playback_event: Gets each `PlaybackEvent` of a reply, with the reply's id.
        on_microphone: Gets each recorded frame of 20 ms of a turn, PCM16LE mono at the recorder's rate.
        on_speaker: Gets each frame of 20 ms as it is heard, at the player's rate.
        on_news: Gets what becomes of microphone and speaker; the state is ERROR while one is gone.
        on_microphone_open: Gets True when the microphone is opened, False when it is closed.
        on_turn: Gets the `TurnTimes` of each turn.
    """

    def __init__(
        self,
        client: EstuaryClient,
        mode: VoiceMode = VoiceMode.CONTINUOUS,
        *,
        sample_rate: int = DEFAULT_RATE,
        on_state: Callback | None = None,
        options: VoiceOptions | None = None,
        recorder: AudioRecorder | None = None,
        player: AudioPlayer | None = None,
        half_duplex: bool = False,
        volume: float = 1.0,
        on_playback_event: Callable[[PlaybackEvent, str], object] | None = None,
        on_microphone: Callable[[bytes], None] | None = None,
        on_speaker: Callable[[bytes], None] | None = None,
        on_news: Callable[[DeviceNews], None] | None = None,
        on_microphone_open: Callable[[bool], None] | None = None,
        on_turn: Callable[[TurnTimes], None] | None = None,
    ) -> None:
        self._client = client
        self._mode = VoiceMode(mode)
        self._options = options or VoiceOptions()
        self._on_news = on_news or _nothing
        self._on_playback_event = on_playback_event or _nothing
        self._on_microphone = on_microphone or _nothing
        self._on_microphone_open = on_microphone_open or _nothing
        self._devices: VoiceDevices | None = None
        if recorder is None or player is None:
            self._devices = devices = VoiceDevices(sample_rate, self._options, volume)
            recorder, player = recorder or devices.recorder, player or devices.player
        self._recorder = recorder
        self._player = player
        self._recorder.on_news = partial(self._device_told, Device.MICROPHONE)
        self._player.on_news = partial(self._device_told, Device.SPEAKER)
        self._player.on_frame = on_speaker or self._player.on_frame
        self._replay = Replay(self._player, self._make_way, self._replayed)
        self._playback = Playback(client, self._player, self._replay, self._played)
        self._watch = VoiceWatch(client, on_state, lambda: self._playback.is_playing)
        self._turn_taking = TurnTaking(
            self._mode,
            self._player,
            self._playback,
            detects_speech=lambda: self._recorder.detects_speech,
            is_muted=lambda: self._client.is_muted,
            is_half_duplex=half_duplex,
            on_speech=lambda is_speaking: self._watch.note(SpeechChanged(is_speaking)),
            on_turn=on_turn or _nothing,
        )
        self._capture = Capture(
            client,
            self._recorder,
            guard=self._turn_taking.guard,
            on_frame=self._recorded,
            on_open=self._on_microphone_open,
        )
        self._cues = Cues(self._player)
        self._turn = asyncio.Lock()
        self._push_to_talk = PushToTalk(
            client, self._capture, self._playback, self._turn_taking, self._cues, self._watch.note, self._turn
        )
        self._open_microphone = OpenMicrophone(
            client, self._capture, self._watch.note, partial(self._device_told, Device.MICROPHONE), self._turn
        )
        self._watchdogs = (
            Watchdog("a reply waits, nothing plays", lambda: self._player.stalled_s, self._hush),
            Watchdog("speaking but silent", self._watch.silent_s, self._watch.give_up_replies),
            Watchdog("listening but no samples", self._deaf_s, self._reopen_microphone),
        )
        self._lifecycle = asyncio.Lock()
        self._is_starting = False
        self._undo: AsyncExitStack | None = None
        self.apply(self._options)

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        await self.stop()

    @property
    def client(self) -> EstuaryClient:
        """The client this session speaks through."""
        return self._client

    @property
    def mode(self) -> VoiceMode:
        """Who ends a turn."""
        return self._mode

    @property
    def is_started(self) -> bool:
        """Whether the session is active."""
        return self._undo is not None

    @property
    def state(self) -> VoiceState:
        """What the session is doing; `app.estuary.voice_progress` states the rule."""
        return self._watch.state

    @property
    def volume(self) -> float:
        """Loudness of the character's voice in 0..1."""
        return self._player.volume

    @volume.setter
    def volume(self, volume: float) -> None:
        self._player.volume = volume

    @property
    def options(self) -> VoiceOptions:
        """How the session listens and speaks."""
        return self._options

    def apply(self, options: VoiceOptions) -> None:
        """Listen and speak in another way from now on."""
        if self._devices is not None:
            self._devices.apply(options)
        self._options = self._turn_taking.options = self._push_to_talk.options = options
        self._cues.chosen = options.cues

    def play_cue(self, earcon: Earcon) -> None:
        """Play an earcon beside what is said, if it is chosen and the speaker is open."""
        self._cues.play(earcon)

    @property
    def replay(self) -> Replay:
        """Plays the voice of an earlier reply again; the server is told nothing of it."""
        return self._replay

    @property
    def is_microphone_open(self) -> bool:
        """Whether the microphone is open: in a turn, or warm for the next one."""
        return self._capture.is_microphone_open

    @property
    def turns(self) -> tuple[TurnTimes, ...]:
        """The times of the latest turns, oldest first."""
        return self._turn_taking.turns

    @property
    def facts(self) -> VoiceFacts:
        """What the devices that the session made for itself are, and how well they keep up."""
        return VoiceFacts() if self._devices is None else self._devices.facts

    async def start(self) -> None:
        """Open what the mode needs and start voice. What was opened is closed again when a part fails.

        Raises:
            EstuaryError: NOT_CONNECTED, VOICE_NOT_SUPPORTED, VOICE_ALREADY_ACTIVE, VOICE_START_FAILED.
            AudioError: A microphone or speaker is missing, or does not open.
        """
        async with self._lifecycle:
            if self.is_started:
                return
            self._is_starting = True
            try:
                await self._start()
            finally:
                self._is_starting = False

    async def _start(self) -> None:
        if not self._client.is_connected:
            raise not_connected()
        if self._devices is not None:
            require_audio()
        is_continuous = self._mode is VoiceMode.CONTINUOUS
        async with AsyncExitStack() as undo:
            self._watch.start()
            undo.push_async_callback(self._watch.stop)
            undo.push_async_callback(self._playback.stop)
            await self._playback.start()
            for event, callback in self._listeners():
                self._client.on(event, callback)
                undo.callback(self._client.off, event, callback)
            undo.callback(self._turn_taking.reset)
            self._recorder.at_once = self._turn_taking.sense
            undo.push_async_callback(self._capture.shut)
            if is_continuous:
                self._cues.await_microphone(0.0)
                await self._capture.open()
            await self._client.start_voice(self._mode)
            undo.push_async_callback(self._client.stop_voice)
            undo.push_async_callback(self._capture.close)
            self._capture.flow()
            if is_continuous:
                self._open_microphone.start()
                undo.callback(self._open_microphone.stop)
            for watchdog in self._watchdogs:
                watchdog.start()
                undo.push_async_callback(watchdog.stop)
            self._undo = undo.pop_all()

    async def stop(self) -> None:
        """Stop voice and close everything. May be called when the session is not active."""
        if self._is_starting:  # ends the wait for the server
            await self._client.stop_voice()
        async with self._lifecycle:
            await self._stop()

    async def _stop(self) -> None:
        undo, self._undo = self._undo, None
        if undo is None:
            return
        try:
            if self._mode is VoiceMode.PUSH_TO_TALK:
                await self._capture.shut_microphone()  # the server may take its time
                await self._client.stop_voice()  # ends the wait of a turn that is just beginning
        finally:
            async with self._turn:
                await undo.aclose()

    async def start_recording(self) -> None:
        """Begin a push-to-talk turn; the character falls silent. In continuous mode nothing happens.

        A turn whose tail is still being recorded goes on.

        Raises:
            EstuaryError: VOICE_NOT_ACTIVE when the session is not active; VOICE_START_FAILED, NOT_CONNECTED.
            AudioError: There is no microphone, or it does not open.
        """
        self._require_started()
        if self._mode is VoiceMode.PUSH_TO_TALK:
            await self._push_to_talk.press(self._require_started)

    async def stop_recording(self, *, is_abandoned: bool = False) -> None:
        """End the push-to-talk turn; what is said in its tail still belongs to it, and a press continues it.

        In continuous mode, and when no turn is open, nothing happens.

        Args:
            is_abandoned: Nobody saw the release: the tail is short, and the microphone is closed after it.

        Raises:
            EstuaryError: VOICE_NOT_ACTIVE when the session is not active.
        """
        self._require_started()
        if self._mode is VoiceMode.PUSH_TO_TALK:
            await self._push_to_talk.release(is_abandoned=is_abandoned)

    async def interrupt(self) -> None:
        """Stop the character, here and at the server.

        Raises:
            EstuaryError: VOICE_NOT_ACTIVE when the session is not active.
        """
        self._require_started()
        if self._playback.interrupt():
            self._watch.note(NoAnswerCame())

    def _listeners(self) -> tuple[tuple[EventName, Callable[..., None]], ...]:
        return (
            (EventName.STT_RESPONSE, self._turn_taking.heard),
            (EventName.BOT_RESPONSE, self._turn_taking.answered),
            (EventName.MUTE_CHANGED, self._mute_changed),
        )

    def _recorded(self, frame: Frame) -> None:
        if self._recorder.is_ready:
            self._cues.microphone_hears()
        self._turn_taking.push(frame)
        call_safely(self._on_microphone, frame.pcm)

    def _played(self, event: PlaybackEvent, message_id: str) -> None:
        self._watch.played(event, message_id)
        if event is PlaybackEvent.STARTED:
            self._turn_taking.voiced(self._player.started_at(message_id) or time.monotonic())
        else:
            self._turn_taking.fell_silent(time.monotonic())
        call_safely(self._on_playback_event, event, message_id)

    def _replayed(self, event: PlaybackEvent, played_as: str) -> None:
        """Take note of a reply that is heard again: it answers nobody."""
        self._watch.played(event, played_as, is_answer=False)
        if event is not PlaybackEvent.STARTED:
            self._turn_taking.fell_silent(time.monotonic())

    def _make_way(self) -> None:
        if self._playback.is_busy and self._playback.interrupt():
            self._watch.note(NoAnswerCame())

    def _mute_changed(self, is_muted: bool) -> None:
        if is_muted:
            self._cues.play(Earcon.MUTED)

    def _device_told(self, device: Device, news: DeviceNews) -> None:
        match news:
            case device_news.DeviceLost():
                self._watch.note(DeviceLost(device))
                self._cues.play(Earcon.ERROR)
            case device_news.DeviceFound():
                self._watch.note(DeviceFound(device))
        if self._devices is not None and isinstance(news, device_news.DeviceFound | device_news.DeviceMoved):
            self._devices.moved()
        call_safely(self._on_news, news)

    async def _hush(self) -> None:
        self._playback.interrupt()

    def _deaf_s(self) -> float:
        if not (self._capture.is_open and self._capture.is_microphone_open):
            return 0.0
        return asyncio.get_running_loop().time() - self._capture.captured_at

    async def _reopen_microphone(self) -> None:
        async with self._turn:
            if self._capture.is_open:
                await self._capture.reopen()

    def _require_started(self) -> None:
        if not self.is_started:
            raise EstuaryError("The voice session is not started.", ErrorCode.VOICE_NOT_ACTIVE)


def _nothing(*_: object) -> None:
    """Take what nobody asked for."""
