"""Echo, noise and level of a microphone: WebRTC's audio processing module, and a subtraction beside it."""

from __future__ import annotations

import math
from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from app.audio.level import rms
from app.audio.resample import Resampler
from app.audio.speech.echo_gauge import EchoGauge
from app.audio.speech.echo_subtractor import EchoSubtractor
from app.audio.speech.far_end_rest import FarEndRest
from app.core.audio_format import DEFAULT_RATE, FRAME_MS, SAMPLE_BYTES, AudioFormat

if TYPE_CHECKING:
    from livekit.rtc import AudioProcessingModule

STEP_MS: Final = 10
"""Milliseconds of the frames that the module takes, no more and no less."""

CANCELLER_DELAY_MS: Final = 8
"""Milliseconds by which the module's echo cancellation delays what it lets through, once it has got a first
block of the far end (measured)."""

CONVERGED_DB: Final = 15.0
"""Decibels that must be taken out of an echo before what is left can be told from a voice; WebRTC's canceller
takes out 25 to 30 after two seconds of speech."""

CONVERGENCE_STEP: Final = 0.05
"""Weight of a frame of 20 ms in the mean of what is taken out: 0.4 s."""

ECHO_DB: Final = 10.0
"""Decibels that a converged canceller takes out at least of what is an echo and nothing else."""

MOST_TAKEN_OUT: Final = 1000.0
"""Share of its power up to which an echo counts as taken out: 30 dB."""

NOISE_S: Final = 1.5
"""Seconds whose quietest frame is noise."""

NOISE_MARGIN: Final = 2.0
"""Power of the noise relative to its quietest frame."""

LOOK_FRAMES: Final = 5
"""Frames of which one is measured while the loudspeaker rests: enough to know the room's noise."""

QUIET: Final = 0.001
"""RMS (-60 dB of full scale) up to which a frame needs no filter while the loudspeaker rests."""

FLUSH_S: Final = 0.2
"""Seconds of silence after which a resampler holds nothing else any more."""

ECHO_ONLY_DB: Final = 3.0
"""How far a frame may rise above the expected echo and still be one."""


@dataclass(frozen=True, slots=True)
class ProcessingSettings:
    """What is done with the microphone's sound.

    Attributes:
        echo_cancellation: Take out what the loudspeaker plays.
        noise_suppression: Take out fans, keys and streets.
        gain_control: Bring soft and loud voices to one level.
        high_pass: Take out rumble below speech.
    """

    echo_cancellation: bool = True
    noise_suppression: bool = False
    gain_control: bool = False
    high_pass: bool = True


class Processing:
    """One microphone's and one loudspeaker's processing. It belongs to one thread at a time.

    Two modules stand in a row. A voice is looked for behind the first (echo and rumble), which keeps levels
    as they are and is 20 ms ahead of noise suppression; noise and gain come after it. Beside them, while an
    echo may be there, it is subtracted and no more, for the words of who speaks over it (`over_echo`).

    Args:
        settings: What is done; another choice needs another `Processing`.
        rate: Sample rate in Hz of the microphone's frames.
    """

    def __init__(self, settings: ProcessingSettings, rate: int = DEFAULT_RATE) -> None:
        self._settings = settings
        self._rate = rate
        self._step_bytes = AudioFormat(rate).bytes_of(STEP_MS)
        self._first = self._second = self._beside = None
        if settings.echo_cancellation or settings.high_pass:
            self._first = _Module(
                rate, echo_cancellation=settings.echo_cancellation, high_pass_filter=settings.high_pass
            )
        if settings.noise_suppression or settings.gain_control:
            self._second = _Module(
                rate, noise_suppression=settings.noise_suppression, auto_gain_control=settings.gain_control
            )
        if settings.high_pass or self._second is not None:
            self._beside = _Module(
                rate,
                noise_suppression=settings.noise_suppression,
                high_pass_filter=settings.high_pass,
                auto_gain_control=settings.gain_control,
            )
        self._resampler = Resampler(rate, rate)
        self._played = bytearray()
        self._silent_bytes = 0
        self._echo_free = self._last = bytes(2 * self._step_bytes)
        self._looks = 0
        self._is_filtered = False
        self.moved()

    @property
    def settings(self) -> ProcessingSettings:
        """What is done."""
        return self._settings

    @property
    def echo_free(self) -> bytes:
        """What `near` made of its last frame before noise suppression and gain control."""
        return self._echo_free

    @property
    def over_echo(self) -> bytes | None:
        """The last frame, processed as `near` does but with its echo only subtracted; None without one.

        More of the echo is left in it, and nothing of a voice is taken away.
        """
        return self._over_echo

    @property
    def over_echo_db(self) -> float:
        """By how many dB the last frame of the microphone exceeds what the loudspeaker's echo should be."""
        return self._over_echo_db

    @property
    def is_converged(self) -> bool:
        """Whether what is left in `echo_free` of an echo is known to be far softer than a voice."""
        return self._taken_out_db >= CONVERGED_DB

    def moved(self) -> None:
        """Forget the way from loudspeaker to microphone: one of them is another device now."""
        self._gauge = EchoGauge(self._rate)
        self._subtractor = EchoSubtractor(self._rate)
        self._rest = FarEndRest(self._rate)
        self._delayed = bytes(AudioFormat(self._rate).bytes_of(CANCELLER_DELAY_MS))
        self._left: deque[float] = deque(maxlen=int(NOISE_S * 1000 / FRAME_MS))
        self._over_echo: bytes | None = None
        self._over_echo_db = 0.0
        self._taken_out_db = 0.0

    def far(self, pcm: bytes, rate: int) -> None:
        """Take what the loudspeaker is about to play: PCM16LE mono at ``rate`` Hz, of any length.

        To be called before the `near` that may hold its echo.
        """
        self._rest.played(pcm, rate)
        if self._rest.is_resting:
            if self._rest.is_due:
                return
            self._wake()
        if rate != self._resampler.source_rate:
            # To give the module another rate would make it forget the room.
            self._resampler = Resampler(rate, self._rate)
        self._take_played(self._resampled(pcm))

    def _take_played(self, pcm: bytes) -> None:
        """Take what the loudspeaker is about to play, at the microphone's rate."""
        self._gauge.played(pcm)
        if self._first is None or not self._settings.echo_cancellation:
            return
        self._subtractor.played(pcm)
        self._played += pcm
        while len(self._played) >= self._step_bytes:
            self._first.far(self._played[: self._step_bytes])
            del self._played[: self._step_bytes]

    def _resampled(self, pcm: bytes) -> bytes:
        """Return what is played at the microphone's rate; long silence costs nothing."""
        self._silent_bytes = self._silent_bytes + len(pcm) if pcm.count(0) == len(pcm) else 0
        if self._silent_bytes < FLUSH_S * self._resampler.source_rate * SAMPLE_BYTES:
            return self._resampler.push(pcm)
        samples = len(pcm) // SAMPLE_BYTES * self._rate // self._resampler.source_rate
        return bytes(samples * SAMPLE_BYTES)

    def near(self, frame: bytes) -> bytes:
        """Return 20 ms of the microphone, processed.

        Raises:
            ValueError: The frame has another length.
        """
        if len(frame) != 2 * self._step_bytes:
            raise ValueError(f"a frame is {FRAME_MS} ms at {self._rate} Hz, not {len(frame)} bytes")
        if self._rest.is_due and self._settings.echo_cancellation and self._second is None:
            return self._near_at_rest(frame)
        self._last = frame
        self._echo_free = frame if self._first is None else self._first.near_frame(frame)
        self._over_echo = self._subtracted(frame)
        self._compare(frame)
        return self._echo_free if self._second is None else self._second.near_frame(self._echo_free)

    def _near_at_rest(self, frame: bytes) -> bytes:
        """Return a frame in which there can be no echo: only rumble is taken out of it, in the same time."""
        if not self._rest.is_resting:
            self._rest.begin()
            self._looks = 0
            self._is_filtered = False
        self._rest.heard(len(frame) // SAMPLE_BYTES)
        delayed = self._delayed + frame
        self._delayed, delayed = delayed[len(frame) :], delayed[: len(frame)]
        self._echo_free = self._filtered(delayed)
        self._over_echo, self._over_echo_db = None, 0.0
        if not self._looks % LOOK_FRAMES:
            self._left.extend([rms(self._echo_free) ** 2] * LOOK_FRAMES)
            self._gauge.rest(frame, LOOK_FRAMES)
        self._looks += 1
        self._last = frame
        return self._echo_free

    def _filtered(self, frame: bytes) -> bytes:
        """Return a frame without its rumble; what is next to silence is left as it is."""
        was_filtered, self._is_filtered = self._is_filtered, rms(frame) > QUIET
        if self._beside is None or not (self._is_filtered or was_filtered):
            return frame
        if not was_filtered:
            self._beside.near_frame(self._last)  # its filter must not begin with a thump
        return self._beside.near_frame(frame)

    def _wake(self) -> None:
        """Go on as if both sides had been compared all the time."""
        owed = self._rest.end() * SAMPLE_BYTES
        if self._first is not None:
            # Both sides by as much: the canceller's filter is warm, and the way is as long as before.
            self._first.far(bytes(self._step_bytes))
            self._first.far(bytes(self._step_bytes))
            self._first.near_frame(self._last)
        if owed > 0:
            self._take_played(bytes(owed))
            return
        self._gauge.skip(-owed)
        self._subtractor.skip(-owed)
        skipped = min(-owed, len(self._played))
        del self._played[:skipped]
        if self._first is not None:
            for _ in range((-owed - skipped) // self._step_bytes // 2):
                self._first.near_frame(self._last)

    def _subtracted(self, frame: bytes) -> bytes | None:
        """Return a frame with its echo only subtracted, in time with what the canceller lets through."""
        if not self._settings.echo_cancellation:
            return None
        left = self._subtractor.heard(frame)
        if left is None:
            self._delayed = frame[-len(self._delayed) :]
            return None
        left = self._delayed + left
        self._delayed = left[len(frame) :]
        left = left[: len(frame)]
        return left if self._beside is None else self._beside.near_frame(left)

    def _compare(self, raw: bytes) -> None:
        """See how loud a frame is against the expected echo, and how much of that is left."""
        power, left_power = rms(raw) ** 2, rms(self._echo_free) ** 2
        self._left.append(left_power)
        left_power -= NOISE_MARGIN * min(self._left)  # the room's noise is no echo
        taken_out_db = 10 * math.log10((power + 1e-10) / max(left_power, power / MOST_TAKEN_OUT, 1e-10))
        # What the canceller leaves is no echo: it must not be learnt as one.
        over_echo_db = self._gauge.heard(raw, is_echo=taken_out_db >= ECHO_DB or not self.is_converged)
        self._over_echo_db = min(over_echo_db, self._subtractor.over_echo_db)
        if self._gauge.is_echo_loud and self._over_echo_db < ECHO_ONLY_DB:
            self._taken_out_db += CONVERGENCE_STEP * (taken_out_db - self._taken_out_db)


class _Module:
    """livekit's module with the two frames it works in, which it changes in place."""

    def __init__(
        self,
        rate: int,
        *,
        echo_cancellation: bool = False,
        noise_suppression: bool = False,
        high_pass_filter: bool = False,
        auto_gain_control: bool = False,
    ) -> None:
        from livekit.rtc import AudioFrame, AudioProcessingModule

        self._module: AudioProcessingModule = AudioProcessingModule(
            echo_cancellation=echo_cancellation,
            noise_suppression=noise_suppression,
            high_pass_filter=high_pass_filter,
            auto_gain_control=auto_gain_control,
        )
        step_bytes = AudioFormat(rate).bytes_of(STEP_MS)
        samples = step_bytes // SAMPLE_BYTES
        self._near, self._far = AudioFrame.create(rate, 1, samples), AudioFrame.create(rate, 1, samples)
        if echo_cancellation:
            # With the first block its delay grows by 4 ms: in the middle of a word that would be a gap.
            self.far(bytes(step_bytes))

    def far(self, pcm: bytes | bytearray) -> None:
        self._far.data.cast("B")[:] = pcm
        self._module.process_reverse_stream(self._far)

    def near_frame(self, frame: bytes) -> bytes:
        """Return 20 ms, processed in two steps."""
        half = len(frame) // 2
        return self._near_step(frame[:half]) + self._near_step(frame[half:])

    def _near_step(self, pcm: bytes) -> bytes:
        data = self._near.data.cast("B")
        data[:] = pcm
        self._module.process_stream(self._near)
        return bytes(data)
