"""Brings the translations in resources/translations up to date with the code.

Run it after a change of words, translate in the .ts files what is new, run it again and commit what it wrote:
``python packaging/translations.py``. Qt's own tools do the work, which come with PySide6: lupdate collects
what is to be translated, lrelease makes of it what the program reads.
"""

from __future__ import annotations

import argparse
import ast
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

ROOT: Final = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

import PySide6  # noqa: E402

from app.core.settings import Choice, Names, Profile, Text, all_settings  # noqa: E402

TOOLS: Final = Path(PySide6.__file__).parent

FOLDER: Final = ROOT / "resources" / "translations"

ENGLISH: Final = "en"
"""The language of the code: only its plurals are translated."""

LANGUAGES: Final = (ENGLISH, "de")

_UPDATE: Final = (
    *("-silent", "-no-obsolete", "-sort-messages"),
    *("-locations", "none"),
    # What is marked is translated where it is shown; see app/core/translation.py.
    *("-tr-function-alias", "QT_TRANSLATE_NOOP+=marked"),
    *("-source-language", "en"),
)


def update(folder: Path) -> None:
    """Bring the .ts and .qm files in a folder up to date; .ts files that are not there are begun."""
    with TemporaryDirectory() as scratch:
        collected = Path(scratch) / "collected.py"
        collected.write_text("".join(_collected()), encoding="utf-8")
        listed = Path(scratch) / "sources.txt"
        sources = [*sorted((ROOT / "app").rglob("*.py")), collected]
        listed.write_text("".join(f"{file}\n" for file in sources), encoding="utf-8")
        for language in LANGUAGES:
            plurals = ["-pluralonly"] if language == ENGLISH else []
            target = ["-target-language", language, "-ts", str(_ts(folder, language))]
            _run("lupdate", *_UPDATE, *plurals, f"@{listed}", *target)
            _run("lrelease", "-silent", str(_ts(folder, language)), "-qm", str(_qm(folder, language)))


def declared_texts() -> Iterator[str]:
    """Yield what the declared settings say of themselves."""
    every = [setting for _, setting in all_settings()]
    for setting in (*every, *Profile.settings()):
        yield setting.label
        yield setting.description
        if isinstance(setting.kind, Choice):
            yield from (label for _, label in setting.kind.options)
        if isinstance(setting.kind, Text | Names):
            yield setting.kind.empty


def counted_texts() -> Iterator[tuple[str, str]]:
    """Yield context and text of all calls of `app.core.translation.counted`, which lupdate does not know."""
    for file in sorted((ROOT / "app").rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            match node:
                case ast.Call(ast.Name("counted"), [ast.Constant(str(context)), ast.Constant(str(text)), _]):
                    yield context, text


def _collected() -> Iterator[str]:
    """Yield what lupdate does not find by itself as calls that it finds."""
    for text in dict.fromkeys(declared_texts()):
        yield f'translate("Setting", {_quoted(text)})\n'
    for context, text in dict.fromkeys(counted_texts()):
        yield f"translate({_quoted(context)}, {_quoted(text)}, None, 1)\n"


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _ts(folder: Path, language: str) -> Path:
    return folder / f"heron_{language}.ts"


def _qm(folder: Path, language: str) -> Path:
    return folder / f"heron_{language}.qm"


def _run(tool: str, *arguments: str) -> None:
    subprocess.run([str(TOOLS / tool), *arguments], check=True)


def main() -> None:
    """Update the folder that is named, by default the repository's."""
    parser = argparse.ArgumentParser(description="Bring the translations up to date.")
    parser.add_argument("folder", nargs="?", type=Path, default=FOLDER)
    update(parser.parse_args().folder)


if __name__ == "__main__":
    main()
