"""Murmurs: "mhm", "yeah", "okay", told from words by their sounds, before any word is over.

A recogniser that must find words finds some in a murmur, too ("and the"), and finds the first of a sentence
long before it can know. So two small decoders of the same acoustic model hear the beginning of a turn beside
it: one can hear nothing but murmurs, the other any sounds in any order. As long as the first explains what
was said about as well as the second, it may be a murmur (a likelihood ratio, as in R. C. Rose and D. B. Paul,
"A hidden Markov model based keyword recognition system", 1990).
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Any, Final

from app.core.audio_format import AudioFormat

WORDS_NATS: Final = 180.0
"""By how much more likely any sounds must be than a murmur, for what was said to be words.

Of 110 murmurs of four synthetic voices, over an echo and in noise, 4 reach it; of 97 sentences all do, the
median after 0.5 s and 95 % within 0.7 s.
"""

STRANGER_NATS: Final = 220.0
"""The same as long as the speaker's voice is not known, and fits neither of the two."""

LONGEST_S: Final = 2.2
"""Seconds of a turn, silence at both its ends included, after which it is none: no murmur lasts as long."""

SKIPPED_S: Final = 0.1
"""Seconds at the beginning of a turn that are not heard: it begins 0.3 s before speech was noticed, and what
is left of an echo there are sounds, but no murmur."""

PAUSE_FRAMES: Final = 8
"""Frames (of 10 ms) of silence after a short word that show that it is over."""

_MURMURS: Final = (
    *("M", "HH M", "M HH M", "M HH AH M", "AH M HH AH M"),
    *("AH", "AH M", "AH HH AH", "OW"),
    *("Y AE", "Y EH AH", "Y EH S", "Y EH P", "Y AH P"),
    *("OW K EY", "R AY T", "AO L R AY T", "SH UH R", "SH ER", "AY S IY"),
)
"""How murmurs are pronounced, in the sounds of the CMU dictionary."""

_CALLS: Final = {
    "no": "N OW",
    "stop": "S T AA P",
    "wait": "W EY T",
    "quiet": "K W AY AH T",
    "enough": "IH N AH F",
}
"""Words that take the floor although they are as short as a murmur, and how they are pronounced."""

_SOUNDS: Final = (
    *("AA", "AE", "AH", "AO", "AW", "AY", "B", "CH", "D", "DH", "EH", "ER", "EY", "F", "G", "HH", "IH", "IY"),
    *("JH", "K", "L", "M", "N", "NG", "OW", "OY", "P", "R", "S", "SH", "T", "TH", "UH", "UW", "V", "W", "Y"),
    *("Z", "ZH", "SIL", "+NSN+"),
)
"""All sounds that the acoustic model knows; the last two are silence and noise."""

_SILENCES: Final = frozenset({"(NULL)", "sil", "noise"})

_SCORE_SCALE: Final = 1024
"""The library hands out scores shifted by ten bits."""


class MurmurSpotter:
    """Hears the beginning of a turn: 23 MB, and 0.1 s of computing per second heard."""

    def __init__(self, rate: int) -> None:
        from pocketsphinx import Decoder

        def decoder(grammar: str) -> Any:
            # All senones in every frame: scores of two decoders compare only then.
            made = Decoder(
                samprate=float(rate),
                lm=None,
                dict=None,
                compallsen=True,
                fsgusefiller=False,
                bestpath=False,
                loglevel="FATAL",
            )
            for sound in _SOUNDS:
                made.add_word(_name(sound), sound, True)
            for word, sounds in _CALLS.items():
                made.add_word(word, sounds, True)
            made.add_jsgf_string("sounds", f"#JSGF V1.0; grammar sounds; {grammar}")
            made.activate_search("sounds")
            return made

        self._murmurs = decoder(_murmur_grammar())
        self._sounds = decoder(f"public <sounds> = ({_either(map(_name, _SOUNDS))})+;")
        self._is_open = False
        self._is_murmur = True
        self._is_stranger = False
        self._bytes_to_skip = AudioFormat(rate).bytes_of(SKIPPED_S * 1000)
        self._skipped_bytes = 0

    @property
    def is_murmur(self) -> bool:
        """Whether all that was heard since `begin` may be a murmur."""
        return self._is_murmur

    def begin(self, mean: str, *, is_stranger: bool = False) -> None:
        """Start a turn.

        Args:
            mean: The speaker's cepstral mean, as the library writes it.
            is_stranger: Whether it is nobody's in particular, for want of a better one.
        """
        self.end()
        self._is_stranger = is_stranger
        self._skipped_bytes = 0
        for decoder in (self._murmurs, self._sounds):
            decoder.set_cmn(mean)
            decoder.start_utt()
        self._is_open = self._is_murmur = True

    def feed(self, pcm: bytes) -> None:
        """Take the next piece of the turn: PCM16LE mono."""
        left = max(0, self._bytes_to_skip - self._skipped_bytes)
        self._skipped_bytes += min(left, len(pcm))
        pcm = pcm[left:]
        if not self._is_open or not pcm:
            return
        for decoder in (self._murmurs, self._sounds):
            decoder.process_raw(pcm)
        if self._are_words():
            self._is_murmur = False
            self.end()

    def end(self) -> None:
        """End the turn; the verdict stays."""
        if self._is_open:
            self._is_open = False
            for decoder in (self._murmurs, self._sounds):
                decoder.end_utt()

    def _are_words(self) -> bool:
        if self._murmurs.n_frames() > LONGEST_S * 100:
            return True
        murmur, sounds = _score(self._murmurs), _score(self._sounds)
        if murmur is None or sounds is None:
            return False
        if self._is_stranger:
            return sounds - murmur >= STRANGER_NATS
        return sounds - murmur >= WORDS_NATS or self._is_call()

    def _is_call(self) -> bool:
        """Whether a word of `_CALLS` was said, and is over."""
        path = list(self._murmurs.seg())
        spoken = [segment for segment in path if segment.word not in _SILENCES]
        return (
            bool(spoken)
            and spoken[-1].word in _CALLS
            and path[-1].end_frame - spoken[-1].end_frame >= PAUSE_FRAMES
        )


def _score(decoder: Any) -> float | None:
    """Return the logarithm of the best path's likelihood; None if there is none."""
    found = decoder.hyp()
    return None if found is None or found.best_score <= 0 else _SCORE_SCALE * math.log(found.best_score)


def _murmur_grammar() -> str:
    """Return what is a murmur, or two, or a call; the last one may still be going on."""
    spelt = [sounds.split() for sounds in _MURMURS]
    whole = _either(" ".join(map(_name, sounds)) for sounds in spelt)
    beginnings = (sounds[:size] for sounds in spelt for size in range(1, len(sounds)))
    begun = _either(dict.fromkeys(" ".join(map(_name, sounds)) for sounds in beginnings))
    silence = _either(map(_name, ("SIL", "+NSN+")))
    return (
        "public <heard> = [<silence>] [<whole> <silence>]"
        " (<whole> [<silence>] | [<begun>] | <call> [<silence>]);"
        f" <whole> = {whole}; <begun> = {begun}; <call> = {_either(_CALLS)}; <silence> = ({silence})+;"
    )


def _either(choices: Iterable[str]) -> str:
    return " | ".join(choices)


def _name(sound: str) -> str:
    """Return the word that stands for a sound; in a grammar it must not begin with a sign."""
    return {"SIL": "sil", "+NSN+": "noise"}.get(sound, f"x{sound.lower()}")
