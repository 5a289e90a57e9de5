from __future__ import annotations

import errno
import os
import ssl
from unittest.mock import Mock

import aiohttp
import pytest
from aiohttp.client_reqrep import ConnectionKey

from app.estuary.rest.no_answer import no_answer

KEY = ConnectionKey("estuary.test", 443, True, True, None, None, None)
SECRET = "est_secret"


def http_error(kind: type[aiohttp.ClientResponseError], status: int) -> aiohttp.ClientResponseError:
    asked = Mock(real_url="https://estuary.test", headers={"X-API-Key": SECRET})
    return kind(asked, (), status=status, message="no")


@pytest.mark.parametrize(
    ("error", "why", "is_passing"),
    [
        (
            aiohttp.ClientConnectorCertificateError(KEY, ssl.SSLCertVerificationError("bad")),
            "the certificate or TLS of the server was not accepted (no reason was given)",
            False,
        ),
        (
            aiohttp.ClientConnectorSSLError(KEY, ssl.SSLError(1, "[SSL: WRONG_VERSION] no")),
            "the certificate or TLS of the server was not accepted (no reason was given)",
            False,
        ),
        (
            aiohttp.ClientProxyConnectionError(KEY, OSError(errno.ECONNREFUSED, "no")),
            "the proxy cannot be reached",
            True,
        ),
        (
            http_error(aiohttp.ClientHttpProxyError, 407),
            "the proxy refused to pass it on (HTTP 407)",
            False,
        ),
        (http_error(aiohttp.ClientHttpProxyError, 502), "the proxy refused to pass it on (HTTP 502)", True),
        (
            aiohttp.ClientConnectorDNSError(KEY, OSError(-2, "not known")),
            "the name of the server is not known",
            True,
        ),
        (aiohttp.ClientConnectorError(KEY, ConnectionRefusedError()), "nothing listens there", True),
        (
            aiohttp.ClientConnectorError(KEY, OSError(None, "Multiple: Connect call failed")),
            "nothing listens there",
            True,
        ),
        (
            aiohttp.ClientConnectorError(KEY, OSError(errno.ENETUNREACH, "no")),
            os.strerror(errno.ENETUNREACH).lower(),
            True,
        ),
        (aiohttp.ClientConnectorError(KEY, OSError("what?")), "the connection failed", True),
        (
            aiohttp.ServerDisconnectedError(),
            "the connection was lost before the answer was there",
            True,
        ),
        (aiohttp.ClientPayloadError(), "the connection was lost before the answer was there", True),
        (ConnectionResetError(), "the connection was lost before the answer was there", True),
        (
            http_error(aiohttp.ClientResponseError, 400),
            "what answers there does not speak HTTP as it should",
            False,
        ),
    ],
)
def test_an_error_of_the_library_is_said_in_words(error: Exception, why: str, is_passing: bool) -> None:
    outcome = no_answer(error)
    assert (outcome.why, outcome.is_passing) == (why, is_passing)
    assert outcome.hint.startswith("Check ")
    assert SECRET not in repr(outcome)
