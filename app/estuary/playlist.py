"""What has been written to a sink and was not heard yet, message by message."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass

from app.audio.resample import Resampler
from app.core.audio_format import SAMPLE_BYTES
from app.estuary.events import BotVoice


class PlayedMessage:
    """One message that plays, or is still received.

    Attributes:
        message_id: Its id.
        pieces: Pieces of it that wait to be heard.
        is_begun: Whether some of it was given to the speaker.
        is_started: Whether some of it was heard.
        is_final: Whether all of it was received.
        is_cut: Whether some of it was dropped because too much waited.
        end: The sample after the last that was given to the speaker, counted since it was started.
    """

    def __init__(self, message_id: str) -> None:
        self.message_id = message_id
        self.pieces = 0
        self.is_begun = False
        self.is_started = False
        self.is_final = False
        self.is_cut = False
        self.end: int | None = None
        self._resampler: Resampler | None = None

    def resampled(self, voice: BotVoice, rate: int) -> bytes:
        """Return what a piece adds at the speaker's rate; an odd byte is carried to the next one."""
        rest = b""
        if self._resampler is None or self._resampler.source_rate != voice.sample_rate:
            rest = self.rest()
            self._resampler = Resampler(voice.sample_rate, rate)
        return rest + self._resampler.push(voice.pcm, last=voice.is_final)

    def rest(self) -> bytes:
        """Return what was kept back for the next piece: there is none."""
        return b"" if self._resampler is None else self._resampler.push(b"", last=True)


@dataclass(frozen=True, slots=True)
class Piece:
    """Audio in the sink; positions count samples since the sink was started.

    Attributes:
        message: What it belongs to, if anything.
        start: Its first sample.
        end: The sample after its last.
        pcm: The samples.
    """

    message: PlayedMessage | None
    start: int
    end: int
    pcm: bytes


class Playlist:
    """Pieces in the order in which they are heard."""

    def __init__(self) -> None:
        self._pieces: deque[Piece] = deque()

    def __len__(self) -> int:
        return len(self._pieces)

    def add(self, message: PlayedMessage | None, start: int, pcm: bytes) -> None:
        """Note audio that was written at the position ``start``."""
        end = start + len(pcm) // SAMPLE_BYTES
        self._pieces.append(Piece(message, start, end, pcm))
        if message is not None:
            message.is_begun, message.end = True, end

    def heard(self, played: int) -> Iterator[tuple[Piece, bool]]:
        """Yield each piece of which something was heard, and whether that was all of it; then it is removed.

        Args:
            played: Samples that have been heard.
        """
        while self._pieces and self._pieces[0].end <= played:
            yield self._pieces.popleft(), True
        if self._pieces and self._pieces[0].start < played:
            yield self._pieces[0], False

    def cut(
        self, handed: int, stopped: set[PlayedMessage] | None
    ) -> list[tuple[PlayedMessage | None, bytes]]:
        """Take out all that the device does not have; return what of it is to be written anew.

        Args:
            handed: Samples that the device has.
            stopped: Messages that are forgotten altogether; None for everything.
        """
        again: list[tuple[PlayedMessage | None, bytes]] = []
        waiting, self._pieces = self._pieces, deque()
        for piece in waiting:
            if stopped is None or piece.message in stopped:
                continue
            if piece.end <= handed:
                self._pieces.append(piece)
            else:
                again.append((piece.message, piece.pcm[max(handed - piece.start, 0) * SAMPLE_BYTES :]))
        return again

    def kept_until(self, stopped: set[PlayedMessage]) -> int | None:
        """Return where the first of the stopped messages begins; None if none of them is there."""
        return next((piece.start for piece in self._pieces if piece.message in stopped), None)

    def clear(self) -> None:
        """Forget everything."""
        self._pieces.clear()
