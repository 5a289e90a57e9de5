from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from app.audio.devices import portaudio
from app.conversation.conversation import Conversation
from app.conversation.profile_backend import ProfileBackend
from app.conversation.state import Link
from app.core.errors import UserError
from app.core.settings import Advanced, Profile, SettingsStore, Sound, Talk
from app.core.settings.profile import SERVER
from app.estuary import VoiceMode
from tests.conversation.test_conversation import until
from tests.estuary.peer_server import KEY, PeerServer
from tests.integration.sound_card import SoundCard

pytestmark = pytest.mark.asyncio


@pytest.fixture(autouse=True)
def silent_machine() -> Iterator[None]:
    """Take every microphone and speaker away."""
    with SoundCard(microphone=False, speaker=False) as card, card.applied():
        portaudio.refresh()
        yield
        assert portaudio.is_idle()


class Keys:
    """Keys in memory; one that is locked is waited for."""

    def __init__(self, **keys: str) -> None:
        self.keys = keys
        self.locked: set[str] = set()
        self.unlocked = asyncio.Event()
        self.error: UserError | None = None

    async def key(self, profile_id: str) -> str | None:
        if self.error is not None:
            raise self.error
        if profile_id in self.locked:
            await self.unlocked.wait()
        return self.keys.get(profile_id)


def profile(name: str, server: PeerServer, **fields: str) -> Profile:
    return Profile(name, name.title(), SERVER, server_url=server.url, **fields)  # type: ignore[arg-type]


def store_with(folder: Path, *profiles: Profile) -> SettingsStore:
    store = SettingsStore(folder / "settings.json")
    store.load()
    for each in profiles:
        store.change_profiles(store.current.profiles.with_(each))
    store.change_profiles(store.current.profiles.talking_with(profiles[0].id))
    return store


@asynccontextmanager
async def begun(store: SettingsStore, keys: Keys) -> AsyncIterator[Conversation]:
    conversation = Conversation(ProfileBackend(store, keys), settings=store)
    try:
        await conversation.start()
        yield conversation
    finally:
        await conversation.stop()


async def test_another_profile_is_talked_with_at_once_and_nothing_of_the_first_goes_along(
    tmp_path: Path,
) -> None:
    async with PeerServer() as home, PeerServer() as work:
        store = store_with(tmp_path, profile("home", home, player_id="me"), profile("work", work))
        async with begun(store, Keys(home=KEY, work=KEY)) as conversation:
            assert conversation.state.link is Link.READY
            assert home.auth[-1]["player_id"] == "me"
            await conversation.send_text("this stays at home")
            await home.until("text")
            store.change_profiles(store.current.profiles.talking_with("work"))
            await until(conversation, lambda state: state.link is Link.CONNECTING)
            await until(conversation, lambda state: state.link is Link.READY)
            assert conversation.state.lines == ()
            await home.until_empty()
            await conversation.send_text("this is work")
            assert (await work.until("text")).payload["text"] == "this is work"
            assert [each.payload for each in work.received if each.event == "text"] == [
                {"text": "this is work", "textOnly": True}
            ]


async def test_a_profile_that_is_changed_is_connected_anew_and_keeps_its_lines(tmp_path: Path) -> None:
    async with PeerServer() as home:
        store = store_with(tmp_path, profile("home", home))
        async with begun(store, Keys(home=KEY)) as conversation:
            await conversation.send_text("hello")
            await home.until("text")
            store.change_profiles(store.current.profiles.with_(profile("home", home, player_id="you")))
            await until(conversation, lambda state: state.link is Link.CONNECTING)
            await until(conversation, lambda state: state.link is Link.READY)
            assert home.auth[-1]["player_id"] == "you"
            assert [line.text for line in conversation.state.lines] == ["hello"]
            # What it is called concerns nobody but the person.
            renamed = Profile("home", "Cottage", SERVER, server_url=home.url, player_id="you")
            store.change_profiles(store.current.profiles.with_(renamed))
            store.update(Sound, volume=0.5)
            assert not ProfileBackend(store, Keys()).is_outdated
            await conversation.send_text("still there")
            await home.until("text", 2)
            assert home.connections == 2


async def test_a_key_that_is_waited_for_does_not_hold_up_another_profile(tmp_path: Path) -> None:
    async with PeerServer() as home, PeerServer() as work:
        store = store_with(tmp_path, profile("home", home), profile("work", work))
        keys = Keys(home=KEY, work=KEY)
        keys.locked.add("home")
        conversation = Conversation(ProfileBackend(store, keys), settings=store)
        starting = asyncio.create_task(conversation.start())
        await until(conversation, lambda state: state.link is Link.CONNECTING)
        store.change_profiles(store.current.profiles.talking_with("work"))
        await until(conversation, lambda state: state.link is Link.READY)
        await starting
        assert (home.connections, work.connections) == (0, 1)
        # And again, after one that was talked with.
        store.change_profiles(store.current.profiles.talking_with("home"))
        await until(conversation, lambda state: state.link is Link.CONNECTING)
        await asyncio.sleep(0.05)  # it waits for the key
        store.change_profiles(store.current.profiles.talking_with("work"))
        await until(conversation, lambda state: state.link is Link.READY)
        assert (home.connections, work.connections) == (0, 2)
        await conversation.stop()


async def test_stopping_does_not_wait_for_a_key(tmp_path: Path) -> None:
    async with PeerServer() as home:
        store = store_with(tmp_path, profile("home", home))
        keys = Keys(home=KEY)
        keys.locked.add("home")
        conversation = Conversation(ProfileBackend(store, keys), settings=store)
        starting = asyncio.create_task(conversation.start())
        await until(conversation, lambda state: state.link is Link.CONNECTING)
        async with asyncio.timeout(2):
            await conversation.stop()
            await starting


@pytest.mark.parametrize(
    ("keys", "error", "said"),
    [
        ({}, None, "“Home” needs an API key."),
        ({}, UserError("The keyring was not unlocked. Unlock it."), "The keyring was not unlocked."),
        ({"home": "est_wrong"}, None, "Check the API key"),
    ],
)
async def test_a_missing_or_wrong_key_is_a_notice_and_the_right_one_connects(
    tmp_path: Path, keys: dict[str, str], error: UserError | None, said: str
) -> None:
    async with PeerServer() as home:
        known = Keys(**keys)
        known.error = error
        async with begun(store_with(tmp_path, profile("home", home)), known) as conversation:
            state = conversation.state
            assert state.link is Link.FAILED
            assert state.notice is not None
            assert said in state.notice.text
            assert "est_wrong" not in state.notice.text
            known.error, known.keys = None, {"home": KEY}
            await conversation.retry()
            await until(conversation, lambda state: state.link is Link.READY)


async def test_a_sample_rate_connects_anew(tmp_path: Path) -> None:
    async with PeerServer() as home:
        store = store_with(tmp_path, profile("home", home))
        async with begun(store, Keys(home=KEY)) as conversation:
            assert home.auth[-1]["audio_sample_rate"] == 16_000
            store.update(Advanced, sample_rate="48000")
            await until(conversation, lambda state: state.link is Link.CONNECTING)
            await until(conversation, lambda state: state.link is Link.READY)
            assert home.auth[-1]["audio_sample_rate"] == 48_000


async def test_the_talk_mode_is_that_of_the_settings_and_is_remembered(tmp_path: Path) -> None:
    async with PeerServer() as home:
        store = store_with(tmp_path, profile("home", home))
        async with begun(store, Keys(home=KEY)) as conversation:
            assert conversation.state.mode is VoiceMode.PUSH_TO_TALK
            await conversation.set_mode(VoiceMode.CONTINUOUS)
            assert store.current.talk.mode == "continuous"
        async with begun(store, Keys(home=KEY)) as conversation:
            # Without a microphone there is nothing to keep open: what was chosen stays chosen.
            assert store.current.talk.mode == "continuous"
            store.update(Talk, mode="push_to_talk")
            await until(conversation, lambda state: state.mode is VoiceMode.PUSH_TO_TALK)


@pytest.mark.integration
async def test_opened_anew_it_leaves_no_server_behind(tmp_path: Path, heron_home: Path) -> None:
    store = SettingsStore(tmp_path / "settings.json")
    backend = ProfileBackend(store, Keys())
    assert backend.is_local
    try:
        first = await backend.open()
        second = await backend.open()
        assert first.server_url != second.server_url
        assert not await _answers(first.server_url)
        assert await _answers(second.server_url)
    finally:
        await backend.close()
    assert not await _answers(second.server_url)


async def _answers(url: str) -> bool:
    parts = urlsplit(url)
    try:
        _, writer = await asyncio.open_connection(parts.hostname, parts.port)
    except ConnectionRefusedError:
        return False
    writer.close()
    await writer.wait_closed()
    return True
