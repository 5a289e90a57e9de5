"""What each event of a client asks of its session."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Final

from app.protocol import client_messages
from app.server.payload import read, read_audio
from app.server.session import Session

Request = Callable[[Session, Any], Awaitable[None]]
"""Does what an event with a payload, or None where there was none, asks; its end is what an ack tells."""


async def _start_voice(session: Session, payload: Any) -> None:
    await session.start_voice(read(client_messages.StartVoice, payload))


async def _stop_voice(session: Session, _payload: Any) -> None:
    await session.stop_voice()


async def _stream_audio(session: Session, payload: Any) -> None:
    if isinstance(payload, dict) and (pcm := read_audio(payload.get("audio"))):
        turn_id = payload.get("turn_id")
        session.audio(pcm, turn_id if isinstance(turn_id, str) and turn_id else None)


async def _text(session: Session, payload: Any) -> None:
    request = read(client_messages.Text, payload)
    await session.text(request.text, has_voice=not request.text_only, turn_id=request.turn_id)


async def _say_line(session: Session, payload: Any) -> None:
    request = read(client_messages.SayLine, payload)
    await session.say(request.text, has_voice=not request.text_only)


async def _client_interrupt(session: Session, payload: Any) -> None:
    await session.interrupt(read(client_messages.ClientInterrupt, payload).message_id)


async def _audio_playback_complete(session: Session, payload: Any) -> None:
    session.playback_complete(read(client_messages.AudioPlaybackComplete, payload).message_id)


async def _camera_image(session: Session, payload: Any) -> None:
    await session.picture(read(client_messages.CameraImage, payload))


REQUESTS: Final[Mapping[str, Request]] = {
    client_messages.StartVoice.event: _start_voice,
    client_messages.StopVoice.event: _stop_voice,
    client_messages.StreamAudio.event: _stream_audio,
    client_messages.Text.event: _text,
    client_messages.SayLine.event: _say_line,
    client_messages.ClientInterrupt.event: _client_interrupt,
    client_messages.AudioPlaybackComplete.event: _audio_playback_complete,
    client_messages.CameraImage.event: _camera_image,
}
"""By the name of the event."""
