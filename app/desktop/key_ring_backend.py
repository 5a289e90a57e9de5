"""Which keyring of the system is used, and which is refused: one that keeps keys as plain text is none."""

from __future__ import annotations

import logging
from contextlib import suppress
from typing import Any, Final, Protocol

from app.core.errors import UserError
from app.core.translation import marked, translate

_LOG: Final = logging.getLogger(__name__)

_CHAIN: Final = "keyring.backends.chainer"
"""Asks all the others in turn, also those that are refused here."""

_NONE: Final = "keyring.backends.fail"
_OFF: Final = "keyring.backends.null"

_REFUSED: Final = ("keyrings.alt", "keyrings.cryptfile")
"""Packages whose keyrings write plain text, or ask for a password in a terminal that nobody sees."""

_NAMES: Final = {
    "SecretService": "Secret Service",
    "Windows": "Windows Credential Manager",
    "kwallet": "KWallet",
    "libsecret": "Secret Service",
    "macOS": "Keychain",
}
"""What a person calls the keyrings that come with the package."""

_NOBODY: Final = marked(
    "KeyRing",
    "There is no keyring on this computer, or it does not run. Start GNOME Keyring, KWallet or KeePassXC.",
)


class NoBackend(UserError):  # noqa: N818 - reads as what it is
    """There is no keyring that can be used; the sentence says why."""


class Backend(Protocol):
    """A keyring. Everything blocks, and may raise whatever the system's keyring does."""

    @property
    def name(self) -> str:
        """What a person knows it by."""

    def read(self, service: str, user: str) -> str | None:
        """Return what is kept, None for nothing."""

    def write(self, service: str, user: str, secret: str) -> None:
        """Keep a secret in the place of the one before."""

    def remove(self, service: str, user: str) -> None:
        """Keep it no more; nothing happens where nothing is kept."""


class SystemBackend:
    """A keyring that the package `keyring` knows."""

    def __init__(self, inner: Any) -> None:
        self._inner = inner

    @property
    def name(self) -> str:
        """Its own name where we know it, else its module's word for it."""
        word = _module(type(self._inner)).rpartition(".")[2]
        return _NAMES.get(word, word)

    def read(self, service: str, user: str) -> str | None:
        """Return what is kept, None for nothing."""
        found: str | None = self._inner.get_password(service, user)
        return found

    def write(self, service: str, user: str, secret: str) -> None:
        """Keep a secret in the place of the one before."""
        self._inner.set_password(service, user, secret)

    def remove(self, service: str, user: str) -> None:
        """Keep it no more."""
        from keyring.errors import PasswordDeleteError

        with suppress(PasswordDeleteError):  # nothing was kept
            self._inner.delete_password(service, user)


def chosen_backend() -> Backend:
    """Return the keyring to use: the configured one, else the best that is here. It blocks.

    Raises:
        NoBackend: There is none, or only such as are refused.
    """
    try:
        import keyring.core
    except ModuleNotFoundError as error:
        text = translate(
            "KeyRing", "The package {name} is missing. Install it: pip install 'heron-voice[desktop]'."
        )
        raise NoBackend(text.format(name=error.name)) from None
    configured = keyring.core.load_env() or keyring.core.load_config()
    if configured is not None and _module(type(configured)) != _CHAIN:
        if (why := refusal(type(configured))) is not None:
            raise NoBackend(why)
        return SystemBackend(configured)
    reasons: list[str] = []
    for kind in sorted(_viable(), key=lambda each: float(each.priority), reverse=True):
        if (why := refusal(kind)) is None:
            return SystemBackend(kind())
        reasons.append(why)
    nobody = translate("KeyRing", _NOBODY)
    plain = [why for why in reasons if why != nobody]
    raise NoBackend(plain[0] if plain else nobody)


def refusal(kind: type) -> str | None:
    """Return why a keyring of the package `keyring` is not used, in a sentence; None if it is."""
    module = _module(kind)
    if module in {_NONE, _CHAIN}:
        return translate("KeyRing", _NOBODY)
    if module == _OFF:
        text = translate("KeyRing", "The keyring is switched off on this computer ({module}).")
        return text.format(module=module)
    is_refused = any(module == name or module.startswith(f"{name}.") for name in _REFUSED)
    if is_refused or "plaintext" in f"{module}.{kind.__qualname__}".lower():
        text = translate(
            "KeyRing",
            "The keyring on this computer, {kind} of {module}, does not keep secrets safely, "
            "so Heron does not use it.",
        )
        return text.format(kind=kind.__qualname__, module=module)
    return None


def _viable() -> list[Any]:
    """Return the kinds of keyrings that work here at this moment: one may have been started since."""
    from importlib.metadata import entry_points

    from keyring.backend import KeyringBackend

    for entry in entry_points(group="keyring.backends"):
        try:
            entry.load()
        except Exception:
            _LOG.info("the keyring %s cannot be used", entry.name, exc_info=True)
    kinds = [kind for kind in KeyringBackend.get_viable_backends() if _module(kind) not in {_NONE, _OFF}]
    return [kind for kind in kinds if _module(kind) != _CHAIN]


def _module(kind: type) -> str:
    return kind.__module__
