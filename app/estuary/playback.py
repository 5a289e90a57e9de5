"""From the wire to the speaker: replies, their interruption, and the word that they were heard."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

from app.estuary.client import EstuaryClient
from app.estuary.errors import EstuaryError
from app.estuary.events import BotResponse, BotVoice, EventName, Interrupt
from app.estuary.player import AudioPlayer, PlaybackEvent
from app.estuary.replay import Replay


class Playback:
    """Plays what a client receives and tells the server what was heard.

    Args:
        client: Receives the voice.
        player: The speaker.
        replay: What is played again of earlier replies; the next reply stops it.
        on_event: Gets each `PlaybackEvent` of a reply with its message's id.
    """

    def __init__(
        self,
        client: EstuaryClient,
        player: AudioPlayer,
        replay: Replay,
        on_event: Callable[[PlaybackEvent, str], None],
    ) -> None:
        self._client = client
        self._player = player
        self._replay = replay
        self._on_event = on_event
        self._words_coming: set[str] = set()
        self._cut: set[str] = set()
        self._listeners = (
            (EventName.BOT_VOICE, self._voiced),
            (EventName.AUDIO_RECEIVED, self._received),
            (EventName.BOT_RESPONSE, self._worded),
            (EventName.INTERRUPT, self._interrupted),
            (EventName.DISCONNECTED, self._disconnected),
        )

    @property
    def is_busy(self) -> bool:
        """Whether a reply plays, or is being received."""
        return self._player.is_busy or bool(self._words_coming)

    @property
    def is_playing(self) -> bool:
        """Whether a reply leaves the speaker, or is about to."""
        return self._player.is_playing

    async def start(self) -> None:
        """Open the speaker and play what is received from now on.

        Raises:
            AudioError: There is no speaker, or it does not open.
        """
        self._player.on_playback_event = self._played
        await self._player.start()
        for event, callback in self._listeners:
            self._client.on(event, callback)

    async def stop(self) -> None:
        """Close the speaker."""
        for event, callback in self._listeners:
            self._client.off(event, callback)
        self._words_coming.clear()
        self._replay.stop()
        await self._player.dispose()

    def interrupt(self) -> bool:
        """Stop what plays, is being received or being made, here and at the server.

        Returns:
            False when only a replay was stopped: the server knows nothing of it and is not told.
        """
        if self._replay.stop() and not self.is_busy:
            return False
        self._silence()
        with suppress(EstuaryError):
            self._client.interrupt()
        return True

    def _voiced(self, voice: BotVoice) -> None:
        self._cut.discard(voice.message_id)
        self._give_way_to(voice.message_id)
        self._player.enqueue(voice)

    def _received(self, pcm: bytes) -> None:
        self._replay.stop()
        self._player.play_raw(pcm, self._client.config.audio_sample_rate)

    def _worded(self, response: BotResponse) -> None:
        self._give_way_to(response.message_id)
        if response.is_final:
            self._words_coming.discard(response.message_id)
        else:
            self._words_coming.add(response.message_id)

    def _interrupted(self, interrupt: Interrupt) -> None:
        if interrupt.message_id is None:
            self._silence()
        else:
            self._words_coming.discard(interrupt.message_id)
            self._player.interrupt(interrupt.message_id)

    def _silence(self) -> None:
        """Stop what plays, and what is to come of replies whose words have begun."""
        for message_id in self._words_coming:
            self._player.interrupt(message_id)
        self._words_coming.clear()
        if self._replay.message_id is None:  # beside a replay nothing plays, and it is not the server's
            self._player.interrupt()

    def _give_way_to(self, message_id: str) -> None:
        """Stop a replay: a reply comes. What still comes of one that was interrupted is not heard."""
        if not self._player.is_stopped(message_id):
            self._replay.stop()

    def _disconnected(self, _reason: str) -> None:
        self._words_coming.clear()
        self._cut = self._player.expect_no_more()

    def _played(self, event: PlaybackEvent, message_id: str) -> None:
        if self._replay.played(event, message_id):
            return
        if event is PlaybackEvent.COMPLETE and message_id not in self._cut:
            with suppress(EstuaryError):  # disconnected meanwhile: nobody is left to tell
                self._client.notify_audio_playback_complete(message_id or None)
        self._on_event(event, message_id)
