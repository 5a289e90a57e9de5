from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.estuary import ConnectionState, VoiceMode, VoiceState
from app.estuary.voice_progress import (
    Device,
    DeviceFound,
    DeviceLost,
    Happening,
    LinkChanged,
    MuteChanged,
    NoAnswerCame,
    Pressed,
    Released,
    ReplyBegan,
    ReplyEnded,
    SpeechChanged,
    VoiceProgress,
    VoiceSuspended,
    VoiceTurnedOff,
    VoiceTurnedOn,
    WordsHeard,
    advance,
)

MICROPHONE, SPEAKER = Device.MICROPHONE, Device.SPEAKER
ON = VoiceTurnedOn(VoiceMode.CONTINUOUS)
PTT = VoiceTurnedOn(VoiceMode.PUSH_TO_TALK)
HEARING = WordsHeard("what", is_final=False)
HEARD = WordsHeard("what time is it", is_final=True)
NOTHING = WordsHeard(" ", is_final=True)


def states(*happenings: Happening) -> list[str]:
    """Return the states that follow each other, without repetition."""
    progress = VoiceProgress()
    seen = [progress.state.value]
    for happening in happenings:
        progress = advance(progress, happening)
        if progress.state != seen[-1]:
            seen.append(progress.state.value)
    return seen


def test_a_continuous_turn() -> None:
    assert states(ON, HEARING, HEARING, HEARD, ReplyBegan("m"), ReplyEnded("m"), VoiceTurnedOff()) == [
        "idle", "listening", "hearing", "thinking", "speaking", "listening", "idle",
    ]  # fmt: skip


def test_a_push_to_talk_turn() -> None:
    assert states(PTT, Pressed(), HEARING, Released(), HEARD, ReplyBegan("m"), ReplyEnded("m")) == [
        "idle", "listening", "hearing", "thinking", "speaking", "idle",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("happenings", "last"),
    [
        ((ON, HEARING, NOTHING), "listening"),
        ((ON, WordsHeard(" ", is_final=False)), "listening"),
        ((PTT, Pressed(), Released(), NOTHING), "idle"),
        ((PTT, Pressed(), Released(is_void=True)), "idle"),
        ((PTT, Pressed(), HEARD), "listening"),
        ((PTT, Released()), "idle"),
        ((ON, HEARD, NoAnswerCame()), "listening"),
        ((PTT, Pressed(), Released(), Pressed()), "listening"),
        ((ON, MuteChanged(True)), "muted"),
        ((ON, MuteChanged(True), MuteChanged(False)), "listening"),
        ((PTT, MuteChanged(True)), "muted"),
        ((MuteChanged(True),), "idle"),
        ((ON, MuteChanged(True), HEARD), "thinking"),
        ((ON, MuteChanged(True), ReplyBegan("m")), "speaking"),
        ((ON, ReplyBegan("m"), HEARING), "speaking"),
        ((ON, ReplyBegan("m"), HEARING, ReplyEnded("m")), "hearing"),
        ((ON, ReplyBegan("a"), ReplyBegan("b"), ReplyEnded("a")), "speaking"),
        ((ON, ReplyBegan("a"), ReplyBegan("b"), ReplyEnded("a"), ReplyEnded("b")), "listening"),
        ((ON, HEARD, ReplyBegan("again", is_answer=False)), "speaking"),
        ((ON, HEARD, ReplyBegan("again", is_answer=False), ReplyEnded("again")), "thinking"),
        ((ON, ReplyBegan("again", is_answer=False), ReplyEnded("again")), "listening"),
        ((ON, HEARD, VoiceTurnedOff()), "idle"),
        ((ON, LinkChanged(ConnectionState.RECONNECTING)), "reconnecting"),
        ((ON, ReplyBegan("m"), LinkChanged(ConnectionState.RECONNECTING)), "reconnecting"),
        ((ON, HEARD, LinkChanged(ConnectionState.RECONNECTING), LinkChanged(ConnectionState.CONNECTED)),
         "listening"),
        ((ON, VoiceSuspended(), LinkChanged(ConnectionState.CONNECTED)), "reconnecting"),
        ((ON, VoiceSuspended(), LinkChanged(ConnectionState.CONNECTED), ON), "listening"),
        ((ON, VoiceSuspended(), LinkChanged(ConnectionState.CONNECTED), VoiceTurnedOff()), "idle"),
        ((ON, VoiceSuspended(), LinkChanged(ConnectionState.ERROR)), "error"),
        ((ON, LinkChanged(ConnectionState.ERROR)), "error"),
        ((ON, LinkChanged(ConnectionState.DISCONNECTED), VoiceTurnedOff()), "idle"),
        ((ON, LinkChanged(ConnectionState.DISCONNECTED), LinkChanged(ConnectionState.ERROR)), "error"),
        ((ON, LinkChanged(ConnectionState.ERROR), LinkChanged(ConnectionState.CONNECTED)), "listening"),
        ((ON, SpeechChanged(True)), "hearing"),
        ((ON, SpeechChanged(True), SpeechChanged(False)), "listening"),
        ((ON, SpeechChanged(True), HEARING, SpeechChanged(False)), "hearing"),
        ((ON, SpeechChanged(True), VoiceSuspended(), ON), "listening"),
        ((PTT, Pressed(), SpeechChanged(True), Released(is_void=True), Pressed()), "listening"),
        ((ON, DeviceLost(MICROPHONE)), "error"),
        ((ON, ReplyBegan("m"), DeviceLost(SPEAKER), HEARD), "error"),
        ((ON, DeviceLost(SPEAKER), LinkChanged(ConnectionState.CONNECTED)), "error"),
        ((ON, DeviceLost(SPEAKER), DeviceLost(MICROPHONE), DeviceFound(MICROPHONE)), "error"),
        ((ON, DeviceLost(MICROPHONE), DeviceFound(MICROPHONE)), "listening"),
    ],
)  # fmt: skip
def test_where_it_leads(happenings: tuple[Happening, ...], last: str) -> None:
    assert states(*happenings)[-1] == last


happenings = st.one_of(
    st.sampled_from(VoiceMode).map(VoiceTurnedOn),
    st.builds(VoiceTurnedOff),
    st.builds(VoiceSuspended),
    st.booleans().map(MuteChanged),
    st.builds(Pressed),
    st.booleans().map(Released),
    st.booleans().map(SpeechChanged),
    st.builds(WordsHeard, st.sampled_from(["", "a"]), st.booleans()),
    st.builds(ReplyBegan, st.sampled_from("ab"), st.booleans()),
    st.sampled_from("ab").map(ReplyEnded),
    st.builds(NoAnswerCame),
    st.sampled_from(ConnectionState).map(LinkChanged),
    st.sampled_from(Device).map(DeviceLost),
    st.sampled_from(Device).map(DeviceFound),
)


@given(st.lists(happenings, max_size=30))
def test_when_all_is_over_and_voice_is_off_it_is_idle(happened: list[Happening]) -> None:
    progress = VoiceProgress()
    for happening in happened:
        progress = advance(progress, happening)
        assert isinstance(progress.state, VoiceState)
    for happening in (
        ReplyEnded("a"),
        ReplyEnded("b"),
        LinkChanged(ConnectionState.CONNECTED),
        DeviceFound(MICROPHONE),
        DeviceFound(SPEAKER),
        VoiceTurnedOff(),
    ):
        progress = advance(progress, happening)
    assert progress.state is VoiceState.IDLE
