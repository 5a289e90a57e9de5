from __future__ import annotations

from app.history import Who
from app.history.export.style import Labels, Narrator
from app.history.message import from_ms
from tests.history.samples import BEGIN_MS, conversation, message

DAY_MS = 86_400_000


def test_a_narrator_knows_who_speaks() -> None:
    narrator = Narrator(Labels(person="Ich", notice="Reiher"))
    narrator.begin(conversation(character_name="Crane"))
    names = [narrator.name(message(1, who=who)) for who in (Who.PERSON, Who.CHARACTER, Who.NOTICE)]
    assert names == ["Ich", "Crane", "Reiher"]


def test_a_conversation_is_called_by_its_title_or_its_character() -> None:
    narrator = Narrator(Labels())
    assert narrator.begin(conversation(title="Trip")) == "Trip"
    assert narrator.begin(conversation(character_name="Crane")) == "Crane"


def test_a_day_is_told_once_in_each_conversation() -> None:
    narrator = Narrator(Labels())
    narrator.begin(conversation())
    first, later = message(1), message(2, created_at=from_ms(BEGIN_MS + DAY_MS))
    told = [narrator.new_day(each) for each in (first, first, later, later)]
    assert told == [first.day.isoformat(), "", later.day.isoformat(), ""]
    narrator.begin(conversation(2))
    assert narrator.new_day(later) == later.day.isoformat()
