"""Every word that a person reads can be translated, and is."""

from __future__ import annotations

import ast
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from app.core.settings import Choice, Names, Profile, Text, all_settings

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "resources" / "translations"

_PLACEHOLDER = re.compile(r"\{[^{}]*\}|%\d|%n")
_ACCELERATOR = re.compile(r"&(?=[^\W\d_])")
_LETTERS = re.compile(r"[^\W\d_]{2}")

SHOWING = {
    "QLabel", "QCheckBox", "QRadioButton", "QPushButton", "QAction", "PillButton", "UserError", "BadInput",
    "AudioError", "HistoryError", "Notice", "setText", "setToolTip", "setAccessibleName",
    "setAccessibleDescription", "setWindowTitle", "setPlaceholderText", "addAction", "addItem", "setTitle",
    "describe", "announce", "showMessage",
}  # fmt: skip
"""What puts its texts before a person."""

WINDOWLESS = {
    "app/core/paths.py": "what it says ends the program before there is a window",
    "app/audio/wav.py": "recordings are named on the command line only",
    "app/conversation/diagnosis.py": "a report for whoever mends Heron",
    "app/desktop/control_client.py": "a command in a terminal says it",
    "app/desktop/control_message.py": "a command in a terminal says it",
    "app/desktop/control_server.py": "a command in a terminal says it",
    "app/desktop/display.py": "there is no window to say it in",
    "app/desktop/instance.py": "there is no window to say it in",
    "app/core/settings/settings.py": "keys of settings are written on the command line only",
    "app/estuary/config.py": "fields of the client's configuration, which programs write",
}
"""Modules below the window whose words stay English, and why."""


@dataclass(frozen=True)
class Entry:
    context: str
    source: str
    forms: tuple[str, ...]
    is_plural: bool
    is_unfinished: bool


def entries(language: str) -> list[Entry]:
    found = []
    root = ET.parse(FOLDER / f"heron_{language}.ts").getroot()  # noqa: S314 - a file of ours
    for context in root.iter("context"):
        for message in context.iter("message"):
            translation = message.find("translation")
            assert translation is not None
            forms = [form.text or "" for form in translation.iter("numerusform")] or [translation.text or ""]
            found.append(
                Entry(
                    context.findtext("name", ""),
                    message.findtext("source", ""),
                    tuple(forms),
                    message.get("numerus") == "yes",
                    translation.get("type") is not None,
                )
            )
    return found


def modules(*folders: str) -> Iterator[tuple[str, ast.Module]]:
    for folder in folders:
        for file in sorted((ROOT / "app" / folder).rglob("*.py")):
            yield file.relative_to(ROOT).as_posix(), ast.parse(file.read_text(encoding="utf-8"))


def called(call: ast.Call) -> str:
    function = call.func
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


def texts_in_the_code() -> set[tuple[str, str]]:
    """Return context and text of all calls that translate or mark a text, as Python itself reads them."""
    found = set()
    for name, tree in modules(""):
        classes = {
            child: owner.name
            for owner in ast.walk(tree)
            if isinstance(owner, ast.ClassDef)
            for child in ast.walk(owner)
        }
        for node in ast.walk(tree):
            if not isinstance(node, ast.Call) or not node.args:
                continue
            texts = [str(arg.value) for arg in node.args[:2] if isinstance(arg, ast.Constant)]
            if called(node) == "tr":
                assert len(texts) >= 1, f"{name}:{node.lineno} translates what is not written out"
                found.add((classes[node], texts[0]))
            elif called(node) in {"translate", "marked", "counted"} and len(texts) == 2:
                found.add((texts[0], texts[1]))
    for setting in (*(setting for _, setting in all_settings()), *Profile.settings()):
        found |= {("Setting", setting.label), ("Setting", setting.description)}
        if isinstance(setting.kind, Choice):
            found |= {("Setting", label) for _, label in setting.kind.options}
        if isinstance(setting.kind, Text | Names):
            found.add(("Setting", setting.kind.empty))
    return found


def test_what_is_kept_is_what_qts_tools_make_of_the_code(tmp_path: Path) -> None:
    for file in FOLDER.glob("*.ts"):
        shutil.copy(file, tmp_path)
    subprocess.run([sys.executable, "-P", ROOT / "packaging" / "translations.py", tmp_path], check=True)
    for made in tmp_path.iterdir():
        hint = f"{made.name}: run python packaging/translations.py, and translate what is new"
        assert (FOLDER / made.name).read_bytes() == made.read_bytes(), hint
    assert {made.name for made in tmp_path.iterdir()} == {file.name for file in FOLDER.iterdir()}


def test_every_text_of_the_code_is_translated_and_nothing_else() -> None:
    german = entries("de")
    assert [entry.source for entry in german if entry.is_unfinished or not all(entry.forms)] == []
    assert {(entry.context, entry.source) for entry in german} == texts_in_the_code()


def test_english_has_a_singular_for_every_plural() -> None:
    plurals = {(entry.context, entry.source) for entry in entries("de") if entry.is_plural}
    english = entries("en")
    assert {(entry.context, entry.source) for entry in english} == plurals
    assert plurals == {pair for pair in texts_in_the_code() if "%n" in pair[1]}
    for entry in english:
        assert not entry.is_unfinished
        assert len(entry.forms) == 2
        assert entry.forms[1] == entry.source


@pytest.mark.parametrize("language", ["de", "en"])
def test_a_translation_has_what_is_filled_in_and_the_keys_of_its_text(language: str) -> None:
    for entry in entries(language):
        for form in entry.forms:
            assert sorted(_PLACEHOLDER.findall(form)) == sorted(_PLACEHOLDER.findall(entry.source)), form
            assert len(_ACCELERATOR.findall(form)) == len(_ACCELERATOR.findall(entry.source)), form
            assert form.endswith("…") == entry.source.endswith("…"), form
            assert form == form.strip(), form


def test_no_two_fields_of_a_form_have_the_same_key_in_german() -> None:
    keys = [
        match[1].lower()
        for entry in entries("de")
        if entry.context == "CharacterForm" and (match := re.search(r"&(\w)", entry.forms[0]))
    ]
    assert len(keys) > 5
    assert len(set(keys)) == len(keys), sorted(keys)


def test_the_window_shows_no_words_that_are_not_translated() -> None:
    """Every literal that is shown, and every one that is a sentence, goes through `tr` or `translate`."""
    assert list(bare_words(modules("ui"))) == []


def test_nothing_is_told_from_below_the_window_that_is_not_translated() -> None:
    below = ((name, tree) for name, tree in modules("core", "audio", "conversation", "desktop", "history"))
    assert list(bare_words((name, tree) for name, tree in below if name not in WINDOWLESS)) == []
    assert all((ROOT / name).exists() for name in WINDOWLESS)


def test_it_is_seen_when_words_are_not_translated() -> None:
    code = (
        'button.setToolTip("Go on")\n'
        'label = QLabel(f"{name} is here")\n'
        'raise UserError("It broke. Mend it.")\n'
        'PillButton(appearance, self.tr("Yes"))\n'
        'label.setText("·")\n'
        'label.setText(translate("Call", "Hello"))\n'
        'box.setText("a" if ready else "Not ready")\n'
        'sentence = "It is a pity."\n'
    )
    seen = [line.rpartition(" ")[2] for line in bare_words([("it.py", ast.parse(code))])]
    assert seen == ["it.py:1", "it.py:2", "it.py:3", "it.py:7", "it.py:8"]


_SENTENCE = re.compile(r"(?:[A-Z][a-z]|[AI] |[“{]).*[a-z].* .*[.?!…]$", re.DOTALL)


def bare_words(trees: object) -> Iterator[str]:
    """Yield a complaint about each text that would reach a person as it stands in the code."""
    for name, tree in trees:  # type: ignore[attr-defined]
        spared = set(_spared(tree))
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and called(node) in SHOWING:
                for argument in (*node.args, *(keyword.value for keyword in node.keywords)):
                    for text in _texts(argument):
                        if id(text) not in spared and _LETTERS.search(_words(text)):
                            spared.add(id(text))
                            yield f"{_words(text)!r} at {name}:{text.lineno}"
            elif (
                isinstance(node, ast.Constant | ast.JoinedStr)
                and id(node) not in spared
                and _SENTENCE.match(_words(node))
            ):
                spared.add(id(node))
                yield f"{_words(node)!r} at {name}:{node.lineno}"


def _texts(node: ast.expr) -> Iterator[ast.expr]:
    """Yield the literals that an expression may be: itself, either branch, or one that is filled in."""
    if isinstance(node, ast.Constant | ast.JoinedStr):
        yield node
    elif isinstance(node, ast.IfExp):
        yield from (*_texts(node.body), *_texts(node.orelse))
    elif isinstance(node, ast.BoolOp):
        for value in node.values:
            yield from _texts(value)
    elif isinstance(node, ast.Call) and called(node) in {"format", "replace"}:
        yield from _texts(node.func.value) if isinstance(node.func, ast.Attribute) else ()


def _words(node: ast.expr) -> str:
    if isinstance(node, ast.Constant):
        return node.value if isinstance(node.value, str) else ""
    assert isinstance(node, ast.JoinedStr)
    return "".join(_words(part) if isinstance(part, ast.Constant) else "" for part in node.values)


def _spared(tree: ast.AST) -> Iterator[int]:
    """Yield the literals that are translated, or that nobody but a programmer reads."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            yield id(node.value)  # a docstring
        elif isinstance(node, ast.Call) and called(node) in _UNSEEN:
            yield from (id(inner) for inner in ast.walk(node))
        elif isinstance(node, ast.JoinedStr):
            yield from (id(part) for part in node.values)


_UNSEEN = {
    "tr", "translate", "counted", "marked",
    "debug", "info", "warning", "error", "exception", "setStyleSheet", "QKeySequence",
    "switch", "choice", "number", "whole_number", "text", "names",  # declared settings
    "RuntimeError", "ValueError", "TypeError", "AssertionError", "ConfigError",
}  # fmt: skip
"""Calls whose texts are translated, go to a log, or are for programmers."""
