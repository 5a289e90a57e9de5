"""A microphone on the window's event loop, in a process of its own: run by `test_microphone`.

It prints a line for each frame, ends when the microphone is lost, and leaves what it heard in the file that
is named.
"""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

import qasync
from PySide6.QtWidgets import QApplication

from app.audio.capture.microphone import Microphone
from app.audio.devices.device_news import DeviceLost, DeviceNews
from app.audio.frame import Frame


async def listen() -> bytes:
    microphone, frames, lost = Microphone(), list[bytes](), asyncio.Event()

    def heard(frame: Frame) -> None:
        print(f"frame {frame.rate}", flush=True)
        frames.append(frame.pcm)

    def told(news: DeviceNews) -> None:
        if isinstance(news, DeviceLost):
            lost.set()

    await microphone.start(heard, told)
    await lost.wait()
    await microphone.stop()
    print("dropped", microphone.dropped_frames)
    return b"".join(frames)


if __name__ == "__main__":
    with qasync.QEventLoop(QApplication([])) as loop:
        Path(sys.argv[1]).write_bytes(loop.run_until_complete(listen()))
