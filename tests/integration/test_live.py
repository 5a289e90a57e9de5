"""Talking through the microphone in the terminal."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys

import pytest

from tests.integration.command import heron
from tests.integration.conftest import Speech
from tests.integration.sound_card import SoundCard

pytestmark = pytest.mark.integration


@pytest.mark.asyncio
async def test_enter_begins_a_turn_and_enter_sends_it(sound_card: SoundCard, speech: Speech) -> None:
    question = speech("how many miles are twenty kilometers", "rms")
    talk = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "app", "talk", "--mode", "ptt", env=dict(os.environ),
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    assert talk.stdin is not None
    assert talk.stdout is not None
    assert talk.stderr is not None
    async with asyncio.timeout(40):
        assert b"Press Enter" in await talk.stderr.readline()
        talk.stdin.write(b"\n")
        assert b"Listening" in await talk.stderr.readline()
        await asyncio.to_thread(sound_card.say, question)
        talk.stdin.write(b"\n")
        said = b""
        while not said.startswith(b"Heron: "):
            said = await talk.stdout.readline()
            assert said
        assert b"12.43 miles" in said
        talk.stdin.close()
        assert await talk.wait() == 0
    await talk.communicate()


def test_without_a_microphone_it_is_refused(sound_card_without_microphone: SoundCard) -> None:
    done = heron("talk")
    assert done.code == 2
    assert "microphone" in done.refusal_after_hints()


def test_without_a_speaker_it_is_refused(sound_card_without_speaker: SoundCard) -> None:
    done = heron("talk")
    assert done.code == 2
    assert "speaker" in done.refusal_after_hints()
