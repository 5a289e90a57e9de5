"""The usual frame of a character's voice: nearly all of it is base64, which is decoded in one stroke."""

from __future__ import annotations

from typing import Final

import msgspec
import pybase64

from app.protocol.message import UNREADABLE
from app.protocol.packet import NAMESPACE
from app.protocol.server_messages import BotVoice

_BEGINS: Final = f'42{NAMESPACE},["{BotVoice.event}",{{"audio":"'.encode()
_READER: Final = msgspec.json.Decoder(BotVoice)


def read_voice(frame: bytes | bytearray) -> BotVoice | None:
    """Return the message in a frame whose payload begins with the audio.

    For any other frame, and for one that is not well, the answer is None: the general way reads it, and says
    what is wrong.
    """
    if not frame.startswith(_BEGINS) or not frame.endswith(b"}]"):
        return None
    end = frame.find(b'"', len(_BEGINS))
    rest = frame[end + 1 : -1]
    if rest != b"}" and not rest.startswith(b',"'):
        return None
    try:
        pcm = pybase64.b64decode(memoryview(frame)[len(_BEGINS) : end], validate=True)
        message = _READER.decode(b"{" + rest.removeprefix(b","))
    except (ValueError, *UNREADABLE):
        return None
    if message.audio:  # the field comes twice
        return None
    msgspec.structs.force_setattr(message, "audio", pcm)
    return message
