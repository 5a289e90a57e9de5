"""CMU PocketSphinx: recognises English with the model inside its wheel; nothing to download."""

from __future__ import annotations

import re
from typing import Any, Final

from app.core.audio_format import AudioFormat
from app.server.recognition.murmur import MurmurSpotter

ADAPT_S: Final = 1.3
"""Seconds of a new speaker's first utterance after which it is decoded again with their own cepstral mean.

Without this the first utterance suffers from a mean that fits another microphone: on 20 sentences of two
synthetic voices 16 % of the words were wrong without it, 8 % with it (7 % once fully adapted). Later costs
more time to catch up, earlier knows too little of the speaker.
"""

_NEUTRAL_MEAN: Final = (40.0, 3.0, -1.0) + (0.0,) * 10
"""Cepstral mean to start from: the library's own default (``-cmninit 40,3,-1``)."""

_PRIOR_FRAMES: Final = 500
"""Weight of that mean in frames: ``CMN_WIN`` of the library's live normalisation."""

_FEWEST_FRAMES: Final = 20
"""Frames (of 10 ms) below which an utterance says too little of its speaker."""

_NOT_WORDS: Final = re.compile(r"<[^>]*>|\[[^\]]*\]|\(\d+\)|\+\+[^+]*\+\+")
"""Fillers (<sil>, [NOISE], ++UM++) and numbers of alternative pronunciations, which are no words."""


class PocketSphinxRecognizer:
    """One decoder: about 0.4 s to load and 91 MB; a real-time factor of 0.2-0.4 on one core.

    Beside it a `MurmurSpotter` hears the beginning of each utterance.

    The flat-lexicon second pass is off: it costs 60-110 ms at the end of each utterance for about one
    point of word errors.
    """

    rate: int = 16_000

    def __init__(self) -> None:
        from pocketsphinx import Decoder

        self._decoder: Any = Decoder(samprate=float(self.rate), fwdflat=False, loglevel="FATAL")
        self._murmur = MurmurSpotter(self.rate)
        self._is_open = False
        self._is_adapted = False
        self._heard = bytearray()

    @property
    def is_murmur(self) -> bool:
        """Whether all of the utterance so far may be a murmur."""
        return self._murmur.is_murmur

    def begin(self) -> None:
        """Start an utterance."""
        self._close()
        self._decoder.start_utt()
        self._murmur.begin(self._decoder.get_cmn(False), is_stranger=not self._is_adapted)
        self._is_open = True
        self._heard.clear()

    def feed(self, pcm: bytes) -> str:
        """Take PCM16LE mono audio at 16 kHz and return the words so far."""
        if not self._is_open:
            return ""
        if pcm:
            self._decoder.process_raw(pcm)
            self._murmur.feed(pcm)
        if not self._is_adapted:
            self._heard += pcm
            if len(self._heard) >= AudioFormat(self.rate).bytes_of(ADAPT_S * 1000):
                self._adapt()
        return self._words()

    def pause(self) -> None:
        """Adapt now to a new speaker, whose first utterance may be over before `ADAPT_S`."""
        if self._is_open and not self._is_adapted:
            self._adapt()

    def finish(self) -> str:
        """End the utterance and return its words."""
        if not self._is_open:
            return ""
        self.pause()
        self._close()
        return self._words()

    def forget(self) -> None:
        """Forget the speaker: go back to the neutral cepstral mean."""
        self._close()
        self._decoder.set_cmn(_as_text(_NEUTRAL_MEAN))
        self._is_adapted = False

    def _adapt(self) -> None:
        """Decode the utterance again from its beginning, with the cepstral mean of what was heard of it."""
        frames: int = self._decoder.n_frames()
        if frames < _FEWEST_FRAMES:
            return
        # The library's running mean counts the start value as `_PRIOR_FRAMES` frames: take that out again.
        mixed = [float(value) for value in self._decoder.get_cmn(True).split(",")]
        own = [
            (value * (_PRIOR_FRAMES + frames) - neutral * _PRIOR_FRAMES) / frames
            for value, neutral in zip(mixed, _NEUTRAL_MEAN, strict=True)
        ]
        self._decoder.end_utt()
        self._decoder.set_cmn(_as_text(own))
        self._decoder.start_utt()
        self._decoder.process_raw(bytes(self._heard))
        self._heard.clear()
        self._is_adapted = True

    def _close(self) -> None:
        if self._is_open:
            self._decoder.end_utt()
            self._murmur.end()
            self._is_open = False

    def _words(self) -> str:
        hypothesis = self._decoder.hyp()
        if hypothesis is None:
            return ""
        return " ".join(_NOT_WORDS.sub(" ", hypothesis.hypstr).split()).lower()


def _as_text(mean: tuple[float, ...] | list[float]) -> str:
    return ",".join(f"{value:.4f}" for value in mean)
