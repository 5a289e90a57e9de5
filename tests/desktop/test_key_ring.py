"""Keys in a real keyring, and what becomes of them without one."""

from __future__ import annotations

import asyncio
import gc
import logging
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.desktop.key_ring import FOR_THIS_RUN, SERVICE, KeyRing, Unreadable
from app.desktop.key_ring_backend import Backend, NoBackend
from tests.desktop.secret_service import lock, secret_service, session_bus, silent_prompter

KEY = "est_0123456789abcdef"

pytestmark = [
    pytest.mark.asyncio,
    # The package leaves the connection of a keyring that stays locked to the garbage collector.
    pytest.mark.filterwarnings("ignore:.*<socket.socket:pytest.PytestUnraisableExceptionWarning"),
]

THREAD_S = 5.0
"""Seconds that a question may go on after its keyring has gone."""


@pytest.fixture
def bus(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Put this process on a D-Bus of its own, with no keyring on it; return its address."""
    monkeypatch.delenv("PYTHON_KEYRING_BACKEND", raising=False)
    with session_bus(tmp_path / "session") as variables:
        for name, value in variables.items():
            monkeypatch.setenv(name, value)
        yield variables["DBUS_SESSION_BUS_ADDRESS"]
    _forget_questions()  # the one whose keyring never answers ends with the bus


@pytest.fixture
def unlocked(bus: str, tmp_path: Path) -> Iterator[str]:
    """Run a keyring there; return the address of its bus."""
    folder = str(tmp_path / "session")
    variables = {
        "DBUS_SESSION_BUS_ADDRESS": bus,
        "HOME": folder,
        "XDG_DATA_HOME": f"{folder}/data",
        "XDG_RUNTIME_DIR": folder,
    }
    with secret_service(variables):
        yield bus


def _forget_questions() -> None:
    """Wait for the ends of questions that nobody waits for, and collect here what they leave."""
    for thread in threading.enumerate():
        if thread.name == "heron-keyring":
            thread.join(THREAD_S)
    gc.collect()


class Drawer:
    """A keyring in memory that can be held up, as one that asks for a password is."""

    name = "Drawer"

    def __init__(self) -> None:
        self.kept: dict[tuple[str, str], str] = {}
        self.has_been_asked = threading.Event()
        self.may_answer = threading.Event()
        self.may_answer.set()
        self.error: Exception | None = None

    def read(self, service: str, user: str) -> str | None:
        self._answer()
        return self.kept.get((service, user))

    def write(self, service: str, user: str, secret: str) -> None:
        self._answer()
        self.kept[service, user] = secret

    def remove(self, service: str, user: str) -> None:
        self._answer()
        self.kept.pop((service, user), None)

    def _answer(self) -> None:
        self.has_been_asked.set()
        self.may_answer.wait(10)
        if self.error is not None:
            raise self.error


@pytest.mark.integration
async def test_a_key_is_kept_in_the_systems_keyring_and_found_by_the_next_run(unlocked: str) -> None:
    ring = KeyRing()
    assert await ring.place() == "Keys are kept in the system's keyring (Secret Service)."
    assert await ring.key("estuary-1") is None
    assert await ring.keep("estuary-1", KEY) == "The key is kept in the system's keyring (Secret Service)."
    assert await ring.keep("estuary-2", "another") != ""
    next_run = KeyRing()
    assert await next_run.key("estuary-1") == KEY
    assert await next_run.key("estuary-2") == "another"
    await next_run.forget("estuary-1")
    await next_run.forget("estuary-1")  # a second time does nothing
    assert await next_run.key("estuary-1") is None
    assert await KeyRing().key("estuary-1") is None
    assert await KeyRing().key("estuary-2") == "another"


@pytest.mark.integration
async def test_a_keyring_that_cannot_be_unlocked_is_a_sentence(unlocked: str) -> None:
    await KeyRing().keep("estuary-1", KEY)
    lock(unlocked)
    ring = KeyRing()
    assert await ring.place() == "Keys are kept in the system's keyring (Secret Service)."
    with pytest.raises(Unreadable, match=r"^The keyring was not unlocked\. Unlock it, then try again\.$"):
        await ring.key("estuary-1")
    said = await ring.keep("estuary-1", "another")
    assert said == f"The keyring was not unlocked. Unlock it, then try again. {FOR_THIS_RUN}"
    assert await ring.key("estuary-1") == "another"


@pytest.mark.integration
async def test_an_unlocking_that_waits_for_the_person_holds_nothing_up_and_can_be_left(unlocked: str) -> None:
    await KeyRing().keep("estuary-1", KEY)
    lock(unlocked)
    with silent_prompter(unlocked):
        ring = KeyRing()
        asking = asyncio.create_task(ring.key("estuary-1"))
        longest = await _longest_stall(0.5)
        assert not asking.done()
        assert longest < 0.1
        asking.cancel()
        with pytest.raises(asyncio.CancelledError):
            await asking
        # Whoever does not need the keyring is not held up by the question that is still open.
        assert await asyncio.wait_for(ring.place(), 5) == (
            "Keys are kept in the system's keyring (Secret Service)."
        )


@pytest.mark.integration
async def test_without_a_keyring_a_key_lives_for_this_run_and_that_is_said(bus: str) -> None:
    ring = KeyRing()
    nobody = "There is no keyring on this computer, or it does not run. "
    said = await ring.keep("estuary-1", KEY)
    assert said.startswith(nobody)
    assert said.endswith(FOR_THIS_RUN)
    assert await ring.place() == said
    assert await ring.key("estuary-1") == KEY
    assert await KeyRing().key("estuary-1") is None
    await ring.forget("estuary-1")
    assert await ring.key("estuary-1") is None


@pytest.mark.integration
async def test_a_keyring_that_is_started_later_is_found(bus: str, tmp_path: Path) -> None:
    ring = KeyRing()
    assert (await ring.keep("estuary-1", KEY)).endswith(FOR_THIS_RUN)
    folder = str(tmp_path / "session")
    variables = {"DBUS_SESSION_BUS_ADDRESS": bus, "HOME": folder, "XDG_DATA_HOME": f"{folder}/data"}
    with secret_service(variables):
        assert await ring.keep("estuary-1", KEY) == (
            "The key is kept in the system's keyring (Secret Service)."
        )


async def test_the_keyring_is_asked_once() -> None:
    drawer = Drawer()
    drawer.kept[SERVICE, "estuary-1"] = KEY
    ring = KeyRing(lambda: drawer)
    assert await ring.key("estuary-1") == KEY
    drawer.kept.clear()
    assert await ring.key("estuary-1") == KEY


async def test_questions_are_asked_in_order_and_one_that_nobody_waits_for_is_forgotten() -> None:
    drawer = Drawer()
    drawer.may_answer.clear()
    ring = KeyRing(lambda: drawer)
    first = asyncio.create_task(ring.keep("estuary-1", "old"))
    second = asyncio.create_task(ring.keep("estuary-1", KEY))
    await asyncio.to_thread(drawer.has_been_asked.wait, 5)
    assert drawer.kept == {}
    drawer.may_answer.set()
    await asyncio.gather(first, second)
    assert drawer.kept == {(SERVICE, "estuary-1"): KEY}
    drawer.may_answer.clear()
    drawer.has_been_asked.clear()
    asking = asyncio.create_task(ring.key("estuary-2"))
    await asyncio.to_thread(drawer.has_been_asked.wait, 5)
    asking.cancel()
    with pytest.raises(asyncio.CancelledError):
        await asking
    drawer.may_answer.set()
    assert await ring.key("estuary-1") == KEY


async def test_a_key_is_in_no_log_no_message_and_no_repr(caplog: pytest.LogCaptureFixture) -> None:
    drawer = Drawer()
    drawer.error = RuntimeError(f"cannot write {KEY}")
    ring = KeyRing(lambda: drawer)
    with caplog.at_level(logging.DEBUG):
        said = await ring.keep("estuary-1", KEY)
        with pytest.raises(Unreadable) as caught:
            await ring.forget("estuary-1")
    assert said.startswith("The system's keyring does not answer as it should (RuntimeError). ")
    assert caught.value.__cause__ is None
    assert caught.value.__context__ is None
    await ring.keep("estuary-1", KEY)
    assert repr(ring) == "KeyRing(1 keys known)"
    assert KEY not in said + str(caught.value) + caplog.text
    assert "RuntimeError" in caplog.text


async def test_a_keyring_that_is_refused_is_named() -> None:
    def refused() -> Backend:
        raise NoBackend("That one is made of paper.")

    ring = KeyRing(refused)
    assert await ring.key("estuary-1") is None
    assert await ring.keep("estuary-1", KEY) == f"That one is made of paper. {FOR_THIS_RUN}"
    assert await ring.key("estuary-1") == KEY


async def _longest_stall(seconds: float) -> float:
    """Return the longest time in which the loop did nothing."""
    longest, before = 0.0, time.perf_counter()
    until = before + seconds
    while before < until:
        await asyncio.sleep(0.005)
        now = time.perf_counter()
        longest, before = max(longest, now - before), now
    return longest
