from __future__ import annotations

import asyncio
import re
from pathlib import Path

import pytest
import trustme

from app.conversation.connection_test import who_answers
from app.core.errors import UserError
from app.core.settings import Profile
from app.core.settings.profile import SERVER
from tests.estuary.peer_server import KEY, PeerServer
from tests.estuary.rest.recording_proxy import RecordingProxy
from tests.server.serving import KEY as SERVED_KEY
from tests.server.serving import served

pytestmark = pytest.mark.asyncio


def home(url: str, **fields: object) -> Profile:
    return Profile("home-1", "Home", SERVER, server_url=url, **fields)  # type: ignore[arg-type]


@pytest.mark.integration
async def test_the_character_that_answers_is_named(tmp_path: Path) -> None:
    with served(tmp_path) as address:
        url = f"http://{address.host}:{address.port}"
        said = await who_answers(home(url, character_id="default"), SERVED_KEY)
    assert re.fullmatch(rf"“Heron” answers at {re.escape(url)} \((\d+ ms|\d\.\d s)\)\.", said)


async def test_a_server_that_does_not_tell_the_name_answers_all_the_same() -> None:
    async with PeerServer() as server:
        said = await who_answers(home(server.url), KEY)
        assert said.startswith(f"The character answers at {server.url} (")
        await server.until_empty()


@pytest.mark.integration
async def test_that_of_this_computer_is_started_for_it(heron_home: Path) -> None:
    said = await who_answers(Profile("local"), None)
    assert re.fullmatch(r"“Heron” answers on this computer \(.*, with its start\)\.", said)


async def test_a_wrong_key_is_told_without_the_key() -> None:
    async with PeerServer() as server:
        with pytest.raises(UserError) as caught:
            await who_answers(home(server.url), "est_wrong")
    assert "Check the API key" in str(caught.value)
    assert "est_wrong" not in str(caught.value)


async def test_the_exact_failure_is_told(tmp_path: Path) -> None:
    nobody = (
        "No connection to http://127.0.0.1:9: nothing listens there. Check the address and that the server "
        "runs."
    )
    assert await failure(home("http://127.0.0.1:9")) == nobody
    missing = home("https://127.0.0.1:9", ca_file=str(tmp_path / "gone.pem"))
    assert f"The certificate file {tmp_path / 'gone.pem'} cannot be used" in await failure(missing)
    empty = tmp_path / "empty.pem"
    empty.write_text("nothing")
    assert "it holds no certificate" in await failure(home("https://127.0.0.1:9", ca_file=str(empty)))
    through = home("http://voice.example", allow_insecure=True, proxy="http://127.0.0.1:9")
    assert "nothing listens there" in await failure(through) or "proxy" in await failure(through)


async def test_proxy_and_certificate_file_of_the_profile_are_used(tmp_path: Path) -> None:
    authority = trustme.CA()
    authority.cert_pem.write_to_path(str(tmp_path / "authority.pem"))
    async with PeerServer() as server:
        port = int(server.url.rpartition(":")[2])
        async with RecordingProxy(port) as proxy:
            profile = home("http://voice.example", allow_insecure=True, proxy=f"http://{proxy.address}")
            said = await who_answers(profile, KEY)
            assert said.startswith("The character answers at http://voice.example (")
            lines = proxy.request_lines
            assert lines[0] == "CONNECT voice.example:80 HTTP/1.1"
            assert lines[1].startswith("GET http://voice.example/api/")
    assert KEY.encode() not in proxy.heads[0]


async def test_it_can_be_broken_off() -> None:
    asked, left = asyncio.Event(), asyncio.Event()

    async def listen(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        asked.set()
        await reader.read()
        writer.close()
        left.set()

    deaf = await asyncio.start_server(listen, "127.0.0.1", 0)
    async with deaf:
        url = f"http://127.0.0.1:{deaf.sockets[0].getsockname()[1]}"
        asking = asyncio.create_task(who_answers(home(url), KEY))
        await asked.wait()
        asking.cancel()
        with pytest.raises(asyncio.CancelledError):
            await asking
        await asyncio.wait_for(left.wait(), 5)  # the connection is closed


async def failure(profile: Profile) -> str:
    with pytest.raises(UserError) as caught:
        await who_answers(profile, KEY)
    return str(caught.value)
