"""A sound card made of software: its microphone hears what is said, and its speaker can be listened to.

A PulseAudio daemon of its own, without D-Bus, udev or hardware, in a folder of its own::

    with SoundCard() as card, card.applied():
        ...                                   # PortAudio, paplay and child processes meet only this card
        with card.listen(24_000) as heard:
            card.say(wav)                     # the microphone hears the recording
        pcm = heard.pcm                       # what the speaker played meanwhile

A speaker is a null sink; a microphone ``mic`` is a source that the null sink ``mic_in`` feeds. There may be
any number of both, each with its own rate; they are pulled out and plugged in while the card runs, and the
daemon is killed, restarted, frozen and thawed. It imports nothing of Heron and no test library, so that
benchmarks use the same card.
"""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

_PACKAGES = "pulseaudio pulseaudio-utils libasound2-plugins"
_DEADLINE_S = 10.0
_POLL_S = 0.005

_INNER = "_in"
"""What the name of the null sink behind a microphone ends with."""


class SoundCardError(Exception):
    """The virtual sound card cannot be started or used."""


@dataclass(frozen=True, slots=True)
class Virtual:
    """A microphone or a speaker of a virtual card.

    Attributes:
        name: What PulseAudio calls it: a word.
        description: What a person calls it; its name if empty.
        rate: Sample rate in Hz at which it runs.
        bluetooth: A Bluetooth device's protocol (``a2dp_sink``, ``headset_head_unit``); empty for others.
    """

    name: str
    description: str = ""
    rate: int = 48_000
    bluetooth: str = ""

    def as_speaker(self, name: str = "", properties: str = "") -> str:
        """Return the arguments of the module that is a speaker."""
        # norewinds: without it a null sink works in blocks of two seconds.
        return (
            f"module-null-sink sink_name={name or self.name} norewinds=1 rate={self.rate} channels=1 "
            f"channel_map=mono sink_properties={properties or self._properties}"
        )

    def as_microphone(self) -> tuple[str, str]:
        """Return the arguments of the two modules that are a microphone."""
        inner, properties = self.name + _INNER, f"source_properties={self._properties}"
        return (
            # Nobody plays through it as if it were a speaker: it only leads to the microphone.
            self.as_speaker(inner, f"device.description={inner}\\ device.class=monitor"),
            f"module-remap-source master={inner}.monitor source_name={self.name} {properties}",
        )

    @property
    def _properties(self) -> str:
        said = f"device.description='{self.description or self.name}'"
        bluetooth = f" device.bus=bluetooth bluetooth.protocol={self.bluetooth}" if self.bluetooth else ""
        return f'"{said}{bluetooth}"'


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
    """A private PulseAudio daemon with virtual microphones and speakers. A context manager.

    Args:
        microphone: False for a machine without a microphone.
        speaker: False for a machine without a speaker.
        microphones: The microphones, the system's default first.
        speakers: The speakers, the system's default first.
        has_pulse: False for a machine whose programs meet ALSA only, with a PCM for each device.

    Attributes:
        env: Variables that lead PulseAudio's clients, ALSA and PortAudio to this card and to no other.
    """

    def __init__(
        self,
        *,
        microphone: bool = True,
        speaker: bool = True,
        microphones: tuple[str | Virtual, ...] = ("mic",),
        speakers: tuple[str | Virtual, ...] = ("speaker",),
        has_pulse: bool = True,
    ) -> None:
        self._microphones = _by_name(microphones if microphone else ())
        self._speakers = _by_name(speakers if speaker else ())
        self._has_pulse = has_pulse
        self._unplugged: set[str] = set()
        self._default_source = next(iter(self._microphones), "")
        self._default_sink = next(iter(self._speakers), "")
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
        for tool in ("pulseaudio", "pactl", "paplay", "parec"):
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
            self.thaw()
            _end(self._daemon)
        if self._folder is not None:
            shutil.rmtree(self._folder, ignore_errors=True)
        self._listeners, self._clients, self._daemon, self._folder = [], [], None, None

    @property
    def process_id(self) -> int:
        """The daemon's process id."""
        return self._running().pid

    def kill(self) -> None:
        """End the daemon at once, as if the sound card were pulled out."""
        self._running().kill()
        self._running().wait()

    def restart(self) -> None:
        """Start the daemon again after `kill`, with the devices that are plugged in, and wait for them."""
        assert self._folder is not None, "the sound card is not started"
        self._start_daemon(self._folder)

    def freeze(self) -> None:
        """Let the daemon stand still: it answers nobody until `thaw`."""
        self._running().send_signal(signal.SIGSTOP)

    def thaw(self) -> None:
        """Let the daemon go on after `freeze`."""
        self._running().send_signal(signal.SIGCONT)

    def unplug(self, name: str) -> None:
        """Take a microphone or a speaker away, as if its cable were pulled."""
        wanted = {f"sink_name={name}", f"sink_name={name}{_INNER}"}
        for line in self._pactl("list", "short", "modules").splitlines():
            module, _, arguments = line.partition("\t")
            if not wanted.isdisjoint(arguments.split()):
                # The source that it feeds goes with it.
                self._pactl("unload-module", module)
        self._unplugged.add(name)
        self._write_alsa()

    def plug(self, name: str) -> None:
        """Bring back what `unplug` took away."""
        for modules in self._modules(name):
            self._pactl("load-module", *modules.split(" ", 1))
        self._unplugged.discard(name)
        self._write_alsa()

    def suspend(self, name: str) -> None:
        """Let a microphone deliver nothing until `resume`, as one does whose radio link is gone."""
        self._pactl("suspend-source", name, "1")

    def resume(self, name: str) -> None:
        """Let a microphone deliver again after `suspend`."""
        self._pactl("suspend-source", name, "0")

    def add_microphone(self, device: Virtual) -> None:
        """Plug in a microphone that was not there before, or another of the same name."""
        self._microphones[device.name] = device
        self.plug(device.name)

    def add_speaker(self, device: Virtual) -> None:
        """Plug in a speaker that was not there before, or another of the same name."""
        self._speakers[device.name] = device
        self.plug(device.name)

    def set_default_source(self, name: str) -> None:
        """Make a microphone the system's default."""
        self._default_source = name
        self._pactl("set-default-source", name)

    def set_default_sink(self, name: str) -> None:
        """Make a speaker the system's default."""
        self._default_sink = name
        self._pactl("set-default-sink", name)

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

    def say(self, wav: Path, microphone: str = "mic") -> None:
        """Play a recording into a microphone and return when it has been heard."""
        speaking = self.start_saying(wav, microphone)
        if speaking.wait() != 0:
            raise SoundCardError(f"paplay could not play {wav}")

    def start_saying(self, wav: Path, microphone: str = "mic") -> subprocess.Popen[bytes]:
        """Play a recording into a microphone; return the player, which ends by itself."""
        player = self._client("paplay", f"--device={microphone}{_INNER}", "--latency-msec=200", str(wav))
        self._clients.append(player)
        return player

    def listen(self, rate: int, speaker: str = "speaker") -> Listener:
        """Begin to record what a speaker plays; return when recording runs.

        Args:
            rate: Sample rate in Hz of the recording.
            speaker: Which one to listen to.
        """
        assert self._folder is not None, "the sound card is not started"
        self._running()
        file = self._folder / f"heard-{len(self._listeners)}.raw"
        command = ["parec", f"--device={speaker}.monitor", f"--rate={rate}", "--channels=1", "--format=s16le"]
        listener = Listener([*command, "--raw", "--latency-msec=20"], self._client_env(), file, rate)
        self._listeners.append(listener)
        return listener

    def streams(self) -> list[str]:
        """Return the streams that play now, a line each."""
        return self._pactl("list", "short", "sink-inputs").splitlines()

    def _pactl(self, *arguments: str) -> str:
        self._running()
        command = ["pactl", *arguments]
        done = subprocess.run(command, env=self._client_env(), capture_output=True, text=True, check=False)
        if done.returncode != 0:
            raise SoundCardError(f"{' '.join(command)}: {done.stderr.strip()}")
        return done.stdout

    def _modules(self, name: str) -> tuple[str, ...]:
        if name in self._speakers:
            return (self._speakers[name].as_speaker(),)
        return self._microphones[name].as_microphone()

    def _client(self, *command: str) -> subprocess.Popen[bytes]:
        self._running()
        return subprocess.Popen(command, env=self._client_env(), stdout=subprocess.DEVNULL)

    def _client_env(self) -> dict[str, str]:
        return {**os.environ, **self.env, "PULSE_SERVER": self._server}

    def _running(self) -> subprocess.Popen[bytes]:
        assert self._daemon is not None, "the sound card is not started"
        return self._daemon

    def _write_configuration(self, folder: Path) -> dict[str, str]:
        self._write_alsa()
        (folder / "client.conf").write_text("autospawn = no\n")
        return {
            "ALSA_CONFIG_PATH": str(folder / "alsa.conf"),
            "PULSE_CLIENTCONFIG": str(folder / "client.conf"),
            "PULSE_COOKIE": str(folder / "cookie"),
            "PULSE_RUNTIME_PATH": str(folder),
            "PULSE_SERVER": self._server if self._has_pulse else f"unix:{folder / 'nobody'}",
        }

    @property
    def _server(self) -> str:
        assert self._folder is not None, "the sound card is not started"
        return f"unix:{self._folder / 'native'}"

    def _write_alsa(self) -> None:
        """Write what ALSA, and so PortAudio, has: only the directions that exist, as asym shows them."""
        assert self._folder is not None, "the sound card is not started"
        if self._has_pulse:
            sides = ["playback.pcm { type pulse }"] if self._speakers else []
            sides += ["capture.pcm { type pulse }"] if self._microphones else []
            pcms = {"pulse": "type pulse", "!default": _asym(sides)} if sides else {}
        else:
            way = f'type pulse server "{self._server}" device'
            each = {
                name: f"{side}.pcm {{ {way} {name} }}"
                for side, names in (("playback", self._speakers), ("capture", self._microphones))
                for name in names
                if name not in self._unplugged
            }
            defaults = [each[name] for name in (self._default_sink, self._default_source) if name in each]
            pcms = {name: _asym([side]) for name, side in each.items()}
            pcms |= {"!default": _asym(defaults)} if defaults else {}
        # A card that is not there is what ALSA has on a machine without one; with no PCM PortAudio aborts.
        pcms = pcms or {"!default": "type hw card 0"}
        lines = [f"pcm.{name} {{ {pcm} }}\n" for name, pcm in pcms.items()]
        part = self._folder / "alsa.conf.part"
        part.write_text("".join([*lines, "ctl.!default { type pulse }\n"]))
        part.replace(self._folder / "alsa.conf")  # ALSA notices another file, not one changed within a second

    def _write_script(self, folder: Path) -> None:
        plugged = [name for name in (*self._speakers, *self._microphones) if name not in self._unplugged]
        script = [f"load-module {module}" for name in plugged for module in self._modules(name)]
        script += [f"set-default-sink {self._default_sink}"] if self._default_sink in plugged else []
        script += [f"set-default-source {self._default_source}"] if self._default_source in plugged else []
        script.append(f"load-module module-native-protocol-unix auth-anonymous=1 socket={folder / 'native'}")
        (folder / "card.pa").write_text("\n".join([".fail", *script, ""]))

    def _start_daemon(self, folder: Path) -> None:
        self._write_script(folder)
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


def _by_name(devices: tuple[str | Virtual, ...]) -> dict[str, Virtual]:
    made = [Virtual(device) if isinstance(device, str) else device for device in devices]
    return {device.name: device for device in made}


def _asym(sides: list[str]) -> str:
    return f"type asym {' '.join(sides)}"


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
