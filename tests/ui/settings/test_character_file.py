from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from app.core.errors import UserError
from app.estuary.rest import AgentAction, Capabilities, Character, OfferedLanguage, OfferedVoice
from app.ui.settings import character_file
from app.ui.settings.character_file import NotACharacter, file_name, load, save, settable

ADA = Character(
    id="c1",
    name="Ada",
    tagline="A patient tutor",
    tts_voice="en-gb+f2",
    tts_speed=1.2,
    stt_language="en",
    greets=True,
    greeting="Hello.",
    actions=(AgentAction(name="wave"),),
    player_id="secret",
    created_at="2026-01-01T00:00:00Z",
)


def test_what_can_be_set_is_written_and_read_back(tmp_path: Path) -> None:
    file = tmp_path / "ada.json"
    save(ADA, file)
    document = json.loads(file.read_bytes())
    assert (document["format"], document["version"]) == ("heron-character", 1)
    assert {"id", "player_id", "created_at"} & set(document["character"]) == set()
    read = load(file)
    assert (read.id, read.player_id) == ("", None)
    assert (read.name, read.tagline, read.tts_speed, read.greets) == ("Ada", "A patient tutor", 1.2, True)
    assert read.actions == ADA.actions


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "x.json is no character that Heron has exported. Choose another file."),
        (b"\xff\xfe", "x.json is no character that Heron has exported. Choose another file."),
        (b"[" * 100_000, "x.json is no character that Heron has exported. Choose another file."),
        (b'{"name": "Ada"}', "x.json is no character that Heron has exported. Choose another file."),
        ({"format": "other"}, "x.json is no character that Heron has exported. Choose another file."),
        ({"version": 2}, "x.json was written by a later Heron. Update this one to read it."),
        (
            {"character": {"name": 5}},
            "x.json is damaged (Expected `str`, got `int` - at `$.name`). Export the character again.",
        ),
        ({"character": {}}, "x.json is damaged (there is no name). Export the character again."),
    ],
)
def test_another_file_is_refused_in_a_sentence(
    tmp_path: Path, content: bytes | dict[str, Any], sentence: str
) -> None:
    good = {"format": "heron-character", "version": 1, "character": {"name": "Ada"}}
    file = tmp_path / "x.json"
    file.write_bytes(content if isinstance(content, bytes) else json.dumps(good | content).encode())
    with pytest.raises(NotACharacter) as caught:
        load(file)
    assert str(caught.value) == sentence


def test_a_file_that_is_too_large_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    save(ADA, tmp_path / "ada.json")
    monkeypatch.setattr(character_file, "LARGEST", 20)
    with pytest.raises(NotACharacter):
        load(tmp_path / "ada.json")


def test_a_file_that_cannot_be_reached_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"^gone\.json cannot be read \(No such file or directory\)\."):
        load(tmp_path / "gone.json")
    with pytest.raises(UserError, match=r"^ada\.json cannot be written \(No such file or directory\)\."):
        save(ADA, tmp_path / "gone" / "ada.json")


def test_what_a_server_does_not_offer_is_left_out_and_told() -> None:
    offers = Capabilities(
        voices=(OfferedVoice(id="en-us+f3"),), languages=(OfferedLanguage(id="en", name="English"),)
    )
    fields, left_out = settable(ADA, offers)
    assert left_out == ["tts_voice"]
    assert "name" not in fields
    assert "tts_voice" not in fields
    assert (fields["stt_language"], fields["greeting"]) == ("en", "Hello.")


def test_a_server_that_tells_nothing_gets_all_but_what_only_heron_has() -> None:
    fields, left_out = settable(ADA, None)
    assert left_out == []
    assert fields["tts_voice"] == "en-gb+f2"
    assert "greeting" not in fields
    assert "greets" not in fields


@pytest.mark.parametrize(
    ("name", "file"),
    [("Ada", "Ada.heron.json"), ("a/b\\c:*?", "a b c.heron.json"), ("…", "character.heron.json")],
)
def test_the_file_is_named_after_the_character(name: str, file: str) -> None:
    assert file_name(Character(name=name)) == file
