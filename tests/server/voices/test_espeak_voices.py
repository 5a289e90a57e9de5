from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import pytest

from app.server.voices import espeak_voices
from app.server.voices.espeak import EspeakVoice
from app.server.voices.espeak_voices import DEFAULT, EspeakVoices
from app.server.voices.voice import VoiceChoice


def test_a_real_engine_offers_english_first_and_in_many_timbres() -> None:
    choices = EspeakVoice().choices()
    assert choices[2] == VoiceChoice("en-us+f3", "English (America), female 3", "en-us")
    english = [choice for choice in choices if choice.language.startswith("en")]
    assert choices[: len(english)] == tuple(english)
    assert len(english) >= 13 * 6
    assert VoiceChoice("de", "German", "de") in choices
    ids = [choice.id for choice in choices]
    assert DEFAULT in ids
    assert len(ids) == len(set(ids))


def test_what_nobody_can_use_is_left_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = [
        ("Danish", "da", "gmq/da"),
        ("Faroese", "fo", "gmq/fo"),
        ("Klingon", "piqd", "art/piqd"),
        ("English (Shavian alphabet)", "en-shaw", "gmw/en-Shaw"),
        ("Cantonese", "yue", "sit/yue"),
        ("Cantonese, latin", "yue", "sit/yue-Latn"),
        ("Norwegian", "nb", "gmq/nb"),
    ]
    for language in ("da", "piqd", "en", "yue", "no"):
        (tmp_path / f"{language}_dict").touch()
    monkeypatch.setattr(espeak_voices, "_voices", lambda _library: found)
    voices = EspeakVoices.of(SimpleNamespace(), tmp_path)
    assert voices.files == {"yue": "sit/yue", "da": "gmq/da", "nb": "gmq/nb"}
