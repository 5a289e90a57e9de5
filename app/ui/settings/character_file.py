"""A character as a file: what Heron writes, and what it reads back."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final, cast

import msgspec

from app.core.errors import UserError
from app.core.translation import translate
from app.estuary.rest import Capabilities, Character, CharacterChanges, CharacterFields

FORMAT: Final = "heron-character"
"""What the file says it is."""

VERSION: Final = 1
"""Version of what follows."""

LARGEST: Final = 2 * 1024 * 1024
"""Bytes of a file that is read: one with the largest picture takes an eighth of it."""

_FIELDS: Final = tuple(CharacterChanges.__annotations__)
_OWN_FIELDS: Final = ("greeting", "greets")
"""Fields that an Estuary server which does not tell its capabilities does not know."""


class _Document(msgspec.Struct, frozen=True, kw_only=True):
    format: str
    version: int
    character: dict[str, Any]


class NotACharacter(UserError):  # noqa: N818 - names what the file is
    """The file is none of ours, or of a later version; the message is a sentence."""


def written(character: Character) -> bytes:
    """Return the content of a character's file: everything that can be set, and nothing of the account."""
    told = msgspec.to_builtins(character)
    fields = {name: told[name] for name in _FIELDS if told[name] is not None}
    document = _Document(format=FORMAT, version=VERSION, character=fields)
    return msgspec.json.format(msgspec.json.encode(document), indent=2) + b"\n"


def save(character: Character, path: Path) -> None:
    """Write a character's file.

    Raises:
        UserError: It cannot be written.
    """
    try:
        path.write_bytes(written(character))
    except OSError as error:
        text = translate("CharacterFile", "{file} cannot be written ({why}). Choose another folder.")
        raise UserError(text.format(file=path.name, why=error.strerror)) from error


def load(path: Path) -> Character:
    """Read a character's file; it has no id.

    Raises:
        UserError: It cannot be read; `NotACharacter` when it is something else.
    """
    try:
        with path.open("rb") as file:
            content = file.read(LARGEST + 1)
    except OSError as error:
        text = translate("CharacterFile", "{file} cannot be read ({why}). Choose another file.")
        raise UserError(text.format(file=path.name, why=error.strerror)) from error
    try:
        document = msgspec.json.decode(content[: LARGEST + 1], type=_Document)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise _foreign(path) from error
    if document.format != FORMAT or len(content) > LARGEST:
        raise _foreign(path)
    if document.version != VERSION:
        text = translate("CharacterFile", "{file} was written by a later Heron. Update this one to read it.")
        raise NotACharacter(text.format(file=path.name))
    fields = {name: document.character[name] for name in _FIELDS if name in document.character}
    try:
        character = msgspec.convert(fields, Character)
    except msgspec.ValidationError as error:
        raise _damaged(path, str(error)) from error
    if not character.name.strip():
        raise _damaged(path, translate("CharacterFile", "there is no name"))
    return character


def settable(character: Character, capabilities: Capabilities | None) -> tuple[CharacterFields, list[str]]:
    """Return what a server can be given of a character besides its name, and the fields it cannot have.

    A voice or a language that the server does not offer is left out, so that the rest of it can be kept.
    """
    told = msgspec.to_builtins(character)
    fields: dict[str, Any] = {
        name: told[name] for name in _FIELDS if told[name] is not None and name != "name"
    }
    offered: dict[str, set[str]] = {}
    if capabilities is None:
        for name in _OWN_FIELDS:
            fields.pop(name, None)
    else:
        offered["tts_voice"] = {voice.id for voice in capabilities.voices}
        offered["stt_language"] = {language.id for language in capabilities.languages}
    left_out = [name for name, ids in offered.items() if name in fields and ids and fields[name] not in ids]
    for name in left_out:
        del fields[name]
    return cast(CharacterFields, fields), left_out


def file_name(character: Character) -> str:
    """Return a name for a character's file that every system takes."""
    plain = "".join(letter if letter.isalnum() or letter in " -_" else " " for letter in character.name)
    return f"{' '.join(plain.split())[:60] or 'character'}.heron.json"


def _damaged(path: Path, why: str) -> NotACharacter:
    text = translate("CharacterFile", "{file} is damaged ({why}). Export the character again.")
    return NotACharacter(text.format(file=path.name, why=why))


def _foreign(path: Path) -> NotACharacter:
    text = translate("CharacterFile", "{file} is no character that Heron has exported. Choose another file.")
    return NotACharacter(text.format(file=path.name))
