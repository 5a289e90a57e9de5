from __future__ import annotations

import pytest

from app.conversation.happening import Spoken
from app.conversation.heard_words import CHARS_PER_S, FRAME_S, FRAMES_PER_WORD, HeardWords
from app.estuary.events import BotVoice
from app.estuary.player import PlaybackEvent

RATE = 16_000


class Ear:
    """Takes the estimates, and plays seconds of voice."""

    def __init__(self) -> None:
        self.told: list[Spoken] = []
        self.words = HeardWords(self.told.append)

    @property
    def last(self) -> Spoken:
        return self.told[-1]

    def voice(self, seconds: float, message: str = "m1", *, is_final: bool = False) -> None:
        pcm = bytes(2 * round(seconds * RATE))
        self.words.voiced(BotVoice(pcm=pcm, sample_rate=RATE, message_id=message, is_final=is_final))

    def hear(self, seconds: float) -> None:
        for _ in range(round(seconds / FRAME_S)):
            self.words.frame_heard()


@pytest.fixture
def ear() -> Ear:
    return Ear()


def test_nothing_is_heard_when_the_voice_arrives(ear: Ear) -> None:
    ear.words.worded("m1", 40, is_final=True)
    assert ear.told == []
    ear.voice(1.0)
    assert ear.told == [Spoken("m1", 0)]


def test_words_that_come_after_their_voice_begin_unheard_too(ear: Ear) -> None:
    ear.voice(1.0)
    ear.told.clear()
    ear.words.worded("m1", 40, is_final=False)
    assert ear.told == [Spoken("m1", 0)]


def test_a_reply_that_is_all_there_is_spoken_evenly(ear: Ear) -> None:
    ear.words.worded("m1", 100, is_final=True)
    ear.voice(2.0)
    ear.voice(2.0, is_final=True)
    ear.words.played(PlaybackEvent.STARTED, "m1")
    ear.hear(1.0)
    assert ear.last == Spoken("m1", 25)
    ear.hear(2.0)
    assert ear.last == Spoken("m1", 75)
    ear.words.played(PlaybackEvent.COMPLETE, "m1")
    assert ear.last == Spoken("m1", None)


def test_words_far_ahead_of_the_voice_are_not_taken_for_heard(ear: Ear) -> None:
    ear.words.worded("m1", 2000, is_final=True)
    ear.voice(1.0)
    ear.words.played(PlaybackEvent.STARTED, "m1")
    ear.hear(1.0)
    assert ear.last == Spoken("m1", int(CHARS_PER_S))


def test_a_slow_voice_is_never_ahead_of_its_words(ear: Ear) -> None:
    ear.words.worded("m1", 10, is_final=False)
    ear.voice(2.0)
    ear.words.played(PlaybackEvent.STARTED, "m1")
    ear.hear(1.0)
    assert ear.last == Spoken("m1", 5)
    ear.hear(5.0)
    assert ear.last == Spoken("m1", 10)


def test_the_rate_of_a_voice_is_learned_from_a_whole_reply(ear: Ear) -> None:
    ear.words.worded("m1", 40, is_final=True)
    ear.voice(4.0, is_final=True)
    ear.words.played(PlaybackEvent.STARTED, "m1")
    ear.words.played(PlaybackEvent.COMPLETE, "m1")
    ear.words.worded("m2", 2000, is_final=False)
    ear.voice(3.0, "m2")
    ear.words.played(PlaybackEvent.STARTED, "m2")
    ear.hear(2.0)
    assert ear.last == Spoken("m2", 20)


def test_no_more_than_ten_estimates_are_made_in_a_second(ear: Ear) -> None:
    ear.words.worded("m1", 100, is_final=True)
    ear.voice(10.0, is_final=True)
    ear.words.played(PlaybackEvent.STARTED, "m1")
    ear.told.clear()
    ear.hear(1.0)
    assert len(ear.told) == 1 / (FRAME_S * FRAMES_PER_WORD) == 10


def test_frames_count_only_while_the_reply_is_in_the_speaker(ear: Ear) -> None:
    for name in ("m1", "m2"):
        ear.words.worded(name, 100, is_final=True)
        ear.voice(2.0, name, is_final=True)
    ear.hear(1.0)
    ear.words.played(PlaybackEvent.STARTED, "m1")
    ear.hear(1.0)
    ear.words.played(PlaybackEvent.INTERRUPTED, "m1")
    assert ear.last == Spoken("m1", 50)
    ear.told.clear()
    ear.hear(1.0)
    ear.voice(1.0)  # late, after it was cut
    assert ear.told == []


def test_what_plays_when_voice_is_closed_is_cut(ear: Ear) -> None:
    for name in ("m1", "m2"):
        ear.words.worded(name, 100, is_final=True)
        ear.voice(2.0, name, is_final=True)
    ear.words.played(PlaybackEvent.STARTED, "m1")
    ear.words.played(PlaybackEvent.COMPLETE, "m1")
    ear.words.worded("typed", 100, is_final=True)
    assert ear.words.stop() == ["m2"]
    assert ear.words.stop() == []


def test_the_voice_of_a_reply_that_was_cut_before_it_came_is_not_waited_for(ear: Ear) -> None:
    ear.words.worded("m1", 100, is_final=True)
    ear.words.played(PlaybackEvent.INTERRUPTED, "m1")
    ear.voice(1.0)
    assert ear.told == []
    assert ear.words.stop() == []
