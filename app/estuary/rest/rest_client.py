"""The REST interface of an Estuary server, as one client uses it."""

from __future__ import annotations

import asyncio
import importlib
import logging
import random
import ssl
import sys
from collections.abc import Awaitable, Callable, Mapping
from typing import Final, TypeVar
from urllib.parse import quote

from app.core.translation import marked, translate
from app.estuary.config import EstuaryConfig
from app.estuary.errors import EstuaryError
from app.estuary.rest.answer import Answer
from app.estuary.rest.no_answer import NoAnswer
from app.estuary.rest.refusal import refusal
from app.estuary.rest.request import Request
from app.estuary.rest.rest_error import rest_error
from app.estuary.rest.retry import Retry
from app.estuary.rest.transport import Transport

T = TypeVar("T")

Authorization = Callable[[], Awaitable[Mapping[str, str]]]
"""Returns the headers that say who asks. It is called for every attempt, so that a token can be renewed."""

TIMEOUT_S: Final = 60.0
"""Longest time in seconds that one call takes, with everything that is tried for it."""

_OPEN_HEADERS: Final = frozenset({"x-player-id"})
"""Headers of an authorization that are no secret."""

_LOG: Final = logging.getLogger(__name__)


class RestClient:
    """Asks an Estuary server, again if that may help, and says in words what failed.

    Calls may run at the same time. The first one opens an HTTP session, on whose event loop the others have
    to run; `close` ends it, and the next call opens another.

    Args:
        config: Whom to talk to.
        authorization: Who asks. What it raises comes out of the call.
        tls: How to check the server's certificate; by default as ``config`` says.
        timeout_s: Longest time in seconds that one call takes.
        retry: When to ask again.
    """

    def __init__(
        self,
        config: EstuaryConfig,
        authorization: Authorization,
        *,
        tls: ssl.SSLContext | None = None,
        timeout_s: float = TIMEOUT_S,
        retry: Retry | None = None,
    ) -> None:
        self._config = config
        self._authorization = authorization
        self._tls = tls
        self._timeout_s = timeout_s
        self._retry = retry or Retry()
        self._transport: Transport | None = None
        self._running: set[asyncio.Timeout] = set()

    async def fetch(self, request: Request, kind: type[T]) -> T:
        """Ask, and return the answer's content as a ``kind``.

        Raises:
            EstuaryError: As `ask`; also REST_ERROR when the content is missing or of another shape.
        """
        return (await self.ask(request)).decoded(request, kind)

    async def ask(self, request: Request) -> Answer:
        """Ask, and return the answer, which is a success; its body may be empty.

        What does no harm twice is asked up to three times more when the server is in trouble or out of reach.

        Raises:
            EstuaryError: AUTH_FAILED for refused credentials, REST_ERROR for everything else. ``details``
                holds the ``status`` where there is one.
        """
        outcome = await self._limited(request)
        # Raised from here, where no frame and no chained error holds a header.
        if isinstance(outcome, EstuaryError):
            raise outcome
        if isinstance(outcome, NoAnswer):
            raise rest_error(request, outcome.why, hint=outcome.hint)
        if not outcome.is_success:
            raise refusal(request, outcome)
        return outcome

    async def close(self) -> None:
        """End every call that runs, with REST_ERROR, and close the connections. A later call opens others."""
        running, self._running = self._running, set()
        transport, self._transport = self._transport, None
        for limit in running:
            if not limit.expired():
                limit.reschedule(0)
        if transport is not None:
            await transport.close()

    async def _limited(self, request: Request) -> Answer | NoAnswer | EstuaryError:
        """Return what comes of a request in the time there is, or before `close` cuts it short."""
        limit = asyncio.timeout(self._timeout_s)
        try:
            async with limit:
                self._running.add(limit)
                return await self._tried(request, limit)
        except TimeoutError:
            if not limit.expired():
                raise  # the authorization's own
            if limit not in self._running:
                return rest_error(request, translate("Rest", "the client was closed meanwhile"))
            why = translate("Rest", "there was no answer within {seconds:g} s").format(
                seconds=self._timeout_s
            )
            hint = marked("Rest", "Check server_url and the network, or try again later.")
            return rest_error(request, why, hint=hint)
        finally:
            self._running.discard(limit)

    async def _tried(self, request: Request, limit: asyncio.Timeout) -> Answer | NoAnswer:
        """Return the first success, or what the last attempt ended with."""
        if "aiohttp" not in sys.modules:  # on the loop it would hold up a window for a fifth of a second
            await asyncio.to_thread(importlib.import_module, "aiohttp")
        transport = self._opened()
        attempt = 0
        while True:
            attempt += 1
            outcome = await self._attempt(transport, request)
            if isinstance(outcome, Answer) and outcome.is_success:
                return outcome
            delay = self._retry.delay(request, outcome, attempt, random.random())
            if delay is None or not _has_time(limit, delay):
                return outcome
            _LOG.info("%s %s: %s; again in %.1f s", request.method, request.path, _brief(outcome), delay)
            await asyncio.sleep(delay)

    async def _attempt(self, transport: Transport, request: Request) -> Answer | NoAnswer:
        credentials = await self._authorization()
        outcome = await transport.carry(request, credentials)
        if isinstance(outcome, NoAnswer) or outcome.is_success:
            return outcome
        return outcome.without(_secrets(credentials))

    def _opened(self) -> Transport:
        if self._transport is None:
            self._transport = Transport(self._config, self._tls)
        return self._transport


def _has_time(limit: asyncio.Timeout, delay: float) -> bool:
    end = limit.when()
    return end is None or asyncio.get_running_loop().time() + delay < end


def _brief(outcome: Answer | NoAnswer) -> str:
    return outcome.why if isinstance(outcome, NoAnswer) else f"HTTP {outcome.status}"


def _secrets(credentials: Mapping[str, str]) -> list[str]:
    """Return what must not be told, longest first: as it is, and as it may stand in an address or in JSON."""
    values = {value for name, value in credentials.items() if name.lower() not in _OPEN_HEADERS}
    values |= {value.split(" ")[-1] for value in values}  # without the "Bearer" in front
    values |= {quote(value, safe="") for value in values} | {value.replace("/", r"\/") for value in values}
    return sorted(values, key=len, reverse=True)
