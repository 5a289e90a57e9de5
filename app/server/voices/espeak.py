"""espeak-ng through ctypes: speaks at once, on every machine, with nothing to download.

The library and its data come with the ``espeakng-loader`` wheel. Constants and signatures are those of
espeak-ng's ``speak_lib.h`` (1.52).
"""

from __future__ import annotations

import ctypes
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final

from app.core.errors import HeronError
from app.server.voices.espeak_voices import DEFAULT, EspeakVoices
from app.server.voices.voice import FASTEST, SLOWEST, Manner, VoiceChoice

_AUDIO_OUTPUT_SYNCHRONOUS: Final = 2
_BUFFER_MS: Final = 60
_INITIALIZE_DONT_EXIT: Final = 0x8000
_CHARS_UTF8: Final = 1
_PARAMETER_RATE: Final = 1
_PARAMETER_PITCH: Final = 3
_PARAMETER_RANGE: Final = 4
_EE_OK: Final = 0

_WORDS_PER_MINUTE: Final = 165
_PITCH: Final = 46
_PITCH_RANGE: Final = 55
_USUAL: Final = Manner()

_SYNTH_CALLBACK = ctypes.CFUNCTYPE(
    ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.c_void_p
)

_engine_lock = threading.Lock()
"""espeak-ng is one global engine: whoever speaks holds this."""


class EspeakVoice:
    """The default voice.

    Raises:
        HeronError: The library cannot be loaded or refuses to start.
    """

    def __init__(self) -> None:
        import espeakng_loader

        try:
            self._library: Any = ctypes.CDLL(espeakng_loader.get_library_path())
        except OSError as error:
            raise HeronError(f"espeak-ng cannot be loaded: {error}") from error
        self._pieces: list[bytes] = []
        self._callback = _SYNTH_CALLBACK(self._take)
        with _engine_lock:
            data = Path(espeakng_loader.get_data_path())
            self._rate = self._initialize(data)
            self._voices = EspeakVoices.of(self._library, data)
            if not self._take_voice(DEFAULT):
                raise HeronError(f"espeak-ng has no voice {DEFAULT}")

    @property
    def rate(self) -> int:
        """Sample rate in Hz: 22 050 with the data that comes with the wheel."""
        return self._rate

    def choices(self) -> Sequence[VoiceChoice]:
        """Return the voices that there are: English ones in several timbres, then the other languages."""
        return self._voices.choices

    def speak(self, sentence: str, manner: Manner = _USUAL) -> Iterator[bytes]:
        """Yield the audio of ``sentence``: PCM16LE mono in pieces of about 60 ms.

        A sentence takes a few milliseconds in all, so it is made whole before the first piece is yielded.
        """
        text = sentence.replace("\0", " ").encode()
        with _engine_lock:
            self._pieces = []
            # Another voice may have put its own there since.
            self._library.espeak_SetSynthCallback(self._callback)
            # Each time, a tenth of a millisecond: the last sentence may have been another character's.
            self._take_voice(manner.voice or DEFAULT) or self._take_voice(DEFAULT)
            speed = min(max(manner.speed, SLOWEST), FASTEST)
            self._library.espeak_ng_SetParameter(_PARAMETER_RATE, round(_WORDS_PER_MINUTE * speed), 0)
            self._library.espeak_ng_SetParameter(_PARAMETER_PITCH, _PITCH, 0)
            self._library.espeak_ng_SetParameter(_PARAMETER_RANGE, _PITCH_RANGE, 0)
            self._library.espeak_Synth(text, len(text) + 1, 0, 0, 0, _CHARS_UTF8, None, None)
            pieces, self._pieces = self._pieces, []
        yield from pieces

    def _initialize(self, data: Path) -> int:
        rate: int = self._library.espeak_Initialize(
            _AUDIO_OUTPUT_SYNCHRONOUS, _BUFFER_MS, str(data).encode(), _INITIALIZE_DONT_EXIT
        )
        if rate <= 0:
            raise HeronError("espeak-ng does not start: its voice data cannot be read")
        return rate

    def _take_voice(self, name: str) -> bool:
        """Speak with a voice from now on; return whether there is such a one."""
        # Never a name that is not listed: the engine answers some with a phoneme table that is not there.
        file = self._voices.files.get(name)
        return file is not None and self._library.espeak_SetVoiceByName(file.encode()) == _EE_OK

    def _take(self, samples: Any, count: int, _events: Any) -> int:
        if samples and count > 0:
            self._pieces.append(ctypes.string_at(samples, count * ctypes.sizeof(ctypes.c_short)))
        return 0
