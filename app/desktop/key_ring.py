"""The system's keyring: where API keys are kept, so that they stand in no file of ours.

Every look into it happens in a thread of its own: the system may ask the person to unlock it, which can take
minutes. A key is never in a log, a message or a repr.
"""

from __future__ import annotations

import asyncio
import logging
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import Final, TypeVar

from app.core.errors import UserError
from app.core.translation import marked, translate
from app.desktop.key_ring_backend import Backend, NoBackend, chosen_backend

_LOG: Final = logging.getLogger(__name__)

SERVICE: Final = "Heron"
"""What the keyring files our keys under; the user's name there is the profile's id."""

FOR_THIS_RUN: Final = marked("KeyRing", "The key lives for this run of Heron only.")

_NOT_UNLOCKED: Final = ("KeyringLocked", "LockedException", "PromptDismissedException")
"""Errors of keyring and SecretStorage after the person has refused to unlock it."""

T = TypeVar("T")


class Unreadable(UserError):  # noqa: N818 - reads as what it is
    """The keyring is there and did not do what it was asked."""


class KeyRing:
    """Keeps keys by profile, in the system's keyring where there is one, else for this run only.

    To be used on one event loop. One question is asked at a time; whoever waits may be cancelled, and the
    question is then forgotten.

    Args:
        find: Finds the keyring; blocks, and is called in a thread.
    """

    def __init__(self, find: Callable[[], Backend] = chosen_backend) -> None:
        self._find = find
        self._of_this_run: dict[str, str] = {}
        self._turn = asyncio.Lock()

    def __repr__(self) -> str:
        return f"KeyRing({len(self._of_this_run)} keys known)"

    async def key(self, profile_id: str) -> str | None:
        """Return the key of a profile, None if there is none.

        Raises:
            Unreadable: The keyring is there and does not open; the sentence says why.
        """
        if (known := self._of_this_run.get(profile_id)) is not None:
            return known
        try:
            found = await self._asked(lambda: self._find().read(SERVICE, profile_id))
        except NoBackend:
            return None
        if found:
            self._of_this_run[profile_id] = found
        return found or None

    async def keep(self, profile_id: str, key: str) -> str:
        """Keep a key; it counts at once.

        Returns:
            Where it is kept, in a sentence: the keyring, or why only for this run.
        """
        self._of_this_run[profile_id] = key
        try:
            return await self._asked(lambda: _kept(self._find(), profile_id, key))
        except (NoBackend, Unreadable) as error:
            return _for_this_run(error)

    async def forget(self, profile_id: str) -> None:
        """Remove a key, here and in the keyring; nothing happens where there is none.

        Raises:
            Unreadable: The keyring did not remove it.
        """
        self._of_this_run.pop(profile_id, None)
        with suppress(NoBackend):
            await self._asked(lambda: self._find().remove(SERVICE, profile_id))

    async def place(self) -> str:
        """Return where keys are kept here, in a sentence, without unlocking anything."""
        try:
            name = await self._asked(lambda: self._find().name)
        except (NoBackend, Unreadable) as error:
            return _for_this_run(error)
        return translate("KeyRing", "Keys are kept in the system's keyring ({name}).").format(name=name)

    async def _asked(self, question: Callable[[], T]) -> T:
        async with self._turn:
            return await _in_thread(question)


def _kept(backend: Backend, profile_id: str, key: str) -> str:
    backend.write(SERVICE, profile_id, key)
    return translate("KeyRing", "The key is kept in the system's keyring ({name}).").format(name=backend.name)


def _for_this_run(problem: UserError) -> str:
    return f"{problem} {translate('KeyRing', FOR_THIS_RUN)}"


async def _in_thread(question: Callable[[], T]) -> T:
    """Ask in a thread of its own, which holds up neither the loop nor, if nobody waits any more, the end.

    Raises:
        NoBackend: There is no keyring.
        Unreadable: Whatever else went wrong.
    """
    loop = asyncio.get_running_loop()
    answered: asyncio.Future[T] = loop.create_future()

    def answer(value: T | None, error: UserError | None) -> None:
        if answered.done():
            return
        if error is not None:
            answered.set_exception(error)
        else:
            answered.set_result(value)  # type: ignore[arg-type]

    def ask() -> None:
        value: T | None = None
        problem: UserError | None = None
        try:
            value = question()
        except NoBackend as error:
            problem = error.with_traceback(None)
        except Exception as error:  # a keyring is foreign code
            # Neither its text nor its frames are told: they may hold the key.
            _LOG.warning("the keyring has failed: %s", type(error).__name__)
            problem = _explained(error)
        with suppress(RuntimeError):  # the loop was closed meanwhile
            loop.call_soon_threadsafe(answer, value, problem)

    threading.Thread(target=ask, name="heron-keyring", daemon=True).start()
    return await answered


def _explained(error: Exception) -> Unreadable:
    kind = type(error).__name__
    if kind in _NOT_UNLOCKED:
        return Unreadable(translate("KeyRing", "The keyring was not unlocked. Unlock it, then try again."))
    text = translate("KeyRing", "The system's keyring does not answer as it should ({kind}). Try again.")
    return Unreadable(text.format(kind=kind))
