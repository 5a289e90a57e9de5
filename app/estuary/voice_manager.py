"""Voice over one client: whether it is on, in which mode, what is pressed, what is muted.

Two things are kept apart. *Voice* is what the program asked for: on from ``start`` to ``stop``. *Recognition*
is what is open at the server: with `VoiceMode.CONTINUOUS` all the time, with `VoiceMode.PUSH_TO_TALK` from
press to release. A lost connection closes recognition and leaves voice wanted, so that it can be resumed.
"""

from __future__ import annotations

from collections.abc import Callable

from app.core.audio_format import SAMPLE_BYTES
from app.estuary.errors import ErrorCode, EstuaryError
from app.estuary.events import EventName
from app.estuary.recognition import Recognition
from app.estuary.voice_mode import VoiceMode
from app.protocol.client_messages import PUSH_TO_TALK
from app.protocol.message import Message


class VoiceManager:
    """The state of voice on one client.

    Args:
        send: Puts a message on the wire; raises NOT_CONNECTED.
        emit: Delivers events.
        rate: Sample rate of the session in Hz.
    """

    def __init__(self, send: Callable[[Message], None], emit: Callable[..., None], rate: int) -> None:
        self._emit = emit
        self._recognition = Recognition(send, rate)
        self._mode: VoiceMode | None = None
        self._ticket = object()
        self._is_announced = False
        self._is_pressed = False
        self._is_muted = False

    @property
    def is_active(self) -> bool:
        """Whether voice is on and the server is there for it."""
        return self._is_announced and self._mode is not None

    @property
    def mode(self) -> VoiceMode | None:
        """The mode voice was started in; None while it is off."""
        return self._mode

    @property
    def is_pressed(self) -> bool:
        """Whether a push-to-talk turn is open."""
        return self._is_pressed

    @property
    def is_muted(self) -> bool:
        """Whether audio is held back."""
        return self._is_muted

    def toggle_mute(self) -> None:
        """Hold audio back, or let it through again. Nothing happens while voice is off."""
        if self._mode is not None:
            self._mute(not self._is_muted)

    async def start(self, mode: VoiceMode) -> None:
        """Turn voice on. In push-to-talk the wire stays silent until the first press.

        Raises:
            EstuaryError: VOICE_ALREADY_ACTIVE, also while another start runs; VOICE_START_FAILED.
        """
        if self._mode is not None:
            raise EstuaryError("Voice is active already.", ErrorCode.VOICE_ALREADY_ACTIVE)
        self._announce(False)
        self._mode = mode
        self._ticket = ticket = object()
        if mode is VoiceMode.PUSH_TO_TALK:
            self._announce(True)
            return
        try:
            await self._recognition.open(None)
        except BaseException:
            if self._ticket is ticket:
                self.end()
            raise

    async def stop(self) -> None:
        """Turn voice off. Waits for the server's word, but not for long."""
        if self._mode is None:
            return
        self.shut()
        ticket = self._ticket
        try:
            await self._recognition.until_closed()
        finally:
            if self._ticket is ticket:
                self._announce(False)

    def shut(self) -> None:
        """Turn voice off without waiting; the last word goes on the wire where recognition is open."""
        self._off()
        self._recognition.close()
        self._recognition.abandon(_stopped_while_starting())

    async def press(self) -> None:
        """Begin a push-to-talk turn and wait until the server listens. In continuous mode nothing happens.

        Raises:
            EstuaryError: VOICE_NOT_ACTIVE, VOICE_START_FAILED, NOT_CONNECTED.
        """
        self._require()
        if self._mode is VoiceMode.CONTINUOUS:
            return
        if self._is_pressed:
            await self._recognition.until_opened()
            return
        self._is_pressed = True
        ticket = self._ticket
        try:
            await self._recognition.open(PUSH_TO_TALK)
        except BaseException:
            if self._ticket is ticket:
                self._is_pressed = False
            raise

    async def release(self) -> None:
        """End the push-to-talk turn; the server answers it. In continuous mode nothing happens.

        Raises:
            EstuaryError: VOICE_NOT_ACTIVE.
        """
        self._require()
        if self._mode is VoiceMode.CONTINUOUS or not self._is_pressed:
            return
        ticket = self._ticket
        await self._recognition.until_opened()
        if self._ticket is ticket:
            self._is_pressed = False
            self._recognition.close()

    async def send_audio(self, pcm: bytes) -> None:
        """Send microphone audio. It is kept in order while recognition opens, and dropped while muted.

        Raises:
            EstuaryError: VOICE_NOT_ACTIVE.
            ValueError: ``pcm`` is not whole samples.
        """
        self._require()
        if len(pcm) % SAMPLE_BYTES:
            raise ValueError(f"audio must be whole 16-bit samples, not {len(pcm)} bytes")
        if self._is_muted or self._recognition.take(pcm):
            return
        if self.is_active and not self._is_pressed:
            self._recognition.keep(pcm)
            await self.press()

    async def resume(self) -> None:
        """Bring voice back on a new connection, if it was on.

        Raises:
            EstuaryError: VOICE_START_FAILED, voice is off then; CONNECTION_FAILED or NOT_CONNECTED.
        """
        if self._mode is None:
            return
        if self._mode is VoiceMode.PUSH_TO_TALK:
            self._announce(True)
            if not self._is_pressed:
                return
        ticket = self._ticket
        try:
            await self._recognition.open(PUSH_TO_TALK if self._mode is VoiceMode.PUSH_TO_TALK else None)
        except EstuaryError as error:
            if self._ticket is ticket and error.code is ErrorCode.VOICE_START_FAILED:
                self.end()
            raise

    def suspend(self) -> None:
        """Take note that the connection is gone; voice stays wanted."""
        self._recognition.reset()
        self._recognition.abandon(EstuaryError("The connection was lost.", ErrorCode.CONNECTION_FAILED))
        self._announce(False)

    def end(self) -> None:
        """Take note that voice is over, without a word to the server."""
        self._off()
        self._recognition.reset()
        self._recognition.abandon(_stopped_while_starting())
        self._announce(False)

    def started(self) -> None:
        """Take note of ``voice_started``."""
        if self._recognition.started():
            self._announce(True)

    def stopped(self) -> None:
        """Take note of ``voice_stopped``: the answer to a stop or a release, or the server's own doing."""
        if self._recognition.stopped():
            self.end()
        elif self._mode is None:
            self._announce(False)

    def failed(self, problem: str) -> None:
        """Take note that the server cannot go on: it fails a start or a press, and ends voice otherwise."""
        why = f"The server did not start voice: {problem or 'no reason given'}."
        if not self._recognition.refused(EstuaryError(why, ErrorCode.VOICE_START_FAILED)):
            self.end()

    def _off(self) -> None:
        self._mode = None
        self._ticket = object()
        self._is_pressed = False
        self._mute(False)

    def _mute(self, is_muted: bool) -> None:
        if self._is_muted is not is_muted:
            self._is_muted = is_muted
            self._emit(EventName.MUTE_CHANGED, is_muted)

    def _announce(self, is_active: bool) -> None:
        if self._is_announced is not is_active:
            self._is_announced = is_active
            self._emit(EventName.VOICE_STARTED if is_active else EventName.VOICE_STOPPED)

    def _require(self) -> None:
        if self._mode is None:
            raise EstuaryError("Voice is not active: call start_voice() first.", ErrorCode.VOICE_NOT_ACTIVE)


def _stopped_while_starting() -> EstuaryError:
    return EstuaryError("Voice was stopped while it started.", ErrorCode.VOICE_START_FAILED)
