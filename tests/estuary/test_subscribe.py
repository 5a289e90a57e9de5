"""What a type checker says of a listener: an ignore below that hides no error is an error itself."""

from __future__ import annotations

import typing

from app.estuary import BotResponse, EventName, SttResponse
from app.estuary.subscribe import Subscribe


def heard(_heard: SttResponse) -> None: ...


async def said(_said: BotResponse) -> None: ...


def check(on: Subscribe) -> None:
    """Be read by the type checker only."""
    on("stt_response", heard)
    on("bot_response", said)
    on("voice_started", lambda: None)
    on(EventName.ERROR, print)
    on("stt_respose", heard)  # type: ignore[call-overload]
    on("bot_response", heard)  # type: ignore[call-overload]
    on("voice_started", heard)  # type: ignore[call-overload]
    on("error", 5)  # type: ignore[call-overload]


def test_every_event_has_its_type() -> None:
    named = set[str]()
    for variant in typing.get_overloads(Subscribe.__call__):
        named |= set(typing.get_args(typing.get_type_hints(variant)["event"]))
    assert named == {name.value for name in EventName}
