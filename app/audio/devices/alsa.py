"""What ALSA must have, and must be told, before PortAudio may look at it."""

from __future__ import annotations

import ctypes
import sys


def hush() -> None:
    """Keep ALSA from writing to the terminal: a speaker that runs dry is counted, and told where it matters.

    Its own writer is replaced by a function of C that looks at nothing: one in Python would have the sound
    thread wait for the interpreter.
    """
    if not sys.platform.startswith("linux"):
        return
    try:
        silence = ctypes.cast(ctypes.CDLL(None).getpid, ctypes.c_void_p)
        ctypes.CDLL("libasound.so.2").snd_lib_error_set_handler(silence)
    except (AttributeError, OSError):
        return  # this ALSA cannot be told


def has_pcm() -> bool:
    """Return whether ALSA's configuration names any PCM; True where there is no ALSA.

    PortAudio 19.6 ends the whole process when there is none, as on a machine without ALSA's configuration.
    """
    if not sys.platform.startswith("linux"):
        return True
    try:
        alsa = ctypes.CDLL("libasound.so.2")
        alsa.snd_config_update()
        top, node = ctypes.c_void_p.in_dll(alsa, "snd_config"), ctypes.c_void_p()
        return bool(alsa.snd_config_search(top, b"pcm", ctypes.byref(node)) >= 0)
    except (AttributeError, OSError, ValueError):
        return True  # this ALSA cannot be asked; PortAudio needs none then
