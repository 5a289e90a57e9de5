from __future__ import annotations

import asyncio
import json
import wave
from pathlib import Path

import numpy as np
import pytest

from app.audio.level import rms
from app.audio.resample import resample
from app.audio.wav import read_wav, write_wav
from app.core.audio_format import AudioFormat
from app.terminal.exchange import ANSWER_S
from benchmarks.word_errors import word_errors
from tests.audio.signals import pink_noise
from tests.integration.command import DEADLINE_S, Done, heron, served, started
from tests.integration.conftest import Speech

pytestmark = pytest.mark.integration

MILES = "how many miles are twenty kilometers"
TIMER = "set a timer for twelve minutes"


@pytest.fixture(scope="module")
def recordings(speech: Speech) -> tuple[Path, Path]:
    return speech(MILES, "rms"), speech(TIMER, "slt")


@pytest.fixture(scope="module")
def two_turns(recordings: tuple[Path, Path], tmp_path_factory: pytest.TempPathFactory) -> tuple[Done, Path]:
    """Two recordings, one after the other, in one run."""
    folder = tmp_path_factory.mktemp("talk")
    out = folder / "reply.wav"
    done = heron("talk", *recordings, "--out", out, "--json", HERON_HOME=str(folder / "home"))
    return done, out


def test_every_recording_is_recognised_and_answered(
    two_turns: tuple[Done, Path], recordings: tuple[Path, Path]
) -> None:
    done, _ = two_turns
    assert done.code == 0, done.err
    finals = [event for event in done.events("stt") if event["final"]]
    assert [event["file"] for event in finals] == [str(path) for path in recordings]
    assert word_errors(MILES, finals[0]["text"]) + word_errors(TIMER, finals[1]["text"]) <= 2
    replies = {event["file"]: event["text"] for event in done.events("reply") if event["final"]}
    assert "12.43 miles" in replies[str(recordings[0])]
    assert "timer" in replies[str(recordings[1])]


def test_json_lines_have_exactly_the_promised_fields(two_turns: tuple[Done, Path]) -> None:
    done, _ = two_turns
    fields = {
        "session": {"session_id", "character_id"},
        "stt": {"text", "final"},
        "reply": {"text", "final", "message_id"},
        "voice": {"message_id", "seconds"},
        "timing": {"end_of_speech_to_first_audio_ms"},
    }
    events = [json.loads(line) for line in done.out.splitlines()]
    assert {event["event"] for event in events} == set(fields)
    for event in events:
        assert set(event) == {"event", "file"} | fields[event["event"]]


def test_interim_captions_come_before_the_final_one(two_turns: tuple[Done, Path]) -> None:
    done, _ = two_turns
    first = done.events("stt")[0]["file"]
    finality = [event["final"] for event in done.events("stt") if event["file"] == first]
    assert len(finality) > 3
    assert finality == [False] * (len(finality) - 1) + [True]


def test_the_time_to_the_first_audio_is_told_once_per_recording(two_turns: tuple[Done, Path]) -> None:
    done, _ = two_turns
    times = [event["end_of_speech_to_first_audio_ms"] for event in done.events("timing")]
    assert len(times) == 2
    assert all(0 < time < 5_000 for time in times)


def test_the_voice_of_all_replies_is_kept(two_turns: tuple[Done, Path]) -> None:
    done, out = two_turns
    pcm, rate = read_wav(out)
    spoken = sum(event["seconds"] for event in done.events("voice"))
    assert AudioFormat(rate).seconds_of(len(pcm)) == pytest.approx(spoken, abs=0.01)
    assert rms(pcm) > 0.01


def test_recordings_are_words_without_digits(two_turns: tuple[Done, Path]) -> None:
    done, _ = two_turns
    assert all(not any(map(str.isdigit, event["text"])) for event in done.events("stt"))


def test_push_to_talk_and_typed_text_as_lines(recordings: tuple[Path, Path]) -> None:
    done = heron("talk", recordings[0], "--mode", "ptt", "--text", "what is two plus three")
    assert done.code == 0, done.err
    lines = done.out.splitlines()
    finals = [line for line in lines if line.startswith("You: ") and not line.endswith("…")]
    replies = [line for line in lines if line.startswith("Heron: ")]
    assert len(finals) == 1
    assert word_errors(MILES, finals[0].removeprefix("You: ")) <= 1
    assert len(replies) == 2
    assert "5" in replies[1]
    assert sum("from the end of speech to the voice" in line for line in lines) == 1


def test_stereo_at_another_rate(recordings: tuple[Path, Path], tmp_path: Path) -> None:
    path = tmp_path / "stereo at 44.1 kHz.wav"
    mono = np.frombuffer(resample(*read_wav(recordings[0]), 44_100), np.int16)
    with wave.open(str(path), "wb") as file:
        file.setparams((2, 2, 44_100, 0, "NONE", ""))
        file.writeframes(np.repeat(mono, 2).tobytes())
    done = heron("talk", path, "--json")
    assert done.code == 0, done.err
    final = next(event["text"] for event in done.events("stt") if event["final"])
    assert word_errors(MILES, final) <= 1


def test_noise_is_not_answered(tmp_path: Path) -> None:
    path = tmp_path / "noise.wav"
    write_wav(path, bytes(16_000) + pink_noise(1.0, 200) + bytes(16_000), 16_000)
    done = heron("talk", path, "--json")
    assert done.code == 1
    assert "No answer" in done.refusal()
    assert done.events("stt") == []
    assert len(done.events("error")) == 1


@pytest.mark.asyncio
async def test_a_server_killed_in_mid_turn_is_said_at_once(tmp_path: Path) -> None:
    out = tmp_path / "reply.wav"
    async with (
        served() as server,
        started(
            "talk", "--text", "what can you do", "--server", server.url, "--api-key", server.key, "--json",
            "--out", out,
        ) as talk,
    ):  # fmt: skip
        assert talk.stdout is not None
        async for line in talk.stdout:
            if json.loads(line)["event"] == "reply":
                break
        server.kill()
        _, complaints = await talk.communicate()
        assert talk.returncode == 1
        assert complaints.decode().count("\n") == 1
        assert b"closed the connection before the answer was complete" in complaints


@pytest.mark.asyncio
async def test_a_server_elsewhere_is_talked_to_with_the_key_of_the_environment() -> None:
    async with served() as server:
        talk = ["talk", "--text", "what is two plus three", "--server", server.url]
        right = await asyncio.to_thread(heron, *talk, HERON_API_KEY=server.key)
        wrong = await asyncio.to_thread(heron, *talk, HERON_API_KEY="not-the-key")
        none = await asyncio.to_thread(heron, *talk)
    assert (right.code, wrong.code, none.code) == (0, 2, 2)
    assert "5" in right.out
    assert "Check the API key" in wrong.refusal()
    assert "not-the-key" not in wrong.err
    assert "needs an API key" in none.refusal()


def test_a_server_that_is_not_there() -> None:
    done = heron("talk", "--text", "hello", "--server", "http://127.0.0.1:9", "--api-key", "key")
    assert done.code == 2
    assert "No Estuary server answers at http://127.0.0.1:9" in done.refusal()


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("text.wav", b"these are words, not sound", "is not a WAV file"),
        ("empty.wav", b"", "empty"),
        ("missing.wav", None, "There is no file"),
    ],
)
def test_a_bad_recording_is_refused_before_anything_starts(
    tmp_path: Path, name: str, content: bytes | None, sentence: str
) -> None:
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)
    out = tmp_path / "kept.wav"
    out.write_bytes(b"an older reply")
    done = heron("talk", path, "--out", out)
    assert done.code == 2
    assert sentence in done.refusal()
    assert name in done.refusal()
    assert out.read_bytes() == b"an older reply"


def test_a_recording_without_samples(tmp_path: Path) -> None:
    path = tmp_path / "nothing.wav"
    write_wav(path, b"", 16_000)
    done = heron("talk", path)
    assert done.code == 2
    assert "nothing.wav" in done.refusal()


def test_a_recording_is_not_written_over_by_its_own_answer(recordings: tuple[Path, Path]) -> None:
    before = recordings[0].read_bytes()
    done = heron("talk", recordings[0], "--out", recordings[0])
    assert done.code == 2
    assert "--out names the recording" in done.refusal()
    assert recordings[0].read_bytes() == before


def test_all_of_a_recording_is_heard_also_after_a_long_silence(
    recordings: tuple[Path, Path], tmp_path: Path
) -> None:
    path = tmp_path / "two questions.wav"
    (first, rate), (second, _) = map(read_wav, recordings)
    write_wav(path, first + bytes(2 * rate * 6) + second, rate)
    done = heron("talk", path, "--json")
    assert done.code == 0, done.err
    finals = [event["text"] for event in done.events("stt") if event["final"]]
    assert len(finals) == 2
    assert len(done.events("voice")) == 2


@pytest.mark.parametrize(
    ("url", "sentence"),
    [
        ("localhost:8765", "Write it as https://HOST"),
        ("http://localhost:99999", "no server address"),
        ("http://heron.example", "--allow-insecure"),
        ("ftp://heron.example", "no server address"),
    ],
)
def test_an_address_that_cannot_be_used_is_named_as_it_was_typed(url: str, sentence: str) -> None:
    done = heron("talk", "--text", "hello", "--server", url)
    assert done.code == 2
    assert url in done.refusal()
    assert sentence in done.refusal()


def test_an_unwritable_out_is_refused_before_anything_is_said(tmp_path: Path) -> None:
    done = heron("talk", "--text", "hello", "--out", tmp_path / "no such folder" / "reply.wav")
    assert done.code == 2
    assert "no such folder" in done.refusal()
    assert done.out == ""


@pytest.mark.parametrize("arguments", [["talk", "--text", " "], ["talk", "--json"], ["--api-key", "k"]])
def test_what_makes_no_sense_is_refused(arguments: list[str]) -> None:
    done = heron(*arguments)
    assert done.code == 2
    assert done.refusal()


def test_deadline_leaves_room_for_the_longest_run() -> None:
    assert ANSWER_S + 10 < DEADLINE_S
