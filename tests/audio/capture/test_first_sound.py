from __future__ import annotations

from app.audio.capture.first_sound import SILENT_S, FirstSound, Heard

_ZEROS, _SOUND = bytes(640), bytes(638) + b"\1\0"
_PER_S = 50


def _push(first: FirstSound, *blocks: bytes) -> list[Heard]:
    return [first.push(block, 1 / _PER_S) for block in blocks]


def test_usual_microphone_hears_from_the_first_block_on() -> None:
    first = FirstSound(is_bluetooth=False)
    assert not first.is_ready
    assert _push(first, _ZEROS, _ZEROS, _SOUND) == [
        Heard.FIRST_SOUND,
        Heard.NOTHING_NEW,
        Heard.NOTHING_NEW,
    ]
    assert first.is_ready


def test_usual_microphone_may_be_silent() -> None:
    first = FirstSound(is_bluetooth=False)
    assert Heard.ONLY_SILENCE not in _push(first, *[_ZEROS] * 20 * _PER_S)


def test_bluetooth_hears_from_the_first_sound_on() -> None:
    first = FirstSound(is_bluetooth=True)
    assert _push(first, _ZEROS, _ZEROS) == [Heard.NOTHING_NEW] * 2
    assert not first.is_ready
    assert _push(first, _SOUND, _SOUND, _ZEROS) == [
        Heard.FIRST_SOUND,
        Heard.NOTHING_NEW,
        Heard.NOTHING_NEW,
    ]
    assert first.is_ready


def test_silence_of_bluetooth_is_told_once_after_five_seconds() -> None:
    first = FirstSound(is_bluetooth=True)
    told = _push(first, *[_ZEROS] * 3 * round(SILENT_S * _PER_S))
    assert told.count(Heard.ONLY_SILENCE) == 1
    assert abs(told.index(Heard.ONLY_SILENCE) - SILENT_S * _PER_S) <= 1


def test_silence_is_counted_anew_after_a_sound() -> None:
    first = FirstSound(is_bluetooth=True)
    nearly = [_ZEROS] * (round(SILENT_S * _PER_S) - 2)
    assert Heard.ONLY_SILENCE not in _push(first, *nearly, _SOUND, *nearly)
    assert Heard.ONLY_SILENCE in _push(first, *[_ZEROS] * 3)
