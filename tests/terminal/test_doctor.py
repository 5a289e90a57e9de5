from __future__ import annotations

import pytest

from app.audio.devices import portaudio
from app.conversation.account import Account
from app.terminal import doctor
from tests.integration.sound_card import SoundCard


@pytest.mark.integration
def test_what_is_missing_is_told_with_its_remedy(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for variable in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.null.Keyring")
    no_such = (("no-such-library", "no_such_module", "client"), ("another", "no_other_module", "desktop"))
    monkeypatch.setattr(doctor, "_LIBRARIES", (*doctor._LIBRARIES[:1], *no_such))
    with SoundCard(microphone=False, speaker=False) as card, card.applied():
        portaudio.refresh()
        assert doctor.run(Account("http://127.0.0.1:9", "est_secret"), as_json=False) == 1
    said = capsys.readouterr().out
    assert "est_secret" not in said
    lines = {line[2:].split(": ")[0]: line for line in said.splitlines()}
    assert lines["websockets"].startswith("✓ websockets: ")
    assert lines["no-such-library"].startswith("✗ no-such-library: No module named 'no_such_module'")
    assert lines["no-such-library"].endswith("pip install 'heron-voice'")
    assert lines["another"].startswith("– another: ")  # a conversation is possible without it
    assert lines["another"].endswith("pip install 'heron-voice[desktop]'")
    assert lines["Microphone"].startswith("– Microphone: none found  → plug one in")
    assert lines["Speaker"].startswith("– Speaker: none found  → ")
    assert lines["Display"].startswith("– Display: There is no display")
    assert lines["Keyring"].startswith("– Keyring: The keyring is switched off")
    assert lines["Data folder"].startswith("✓ Data folder: ")
    assert lines["Local character"].startswith("✓ Local character: answers in words and voice")
    configured = lines["Configured server http://127.0.0.1:9"]
    assert configured.startswith("✗ ")
    assert "→ check the address and the API key" in configured
