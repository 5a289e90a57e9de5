"""The one PortAudio of this process: loaded when sound is first needed, its calls one at a time."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Protocol

from app.audio.devices.alsa import has_pcm, hush
from app.core.errors import AudioError
from app.core.translation import translate


class Stream(Protocol):
    """An open stream, as it is met by another that needs PortAudio to look for devices anew."""

    def suspend(self) -> None:
        """Close the device; under `exclusive`."""

    def resume(self) -> None:
        """Open the same device again, as far as it is still there; under `exclusive`."""


_lock = threading.RLock()
_streams: list[Stream] = []


@contextmanager
def exclusive() -> Iterator[Any]:
    """Give the ``sounddevice`` module to one thread at a time: PortAudio itself has no locks.

    Raises:
        AudioError: PortAudio or its Python binding is missing or does not start.
    """
    with _lock:
        yield _load()


def refresh() -> None:
    """Read the list of devices anew, unless a stream is open (reading it would close that one)."""
    with exclusive() as sounddevice:
        if is_idle():
            _begin_anew(sounddevice)


@contextmanager
def renewed(stream: Stream | None = None) -> Iterator[Any]:
    """Read the list of devices anew whatever is open: other streams stand still for the length of the block.

    Args:
        stream: The one that is about to move, which is not resumed.
    """
    with exclusive() as sounddevice:
        others = [other for other in _streams if other is not stream]
        for each in tuple(_streams):
            each.suspend()
        try:
            _begin_anew(sounddevice)
            yield sounddevice
        finally:
            for other in others:
                other.resume()


def is_idle() -> bool:
    """Return whether no stream is open."""
    return not _streams


def stream_opened(stream: Stream) -> None:
    """Note that a stream is open; held under `exclusive`."""
    _streams.append(stream)


def stream_closed(stream: Stream) -> None:
    """Note that a stream is closed; held under `exclusive`."""
    _streams.remove(stream)


def reason(error: Exception) -> str:
    """Return what a ``PortAudioError`` says, without codes and calls: ``Device unavailable``."""
    match error.args:
        case (_, _, (_, _, str(said_by_the_system))):
            return said_by_the_system
        case (str(text), *_):
            return text.rsplit(": ", 1)[-1]
    return str(error)


def _begin_anew(sounddevice: Any) -> None:
    # PortAudio looks for devices, and for a sound server that was restarted, only as it starts.
    _check_alsa()
    try:
        if sounddevice._initialized:  # noqa: SLF001 - no public name; recommended by its documentation
            sounddevice._terminate()  # noqa: SLF001
        sounddevice._initialize()  # noqa: SLF001
    except sounddevice.PortAudioError as error:
        raise AudioError(_did_not_start(error)) from error


def _check_alsa() -> None:
    if not has_pcm():
        raise AudioError(
            translate(
                "Devices",
                "ALSA has no configuration. Install it (Debian, Ubuntu: apt-get install libasound2-data).",
            )
        )


def _load() -> Any:
    if "sounddevice" not in sys.modules:
        _check_alsa()
        hush()
    try:
        import sounddevice
    except ImportError as error:
        raise AudioError(
            translate(
                "Devices",
                "Sound needs the package sounddevice. Install it: pip install 'heron-voice[audio]'.",
            )
        ) from error
    except OSError as error:
        raise AudioError(
            translate(
                "Devices",
                "Sound needs the PortAudio library. "
                "Install it (Debian, Ubuntu: apt-get install libportaudio2).",
            )
        ) from error
    except Exception as error:  # PortAudioError: its class is in the module that did not load
        raise AudioError(_did_not_start(error)) from error
    return sounddevice


def _did_not_start(error: Exception) -> str:
    text = translate(
        "Devices", "The sound system did not start ({reason}). Check the system's sound settings."
    )
    return text.format(reason=reason(error))
