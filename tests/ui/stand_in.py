"""A small real conversation in memory: the surface the window needs, without a server or a sound card."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from app.conversation.audio_tap import AudioTap
from app.conversation.diagnosis import Diagnosis
from app.conversation.line import Author, Line
from app.conversation.requests import Requests
from app.conversation.state import Link, State
from app.estuary.voice_mode import VoiceMode, VoiceState
from app.ui.bridge import Archive


class StandIn:
    """Keeps a state and a record of what it was asked to do."""

    def __init__(self) -> None:
        self._state = State(link=Link.STARTING)
        self._listeners: list[Callable[[State], None]] = []
        self._audio: list[Callable[[AudioTap, bytes], None]] = []
        self.calls: list[str] = []
        self.found = Diagnosis()
        self.archive: Archive | None = None
        self.requests: Requests | None = None

    @property
    def state(self) -> State:
        return self._state

    @property
    def listener_count(self) -> int:
        return len(self._listeners) + len(self._audio)

    def show(self, state: State) -> None:
        self._state = state
        for listener in list(self._listeners):
            listener(state)

    def change(self, **changes: object) -> None:
        self.show(replace(self._state, **changes))  # type: ignore[arg-type]

    def say(self, author: Author, text: str, *, is_final: bool = True, is_interrupted: bool = False) -> Line:
        """Add a line, or replace the last one while it is still provisional and the same author's."""
        lines = self._state.lines
        if lines and lines[-1].author is author and not lines[-1].is_final:
            line = replace(lines[-1], text=text, is_final=is_final, is_interrupted=is_interrupted)
            lines = lines[:-1]
        else:
            number = lines[-1].number + 1 if lines else 1
            line = Line(number, author, text, is_final=is_final, is_interrupted=is_interrupted)
        self.change(lines=(*lines, line))
        return line

    def hear(self, tap: AudioTap, frame: bytes) -> None:
        for listener in list(self._audio):
            listener(tap, frame)

    def subscribe(self, listener: Callable[[State], None]) -> Callable[[], None]:
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def on_audio(self, listener: Callable[[AudioTap, bytes], None]) -> Callable[[], None]:
        self._audio.append(listener)
        return lambda: self._audio.remove(listener)

    async def start(self) -> None:
        self.calls.append("start")
        self.change(link=Link.READY)

    async def stop(self) -> None:
        self.calls.append("stop")

    async def press(self) -> None:
        self.calls.append("press")
        self.change(is_recording=True, voice=VoiceState.LISTENING)

    async def release(self, *, is_abandoned: bool = False) -> None:
        if self.state.is_recording:
            self.calls.append("abandon" if is_abandoned else "release")
        self.change(is_recording=False, voice=VoiceState.THINKING)

    async def set_mode(self, mode: VoiceMode) -> None:
        self.calls.append(f"mode {mode}")
        self.change(mode=mode)

    def toggle_mute(self) -> None:
        self.calls.append("mute")
        self.change(is_muted=not self._state.is_muted)

    async def send_text(self, text: str) -> None:
        self.calls.append(f"text {text}")
        self.say(Author.PERSON, text)

    async def interrupt(self) -> None:
        self.calls.append("interrupt")

    async def replay(self, message_id: str) -> None:
        self.calls.append(f"replay {message_id}")

    async def retry(self) -> None:
        self.calls.append("retry")

    async def introduce(self) -> None:
        self.calls.append("introduce")

    def dismiss_notice(self) -> None:
        self.calls.append("dismiss")
        self.change(notice=None)

    @property
    def characters(self) -> None:
        return None

    def diagnose(self) -> Diagnosis:
        return self.found
