"""One call: a connected client and its voice session, from the first event to the last."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Final, Protocol

from app.audio.devices.device_news import DeviceFound, DeviceHint, DeviceLost, DeviceMoved, DeviceNews
from app.audio.playback.earcon import Earcon
from app.conversation import happening as h
from app.conversation.audio_tap import AudioTap
from app.conversation.diagnosis import Diagnosis, host_of
from app.conversation.heard_words import HeardWords
from app.conversation.state import Link, Notice, Severity
from app.core.errors import UserError
from app.core.translation import translate
from app.estuary import (
    EstuaryClient,
    EstuaryConfig,
    EstuaryError,
    PlaybackEvent,
    VoiceMode,
    VoiceSession,
    VoiceState,
)
from app.estuary import events as estuary
from app.estuary.rest.characters import CharactersClient
from app.estuary.transcript import Transcript
from app.estuary.turn_times import TurnTimes
from app.estuary.voice_options import VoiceOptions

_log = logging.getLogger(__name__)

_LONGEST_QUOTE: Final = 60
"""Characters of a turn that a notice repeats."""


class CallListener(Protocol):
    """Who a call reports to."""

    def happened(self, happening: h.Happening) -> None:
        """Take a fact about the conversation."""

    def audio(self, tap: AudioTap, frame: bytes) -> None:
        """Take 20 ms of PCM16LE mono that was captured or played."""

    def asked(self, wish: estuary.CameraCaptureRequest | estuary.ClientAction) -> None:
        """The character wants a picture, or something done."""

    def lost(self, reason: str) -> None:
        """The connection is gone and the client will not restore it."""

    def restored(self) -> None:
        """The client has restored a connection that was lost."""


class Call:
    """A client and a voice session on one server.

    Args:
        config: Whom to call.
        listener: Who hears of everything that happens.
        options: How to listen and speak.
        volume: Loudness of the character in 0..1.
        on_turn: Gets the times of each spoken turn.
        on_voice: Gets each piece of the character's voice.
    """

    def __init__(
        self,
        config: EstuaryConfig,
        listener: CallListener,
        options: VoiceOptions | None = None,
        volume: float = 1.0,
        on_turn: Callable[[TurnTimes], None] | None = None,
        on_voice: Callable[[estuary.BotVoice], None] = lambda _: None,
    ) -> None:
        self._on_turn = on_turn
        self._on_voice = on_voice
        self._config = config
        self._listener = listener
        self._options = options or VoiceOptions()
        self._volume = volume
        self._client = EstuaryClient(config)
        self._session: VoiceSession | None = None
        self._transcript = Transcript()
        self._heard_words = HeardWords(listener.happened)
        self._is_open = False
        self._is_closing = False
        self._is_lost = False
        self._has_voice_ended = False
        for name, handler in self._handlers().items():
            self._client.on(name, handler)

    async def open(self) -> None:
        """Connect.

        Raises:
            EstuaryError: The server cannot be reached or refuses.
        """
        await self._client.connect()
        self._is_open = True

    async def close(self) -> None:
        """End voice and the connection; harmless when there is none."""
        self._is_closing = True
        await self.stop_voice()
        await self._client.disconnect()

    async def start_voice(self, mode: VoiceMode) -> None:
        """Open the speaker, and the microphone when ``mode`` wants it open.

        Raises:
            AudioError: There is no microphone or no speaker.
            EstuaryError: The server does not start voice, or the audio packages are missing.
        """
        await self.stop_voice()
        session = VoiceSession(
            self._client,
            mode,
            sample_rate=self._config.audio_sample_rate,
            on_state=self._voice_state,
            options=self._options,
            volume=self._volume,
            on_microphone=lambda frame: self._listener.audio(AudioTap.MICROPHONE, frame),
            on_playback_event=self._played,
            on_speaker=self._spoken,
            on_news=self._device_told,
            on_turn=self._on_turn,
            on_microphone_open=lambda is_open: self._listener.happened(h.MicrophoneOpened(is_open)),
        )
        session.replay.on_change = lambda message_id: self._listener.happened(h.Replaying(message_id))
        self._has_voice_ended = False
        await session.start()
        self._session = session

    async def stop_voice(self) -> None:
        """End the voice session; the connection stays."""
        session, self._session = self._session, None
        if session is not None:
            await session.stop()
        for message_id in self._heard_words.stop():
            self._listener.happened(h.Interrupted(message_id))

    async def press(self) -> None:
        """Begin a push-to-talk turn.

        Raises:
            AudioError: The microphone cannot be opened.
            EstuaryError: The server does not listen.
        """
        if self._session is not None:
            await self._session.start_recording()

    async def release(self, *, is_abandoned: bool = False) -> None:
        """End the push-to-talk turn; see `VoiceSession.stop_recording`."""
        if self._session is not None:
            await self._session.stop_recording(is_abandoned=is_abandoned)

    def apply(self, options: VoiceOptions, volume: float) -> None:
        """Listen and speak in another way from now on."""
        self._options, self._volume = options, volume
        if self._session is not None:
            self._session.apply(options)
            self._session.volume = volume

    async def interrupt(self) -> None:
        """Stop the character."""
        if self._session is not None:
            await self._session.interrupt()
        elif self._client.is_connected:
            await self._client.interrupt()

    def replay(self, message_id: str, voice: Sequence[estuary.BotVoice]) -> None:
        """Have a reply heard again; whatever is heard is stopped for it.

        Raises:
            UserError: There is nothing to play it on.
        """
        if self._session is None or not self._session.replay.start(message_id, voice):
            raise UserError(
                translate("Call", "No speaker is open. Connect one, or choose another in the settings.")
            )

    def stop_replay(self) -> None:
        """Stop what is heard again."""
        if self._session is not None:
            self._session.replay.stop()

    async def send_text(self, text: str) -> None:
        """Send a typed turn; without a voice session its answer is asked for without voice."""
        await self._client.send_text(text, text_only=self._session is None)

    async def send_picture(self, content: bytes, mime_type: str, request_id: str) -> None:
        """Show the character a picture that it has asked for.

        Raises:
            EstuaryError: There is no connection.
        """
        await self._client.send_camera_image(content, mime_type, request_id or None)

    def play_cue(self, earcon: Earcon) -> None:
        """Play an earcon, if it is chosen and the speaker is open."""
        if self._session is not None:
            self._session.play_cue(earcon)

    def toggle_mute(self) -> None:
        """Mute or unmute the microphone."""
        self._client.toggle_mute()

    @property
    def has_voice(self) -> bool:
        """Whether a voice session is open and the server is there for it."""
        return self._session is not None and not self._has_voice_ended

    @property
    def characters(self) -> CharactersClient:
        """The characters of the server."""
        return self._client.characters

    async def introduce(self) -> None:
        """Ask the server what the character is called and looks like, and tell it."""
        from app.conversation.introduction import introduce

        await introduce(self._client.characters, self._config, self._listener.happened)

    @property
    def is_connected(self) -> bool:
        """Whether text can be sent now."""
        return self._client.is_connected

    async def forget(self, character_id: str, player_id: str) -> None:
        """Have the server forget all between a character and a player.

        Raises:
            HeronError: It was not made to.
        """
        if character_id != self._config.character_id:
            raise UserError(translate("Call", "Talk to that character, then delete again."))
        await self._client.players.delete(player_id)

    def diagnose(self) -> Diagnosis:
        """Return how the connection and the devices are."""
        return Diagnosis(
            server=host_of(self._config.server_url),
            round_trip_s=self._client.round_trip_s,
            voice=None if self._session is None else self._session.facts,
        )

    @property
    def is_muted(self) -> bool:
        """Whether the microphone is muted."""
        return self._client.is_muted

    def _handlers(self) -> dict[estuary.EventName, Callable[..., None]]:
        return {
            estuary.EventName.CONNECTED: self._connected,
            estuary.EventName.RECONNECTING: self._reconnecting,
            estuary.EventName.DISCONNECTED: self._disconnected,
            estuary.EventName.STT_RESPONSE: self._heard,
            estuary.EventName.BOT_RESPONSE: self._replied,
            estuary.EventName.BOT_VOICE: self._voiced,
            estuary.EventName.INTERRUPT: self._interrupted,
            estuary.EventName.ERROR: self._erred,
            estuary.EventName.CONNECTION_STATE_CHANGED: self._state_changed,
            estuary.EventName.VOICE_TIMEOUT: self._voice_timed_out,
            estuary.EventName.VOICE_ERROR: self._voice_broke,
            estuary.EventName.SESSION_TIMEOUT: self._session_timed_out,
            estuary.EventName.QUOTA_EXCEEDED: self._quota_exceeded,
            estuary.EventName.TURN_IN_DOUBT: self._turn_in_doubt,
            estuary.EventName.MODERATION_WARNING: self._warned,
            estuary.EventName.CAMERA_CAPTURE_REQUEST: self._listener.asked,
            estuary.EventName.CLIENT_ACTION: self._listener.asked,
        }

    def _voice_state(self, state: VoiceState) -> None:
        self._listener.happened(h.VoiceChanged(state))

    def _device_told(self, news: DeviceNews) -> None:
        match news:
            case DeviceLost(sentence):
                self._notice(sentence, Severity.ERROR)
            case DeviceHint(sentence):
                self._notice(sentence, Severity.WARNING)
            case DeviceMoved(_, sentence) | DeviceFound(_, sentence):
                self._notice(sentence, Severity.INFO)

    def _connected(self, _session: estuary.SessionInfo) -> None:
        if self._is_open:  # the first time, whoever opens the call says when all of it is there
            self._listener.happened(h.LinkChanged(Link.READY))
            self._listener.restored()

    def _reconnecting(self, _attempt: int) -> None:
        self._listener.happened(h.LinkChanged(Link.RECONNECTING))

    def _disconnected(self, reason: str) -> None:
        if self._is_closing:
            return
        self._listener.happened(h.Lost())
        if self._client.state is not estuary.ConnectionState.RECONNECTING:
            self._lost(reason)

    def _state_changed(self, state: estuary.ConnectionState) -> None:
        if state is estuary.ConnectionState.ERROR and self._is_open and not self._is_closing:
            self._lost("the client has given up")

    def _lost(self, reason: str) -> None:
        if not self._is_lost:
            self._is_lost = True
            self._listener.lost(reason)

    def _voice_timed_out(self, _timeout: estuary.VoiceTimeout) -> None:
        self._has_voice_ended = True
        text = translate("Call", "Heron stopped listening because nobody spoke. Unmute to go on.")
        self._notice(text, Severity.INFO)
        self._listener.happened(h.MuteChanged(is_muted=True))

    def _voice_broke(self, error: estuary.VoiceError) -> None:
        self._has_voice_ended = True
        text = translate("Call", "Voice stopped working. Press to talk again.")
        self._notice(error.error or text, Severity.WARNING)

    def _session_timed_out(self, _timeout: estuary.SessionTimeout) -> None:
        text = translate("Call", "The server ended the session because nothing was said for long.")
        self._notice(text, Severity.INFO)

    def _quota_exceeded(self, quota: estuary.QuotaExceeded) -> None:
        text = translate("Call", "The account's allowance is used up.")
        self._notice(quota.message or text, Severity.WARNING)

    def _turn_in_doubt(self, turn: estuary.TurnInDoubt) -> None:
        if turn.text is None:
            text = translate(
                "Call", "The connection was lost, and perhaps what you said last with it. Say it again."
            )
        else:
            text = translate("Call", "The connection was lost, and perhaps “{words}” with it. Say it again.")
            text = text.format(words=_short(turn.text))
        self._notice(text, Severity.WARNING)

    def _warned(self, warning: estuary.ModerationWarning) -> None:
        if not warning.is_terminal:  # the end of the session is told as an error
            text = translate("Call", "The server minds what was said.")
            self._notice(warning.message or text, Severity.WARNING)

    def _heard(self, heard: estuary.SttResponse) -> None:
        self._listener.happened(h.Heard(heard.text, heard.is_final, _now()))

    def _replied(self, said: estuary.BotResponse) -> None:
        text = self._transcript.add(said)
        self._listener.happened(h.Replied(said.message_id, text, said.is_final, _now()))
        self._heard_words.worded(said.message_id, len(text), is_final=said.is_final)

    def _voiced(self, voice: estuary.BotVoice) -> None:
        self._on_voice(voice)
        if self._session is not None and self._session.state is not VoiceState.ERROR:  # else nothing plays it
            self._heard_words.voiced(voice)

    def _spoken(self, frame: bytes) -> None:
        self._listener.audio(AudioTap.CHARACTER, frame)
        self._heard_words.frame_heard()

    def _played(self, event: PlaybackEvent, message_id: str) -> None:
        self._heard_words.played(event, message_id)
        if event is PlaybackEvent.INTERRUPTED:
            self._listener.happened(h.Interrupted(message_id))

    def _interrupted(self, interrupt: estuary.Interrupt) -> None:
        self._listener.happened(h.Interrupted(interrupt.message_id))

    def _erred(self, error: EstuaryError) -> None:
        _log.warning("the server or a listener reported: %s", error)
        self._notice(error.message, Severity.WARNING)

    def _notice(self, sentence: str, severity: Severity) -> None:
        self._listener.happened(h.Noticed(Notice(sentence, severity)))


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST_QUOTE else f"{text[: _LONGEST_QUOTE - 1].rstrip()}…"


def _now() -> datetime:
    return datetime.now().astimezone()
