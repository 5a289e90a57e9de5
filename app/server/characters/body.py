"""From the body of a REST call to the fields of a character, and the faults in it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any, Final

from app.core.translation import marked
from app.server.characters import rules
from app.server.characters.character import default_of
from app.server.characters.rules import Rule, Unfit
from app.server.voices.voice import FASTEST, SLOWEST

HOTTEST: Final = 2.0
"""Greatest temperature of a language model."""

_PERSONA: Final = ("name", "tagline", "personality", "background", "system_prompt")
_SECTIONS: Final = ("llm", "tts", "stt", "vad", "vlm")

_RULES: Final[dict[str, Rule]] = {
    "name": rules.line(80),
    "tagline": rules.text(200),
    "personality": rules.text(4_000),
    "background": rules.text(4_000),
    "system_prompt": rules.text(16_000),
    "greeting": rules.text(1_000),
    "greets": rules.switch,
    "avatar": rules.avatar,
    "tts_provider": rules.line(80),
    "tts_model": rules.line(80),
    "tts_speed": rules.number(SLOWEST, FASTEST),
    "tts_delivery_mode": rules.one_of(
        ("STABLE", "BALANCED", "CREATIVE"), "There is no delivery mode “{value}”."
    ),
    "vlm_model": rules.line(80),
    "llm_provider": rules.line(80),
    "llm_model": rules.line(80),
    "llm_temperature": rules.number(0, HOTTEST),
    "llm_max_tokens": rules.whole(1, 1_000_000),
    "llm_verbosity": rules.line(40),
    "stt_provider": rules.line(80),
    "vad_sensitivity": rules.number(0, 1),
    "vad_min_speech_duration_ms": rules.whole(0, 10_000),
    "text_only": rules.switch,
    "verbose": rules.switch,
    "actions": rules.actions,
    "is_public": rules.switch,
}
"""Of every field but those that depend on the engines."""


@dataclass(frozen=True, slots=True)
class Fault:
    """Something in a body that cannot be taken.

    Attributes:
        place: Where, from the outside in: ``("body", "tts", "voice")``.
        sentence: Why not, and what could be.
    """

    place: tuple[str, ...]
    sentence: str


class Invalid(ValueError):  # noqa: N818 - names what the body is
    """A body that cannot be taken.

    Attributes:
        faults: All that is wrong with it.
    """

    def __init__(self, *faults: Fault) -> None:
        super().__init__(faults[0].sentence)
        self.faults = faults


class BodyReader:
    """Reads bodies for the engines there are.

    Args:
        voices: Ids of the voices that a character can have.
        languages: Languages that can be recognised.
    """

    def __init__(self, voices: Collection[str], languages: Collection[str]) -> None:
        self._rules = _RULES | {
            "tts_voice": rules.one_of(
                voices, "There is no voice “{value}” here; GET /api/v1/capabilities lists those there are."
            ),
            "stt_language": rules.one_of(
                languages, f"“{{value}}” is not recognised here; there is {', '.join(languages)}."
            ),
        }

    def created(self, body: object) -> dict[str, Any]:
        """Return the fields of a character that is to be made.

        Raises:
            Invalid: Something is wrong with the body, or it has no name in it.
        """
        fields = self.changed(body)
        if "name" not in fields:
            raise Invalid(Fault(("body", "persona", "name"), "A character needs a name."))
        return fields

    def changed(self, body: object) -> dict[str, Any]:
        """Return the fields that are to change. What is null is as if it had never been set.

        Raises:
            Invalid: Something is wrong with the body.
        """
        if not isinstance(body, dict):
            raise Invalid(Fault(("body",), "The body must be a JSON object."))
        faults: list[Fault] = []
        fields: dict[str, Any] = {}
        for name, rule in self._rules.items():
            *outer, key = _path(name)
            section: Any = body
            for part in outer:
                section = section.get(part)
            if section is None:
                continue
            if not isinstance(section, dict):
                fault = Fault(("body", *outer), "This must be a JSON object.")
                if fault not in faults:
                    faults.append(fault)
            elif key in section:
                try:
                    fields[name] = _kept(name, rule, section[key])
                except Unfit as error:
                    faults.append(Fault(("body", *outer, key), str(error)))
        if faults:
            raise Invalid(*faults)
        return fields


def _kept(name: str, rule: Rule, value: object) -> Any:
    if value is None and name != "name":
        return default_of(name)
    if value is None:
        raise Unfit(marked("Refusal", "A character needs a name."))
    return rule(value)


def _path(name: str) -> tuple[str, ...]:
    """Return where a body has a field: ``("tts", "voice")`` for ``tts_voice``."""
    if name in _PERSONA:
        return "persona", name
    section, _, key = name.partition("_")
    return (section, key) if section in _SECTIONS else (name,)
