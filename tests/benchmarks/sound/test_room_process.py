from __future__ import annotations

from pathlib import Path

import numpy as np

from benchmarks.sound.room_process import BLOCK, Room
from tests.audio.signals import Samples, pcm_of


def recording(path: Path, samples: Samples) -> str:
    path.write_bytes(pcm_of(samples))
    return str(path)


def hear(room: Room, blocks: int) -> Samples:
    return np.concatenate([room.hear(np.zeros(BLOCK)) for _ in range(blocks)])


def test_a_sound_is_heard_once_from_the_next_block_on(tmp_path: Path) -> None:
    room = Room()
    said = np.arange(1.0, 251.0)
    room.obey({"play": recording(tmp_path / "a", said), "id": "1"})
    heard = hear(room, 3)
    assert np.array_equal(heard[:250], said)
    assert not heard[250:].any()


def test_sounds_are_mixed(tmp_path: Path) -> None:
    room = Room()
    for name in "12":
        room.obey({"play": recording(tmp_path / name, np.full(BLOCK, 100.0)), "id": name})
    assert (hear(room, 1) == 200).all()


def test_a_sound_that_loops_has_no_seam_and_ends_when_it_is_stopped(tmp_path: Path) -> None:
    room = Room()
    room.obey({"play": recording(tmp_path / "a", np.arange(1.0, 101.0)), "id": "1", "loops": True})
    assert np.array_equal(hear(room, 5), np.tile(np.arange(1.0, 101.0), 8))
    room.obey({"stop": "1"})
    assert not hear(room, 1).any()


def test_the_loudspeaker_is_heard_unless_the_echo_is_off() -> None:
    room = Room()
    loud = np.full(BLOCK, 9_000.0)
    assert np.concatenate([room.hear(loud) for _ in range(20)]).any()
    room.obey({"echo": False})
    assert not room.hear(loud).any()
    room.obey({"delay_ms": 12})
    assert room.path.delay_s == 0.012
