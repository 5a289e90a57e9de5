"""Keeps a voice session's progress up to date and tells its state when it changes."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Final

from app.estuary.client import EstuaryClient
from app.estuary.errors import EstuaryError
from app.estuary.events import BotResponse, BotVoice, ConnectionState, EventName, SttResponse
from app.estuary.listener import Callback, Listener
from app.estuary.player import PlaybackEvent
from app.estuary.voice_mode import VoiceState
from app.estuary.voice_progress import (
    Happening,
    LinkChanged,
    MuteChanged,
    NoAnswerCame,
    Released,
    ReplyBegan,
    ReplyEnded,
    VoiceProgress,
    VoiceSuspended,
    VoiceTurnedOff,
    VoiceTurnedOn,
    WordsHeard,
    advance,
)

ANSWER_S: Final = 20.0
"""Seconds an answer is waited for, from the last sign of it on."""

VOICELESS_S: Final = 3.0
"""Seconds it is waited for when nothing was recognised, or when its last word came and no voice did."""

_SETTLE_S: Final = 1.0


class VoiceWatch:
    """Watches a client and its playback.

    Args:
        client: Whose voice is watched.
        on_state: Gets each new `VoiceState`; a plain function or a coroutine function.
        is_playing: Whether the character is being heard.
    """

    def __init__(
        self, client: EstuaryClient, on_state: Callback | None, is_playing: Callable[[], bool]
    ) -> None:
        self._client = client
        self._is_playing = is_playing
        self._silent_since: float | None = None
        self._given_up: set[str] = set()
        self._listener = None if on_state is None else Listener("voice state", on_state, lambda _: None)
        self._progress = VoiceProgress()
        self._patience: asyncio.TimerHandle | None = None
        self._listeners: tuple[tuple[EventName, Callable[..., None]], ...] = (
            (EventName.VOICE_STARTED, self._voice_started),
            (EventName.VOICE_STOPPED, self._voice_stopped),
            (EventName.MUTE_CHANGED, self._mute_changed),
            (EventName.STT_RESPONSE, self._words_heard),
            (EventName.BOT_RESPONSE, self._answer_came),
            (EventName.BOT_VOICE, self._voice_came),
            (EventName.CONNECTION_STATE_CHANGED, self._link_changed),
            (EventName.ERROR, self._erred),
        )

    @property
    def state(self) -> VoiceState:
        """What the session is doing."""
        return self._progress.state

    def start(self) -> None:
        """Watch from now on."""
        for event, callback in self._listeners:
            self._client.on(event, callback)

    async def stop(self) -> None:
        """Watch no more; the state is IDLE."""
        for event, callback in self._listeners:
            self._client.off(event, callback)
        self._lose_patience()
        self._given_up.clear()
        self._become(VoiceProgress())
        if self._listener is not None:
            await self._listener.settle(_SETTLE_S)

    def note(self, happening: Happening) -> None:
        """Take note of what happened."""
        was_hearing = self._progress.is_hearing
        self._become(advance(self._progress, happening))
        if not self._progress.is_thinking:
            self._lose_patience()
        elif isinstance(happening, WordsHeard) or (isinstance(happening, Released) and was_hearing):
            self._wait(ANSWER_S)
        elif isinstance(happening, Released):
            self._wait(VOICELESS_S)

    def played(self, event: PlaybackEvent, message_id: str, *, is_answer: bool = True) -> None:
        """Take note of what the speaker did; what is no answer is a reply that is heard again."""
        is_heard = event is PlaybackEvent.STARTED
        self.note(ReplyBegan(message_id, is_answer) if is_heard else ReplyEnded(message_id))

    def silent_s(self) -> float:
        """Return for how many seconds a reply is said to be heard and nothing is; asked every so often."""
        if not self._progress.speaking or self._is_playing():
            self._silent_since = None
            return 0.0
        now = asyncio.get_running_loop().time()
        if self._silent_since is None:
            self._silent_since = now
        return now - self._silent_since

    async def give_up_replies(self) -> None:
        """Take the replies that are said to be heard for ended; more of their voice takes that back."""
        for message_id in self._progress.speaking:
            self._given_up.add(message_id)
            self.note(ReplyEnded(message_id))

    def _become(self, progress: VoiceProgress) -> None:
        before, self._progress = self._progress.state, progress
        if progress.state is not before and self._listener is not None:
            self._listener.call(progress.state)

    def _wait(self, seconds: float) -> None:
        self._lose_patience()
        loop = asyncio.get_running_loop()
        self._patience = loop.call_later(seconds, lambda: self.note(NoAnswerCame()))

    def _lose_patience(self) -> None:
        if self._patience is not None:
            self._patience.cancel()
            self._patience = None

    def _voice_started(self) -> None:
        mode = self._client.voice_mode
        if mode is not None:
            self.note(VoiceTurnedOn(mode))

    def _voice_stopped(self) -> None:
        self.note(VoiceTurnedOff() if self._client.voice_mode is None else VoiceSuspended())

    def _mute_changed(self, is_muted: bool) -> None:
        self.note(MuteChanged(is_muted))

    def _words_heard(self, heard: SttResponse) -> None:
        self.note(WordsHeard(heard.text, heard.is_final))

    def _answer_came(self, response: BotResponse) -> None:
        if self._progress.is_thinking:
            self._wait(VOICELESS_S if response.is_final else ANSWER_S)

    def _voice_came(self, voice: BotVoice) -> None:
        if voice.message_id in self._given_up:
            self._given_up.discard(voice.message_id)
            self.note(ReplyBegan(voice.message_id))

    def _link_changed(self, state: ConnectionState) -> None:
        self.note(LinkChanged(state))

    def _erred(self, _error: EstuaryError) -> None:
        if self._progress.is_suspended and self._client.voice_mode is None:  # it did not come back
            self.note(VoiceTurnedOff())
