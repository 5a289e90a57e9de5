"""What a recorder promises on a device of another rate, kept by Heron and broken by estuary-sdk 0.8.0.

========================================================  ====================================================
resampling adds no tone that was not there                test_resampling_folds_no_high_tone_down
resampling keeps a tone clean                             test_resampling_keeps_a_tone_clean
========================================================  ====================================================
"""

from __future__ import annotations

import numpy as np
import pytest

from tests.audio.signals import level_db, samples_of, tone
from tests.integration.peer.sdk import Sdk, both, promised

pytestmark = [pytest.mark.integration, pytest.mark.asyncio]


@both("it returns as loud as it was, at 4 kHz: there is no filter")
async def test_resampling_folds_no_high_tone_down(sdk: Sdk) -> None:
    kept = sdk.recorded(tone(1_000, 48_000, 1.0), 48_000, 24_000)
    assert level_db(kept, 24_000, 1_000) == pytest.approx(
        level_db(tone(1_000, 24_000, 1.0), 24_000, 1_000), abs=0.1
    )
    high = tone(20_000, 48_000, 1.0)
    folded = sdk.recorded(high, 48_000, 24_000)
    async with promised():
        assert level_db(folded, 24_000, 4_000) - level_db(high, 48_000, 20_000) < -60


@both("a line is drawn from sample to sample, and each 20 ms are stretched")
async def test_resampling_keeps_a_tone_clean(sdk: Sdk) -> None:
    recorded = sdk.recorded(tone(1_000, 44_100, 1.0), 44_100, 16_000)
    async with promised():
        assert _signal_to_noise_db(recorded, 16_000, 1_000) > 60


def _signal_to_noise_db(pcm: bytes, rate: int, hertz: float) -> float:
    """Return how far a tone is above everything that is not the tone, the edges left out."""
    samples = samples_of(pcm)[rate // 10 : -rate // 10]
    angle = 2 * np.pi * hertz * np.arange(samples.size) / rate
    waves = np.stack([np.sin(angle), np.cos(angle), np.ones(samples.size)], axis=1)
    fitted = waves @ np.linalg.lstsq(waves, samples)[0]
    return float(20 * np.log10(fitted.std() / (samples - fitted).std()))
