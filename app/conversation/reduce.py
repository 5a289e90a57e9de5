"""The whole logic of what is shown: a pure function from a state and a happening to the next state."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from app.conversation import happening as h
from app.conversation.line import Author, Line
from app.conversation.state import SERIES_BITS, State
from app.estuary.voice_mode import VoiceState

if TYPE_CHECKING:
    from app.conversation.request import Request


def reduce(state: State, happening: h.Happening) -> State:  # noqa: PLR0911, PLR0912 - one each
    """Return the state after ``happening``; the same object where nothing changes."""
    match happening:
        case h.LinkChanged(link):
            return replace(state, link=link)
        case h.Met(name, picture):
            return _met(state, name, picture)
        case h.Noticed(notice):
            return replace(state, notice=notice)
        case h.VoiceChanged(voice):
            return replace(state, voice=voice)
        case h.ModeChanged(mode):
            return replace(state, mode=mode)
        case h.MuteChanged(is_muted):
            return replace(state, is_muted=is_muted)
        case h.RecordingChanged(is_recording):
            return replace(state, is_recording=is_recording)
        case h.MicrophoneChanged(has_microphone):
            return replace(state, has_microphone=has_microphone)
        case h.MicrophoneOpened(is_open):
            return replace(state, is_microphone_open=is_open)
        case h.Heard():
            return _heard(state, happening)
        case h.Typed(text, time):
            return _append(state, Author.PERSON, text, time, is_final=True)
        case h.Replied():
            return _replied(state, happening)
        case h.Spoken(message_id, heard_chars):
            return _spoken(state, message_id, heard_chars)
        case h.VoicesKept(message_ids):
            return replace(state, voices=message_ids)
        case h.Replaying(message_id):
            return replace(state, replaying=message_id)
        case h.Interrupted(message_id):
            return _interrupted(state, message_id)
        case h.Lost():
            return _lost(state)
        case h.Deleted(number):
            return _deleted(state, frozenset({number}))
        case h.ConversationDeleted(numbers):
            return _deleted(state, numbers)
        case h.Recalled(lines):
            return replace(state, lines=(*lines, *state.lines)) if lines else state
        case h.Emptied():
            return replace(state, lines=())
        case h.Moved():
            return replace(state, lines=(), notice=None, requests=_lasting(state))
        case h.RequestMade(request):
            return _asked(state, request)
        case h.RequestAnswered(number):
            return _answered(state, number)


def _met(state: State, name: str, picture: str) -> State:
    name = name or state.character_name
    if (name, picture) == (state.character_name, state.character_picture):
        return state
    return replace(state, character_name=name, character_picture=picture)


def _heard(state: State, heard: h.Heard) -> State:
    at = _last(state, Author.PERSON)
    if not heard.text:
        if at is None or state.lines[at].is_final or not heard.is_final:
            return state
        return replace(state, lines=(*state.lines[:at], *state.lines[at + 1 :]))
    if at is None or state.lines[at].is_final:
        return _append(state, Author.PERSON, heard.text, heard.time, is_final=heard.is_final)
    return _replace_line(state, at, replace(state.lines[at], text=heard.text, is_final=heard.is_final))


def _replied(state: State, replied: h.Replied) -> State:
    at = _reply(state, replied.message_id)
    if at is None:
        return _append(
            state,
            Author.CHARACTER,
            replied.text,
            replied.time,
            is_final=replied.is_final,
            message_id=replied.message_id,
        )
    line = state.lines[at]
    if line.is_interrupted:
        return state  # late words of a reply that was cut
    return _replace_line(state, at, replace(line, text=replied.text, is_final=replied.is_final))


def _spoken(state: State, message_id: str, heard_chars: int | None) -> State:
    at = _reply(state, message_id)
    if at is None:
        return state
    line = state.lines[at]
    if heard_chars is not None and line.heard_chars is not None:
        heard_chars = max(heard_chars, line.heard_chars)  # the estimate may shrink, what was heard does not
    if heard_chars == line.heard_chars:
        return state
    return _replace_line(state, at, replace(line, heard_chars=heard_chars))


def _interrupted(state: State, message_id: str | None) -> State:
    at = _last(state, Author.CHARACTER) if message_id is None else _reply(state, message_id)
    if at is None or (message_id is None and state.lines[at].is_final):
        return state
    return _replace_line(state, at, replace(state.lines[at], is_interrupted=True, is_final=True))


def _lost(state: State) -> State:
    lines = tuple(
        line
        if line.is_final
        else replace(line, is_final=True, is_interrupted=line.author is Author.CHARACTER)
        for line in state.lines
    )
    return replace(state, lines=lines, voice=VoiceState.IDLE, is_recording=False, requests=_lasting(state))


def _deleted(state: State, numbers: frozenset[int]) -> State:
    lines = tuple(line for line in state.lines if line.number not in numbers)
    return state if len(lines) == len(state.lines) else replace(state, lines=lines)


def _asked(state: State, request: Request) -> State:
    if all(each.number != request.number for each in state.requests):
        return replace(state, requests=(*state.requests, request))
    requests = tuple(request if each.number == request.number else each for each in state.requests)
    return replace(state, requests=requests)


def _answered(state: State, number: int) -> State:
    requests = tuple(each for each in state.requests if each.number != number)
    return state if len(requests) == len(state.requests) else replace(state, requests=requests)


def _lasting(state: State) -> tuple[Request, ...]:
    return tuple(each for each in state.requests if each.outlives_connection)


def _append(
    state: State, author: Author, text: str, time: datetime, *, is_final: bool, message_id: str = ""
) -> State:
    number = state.lines[-1].number + 1 if state.lines else 1
    if state.series is not None:
        number = max(number, int(time.timestamp() * 1000) << SERIES_BITS | state.series)
    line = Line(number, author, text, is_final=is_final, time=time, message_id=message_id)
    return replace(state, lines=(*state.lines, line))


def _replace_line(state: State, at: int, line: Line) -> State:
    return replace(state, lines=(*state.lines[:at], line, *state.lines[at + 1 :]))


def _last(state: State, author: Author) -> int | None:
    return _find(state, lambda line: line.author is author)


def _reply(state: State, message_id: str) -> int | None:
    return _find(state, lambda line: line.message_id == message_id and line.author is Author.CHARACTER)


def _find(state: State, matches: Callable[[Line], bool]) -> int | None:
    """Return the index of the last line that matches."""
    for at in range(len(state.lines) - 1, -1, -1):
        if matches(state.lines[at]):
            return at
    return None
