"""How far a reply was heard, in characters of its text: an estimate, for the protocol times no words."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from app.conversation.happening import Spoken
from app.core.audio_format import AudioFormat
from app.estuary.events import BotVoice
from app.estuary.player import PlaybackEvent

FRAME_S: Final = 0.02
"""Seconds of voice in one frame that was heard."""

FRAMES_PER_WORD: Final = 5
"""Frames between two estimates: 10 a second are as fine as a word is long."""

CHARS_PER_S: Final = 14.0
"""Characters a voice speaks in a second, until one was heard to its end: 150 English words a minute."""

_REMEMBERED: Final = 64
"""Replies kept; the oldest is forgotten first."""


@dataclass(slots=True)
class _Reply:
    chars: int = 0
    has_all_words: bool = False
    voice_s: float = 0.0
    has_all_voice: bool = False
    heard_s: float = 0.0
    is_heard: bool = False
    """It leaves the speaker now."""
    is_over: bool = False


class HeardWords:
    """Estimates what was heard of each reply from the seconds of its voice that left the speaker.

    Once a reply's words and voice are all there, its text is taken to be spoken evenly. Before that the words
    are usually far ahead of the voice, so a usual rate of speech counts, and after the first reply the rate
    of this voice.

    Args:
        tell: Gets each new estimate.
    """

    def __init__(self, tell: Callable[[Spoken], None]) -> None:
        self._tell = tell
        self._replies: OrderedDict[str, _Reply] = OrderedDict()
        self._chars_per_s = CHARS_PER_S
        self._frames = 0

    def worded(self, message_id: str, chars: int, *, is_final: bool) -> None:
        """Note that a reply's text is so long by now."""
        reply = self._reply(message_id)
        is_first = not reply.chars
        reply.chars, reply.has_all_words = chars, is_final
        if is_first and reply.voice_s:
            self._estimate(message_id, reply)  # its voice was there before its words

    def voiced(self, voice: BotVoice) -> None:
        """Note a piece of a reply's voice that will be played."""
        reply = self._reply(voice.message_id)
        is_first = not reply.voice_s
        reply.voice_s += AudioFormat(voice.sample_rate).seconds_of(len(voice.pcm))
        reply.has_all_voice |= voice.is_final
        if is_first and reply.voice_s:
            self._estimate(voice.message_id, reply)

    def frame_heard(self) -> None:
        """Note that one frame has left the speaker."""
        self._frames += 1
        for message_id, reply in self._replies.items():
            if reply.is_heard:
                reply.heard_s += FRAME_S
                if self._frames % FRAMES_PER_WORD == 0:
                    self._estimate(message_id, reply)

    def played(self, event: PlaybackEvent, message_id: str) -> None:
        """Note what happened to a reply in the speaker."""
        reply = self._reply(message_id)
        match event:
            case PlaybackEvent.STARTED:
                reply.is_heard = True
            case PlaybackEvent.INTERRUPTED:
                self._estimate(message_id, reply)
                reply.is_heard, reply.is_over = False, True
            case PlaybackEvent.COMPLETE:
                self._learn(reply)
                reply.is_heard, reply.is_over = False, True
                self._tell(Spoken(message_id, None))

    def stop(self) -> list[str]:
        """Take what was heard as all there will be; return the replies that are cut by that."""
        cut = [name for name, reply in self._replies.items() if reply.voice_s and not reply.is_over]
        for name in cut:
            self.played(PlaybackEvent.INTERRUPTED, name)
        return cut

    def _reply(self, message_id: str) -> _Reply:
        reply = self._replies.setdefault(message_id, _Reply())
        if len(self._replies) > _REMEMBERED:
            self._replies.popitem(last=False)
        return reply

    def _estimate(self, message_id: str, reply: _Reply) -> None:
        if reply.is_over or not reply.voice_s:
            return
        evenly = reply.chars * min(reply.heard_s / reply.voice_s, 1.0)
        is_known = reply.has_all_words and reply.has_all_voice
        chars = evenly if is_known else min(evenly, reply.heard_s * self._chars_per_s)
        self._tell(Spoken(message_id, int(chars)))

    def _learn(self, reply: _Reply) -> None:
        if reply.has_all_words and reply.has_all_voice and reply.chars and reply.voice_s >= 1.0:
            self._chars_per_s = reply.chars / reply.voice_s
