"""``heron talk``: recordings, sent in real time as if they were spoken now."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from app.audio.level import end_of_speech_s
from app.audio.resample import resample
from app.audio.wav import check_writable, read_wav, write_wav
from app.conversation.backend import Backend
from app.conversation.connected import connected
from app.core.audio_format import DEFAULT_RATE, FRAME_MS, AudioFormat
from app.core.errors import BadInput, UserError
from app.estuary import EstuaryClient, EstuaryError, VoiceMode
from app.terminal.exchange import Exchange
from app.terminal.progress import Progress
from app.terminal.report import Report


@dataclass(frozen=True, slots=True)
class Recording:
    """A recording, ready to be sent.

    Attributes:
        name: The file as the person named it.
        pcm: PCM16LE mono at `DEFAULT_RATE`.
        speech_s: Seconds from its start to the end of speech (last sample above 2 % of the peak).
    """

    name: str
    pcm: bytes
    speech_s: float

    @property
    def seconds(self) -> float:
        """How long it lasts."""
        return AudioFormat(DEFAULT_RATE).seconds_of(len(self.pcm))


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything that is to be said, checked before anything is started."""

    recordings: tuple[Recording, ...]
    texts: tuple[str, ...]
    out: Path | None
    push_to_talk: bool

    @classmethod
    def prepare(
        cls, files: Sequence[Path], texts: Sequence[str], out: Path | None, *, push_to_talk: bool
    ) -> Plan:
        """Read the recordings and check the rest.

        Raises:
            BadInput: A file is missing, no WAV or empty, a text is blank, or ``out`` cannot be written.
        """
        recordings = tuple(_read(path) for path in files)
        if any(not text.strip() for text in texts):
            raise BadInput("--text is empty: say something in it.")
        if out is not None:
            check_writable(out)
        return cls(recordings, tuple(texts), out, push_to_talk)


def run(plan: Plan, backend: Backend, report: Report) -> int:
    """Say everything in ``plan``, wait for each answer, and return the exit code.

    Raises:
        UserError: The server cannot be reached, or an answer did not come.
    """
    asyncio.run(_Talk(plan, backend, report).run())
    return 0


class _Talk:
    def __init__(self, plan: Plan, backend: Backend, report: Report) -> None:
        self._plan = plan
        self._backend = backend
        self._report = report
        self._voice = bytearray()

    async def run(self) -> None:
        async with connected(self._backend) as client:
            if client.session is not None:
                self._report.session(None, client.session.session_id, client.session.character_id)
            await self._say_everything(client)
        # Not after a failure: what stands in the file from before is worth more than half a reply.
        if self._plan.out is not None and self._voice:
            write_wav(self._plan.out, bytes(self._voice), DEFAULT_RATE)

    async def _say_everything(self, client: EstuaryClient) -> None:
        if self._plan.recordings:
            mode = VoiceMode.PUSH_TO_TALK if self._plan.push_to_talk else VoiceMode.CONTINUOUS
            try:
                await client.start_voice(mode)
            except EstuaryError as error:
                raise self._backend.explain(error) from error
        for recording in self._plan.recordings:
            with Exchange(client, self._report, recording.name, is_typed=False) as exchange:
                speaking = _speak(client, recording, exchange, push=self._plan.push_to_talk)
                await self._collect(exchange, asyncio.create_task(speaking, name="recording"))
        for text in self._plan.texts:
            with Exchange(client, self._report, None, is_typed=True) as exchange:
                await client.send_text(text)
                await self._collect(exchange, None)

    async def _collect(self, exchange: Exchange, microphone: asyncio.Task[None] | None) -> None:
        try:
            await exchange.answered()
        finally:
            if microphone is not None:
                microphone.cancel()
                await asyncio.wait([microphone])
            self._voice += exchange.audio()


async def _speak(client: EstuaryClient, recording: Recording, exchange: Exchange, *, push: bool) -> None:
    try:
        await _send(client, recording, exchange, push=push)
    except EstuaryError as error:
        exchange.failed(UserError(f"The recording could not be sent: {error}"))


async def _send(client: EstuaryClient, recording: Recording, exchange: Exchange, *, push: bool) -> None:
    """Send ``recording`` frame by frame when a microphone would have, then silence until cancelled."""
    loop = asyncio.get_running_loop()
    size = AudioFormat(DEFAULT_RATE).frame_bytes
    frames = [recording.pcm[at : at + size] for at in range(0, len(recording.pcm), size)]
    if push:
        await client.start_recording()
    began = loop.time()
    exchange.speech_ends_at(began + recording.speech_s)
    with Progress(recording.name, recording.seconds) as progress:
        for number, frame in enumerate(frames, start=1):
            # A microphone hands a frame over when its last sample has been recorded.
            await _until(began + number * FRAME_MS / 1000)
            await client.send_audio(frame)
            progress.update(number * FRAME_MS / 1000)
    if push:
        await client.stop_recording()
        return
    for number in count(len(frames) + 1):
        await _until(began + number * FRAME_MS / 1000)
        await client.send_audio(bytes(size))


async def _until(moment: float) -> None:
    await asyncio.sleep(max(0.0, moment - asyncio.get_running_loop().time()))


def _read(path: Path) -> Recording:
    pcm, rate = read_wav(path)
    return Recording(str(path), resample(pcm, rate, DEFAULT_RATE), end_of_speech_s(pcm, rate))
