from __future__ import annotations

import asyncio
import struct
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from typing import Any

import pytest

from app.audio.devices import portaudio
from app.audio.playback.earcon import Earcon
from app.conversation import happening as h
from app.conversation import requests as module
from app.conversation.account import Account
from app.conversation.actions import Notify, OpenLink, Reason, Refused, SetTimer
from app.conversation.backend import LocalBackend, RemoteBackend
from app.conversation.conversation import Conversation
from app.conversation.feed import Feed
from app.conversation.request import ActionRequest, PictureRequest, Request
from app.conversation.requests import Requests
from app.conversation.state import State
from app.core.errors import UserError
from app.core.settings.consent import PictureConsent
from app.estuary import EstuaryError
from app.estuary.errors import not_connected
from app.estuary.events import CameraCaptureRequest, ClientAction
from tests.estuary.peer_server import KEY, PeerServer
from tests.integration.sound_card import SoundCard

pytestmark = pytest.mark.asyncio

PATIENCE_S = 5.0
ADA = PictureConsent("local", "ada")
LINK = ClientAction(name="open_link", arguments={"url": "https://example.org"}, message_id="m1")
TEA = ClientAction(name="set_timer", arguments={"seconds": 1, "label": "tea"})


class Line:
    """What requests need of a call."""

    def __init__(self) -> None:
        self.is_connected = True
        self.sent: list[tuple[bytes, str, str]] = []
        self.cues: list[Earcon] = []
        self.error: EstuaryError | None = None

    async def send_picture(self, content: bytes, mime_type: str, request_id: str) -> None:
        if self.error is not None:
            raise self.error
        self.sent.append((content, mime_type, request_id))

    def play_cue(self, earcon: Earcon) -> None:
        self.cues.append(earcon)


class Own:
    def __init__(self) -> None:
        self.line = Line()
        self.feed = Feed(State())
        line: Any = self.line
        self.requests = Requests(self.feed, lambda: line)
        self.requests.meet(ADA)

    @property
    def shown(self) -> tuple[Request, ...]:
        return self.feed.state.requests

    def plans(self) -> list[object]:
        return [each.plan for each in self.shown if isinstance(each, ActionRequest)]

    def ask(self, text: str | None = "What is it?", request_id: str = "r1") -> PictureRequest:
        self.requests.asked(CameraCaptureRequest(request_id=request_id, text=text))
        request = self.shown[-1]
        assert isinstance(request, PictureRequest)
        return request


@asynccontextmanager
async def room() -> AsyncIterator[Own]:
    own = Own()
    try:
        yield own
    finally:
        await own.requests.close()


@pytest.fixture
def silent_machine() -> Iterator[None]:
    """Take every microphone and speaker away."""
    with SoundCard(microphone=False, speaker=False) as card, card.applied():
        portaudio.refresh()
        yield


async def until(feed: Feed | Conversation, wanted: Callable[[State], bool]) -> State:
    """Return the first state, this one or a later one, that is as wanted."""
    found: asyncio.Future[State] = asyncio.get_running_loop().create_future()

    def look(state: State) -> None:
        if not found.done() and wanted(state):
            found.set_result(state)

    unsubscribe = feed.subscribe(look)
    look(feed.state)
    try:
        async with asyncio.timeout(PATIENCE_S):
            return await found
    finally:
        unsubscribe()


async def test_a_picture_is_sent_to_whoever_has_asked_for_it() -> None:
    async with room() as own:
        request = own.ask(" What\nis it?\u202e ")
        assert (request.text, request.request_id, request.asker) == ("What is it?", "r1", ADA)
        await own.requests.send_picture(request.number, b"jpeg", "image/jpeg")
        assert own.line.sent == [(b"jpeg", "image/jpeg", "r1")]
        assert own.shown == ()


async def test_a_refused_picture_is_sent_to_nobody() -> None:
    async with room() as own:
        request = own.ask(None)
        own.requests.withdraw(request.number)
        assert own.shown == ()
        with pytest.raises(UserError, match="nothing was sent"):
            await own.requests.send_picture(request.number, b"jpeg", "image/jpeg")
        assert own.line.sent == []


async def test_a_new_request_takes_the_place_of_the_one_before() -> None:
    async with room() as own:
        first, second = own.ask(request_id="r1"), own.ask(request_id="r2")
        assert own.shown == (second,)
        with pytest.raises(UserError):
            await own.requests.send_picture(first.number, b"jpeg", "image/jpeg")


async def test_nothing_is_sent_without_a_connection() -> None:
    async with room() as own:
        request = own.ask()
        own.line.is_connected = False
        with pytest.raises(UserError, match="nothing was sent"):
            await own.requests.send_picture(request.number, b"jpeg", "image/jpeg")
        own.line.is_connected, own.line.error = True, not_connected()
        with pytest.raises(UserError, match="nothing was sent"):
            await own.requests.send_picture(request.number, b"jpeg", "image/jpeg")
        assert own.line.sent == []


async def test_a_request_expires_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "PATIENCE_S", 0.05)
    async with room() as own:
        own.ask()
        state = await until(own.feed, lambda state: not state.requests and state.notice is not None)
        assert state.notice is not None
        assert "no longer waits" in state.notice.text
        own.requests.asked(LINK)
        state = await until(own.feed, lambda state: not state.requests)


async def test_what_was_refused_in_time_does_not_expire(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "PATIENCE_S", 0.05)
    async with room() as own:
        own.requests.withdraw(own.ask().number)
        own.feed.happened(h.Lost())
        own.ask()
        own.feed.happened(h.Lost())
        await asyncio.sleep(0.15)
        assert own.feed.state.notice is None


@pytest.mark.parametrize("end", [h.Lost(), h.Moved()])
async def test_only_timers_outlive_a_connection(end: h.Happening) -> None:
    async with room() as own:
        own.ask()
        own.requests.asked(LINK)
        own.requests.asked(TEA)
        own.feed.happened(end)
        assert own.plans() == [SetTimer(1, "tea")]
        own.ask()
        own.requests.meet(PictureConsent("work-1", "bob", "https://voice.example.org"))
        assert own.plans() == [SetTimer(1, "tea")]
        assert len(own.shown) == 1
        assert own.ask().asker.character_id == "bob"


async def test_a_timer_rings_once_and_stays_until_it_is_seen() -> None:
    async with room() as own:
        own.requests.asked(TEA)
        (timer,) = own.shown
        assert isinstance(timer, ActionRequest)
        assert timer.is_running
        assert own.line.cues == []
        state = await until(
            own.feed, lambda state: bool(state.requests) and not is_running(state.requests[0])
        )
        (rung,) = state.requests
        assert isinstance(rung, ActionRequest)
        assert rung.has_rung
        assert own.line.cues == [Earcon.TIMER]
        own.requests.withdraw(rung.number)
        assert own.shown == ()


async def test_a_cancelled_timer_never_rings() -> None:
    async with room() as own:
        own.requests.asked(TEA)
        own.requests.withdraw(own.shown[0].number)
        await asyncio.sleep(1.2)
        assert own.line.cues == []
        assert own.shown == ()


async def test_so_many_timers_and_no_more() -> None:
    async with room() as own:
        for _ in range(module.MOST_TIMERS + 1):
            own.requests.asked(ClientAction(name="set_timer", arguments={"minutes": 5}))
        assert own.plans() == [SetTimer(300, "")] * module.MOST_TIMERS + [Refused("set_timer", Reason.MANY)]
        own.requests.withdraw(own.shown[0].number)
        own.requests.asked(TEA)
        assert own.plans()[-1] == SetTimer(1, "tea")


async def test_notifications_do_not_cover_the_screen() -> None:
    async with room() as own:
        for number in range(module.MOST_NOTIFICATIONS + 2):
            own.requests.asked(ClientAction(name="notify", arguments={"text": f"{number}"}))
        shown = [plan for plan in own.plans() if isinstance(plan, Notify)]
        assert len(shown) == module.MOST_NOTIFICATIONS
        assert own.plans()[-2:] == [Refused("notify", Reason.MANY)] * 2


async def test_the_oldest_go_first_but_no_timer_that_runs() -> None:
    async with room() as own:
        own.requests.asked(ClientAction(name="set_timer", arguments={"minutes": 5}))
        for number in range(module.MOST_REQUESTS + 5):
            url = f"https://example.org/{number}"
            own.requests.asked(ClientAction(name="open_link", arguments={"url": url}))
        assert len(own.shown) == module.MOST_REQUESTS
        assert own.plans()[0] == SetTimer(300, "")
        assert own.plans()[-1] == OpenLink("https://example.org/24", "example.org")


async def test_what_was_told_is_told_once() -> None:
    async with room() as own:
        own.requests.asked(ClientAction(name="notify", arguments={"text": "hello"}))
        (request,) = own.shown
        own.requests.told(request.number)
        assert isinstance(own.shown[0], ActionRequest)
        assert own.shown[0].is_told
        own.requests.told(99)
        assert len(own.shown) == 1


async def test_a_real_server_asks_and_gets_its_picture(silent_machine: None) -> None:
    async with PeerServer() as server:
        conversation = Conversation(RemoteBackend(Account(server.url, KEY)))
        try:
            await conversation.start()
            assert server.auth[-1]["capabilities"]["camera"] is True
            await server.emit("camera_capture", {"request_id": "r7", "text": "Show me."})
            await server.emit("client_action", {"name": "fence", "arguments": {}, "message_id": "m1"})
            state = await until(conversation, lambda state: len(state.requests) == 2)
            picture, action = state.requests
            assert isinstance(picture, PictureRequest)
            assert picture.asker == PictureConsent("local", "default", server.url)
            assert isinstance(action, ActionRequest)
            assert action.plan == Refused("fence", Reason.UNKNOWN)
            await conversation.requests.send_picture(picture.number, b"\xff\xd8jpeg", "image/jpeg")
            said = (await server.until("camera_image")).payload
            assert (said["request_id"], said["mime_type"], said["image"]) == ("r7", "image/jpeg", "/9hqcGVn")
            await server.emit("camera_capture", {"request_id": "r8"})
            await until(conversation, lambda state: len(state.requests) == 2)
            await server.drop()
            await until(conversation, lambda state: not state.requests)
        finally:
            await conversation.stop()


@pytest.mark.integration
async def test_the_local_character_asks_for_a_picture_and_for_a_page(silent_machine: None) -> None:
    conversation = Conversation(LocalBackend())
    try:
        await conversation.start()
        await conversation.send_text("look at my screen")
        state = await until(conversation, lambda state: bool(state.requests))
        (request,) = state.requests
        assert isinstance(request, PictureRequest)
        assert request.asker == PictureConsent("local", "default")
        header = b"\x89PNG\r\n\x1a\n" + struct.pack(">I4sII", 13, b"IHDR", 1280, 720)
        await conversation.requests.send_picture(request.number, header, "image/png")
        await until(conversation, lambda state: "1280 by 720" in state.lines[-1].text)
        await conversation.send_text("open example.org")
        state = await until(conversation, lambda state: bool(state.requests))
        (action,) = state.requests
        assert isinstance(action, ActionRequest)
        assert action.plan == OpenLink("https://example.org", "example.org")
    finally:
        await conversation.stop()


def is_running(request: Request) -> bool:
    return isinstance(request, ActionRequest) and request.is_running
