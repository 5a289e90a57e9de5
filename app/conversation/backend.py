"""Where a conversation is held: the embedded local character, or an Estuary server."""

from __future__ import annotations

from typing import Protocol

from app.conversation.account import DEFAULT_CHARACTER, Account
from app.conversation.local_server import LocalServer
from app.core.errors import BadInput, UserError
from app.core.player_id import player_id
from app.core.translation import translate
from app.estuary import EstuaryConfig, EstuaryError
from app.estuary.errors import ErrorCode


class Backend(Protocol):
    """Something to connect a client to."""

    @property
    def is_local(self) -> bool:
        """Whether this program starts and ends the server itself."""

    @property
    def is_outdated(self) -> bool:
        """Whether the person has chosen another server than the one that was opened."""

    async def open(self) -> EstuaryConfig:
        """Make the server reachable and return how to reach it.

        Raises:
            UserError: It cannot be made reachable.
        """
        ...

    async def close(self) -> None:
        """End what `open` started."""
        ...

    def explain(self, error: EstuaryError) -> UserError:
        """Return what to tell the person about an error met with this server."""
        ...


class LocalBackend:
    """The embedded server, started anew at each `open`.

    Args:
        character_id: Which of its characters to talk to; empty for the default one.
        player: As whom; empty for this installation's own id.
    """

    is_local: bool = True
    is_outdated: bool = False

    def __init__(self, character_id: str = "", player: str = "") -> None:
        self._character_id = character_id or DEFAULT_CHARACTER
        self._player = player
        self._server = LocalServer()

    @property
    def server(self) -> LocalServer:
        """The child process."""
        return self._server

    async def open(self) -> EstuaryConfig:
        """Start the server; its key and port are new each time."""
        handover = await self._server.start()
        return EstuaryConfig(
            server_url=handover.url,
            api_key=handover.api_key,
            character_id=self._character_id,
            player_id=self._player or player_id(),
            # A dead child is not met again at its old port: it is started anew instead.
            auto_reconnect=False,
        )

    async def close(self) -> None:
        """End the server."""
        await self._server.stop()

    def explain(self, error: EstuaryError) -> UserError:
        """Return what to tell the person."""
        text = translate(
            "Backend", "The local character cannot be reached: {problem} Run “heron doctor” to see why."
        )
        return UserError(text.format(problem=_sentence(error)))


class RemoteBackend:
    """A server somewhere else: the Estuary cloud, or a ``heron serve``.

    Args:
        account: How to reach it.
        auto_reconnect: Whether a lost connection is restored by the client.
    """

    is_local: bool = False
    is_outdated: bool = False

    def __init__(self, account: Account, *, auto_reconnect: bool = True) -> None:
        self._account = account
        self._auto_reconnect = auto_reconnect

    async def open(self) -> EstuaryConfig:
        """Return how to reach the server; nothing is started."""
        return EstuaryConfig(
            server_url=self._account.server_url,
            api_key=self._account.api_key,
            character_id=self._account.character_id,
            player_id=self._account.player_id or player_id(),
            auto_reconnect=self._auto_reconnect,
            allow_insecure=self._account.allow_insecure,
            proxy=self._account.proxy or None,
            ca_file=self._account.ca_file or None,
        )

    async def close(self) -> None:
        """Do nothing: the server is not ours."""

    def explain(self, error: EstuaryError) -> UserError:
        """Return what to tell the person."""
        url = self._account.server_url
        match error.code:
            case ErrorCode.AUTH_FAILED:
                text = translate("Backend", "{url} refused: {problem} Check the API key and the character.")
            case ErrorCode.CONNECTION_FAILED:
                text = translate(
                    "Backend", "No Estuary server answers at {url}. Check the address, and that it runs."
                )
            case ErrorCode.CONNECTION_TIMEOUT:
                text = translate(
                    "Backend", "{url} did not answer in time. Check the address and the network."
                )
            case _:
                text = translate("Backend", "{url} reported: {problem} Try again.")
                return UserError(text.format(url=url, problem=_sentence(error)))
        return BadInput(text.format(url=url, problem=_sentence(error)))


def _sentence(error: EstuaryError) -> str:
    text = str(error).strip()
    return text if text.endswith((".", "!", "?")) else text + "."


def backend(account: Account | None, *, auto_reconnect: bool = True) -> Backend:
    """Return the backend of ``account``; None stands for the embedded local character."""
    return LocalBackend() if account is None else RemoteBackend(account, auto_reconnect=auto_reconnect)
