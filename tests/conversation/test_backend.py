from __future__ import annotations

from pathlib import Path

import pytest

from app.conversation.account import Account
from app.conversation.backend import LocalBackend, RemoteBackend
from app.core.errors import BadInput, UserError
from app.core.player_id import player_id
from app.estuary.errors import ErrorCode, EstuaryError

URL = "https://estuary.example.org"
KEY = "est_secret"
NO_SUCH_KEY = "The server refused the API key: no such key."


@pytest.mark.asyncio
async def test_a_remote_server_is_reached_as_the_account_says() -> None:
    backend = RemoteBackend(Account(URL, KEY, "zeus"), auto_reconnect=False)
    config = await backend.open()
    assert (config.server_url, config.api_key, config.character_id) == (URL, KEY, "zeus")
    assert config.player_id == player_id()
    assert not config.auto_reconnect
    assert not backend.is_local
    await backend.close()


@pytest.mark.asyncio
@pytest.mark.parametrize(
    "url", ["estuary.example.org", "ftp://estuary.example.org", "http://", "http://[::1"]
)
async def test_an_address_that_is_none_is_bad_input(url: str) -> None:
    with pytest.raises(BadInput, match=r"server_url"):
        await RemoteBackend(Account(url, KEY)).open()


def test_an_account_does_not_show_its_key() -> None:
    assert KEY not in repr(Account(URL, KEY))
    assert KEY not in str(RemoteBackend(Account(URL, KEY)).__dict__)


@pytest.mark.parametrize(
    ("code", "said", "told", "exit_code"),
    [
        (
            ErrorCode.AUTH_FAILED,
            NO_SUCH_KEY,
            f"{URL} refused: {NO_SUCH_KEY} Check the API key and the character.",
            2,
        ),
        (
            ErrorCode.CONNECTION_FAILED,
            "nothing listens there",
            f"No Estuary server answers at {URL}. Check the address, and that it runs.",
            2,
        ),
        (
            ErrorCode.CONNECTION_TIMEOUT,
            "15 s",
            f"{URL} did not answer in time. Check the address and the network.",
            2,
        ),
        (ErrorCode.VOICE_START_FAILED, "No ear is free", f"{URL} reported: No ear is free. Try again.", 1),
        (ErrorCode.UNKNOWN, "Why not?", f"{URL} reported: Why not? Try again.", 1),
    ],
)
def test_errors_of_a_remote_server_say_what_to_do(
    code: ErrorCode, said: str, told: str, exit_code: int
) -> None:
    error = RemoteBackend(Account(URL, KEY)).explain(EstuaryError(said, code))
    assert str(error) == told
    assert error.exit_code == exit_code


def test_errors_of_the_local_server_send_to_the_doctor() -> None:
    error = LocalBackend().explain(EstuaryError("The connection was lost.", ErrorCode.CONNECTION_FAILED))
    assert type(error) is UserError
    assert str(error).endswith("Run “heron doctor” to see why.")
    assert ".. " not in str(error)
    assert ".: " not in str(error)


@pytest.mark.integration
@pytest.mark.asyncio
async def test_the_local_server_is_new_at_each_opening(heron_home: Path) -> None:
    backend = LocalBackend()
    try:
        first = await backend.open()
        process = backend.server.process_id
        second = await backend.open()
        assert (first.character_id, first.player_id) == ("default", player_id())
        # A dead one is started anew rather than met again.
        assert not first.auto_reconnect
        assert first.api_key != second.api_key
        assert first.server_url != second.server_url
        assert backend.server.process_id != process
        assert (heron_home / "server").is_dir()
    finally:
        await backend.close()
    assert not backend.server.is_running
