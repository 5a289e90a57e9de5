"""From a profile and its key to the server that it stands for."""

from __future__ import annotations

from typing import Final
from urllib.parse import urlsplit

from app.conversation.account import DEFAULT_CHARACTER, Account, check_url
from app.conversation.backend import Backend, LocalBackend, RemoteBackend
from app.core.errors import BadInput
from app.core.settings import Profile
from app.core.settings.profile import ESTUARY
from app.core.translation import translate

_PROXIES: Final = ("http", "https")


def backend_of(profile: Profile, api_key: str | None, *, auto_reconnect: bool = True) -> Backend:
    """Return where a profile's conversation is held.

    Raises:
        BadInput: Something is missing in it, or cannot be used; the sentence says what to fill in.
    """
    if profile.is_local:
        return LocalBackend(profile.character_id, profile.player_id)
    return RemoteBackend(account_of(profile, api_key), auto_reconnect=auto_reconnect)


def account_of(profile: Profile, api_key: str | None) -> Account:
    """Return the account of a profile that is not local.

    Raises:
        BadInput: See `backend_of`.
    """
    check(profile)
    if not api_key:
        text = translate("Account", "“{name}” needs an API key. Enter it in the settings, under Connection.")
        raise BadInput(text.format(name=profile.title))
    return Account(
        profile.address,
        api_key,
        profile.character_id or DEFAULT_CHARACTER,
        profile.allow_insecure,
        profile.player_id,
        profile.proxy,
        profile.ca_file,
    )


def check(profile: Profile) -> None:
    """Check what is written in a profile, without asking anybody.

    Raises:
        BadInput: See `backend_of`.
    """
    if profile.is_local:
        return
    if not profile.address:
        raise BadInput(translate("Account", "The server's address is missing. Write it as https://HOST."))
    check_url(profile.address, allow_insecure=profile.allow_insecure)
    if profile.kind == ESTUARY and not profile.character_id:
        raise BadInput(
            translate("Account", "The character is missing. Choose one of your account's, or paste its id.")
        )
    if profile.proxy:
        check_proxy(profile.proxy)


def check_proxy(proxy: str) -> None:
    """Check the address that a person gave for a proxy.

    Raises:
        BadInput: It is none, or holds a password, which does not belong into the settings' file.
    """
    try:
        parts = urlsplit(proxy)
        is_proxy = parts.scheme in _PROXIES and bool(parts.hostname) and parts.port != 0
    except ValueError:
        is_proxy = False
    if not is_proxy:
        raise BadInput(
            translate("Account", "The proxy's address cannot be used. Write it as http://HOST:PORT.")
        )
    if parts.username is not None or parts.password is not None:
        raise BadInput(
            translate(
                "Account",
                "The proxy's password would stand in the settings' file for anyone to read. "
                "Leave it out here, and set http_proxy and https_proxy in the environment instead.",
            )
        )
