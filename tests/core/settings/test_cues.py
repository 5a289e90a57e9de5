from __future__ import annotations

from app.core.settings.cues import Cues


def test_every_cue_but_one_is_on() -> None:
    assert Cues() == Cues(listening_on=False, listening_off=True, error=True, muted=True, timer=True)
    for setting in Cues.settings():
        assert getattr(Cues(**{setting.name: False}), setting.name) is False
