"""A sound card made of software: its microphone hears what is said, and its speaker can be listened to.

A PulseAudio daemon of its own, without D-Bus, udev or hardware, in a folder of its own::

    with SoundCard() as card, card.applied():
        ...                                   # PortAudio, paplay and child processes meet only this card
        with card.listen(24_000) as heard:
            card.say(wav)                     # the microphone hears the recording
        pcm = heard.pcm                       # what the speaker played meanwhile

Playback goes through the null sink ``speaker``; the null sink ``mic_in`` feeds the source ``mic``. It imports
nothing of Heron and no test library, so that benchmarks use the same card.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import Self

_PACKAGES = "pulseaudio pulseaudio-utils libasound2-plugins"
_DEADLINE_S = 10.0
_POLL_S = 0.005

# norewinds: without it a null sink works in blocks of two seconds.
_SINK = "load-module module-null-sink sink_name={name} norewinds=1 rate=48000 channels=1 channel_map=mono"


class SoundCardError(Exception):
    """The virtual sound card cannot be started or used."""


class Listener:
    """Records what the speaker plays, from `SoundCard.listen` to `stop`. A context manager.

    Attributes:
        rate: Sample rate in Hz of what is recorded.
        started_at: ``time.monotonic()`` at which the first sample was there.
    """

    def __init__(self, command: list[str], env: dict[str, str], file: Path, rate: int) -> None:
        self.rate = rate
        self._file = file
        with file.open("wb") as sink:
            self._process = subprocess.Popen(command, env=env, stdout=sink, stderr=subprocess.DEVNULL)
        _wait_for(lambda: file.stat().st_size > 0, self._process, "parec records nothing")
        self.started_at = time.monotonic()
        self._pcm: bytes | None = None

    @property
    def pcm(self) -> bytes:
        """What was heard so far, PCM16LE mono."""
        return self._file.read_bytes() if self._pcm is None else self._pcm

    def stop(self) -> bytes:
        """End the recording and return it, PCM16LE mono."""
        if self._pcm is None:
            _end(self._process)
            pcm = self._file.read_bytes()
            self._pcm = pcm[: len(pcm) // 2 * 2]
            self._file.unlink(missing_ok=True)
        return self._pcm

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: object) -> None:
        self.stop()


class SoundCard:
    """A private PulseAudio daemon with a virtual microphone and a virtual speaker. A context manager.

    Args:
        microphone: False for a machine without a microphone.
        speaker: False for a machine without a speaker.

    Attributes:
        env: Variables that lead PulseAudio's clients, ALSA and PortAudio to this card and to no other.
    """

    def __init__(self, *, microphone: bool = True, speaker: bool = True) -> None:
        self._has_microphone = microphone
        self._has_speaker = speaker
        self._folder: Path | None = None
        self._daemon: subprocess.Popen[bytes] | None = None
        self._clients: list[subprocess.Popen[bytes]] = []
        self._listeners: list[Listener] = []
        self.env: dict[str, str] = {}

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def start(self) -> None:
        """Start the daemon and wait until its devices are there.

        Raises:
            SoundCardError: PulseAudio is not installed or does not start.
        """
        for tool in ("pulseaudio", "paplay", "parec"):
            if shutil.which(tool) is None:
                raise SoundCardError(f"{tool} is missing. Install it: apt-get install {_PACKAGES}")
        self._folder = Path(tempfile.mkdtemp(prefix="heron-card-", dir=_short_temp()))
        self.env = self._write_configuration(self._folder)
        try:
            self._start_daemon(self._folder)
        except BaseException:
            self.stop()
            raise

    def stop(self) -> None:
        """End everything that was started and remove the folder."""
        for listener in self._listeners:
            listener.stop()
        for client in self._clients:
            _end(client)
        if self._daemon is not None:
            _end(self._daemon)
        if self._folder is not None:
            shutil.rmtree(self._folder, ignore_errors=True)
        self._listeners, self._clients, self._daemon, self._folder = [], [], None, None

    def kill(self) -> None:
        """End the daemon at once, as if the sound card were pulled out."""
        self._running().kill()
        self._running().wait()

    @contextmanager
    def applied(self) -> Iterator[None]:
        """Set `env` in this process for the length of the block.

        A PortAudio that is initialised already keeps the devices it found before: initialise it anew.
        """
        before = {name: os.environ.get(name) for name in self.env}
        os.environ.update(self.env)
        try:
            yield
        finally:
            for name, value in before.items():
                if value is None:
                    os.environ.pop(name, None)
                else:
                    os.environ[name] = value

    def say(self, wav: Path) -> None:
        """Play a recording into the microphone and return when it has been heard."""
        speaking = self.start_saying(wav)
        if speaking.wait() != 0:
            raise SoundCardError(f"paplay could not play {wav}")

    def start_saying(self, wav: Path) -> subprocess.Popen[bytes]:
        """Play a recording into the microphone; return the player, which ends by itself."""
        player = self._client("paplay", "--device=mic_in", "--latency-msec=200", str(wav))
        self._clients.append(player)
        return player

    def listen(self, rate: int) -> Listener:
        """Begin to record what the speaker plays; return when recording runs.

        Args:
            rate: Sample rate in Hz of the recording.
        """
        assert self._folder is not None, "the sound card is not started"
        self._running()
        file = self._folder / f"heard-{len(self._listeners)}.raw"
        command = ["parec", "--device=speaker.monitor", f"--rate={rate}", "--channels=1", "--format=s16le"]
        listener = Listener([*command, "--raw", "--latency-msec=20"], self._client_env(), file, rate)
        self._listeners.append(listener)
        return listener

    def _client(self, *command: str) -> subprocess.Popen[bytes]:
        self._running()
        return subprocess.Popen(command, env=self._client_env(), stdout=subprocess.DEVNULL)

    def _client_env(self) -> dict[str, str]:
        return {**os.environ, **self.env}

    def _running(self) -> subprocess.Popen[bytes]:
        assert self._daemon is not None, "the sound card is not started"
        return self._daemon

    def _write_configuration(self, folder: Path) -> dict[str, str]:
        socket_path = folder / "native"
        script = [_SINK.format(name="speaker")] if self._has_speaker else []
        if self._has_microphone:
            script.append(_SINK.format(name="mic_in"))
            script.append("load-module module-remap-source master=mic_in.monitor source_name=mic")
            script.append("set-default-source mic")
        if self._has_speaker:
            script.append("set-default-sink speaker")
        script.append(f"load-module module-native-protocol-unix auth-anonymous=1 socket={socket_path}")
        (folder / "card.pa").write_text("\n".join([".fail", *script, ""]))
        # asym shows ALSA, and so PortAudio, only the directions that exist.
        sides = ["playback.pcm { type pulse }"] if self._has_speaker else []
        sides += ["capture.pcm { type pulse }"] if self._has_microphone else []
        # A card that is not there is what ALSA has on a machine without one; with no PCM PortAudio aborts.
        pcm = f"type asym {' '.join(sides)}" if sides else "type hw card 0"
        (folder / "alsa.conf").write_text(f"pcm.!default {{ {pcm} }}\nctl.!default {{ type pulse }}\n")
        (folder / "client.conf").write_text("autospawn = no\n")
        return {
            "ALSA_CONFIG_PATH": str(folder / "alsa.conf"),
            "PULSE_CLIENTCONFIG": str(folder / "client.conf"),
            "PULSE_COOKIE": str(folder / "cookie"),
            "PULSE_RUNTIME_PATH": str(folder),
            "PULSE_SERVER": f"unix:{socket_path}",
        }

    def _start_daemon(self, folder: Path) -> None:
        env = {**os.environ, **self.env, "HOME": str(folder), "XDG_RUNTIME_DIR": str(folder)}
        env |= {"PULSE_CONFIG_PATH": str(folder), "PULSE_STATE_PATH": str(folder)}
        env.pop("DBUS_SESSION_BUS_ADDRESS", None)
        options = ["--daemonize=no", "--exit-idle-time=-1", "--use-pid-file=no", "--disable-shm=yes"]
        command = ["pulseaudio", "-n", f"--file={folder / 'card.pa'}", *options, "--log-target=stderr"]
        log = folder / "log"
        with log.open("wb") as sink:
            self._daemon = subprocess.Popen(
                [*_with_parent(), *command], env=env, stdout=sink, stderr=sink, start_new_session=True
            )
        try:
            _wait_for(lambda: _answers(folder / "native"), self._daemon, "pulseaudio does not start")
        except SoundCardError as error:
            raise SoundCardError(f"{error}: {log.read_text(errors='replace')[-500:]}") from error


def _with_parent() -> list[str]:
    """Return what makes a command end with the thread that starts it, even if that one is killed."""
    return ["setpriv", "--pdeathsig", "TERM"] if shutil.which("setpriv") else []


def _short_temp() -> str | None:
    """Return a folder whose sockets' paths fit into the 108 bytes they may have."""
    return "/tmp" if len(tempfile.gettempdir()) > 60 else None  # noqa: S108 - mkdtemp makes a private folder in it


def _answers(path: Path) -> bool:
    with socket.socket(socket.AF_UNIX) as probe, suppress(OSError):
        probe.connect(str(path))
        return True
    return False


def _wait_for(condition: Callable[[], bool], process: subprocess.Popen[bytes], failure: str) -> None:
    deadline = time.monotonic() + _DEADLINE_S
    while not condition():
        if process.poll() is not None or time.monotonic() > deadline:
            raise SoundCardError(failure)
        time.sleep(_POLL_S)


def _end(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(5)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
