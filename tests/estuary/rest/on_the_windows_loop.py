"""REST calls on the window's event loop, in a process of their own: run by `test_rest_client`."""

from __future__ import annotations

import asyncio
import os

import qasync
from PySide6.QtWidgets import QApplication

from app.estuary.errors import EstuaryError
from app.estuary.rest import Character, RestClient
from app.estuary.rest.request import Request
from tests.estuary.rest.conftest import SOON, by_key, config_for
from tests.estuary.rest.recording_proxy import RecordingProxy
from tests.estuary.rest.rest_server import PATIENCE_S, RestServer

GET = Request("GET", "/api/v1/characters/c")


async def main() -> None:
    async with RestServer() as server:
        server.says(status=503).says({"id": "c"}).hangs()
        rest = RestClient(config_for(server.url), by_key, retry=SOON)
        print((await rest.fetch(GET, Character)).id)
        call = asyncio.create_task(rest.ask(GET))
        await asyncio.wait_for(server.is_hanging.wait(), PATIENCE_S)
        await rest.close()
        try:
            await call
        except EstuaryError as error:
            print(error.message)
        async with RecordingProxy(server.port) as proxy:
            os.environ["http_proxy"] = f"http://{proxy.address}"
            far = RestClient(config_for("http://estuary.test", allow_insecure=True), by_key, retry=SOON)
            await far.ask(GET)
            await far.close()
            print(len(proxy.heads))


if __name__ == "__main__":
    with qasync.QEventLoop(QApplication([])) as loop:
        loop.run_until_complete(main())
