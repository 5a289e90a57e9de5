from __future__ import annotations

from app.audio.far_end import FarEnd


def test_what_is_played_goes_to_whoever_listens() -> None:
    far_end, heard = FarEnd(), list[tuple[bytes, int]]()
    far_end.played(b"\1\0", 48_000)
    far_end.listen(lambda pcm, rate: heard.append((pcm, rate)))
    far_end.played(b"\2\0", 48_000)
    far_end.listen(None)
    far_end.played(b"\3\0", 48_000)
    assert heard == [(b"\2\0", 48_000)]


def test_a_speaker_is_told_when_somebody_begins_to_listen() -> None:
    far_end, told = FarEnd(), list[bool]()
    far_end.on_listening = lambda: told.append(far_end.is_listened_to)
    far_end.listen(lambda _pcm, _rate: None)
    assert told == [True]
    far_end.listen(None)
    assert (told, far_end.is_listened_to) == ([True], False)
