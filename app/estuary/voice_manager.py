"""Voice over one client: whether it is on, in which mode, what is pressed, what is muted.

Two things are kept apart. *Voice* is what the program asked for: on from ``start`` to ``stop``. *Recognition*
is what is open at the server: with `VoiceMode.CONTINUOUS` all the time, with `VoiceMode.PUSH_TO_TALK` from
press to release. A lost connection closes recognition and leaves voice wanted, so that it can be resumed;
what is being said meanwhile is kept by `app.estuary.utterance`.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from app.core.audio_format import SAMPLE_BYTES
from app.core.translation import translate
from app.estuary.errors import ErrorCode, EstuaryError, not_connected
from app.estuary.events import EventName, TurnInDoubt
from app.estuary.recognition import Recognition
from app.estuary.utterance import Fate, Utterance
from app.estuary.voice_mode import VoiceMode
from app.protocol.client_messages import PUSH_TO_TALK, StreamAudio
from app.protocol.message import Message
from app.protocol.server_messages import SttResponse


class VoiceManager:
    """The state of voice on one client.

    Args:
        send: Puts a message on the wire, with the length in seconds of audio that may grow too old; raises
            NOT_CONNECTED.
        emit: Delivers events.
        rate: Sample rate of the session in Hz.
    """

    def __init__(self, send: Callable[[Message, float], None], emit: Callable[..., None], rate: int) -> None:
        self._emit = emit
        self._rate = rate
        self._recognition = Recognition(send, rate)
        self._utterance = Utterance(rate)
        self._is_suspended = False
        self._releasing: asyncio.Future[None] | None = None
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
            if self._ticket is ticket:  # the server's answers to this start are still to come
                self._off()
                self._announce(False)
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
        if self._releasing is not None:  # a quick second press is a second turn
            await asyncio.wait({self._releasing})
            await self.press()
            return
        if self._is_pressed:
            await self._recognition.until_opened()
            return
        if self._is_suspended:
            if not self._recognition.is_opening:
                raise not_connected()
            await self._recognition.until_opened()  # for what was said until the button was let go
            await self.press()
            return
        self._utterance.press()
        await self._begin_turn()

    async def _begin_turn(self) -> None:
        self._is_pressed = True
        ticket = self._ticket
        try:
            await self._recognition.open(PUSH_TO_TALK)
        except BaseException as error:
            is_mine = self._ticket is ticket
            if is_mine and self._is_suspended and isinstance(error, EstuaryError):
                return  # what is said now is sent when the connection is back
            if is_mine:
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
        if self._releasing is not None:
            await asyncio.wait({self._releasing})
            return
        ticket = self._ticket
        self._releasing = asyncio.get_running_loop().create_future()
        try:
            await self._recognition.until_opened()
            if self._ticket is ticket:
                self._is_pressed = False
                self._utterance.release()
                self._recognition.close()
        finally:
            releasing, self._releasing = self._releasing, None
            releasing.set_result(None)

    async def send_audio(self, pcm: bytes) -> None:
        """Send microphone audio. It is kept in order while recognition opens, and dropped while muted.

        Raises:
            EstuaryError: VOICE_NOT_ACTIVE.
            ValueError: ``pcm`` is not whole samples.
        """
        self._require()
        if len(pcm) % SAMPLE_BYTES:
            raise ValueError(f"audio must be whole 16-bit samples, not {len(pcm)} bytes")
        if self._is_muted:
            return
        if self._mode is VoiceMode.CONTINUOUS or self._is_pressed:
            self._say(pcm)
        elif not self._is_suspended:
            self._utterance.press()
            self._utterance.add(pcm)
            self._recognition.keep(StreamAudio(audio=pcm, turn_id=self._utterance.mark()))
            await self._begin_turn()

    def heard(self, heard: SttResponse) -> None:
        """Take note of what the server understood."""
        self._utterance.heard(has_words=bool(heard.text.strip()), is_final=heard.is_final)

    async def resume(self) -> None:
        """Bring voice back on a new connection, if it went with the one before.

        Raises:
            EstuaryError: VOICE_START_FAILED, voice is off then; CONNECTION_FAILED or NOT_CONNECTED.
        """
        if not self._is_suspended:
            return
        spoken = self._utterance.resumed()
        is_push_to_talk = self._mode is VoiceMode.PUSH_TO_TALK
        is_released = is_push_to_talk and not self._is_pressed
        if is_released and not spoken:
            self._resumed()
            return
        self._is_suspended = is_released  # the next press comes after what was said before
        for utterance in spoken:
            self._recognition.keep(StreamAudio(audio=utterance.frames[0], turn_id=utterance.turn_id))
            for pcm in utterance.frames[1:]:
                self._recognition.keep(StreamAudio(audio=pcm))
        ticket, failure = self._ticket, None
        try:
            await self._recognition.open(PUSH_TO_TALK if is_push_to_talk else None)
        except EstuaryError as error:
            failure = error
        except BaseException:
            if self._ticket is ticket:  # whoever waited for it has given up
                self._off()
                self._announce(False)
            raise
        if self._ticket is not ticket:  # voice was stopped meanwhile
            return
        if failure is not None:
            if failure.code is ErrorCode.VOICE_START_FAILED:
                self.end()
            raise failure
        if is_released:
            self._recognition.close()
        self._resumed()

    def _resumed(self) -> None:
        self._is_suspended = False
        self._utterance.delivered()
        self._announce(True)

    def suspend(self, *, is_told_by_id: bool) -> None:
        """Take note that the connection is gone; voice stays wanted.

        Args:
            is_told_by_id: The server tells an utterance that it has taken already by its id.
        """
        self.doubt(is_told_by_id=is_told_by_id)
        self._is_suspended = self._mode is not None
        self._recognition.reset()
        why = translate("Connection", "The connection was lost.")
        self._recognition.abandon(EstuaryError(why, ErrorCode.CONNECTION_FAILED))
        self._announce(False)

    def doubt(self, *, is_told_by_id: bool = False) -> None:
        """Tell it when nobody knows whether the server has heard what was said; as for `suspend`."""
        if self._mode is None:
            return
        if self._utterance.lost(is_told_by_id=is_told_by_id) is Fate.IN_DOUBT:
            self._emit(EventName.TURN_IN_DOUBT, TurnInDoubt())

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
        text = translate("Connection", "The server did not start voice: {problem}.")
        why = text.format(problem=problem or translate("Connection", "no reason given"))
        if not self._recognition.refused(EstuaryError(why, ErrorCode.VOICE_START_FAILED)):
            self.end()

    def _say(self, pcm: bytes) -> None:
        """Send a frame of the turn that is open, or keep it for the time when there is a connection."""
        self._utterance.add(pcm)
        if self._is_suspended:
            return
        turn_id = self._utterance.mark()
        must_arrive = turn_id is not None or self._utterance.is_spoken
        perishable_s = 0.0 if must_arrive else len(pcm) / SAMPLE_BYTES / self._rate
        self._recognition.take(StreamAudio(audio=pcm, turn_id=turn_id), perishable_s)

    def _off(self) -> None:
        self._mode = None
        self._is_suspended = False
        self._utterance.forget()
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
