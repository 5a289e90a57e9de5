"""A whole voice conversation: microphone, speaker and client, started and stopped as one."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import AsyncExitStack
from functools import partial
from types import TracebackType
from typing import Final, Self

from app.core.audio_format import DEFAULT_RATE
from app.core.errors import AudioError
from app.estuary.callback import call_safely
from app.estuary.capture import TAIL_S, Capture
from app.estuary.client import EstuaryClient
from app.estuary.errors import ErrorCode, EstuaryError, not_connected
from app.estuary.events import EventName
from app.estuary.listener import Callback
from app.estuary.playback import Playback
from app.estuary.player import AudioPlayer, PlaybackEvent
from app.estuary.recorder import AudioRecorder
from app.estuary.voice_mode import VoiceMode, VoiceState
from app.estuary.voice_progress import Device, DeviceFound, DeviceLost, NoAnswerCame, Pressed, Released
from app.estuary.voice_watch import VoiceWatch

ECHO_S: Final = 0.2
"""Seconds after the last sample of a reply in which a half-duplex session still hears the room's echo."""


_VOICE_MAY_HAVE_CHANGED: Final = (
    EventName.VOICE_STARTED,
    EventName.VOICE_STOPPED,
    EventName.CONNECTION_STATE_CHANGED,
    EventName.ERROR,
)


class VoiceSession:
    """Records, plays and wires both to a connected client. Used as ``async with VoiceSession(client)``.

    In continuous mode the microphone is open as long as voice is on; in push-to-talk from each press until
    `TAIL_S` after its release. Replies are played as they arrive; the server is told when one was heard to
    its end. An interrupted reply falls silent at once.

    There is no echo cancellation yet: before an open loudspeaker the character would hear itself. With
    ``half_duplex`` nothing is sent in continuous mode while a reply leaves the speaker (and `ECHO_S` longer),
    so that the person cannot speak over it either.

    Args:
        client: A connected client.
        mode: Who ends a turn.
        sample_rate: Rate in Hz of microphone and speaker. Audio is converted where the client's differs.
        on_state: Gets each new `VoiceState`; a plain function or a coroutine function.
        recorder: The microphone; the system's by default. Its callbacks are the session's.
        player: The speaker; the system's by default. Its callbacks are the session's.
        half_duplex: Listen or speak, never both.
        volume: Loudness of the default player in 0..1.
        on_playback_event: Gets each `PlaybackEvent` of a reply, with the reply's id.
        on_microphone: Gets each recorded frame of 20 ms, PCM16LE mono at the recorder's rate.
        on_speaker: Gets each frame of 20 ms as it is heard, at the player's rate.
        on_lost: Gets one sentence if the microphone or the speaker ends by itself; the state is ERROR then.
    """

    def __init__(
        self,
        client: EstuaryClient,
        mode: VoiceMode = VoiceMode.CONTINUOUS,
        *,
        sample_rate: int = DEFAULT_RATE,
        on_state: Callback | None = None,
        recorder: AudioRecorder | None = None,
        player: AudioPlayer | None = None,
        half_duplex: bool = False,
        volume: float = 1.0,
        on_playback_event: Callable[[PlaybackEvent, str], object] | None = None,
        on_microphone: Callable[[bytes], None] | None = None,
        on_speaker: Callable[[bytes], None] | None = None,
        on_lost: Callable[[str], None] | None = None,
    ) -> None:
        self._client = client
        self._mode = VoiceMode(mode)
        self._is_half_duplex = half_duplex
        self._on_lost = on_lost
        self._recorder = recorder or AudioRecorder(sample_rate)
        self._recorder.on_lost = partial(self._device_lost, Device.MICROPHONE)
        self._player = player or AudioPlayer(sample_rate, volume=volume)
        self._player.on_frame = on_speaker or self._player.on_frame
        self._player.on_lost = partial(self._device_lost, Device.SPEAKER)
        self._watch = VoiceWatch(client, on_state)
        self._on_playback_event = on_playback_event
        self._playback = Playback(client, self._player, self._played)
        self._capture = Capture(client, self._recorder, is_held=self._is_held, on_frame=on_microphone)
        self._turn = asyncio.Lock()
        self._lifecycle = asyncio.Lock()
        self._is_starting = False
        self._undo: AsyncExitStack | None = None
        self._echo_until = 0.0

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
        is_continuous = self._mode is VoiceMode.CONTINUOUS
        async with AsyncExitStack() as undo:
            self._watch.start()
            undo.push_async_callback(self._watch.stop)
            undo.push_async_callback(self._playback.stop)
            await self._playback.start()
            undo.push_async_callback(self._capture.abort)
            if is_continuous:
                await self._capture.open()
            await self._client.start_voice(self._mode)
            undo.push_async_callback(self._client.stop_voice)
            undo.push_async_callback(self._capture.close)
            self._capture.flow()
            if is_continuous:
                for event in _VOICE_MAY_HAVE_CHANGED:
                    self._client.on(event, self._follow_voice)
                    undo.callback(self._client.off, event, self._follow_voice)
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
            if self._mode is VoiceMode.PUSH_TO_TALK:  # ends the wait of a turn that is just beginning
                await self._client.stop_voice()
        finally:
            async with self._turn:
                await undo.aclose()

    async def start_recording(self) -> None:
        """Begin a push-to-talk turn; the character falls silent. In continuous mode nothing happens.

        Raises:
            EstuaryError: VOICE_NOT_ACTIVE when the session is not active; VOICE_START_FAILED, NOT_CONNECTED.
            AudioError: There is no microphone, or it does not open.
        """
        self._require_started()
        if self._mode is VoiceMode.CONTINUOUS:
            return
        async with self._turn:
            self._require_started()
            if not self._client.is_connected:
                raise not_connected()
            if self._capture.is_open:
                return
            if self._playback.is_busy:
                await self._playback.interrupt()
            if self._client.voice_mode is None:  # the server had ended voice, such as after a long silence
                await self._client.start_voice(self._mode)
            await self._capture.open()
            self._watch.note(DeviceFound(Device.MICROPHONE))
            self._watch.note(Pressed())
            self._capture.flow()
        try:
            await self._client.start_recording()
        except BaseException:
            await self._capture.abort()
            self._watch.note(Released(is_void=True))
            raise

    async def stop_recording(self) -> None:
        """End the push-to-talk turn; what is said in the next `TAIL_S` still belongs to it.

        In continuous mode, and when no turn is open, nothing happens.

        Raises:
            EstuaryError: VOICE_NOT_ACTIVE when the session is not active.
        """
        self._require_started()
        if self._mode is VoiceMode.CONTINUOUS:
            return
        async with self._turn:
            if not self._capture.is_open:
                return
            await self._capture.close(TAIL_S)
            self._watch.note(Released())
            if self._client.is_recording:
                await self._client.stop_recording()

    async def interrupt(self) -> None:
        """Stop the character, here and at the server.

        Raises:
            EstuaryError: VOICE_NOT_ACTIVE when the session is not active.
        """
        self._require_started()
        await self._playback.interrupt()
        self._watch.note(NoAnswerCame())

    async def _follow_voice(self, *_: object) -> None:
        """Close the microphone when voice has ended without us, open it when voice is back."""
        async with self._turn:
            if not self.is_started:
                return
            if self._client.voice_mode is None:
                await self._capture.close()
                return
            try:
                await self._capture.open()
            except AudioError as error:
                self._device_lost(Device.MICROPHONE, str(error))
                return
            self._watch.note(DeviceFound(Device.MICROPHONE))
            self._capture.flow()

    def _played(self, event: PlaybackEvent, message_id: str) -> None:
        self._watch.played(event, message_id)
        if self._on_playback_event is not None:
            call_safely(self._on_playback_event, event, message_id)

    def _is_held(self) -> bool:
        if not self._is_half_duplex or self._mode is VoiceMode.PUSH_TO_TALK:
            return False
        now = asyncio.get_running_loop().time()
        if self._playback.is_playing:
            self._echo_until = now + ECHO_S
        return now < self._echo_until

    def _device_lost(self, device: Device, sentence: str) -> None:
        self._watch.note(DeviceLost(device))
        if self._on_lost is not None:
            call_safely(self._on_lost, sentence)

    def _require_started(self) -> None:
        if not self.is_started:
            raise EstuaryError("The voice session is not started.", ErrorCode.VOICE_NOT_ACTIVE)
