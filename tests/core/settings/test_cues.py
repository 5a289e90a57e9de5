from __future__ import annotations

from app.core.settings.cues import Cues


def test_every_cue_is_on_and_can_be_switched_off() -> None:
    assert Cues() == Cues(listening_on=True, listening_off=True, error=True, muted=True)
    for setting in Cues.settings():
        off = Cues(**{setting.name: False})
        assert [getattr(off, other.name) for other in Cues.settings()].count(False) == 1
