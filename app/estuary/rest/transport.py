"""Requests and answers over HTTP connections to one server."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Mapping
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

import msgspec

from app import __version__
from app.core.translation import marked, translate
from app.estuary.config import EstuaryConfig
from app.estuary.rest.answer import Answer
from app.estuary.rest.no_answer import NoAnswer, no_answer
from app.estuary.rest.proxy import proxy_for
from app.estuary.rest.request import Request
from app.estuary.tls import tls_context

if TYPE_CHECKING:
    import aiohttp

CLIENT: Final = f"heron-voice/{__version__}"
"""What we call ourselves."""

LARGEST_ANSWER: Final = 32 * 2**20
"""Bytes of the largest answer taken: the memories of years still fit."""

_LARGEST_REFUSAL: Final = 64 * 2**10
"""Bytes read of a refusal, whose end nobody needs."""

_PIECE: Final = 64 * 2**10
_SCHEMES: Final = {"ws": "http", "wss": "https"}


class Transport:
    """An HTTP session with one server; to be made on the event loop it is used on, and closed in the end.

    It follows no redirect and keeps no cookie, so that nothing goes to anyone but that server; it takes the
    proxy of ``config`` or else of the environment, unless the server is on this machine.

    Args:
        config: Whom to talk to.
        tls: How to check the server; by default as ``config`` says.

    Raises:
        EstuaryError: CONNECTION_FAILED; the file of ``config.ca_file`` cannot be used.
    """

    def __init__(self, config: EstuaryConfig, tls: ssl.SSLContext | None = None) -> None:
        import aiohttp
        from yarl import URL

        url = urlsplit(config.server_url)
        scheme = _SCHEMES.get(url.scheme, url.scheme)
        self._base = str(URL(f"{scheme}://{url.netloc}{url.path.rstrip('/')}")).rstrip("/")
        self._is_loopback = config.is_loopback
        self._proxy = config.proxy
        if scheme == "https" and tls is None:
            tls = tls_context(config)
        # Not trust_env: it would also send the passwords of ~/.netrc along.
        self._session = aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(ssl=tls if tls is not None else True),
            cookie_jar=aiohttp.DummyCookieJar(),
            timeout=aiohttp.ClientTimeout(total=None),  # the caller's is for all attempts together
            headers={"X-Estuary-Client": CLIENT, "User-Agent": CLIENT, "Accept": "application/json"},
        )

    @property
    def is_closed(self) -> bool:
        """Whether `close` was called."""
        return self._session.closed

    async def carry(self, request: Request, credentials: Mapping[str, str]) -> Answer | NoAnswer:
        """Send a request and return what came of it.

        Args:
            request: What to ask.
            credentials: Headers that say who asks; they win over those of the request.

        Raises:
            EstuaryError: REST_ERROR; the environment names a proxy that cannot be used.
        """
        import aiohttp

        headers = {**request.headers, **credentials}  # in whatever case, the later one counts
        body = None if request.body is None else msgspec.json.encode(request.body)
        if body is not None:
            headers["Content-Type"] = "application/json"
        proxy = None if self._is_loopback else self._proxy or await asyncio.to_thread(proxy_for, self._base)
        if self.is_closed:
            return NoAnswer("the client was closed", is_passing=False)
        try:
            return await self._exchanged(request, headers, body, proxy)
        except (aiohttp.ClientError, ConnectionError) as error:
            return no_answer(error, is_proxy_named=self._proxy is not None)

    async def close(self) -> None:
        """Close every connection, also one that is being used."""
        await self._session.close()

    async def _exchanged(
        self, request: Request, headers: Mapping[str, str], body: bytes | None, proxy: str | None
    ) -> Answer | NoAnswer:
        from yarl import URL

        url = URL(self._base + request.target, encoded=True)
        async with self._session.request(
            request.method, url, headers=headers, data=body, proxy=proxy, allow_redirects=False
        ) as response:
            is_success = 200 <= response.status < 300
            most = LARGEST_ANSWER if is_success else _LARGEST_REFUSAL
            content, is_whole = await _read(response, most)
            if is_success and not is_whole:
                why = translate("Rest", "the answer has more than {size} MiB").format(size=most >> 20)
                return NoAnswer(why, is_passing=False, hint=marked("Rest", "Ask for less."))
            return Answer(
                response.status,
                content,
                content_type=response.headers.get("Content-Type", ""),
                retry_after=response.headers.get("Retry-After"),
                location=response.headers.get("Location"),
            )


async def _read(response: aiohttp.ClientResponse, most: int) -> tuple[bytes, bool]:
    """Return the content up to ``most`` bytes, and whether that is all of it."""
    content = bytearray()
    async for piece in response.content.iter_chunked(_PIECE):
        content += piece
        if len(content) > most:
            return bytes(content[:most]), False
    return bytes(content), True
