"""The Estuary client: one session with one character, in text and in voice."""

from __future__ import annotations

import base64
import logging
from types import TracebackType
from typing import TYPE_CHECKING, Final, Self

from app.estuary.config import EstuaryConfig
from app.estuary.connection import Connection
from app.estuary.credentials import Credentials
from app.estuary.dispatch import Dispatch
from app.estuary.emitter import Emitter
from app.estuary.errors import ErrorCode, EstuaryError
from app.estuary.events import BotResponse, ConnectionState, EventName, SessionInfo, TurnInDoubt
from app.estuary.listener import Callback
from app.estuary.questions import Questions
from app.estuary.sent import Sent
from app.estuary.voice_manager import VoiceManager
from app.estuary.voice_mode import VoiceMode
from app.protocol.client_messages import AudioPlaybackComplete, CameraImage, ClientInterrupt, SayLine
from app.protocol.message import Message

if TYPE_CHECKING:
    from app.estuary.rest import CharactersClient, MemoryClient, PlayersClient, RestClient
    from app.estuary.subscribe import Subscribe

SETTLE_S: Final = 1.0
"""Longest wait of `EstuaryClient.disconnect` for listeners that still work."""


class EstuaryClient:
    """Talks to one character of an Estuary server.

    Used as ``async with EstuaryClient(config) as client``, which disconnects at the end. It belongs to the
    event loop it connects on. What the server says comes as events: see `on`.

    A lost connection is restored by itself, and voice with it, unless the config says otherwise; each step is
    an event. While it is lost, text is refused; what the person is saying is kept and sent when it is back,
    silence is dropped.

    Args:
        config: Whom to talk to, as whom.
    """

    def __init__(self, config: EstuaryConfig) -> None:
        self.config = config
        if config.debug:
            logging.getLogger("app.estuary").setLevel(logging.DEBUG)
        rate = config.audio_sample_rate
        self._credentials = Credentials(config)
        self._rest: RestClient | None = None
        self._emitter = Emitter(self._listeners_are_full)
        self._voice = VoiceManager(self._send, self._emitter.emit, rate)
        self._questions = Questions(self._send, self._doubt)
        receiver = Dispatch(self._emitter, self._voice, self._questions, rate)
        self._connection = Connection(
            config, self._emitter.emit, self._voice, self._questions, receiver, self._credentials
        )

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        await self.disconnect()

    @property
    def state(self) -> ConnectionState:
        """How the client stands with its server."""
        return self._connection.state

    @property
    def is_connected(self) -> bool:
        """Whether a session is open."""
        return self.state is ConnectionState.CONNECTED

    @property
    def session(self) -> SessionInfo | None:
        """The open session, or the last one while it is being restored; None without one."""
        return self._connection.session

    @property
    def round_trip_s(self) -> float:
        """Seconds to the server and back, smoothed; 0.0 while that is not known."""
        return self._connection.round_trip_s

    @property
    def is_voice_active(self) -> bool:
        """Whether voice was started and the server is there for it; False while a connection is restored."""
        return self._voice.is_active

    @property
    def voice_mode(self) -> VoiceMode | None:
        """The mode voice was started in, also while a connection is restored; None while voice is off."""
        return self._voice.mode

    @property
    def is_recording(self) -> bool:
        """Whether a push-to-talk turn is open."""
        return self._voice.is_pressed

    @property
    def is_muted(self) -> bool:
        """Whether microphone audio is held back."""
        return self._voice.is_muted

    @property
    def characters(self) -> CharactersClient:
        """The characters of the account, over REST. No connection is needed."""
        from app.estuary.rest import CharactersClient

        return CharactersClient(self._rest_client(), self.config.player_id)

    @property
    def memory(self) -> MemoryClient:
        """What the character remembers of the player, over REST. No connection is needed."""
        from app.estuary.rest import MemoryClient

        character_id, player_id = self._between()
        return MemoryClient(self._rest_client(), character_id, player_id)

    @property
    def players(self) -> PlayersClient:
        """Who speaks with the character, and what was said, over REST. No connection is needed."""
        from app.estuary.rest import PlayersClient

        character_id, _ = self._between()
        return PlayersClient(self._rest_client(), character_id)

    if TYPE_CHECKING:
        on: Subscribe
        once: Subscribe
        off: Subscribe
    else:

        def on(self, event: str, callback: Callback) -> None:
            """Call ``callback`` for each ``event``: a name of `EventName`, which says what it is called with.

            A coroutine function is awaited for one event after the other; a plain function is called at once
            and must not block. Either may call the client.

            Raises:
                ValueError: There is no event of that name.
                TypeError: ``callback`` cannot be called.
            """
            self._emitter.on(event, callback)

        def once(self, event: str, callback: Callback) -> None:
            """Call ``callback`` for the next ``event`` only; otherwise as `on`."""
            self._emitter.on(event, callback, once=True)

        def off(self, event: str, callback: Callback) -> None:
            """Take back what `on` or `once` registered for this ``event``."""
            self._emitter.off(event, callback)

    def remove_all_listeners(self, event: str | None = None) -> None:
        """Take back everything that was registered for ``event``, or for all events."""
        self._emitter.off_all(event)

    async def connect(self) -> SessionInfo:
        """Open the session; return the open one if there is one.

        Raises:
            EstuaryError: AUTH_FAILED, CONNECTION_FAILED, CONNECTION_TIMEOUT.
        """
        return await self._connection.connect()

    async def disconnect(self) -> None:
        """End the session, or the attempt to open or restore one, and REST calls that run.

        What was sent before goes out first. Listeners that still work on what they were told get `SETTLE_S`
        to finish, then they are cancelled.
        """
        await self._connection.disconnect("the client disconnected")
        if self._rest is not None:
            await self._rest.close()
        await self._emitter.settle(SETTLE_S)

    async def start_voice(self, mode: VoiceMode = VoiceMode.CONTINUOUS) -> None:
        """Begin voice. In push-to-talk nothing is heard before `start_recording`. Unmutes.

        Raises:
            EstuaryError: NOT_CONNECTED, VOICE_ALREADY_ACTIVE, VOICE_START_FAILED, LIVEKIT_UNAVAILABLE.
        """
        self._connection.require()
        if self.config.voice_transport == "livekit":
            raise EstuaryError(
                'Voice over LiveKit is not part of this client: set voice_transport="websocket".',
                ErrorCode.LIVEKIT_UNAVAILABLE,
            )
        await self._voice.start(VoiceMode(mode))

    async def stop_voice(self) -> None:
        """End voice; the session stays open for text. ``voice_stopped`` comes even if the server is mute."""
        await self._voice.stop()

    async def start_recording(self) -> None:
        """Begin a push-to-talk turn, and return when the server listens. In continuous mode nothing happens.

        Raises:
            EstuaryError: VOICE_NOT_ACTIVE, VOICE_START_FAILED, NOT_CONNECTED.
        """
        await self._voice.press()

    async def stop_recording(self) -> None:
        """End the push-to-talk turn; the character answers it. In continuous mode nothing happens.

        Raises:
            EstuaryError: VOICE_NOT_ACTIVE.
        """
        await self._voice.release()

    async def send_audio(self, pcm: bytes) -> None:
        """Send microphone audio: PCM16LE mono at the config's ``audio_sample_rate``, usually 20 ms at a time.

        While muted it is dropped; while the server still opens voice it is kept and sent in order. In
        push-to-talk the first audio outside a turn begins one, which `stop_recording` ends.

        Raises:
            EstuaryError: VOICE_NOT_ACTIVE before `start_voice`; VOICE_START_FAILED.
            ValueError: ``pcm`` is not whole samples.
        """
        await self._voice.send_audio(pcm)

    def toggle_mute(self) -> None:
        """Hold microphone audio back, or let it through again. Nothing happens while voice is off."""
        self._voice.toggle_mute()

    def send_text(self, text: str, text_only: bool = False) -> Sent:
        """Say something in writing. Blank text is not sent.

        When the connection is lost before the answer came, the turn is sent again to a server that tells
        repetitions, and a ``turn_in_doubt`` event names it elsewhere.

        Args:
            text: The words.
            text_only: Ask for an answer without voice.

        Raises:
            EstuaryError: NOT_CONNECTED.
        """
        self._connection.require()
        if text.strip():
            self._questions.ask(text, text_only=text_only)
        return Sent()

    async def send_text_and_wait(
        self,
        text: str,
        *,
        text_only: bool = False,
        timeout: float = 20.0,  # noqa: ASYNC109 - as in 0.8.0
    ) -> BotResponse:
        """Say something in writing and return the whole answer, never something said in between.

        Args:
            text: The words; must not be blank.
            text_only: Ask for an answer without voice.
            timeout: Longest wait in seconds.

        Raises:
            AnswerTimeout: There was no answer in time; a TimeoutError too.
            EstuaryError: NOT_CONNECTED; CONNECTION_FAILED as soon as the connection is lost for good or
                cannot tell a repetition; UNKNOWN when the answer was interrupted.
            ValueError: ``text`` is blank.
        """
        self._connection.require()
        if not text.strip():
            raise ValueError("text is blank: there is no answer to nothing")
        question = self._questions.ask(text, text_only=text_only)
        return await self._questions.answer(question, timeout)

    def say_line(self, text: str, text_only: bool = False) -> Sent:
        """Let the character say ``text`` as it is. Blank text is not sent.

        Raises:
            EstuaryError: NOT_CONNECTED.
        """
        self._connection.require()
        if text.strip():
            self._send(SayLine(text=text, text_only=text_only))
            self._questions.expect()
        return Sent()

    def interrupt(self, message_id: str | None = None) -> Sent:
        """Stop the character, or just its reply ``message_id``.

        Raises:
            EstuaryError: NOT_CONNECTED.
        """
        self._send(ClientInterrupt(message_id=message_id))
        if message_id is None:
            self._questions.stopping()
        return Sent()

    def send_camera_image(
        self,
        image: str | bytes,
        mime_type: str,
        request_id: str | None = None,
        text: str | None = None,
    ) -> Sent:
        """Show the character a picture.

        Args:
            image: The file's bytes, or their base64 text.
            mime_type: What kind of file it is, such as ``image/jpeg``.
            request_id: The ``camera_capture_request`` it answers.
            text: Words that go with it.

        Raises:
            EstuaryError: NOT_CONNECTED.
            ValueError: ``image`` is empty or no base64.
        """
        self._send(
            CameraImage(
                image=_base64(image),
                mime_type=mime_type,
                request_id=request_id,
                text=text,
                sample_rate=self.config.audio_sample_rate,
            )
        )
        self._questions.expect()
        return Sent()

    def notify_audio_playback_complete(self, message_id: str | None = None) -> None:
        """Tell the server that the last sample of a reply has left the speaker.

        Raises:
            EstuaryError: NOT_CONNECTED.
        """
        self._send(AudioPlaybackComplete(message_id=message_id))

    def network_changed(self) -> None:
        """Restore a lost connection at once: the system woke up, or has a network again."""
        self._connection.hurry()

    def _between(self) -> tuple[str, str]:
        """Return character and player as the server names them, where it has."""
        session, config = self.session, self.config
        if session is None:
            return config.character_id, config.player_id
        return session.character_id or config.character_id, session.player_id or config.player_id

    def _rest_client(self) -> RestClient:
        if self._rest is None:
            from app.estuary.rest import RestClient

            self._rest = RestClient(self.config, self._credentials.headers)
        return self._rest

    def _send(self, message: Message, perishable_s: float = 0.0) -> None:
        self._connection.send(message, perishable_s)

    def _doubt(self, text: str) -> None:
        self._emitter.emit(EventName.TURN_IN_DOUBT, TurnInDoubt(text=text))

    def _listeners_are_full(self, are_full: bool) -> None:
        self._connection.rest(are_full)


def _base64(image: str | bytes) -> str:
    """Return base64 text that every server takes: no line breaks, standard letters."""
    try:
        raw = base64.b64decode(image, validate=True) if isinstance(image, str) else image
    except ValueError as error:
        raise ValueError("image is no base64 text: give the file's bytes instead") from error
    if not raw:
        raise ValueError("image is empty")
    return base64.b64encode(raw).decode()
