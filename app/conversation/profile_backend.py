"""The backend of whichever profile is chosen."""

from __future__ import annotations

from typing import Protocol

from app.conversation.backend import Backend
from app.conversation.profile_account import backend_of
from app.core.errors import BadInput, UserError
from app.core.settings import Profile, SettingsStore
from app.estuary import EstuaryConfig, EstuaryError


class Keys(Protocol):
    """Who knows the API keys."""

    async def key(self, profile_id: str) -> str | None:
        """Return the key of a profile, None if there is none. It may wait for the person for minutes.

        Raises:
            UserError: It cannot be read; the sentence says why.
        """
        ...


class ProfileBackend:
    """Reaches the current profile's server, as the profile is when `open` is called.

    Args:
        settings: Where the profiles are.
        keys: Who knows their keys.
    """

    def __init__(self, settings: SettingsStore, keys: Keys) -> None:
        self._settings = settings
        self._keys = keys
        self._opened: Profile | None = None
        self._inner: Backend | None = None

    @property
    def is_local(self) -> bool:
        """Whether this program starts and ends the server itself."""
        return self._inner.is_local if self._inner is not None else self._current.is_local

    @property
    def is_outdated(self) -> bool:
        """Whether another profile was chosen since `open`, or that one was changed."""
        return self._opened is not None and _place(self._opened) != _place(self._current)

    async def open(self) -> EstuaryConfig:
        """Make the current profile's server reachable and return how to reach it.

        Raises:
            UserError: The profile lacks something, its key cannot be read, or the server cannot be reached.
        """
        await self.close()
        profile = self._opened = self._current
        key = None if profile.is_local else await self._keys.key(profile.id)
        inner = self._inner = backend_of(profile, key)
        return await inner.open()

    async def close(self) -> None:
        """End what `open` started."""
        inner, self._inner = self._inner, None
        if inner is not None:
            await inner.close()

    def explain(self, error: EstuaryError) -> UserError:
        """Return what to tell the person about an error met with this server."""
        return BadInput(str(error)) if self._inner is None else self._inner.explain(error)

    @property
    def _current(self) -> Profile:
        return self._settings.current.profiles.current


def _place(profile: Profile) -> tuple[object, ...]:
    """Return all of a profile but what it is called: that connects to nothing else."""
    return profile.id, *(value for name, value in profile.described().items() if name != "name")
