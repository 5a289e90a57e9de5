from __future__ import annotations

from app.core.settings import Choice, Looks
from app.core.settings import looks as words


def test_everything_is_as_the_system_says_until_somebody_chooses() -> None:
    looks = Looks()
    assert (looks.theme, looks.motion) == (words.SYSTEM, words.SYSTEM)
    assert (looks.text_size, looks.density) == (100, words.COMFORTABLE)


def test_each_choice_has_a_word_for_a_person() -> None:
    motion = next(setting for setting in Looks.settings() if setting.name == "motion")
    assert [motion.parsed(word) for word in ("reduced", "full", "system")] == [
        words.REDUCED,
        words.FULL,
        words.SYSTEM,
    ]
    assert motion.description.endswith(".")
    assert isinstance(motion.kind, Choice)
    assert [label for _, label in motion.kind.options] == ["As the system", "Reduced", "Full"]
