"""The one PortAudio of this process: loaded when sound is first needed, its calls one at a time."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from app.core.errors import AudioError

_lock = threading.RLock()
_open_streams = 0


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
            # PortAudio looks for devices, and for a sound server that was restarted, only as it starts.
            sounddevice._terminate()  # noqa: SLF001 - no public name; recommended by its documentation
            sounddevice._initialize()  # noqa: SLF001


def is_idle() -> bool:
    """Return whether no stream is open."""
    return _open_streams == 0


def stream_opened() -> None:
    """Note that a stream is open; held under `exclusive`."""
    global _open_streams  # noqa: PLW0603 - PortAudio is one per process
    _open_streams += 1


def stream_closed() -> None:
    """Note that a stream is closed; held under `exclusive`."""
    global _open_streams  # noqa: PLW0603
    _open_streams -= 1


def reason(error: Exception) -> str:
    """Return what a ``PortAudioError`` says, without codes and calls: ``Device unavailable``."""
    match error.args:
        case (_, _, (_, _, str(said_by_the_system))):
            return said_by_the_system
        case (str(text), *_):
            return text.rsplit(": ", 1)[-1]
    return str(error)


def _load() -> Any:
    try:
        import sounddevice
    except ImportError as error:
        raise AudioError(
            "Sound needs the package sounddevice. Install it: pip install 'heron-voice[audio]'."
        ) from error
    except OSError as error:
        raise AudioError(
            "Sound needs the PortAudio library. Install it (Debian, Ubuntu: apt-get install libportaudio2)."
        ) from error
    except Exception as error:  # PortAudioError: its class is in the module that did not load
        raise AudioError(
            f"The sound system did not start ({reason(error)}). Check the system's sound settings."
        ) from error
    return sounddevice
