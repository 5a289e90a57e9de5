"""Which keyrings are refused, by name."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from app.desktop.key_ring_backend import NoBackend, chosen_backend, refusal


def kind(module: str, name: str) -> type:
    return type(name, (), {"__module__": module})


@pytest.mark.parametrize(
    ("module", "name"),
    [
        ("keyrings.alt.file", "PlaintextKeyring"),
        ("keyrings.alt.file", "EncryptedKeyring"),
        ("keyrings.alt.pyfs", "PlaintextKeyring"),
        ("keyrings.cryptfile.cryptfile", "CryptFileKeyring"),
        ("some.other.package", "PlaintextKeyring"),
        ("plaintext_keyring", "Keyring"),
    ],
)
def test_one_that_keeps_plain_text_is_refused_by_name(module: str, name: str) -> None:
    why = refusal(kind(module, name))
    assert why is not None
    assert why.startswith(f"The keyring on this computer, {name} of {module}, does not keep secrets safely")


@pytest.mark.parametrize(
    ("module", "said"),
    [
        ("keyring.backends.fail", "There is no keyring"),
        ("keyring.backends.chainer", "There is no keyring"),
        ("keyring.backends.null", "The keyring is switched off"),
    ],
)
def test_one_that_keeps_nothing_is_none(module: str, said: str) -> None:
    assert str(refusal(kind(module, "Keyring"))).startswith(said)


@pytest.mark.parametrize(
    "module",
    [
        "keyring.backends.SecretService",
        "keyring.backends.kwallet",
        "keyring.backends.macOS",
        "keyring.backends.Windows",
        "keyrings.altogether",
    ],
)
def test_those_of_the_systems_are_taken(module: str) -> None:
    assert refusal(kind(module, "Keyring")) is None


@pytest.fixture
def plain_text_keyring(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Configure a keyring that is there and works, and writes plain text."""
    package = tmp_path / "keyrings" / "alt"
    package.mkdir(parents=True)
    (package / "file.py").write_text(
        "from keyring.backend import KeyringBackend\n"
        "class PlaintextKeyring(KeyringBackend):\n"
        "    priority = 0.5\n"
        "    def get_password(self, service, username): raise AssertionError('it was asked')\n"
        "    set_password = delete_password = get_password\n",
        encoding="utf-8",
    )
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyrings.alt.file.PlaintextKeyring")


@pytest.mark.usefixtures("plain_text_keyring")
def test_a_configured_one_that_keeps_plain_text_is_not_asked() -> None:
    try:
        with pytest.raises(NoBackend, match=r"PlaintextKeyring of keyrings\.alt\.file"):
            chosen_backend()
    finally:
        from keyring.backend import KeyringBackend

        KeyringBackend._classes = {
            each for each in KeyringBackend._classes if each.__module__ != "keyrings.alt.file"
        }
        for name in ("keyrings", "keyrings.alt", "keyrings.alt.file"):
            sys.modules.pop(name, None)


def test_one_that_is_switched_off_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.null.Keyring")
    with pytest.raises(NoBackend, match="switched off"):
        chosen_backend()


def test_without_the_package_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "keyring.core", None)
    with pytest.raises(NoBackend, match=r"pip install 'heron-voice\[desktop\]'"):
        chosen_backend()
