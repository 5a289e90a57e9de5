"""What is said of each state."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from app.conversation.state import Link, State
from app.estuary.voice_mode import VoiceState
from app.ui.status import Activity, is_replying, status_of


@pytest.mark.parametrize(
    ("state", "activity", "text"),
    [
        (State(), Activity.OFFLINE, "Offline"),
        (State(link=Link.STARTING), Activity.CONNECTING, "Waking up…"),
        (State(link=Link.CONNECTING), Activity.CONNECTING, "Connecting…"),
        (State(link=Link.RECONNECTING, voice=VoiceState.SPEAKING), Activity.CONNECTING, "Reconnecting…"),
        (State(link=Link.FAILED, is_muted=True), Activity.FAILED, "Not connected"),
        (State(link=Link.READY), Activity.IDLE, "Ready"),
        (State(link=Link.READY, is_microphone_open=True), Activity.IDLE, "Ready, microphone open"),
        (State(link=Link.READY, voice=VoiceState.HEARING), Activity.HEARING, "Hearing you"),
        (State(link=Link.READY, is_muted=True), Activity.MUTED, "Microphone muted"),
        (State(link=Link.READY, is_muted=True, voice=VoiceState.SPEAKING), Activity.SPEAKING, "Speaking"),
    ],
)
def test_the_link_outranks_the_voice(qtbot: QtBot, state: State, activity: Activity, text: str) -> None:
    status = status_of(state)
    assert (status.activity, status.text) == (activity, text)


@pytest.mark.parametrize("voice", VoiceState)
@pytest.mark.parametrize("link", Link)
def test_every_state_has_words(qtbot: QtBot, link: Link, voice: VoiceState) -> None:
    assert status_of(State(link=link, voice=voice)).text


@pytest.mark.parametrize("link", Link)
def test_what_is_heard_again_can_be_stopped_whatever_the_link_is_like(link: Link) -> None:
    assert not is_replying(State(link=link))
    assert is_replying(State(link=link, replaying="m1"))
