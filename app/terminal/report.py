"""What a terminal conversation prints: for a person, or as JSON lines for a program."""

from __future__ import annotations

import json
import sys
from typing import Any, Protocol


class Report(Protocol):
    """Takes what happens in a conversation. ``file`` is the recording it belongs to, None for typed text."""

    def session(self, file: str | None, session_id: str, character_id: str) -> None:
        """The session is open."""
        ...

    def heard(self, file: str | None, text: str, *, is_final: bool) -> None:
        """Words were recognised."""
        ...

    def reply(self, file: str | None, text: str, message_id: str, *, is_final: bool) -> None:
        """The character's words so far, or all of them."""
        ...

    def voice(self, file: str | None, message_id: str, seconds: float) -> None:
        """The voice of a reply is complete."""
        ...

    def timing(self, file: str | None, first_audio_ms: float) -> None:
        """The reply's first audio came this long after the end of speech."""
        ...

    def error(self, file: str | None, sentence: str) -> None:
        """Something went wrong."""
        ...


def report(*, as_json: bool) -> Report:
    """Return the report to standard output that was asked for."""
    return JsonReport() if as_json else PlainReport()


class JsonReport:
    """One JSON object per line."""

    def session(self, file: str | None, session_id: str, character_id: str) -> None:
        """Print ``session``."""
        self._print("session", file, session_id=session_id, character_id=character_id)

    def heard(self, file: str | None, text: str, *, is_final: bool) -> None:
        """Print ``stt``."""
        self._print("stt", file, text=text, final=is_final)

    def reply(self, file: str | None, text: str, message_id: str, *, is_final: bool) -> None:
        """Print ``reply``."""
        self._print("reply", file, text=text, final=is_final, message_id=message_id)

    def voice(self, file: str | None, message_id: str, seconds: float) -> None:
        """Print ``voice``."""
        self._print("voice", file, message_id=message_id, seconds=round(seconds, 3))

    def timing(self, file: str | None, first_audio_ms: float) -> None:
        """Print ``timing``."""
        self._print("timing", file, end_of_speech_to_first_audio_ms=round(first_audio_ms, 1))

    def error(self, file: str | None, sentence: str) -> None:
        """Print ``error``."""
        self._print("error", file, message=sentence)

    def _print(self, event: str, file: str | None, **fields: Any) -> None:
        print(json.dumps({"event": event, "file": file, **fields}, ensure_ascii=False), flush=True)


class PlainReport:
    """Captions and replies as lines; on a terminal, interim captions are written over."""

    def __init__(self) -> None:
        self._is_terminal = sys.stdout.isatty()
        self._pending = 0

    def session(self, file: str | None, session_id: str, character_id: str) -> None:
        """Print nothing: the conversation speaks for itself."""

    def heard(self, file: str | None, text: str, *, is_final: bool) -> None:
        """Print ``You: ...``; interim words end in an ellipsis."""
        self._line(f"You: {text}" if is_final else f"You: {text} …", is_final=is_final)

    def reply(self, file: str | None, text: str, message_id: str, *, is_final: bool) -> None:
        """Print ``Heron: ...`` once it is whole."""
        if is_final:
            self._line(f"Heron: {text}", is_final=True)

    def voice(self, file: str | None, message_id: str, seconds: float) -> None:
        """Print nothing: the voice is in the file that was asked for."""

    def timing(self, file: str | None, first_audio_ms: float) -> None:
        """Print the time in seconds."""
        self._line(f"({first_audio_ms / 1000:.2f} s from the end of speech to the voice)", is_final=True)

    def error(self, file: str | None, sentence: str) -> None:
        """Leave it to standard error."""
        self._finish_pending()

    def _line(self, text: str, *, is_final: bool) -> None:
        if not self._is_terminal:
            print(text, flush=True)
            return
        print("\r" + text.ljust(self._pending), end="\n" if is_final else "", flush=True)
        self._pending = 0 if is_final else len(text)

    def _finish_pending(self) -> None:
        if self._pending:
            print(flush=True)
            self._pending = 0


class SilentReport:
    """Prints nothing, for a conversation that is shown in another way."""

    def session(self, file: str | None, session_id: str, character_id: str) -> None:
        """Print nothing."""

    def heard(self, file: str | None, text: str, *, is_final: bool) -> None:
        """Print nothing."""

    def reply(self, file: str | None, text: str, message_id: str, *, is_final: bool) -> None:
        """Print nothing."""

    def voice(self, file: str | None, message_id: str, seconds: float) -> None:
        """Print nothing."""

    def timing(self, file: str | None, first_audio_ms: float) -> None:
        """Print nothing."""

    def error(self, file: str | None, sentence: str) -> None:
        """Print nothing."""
