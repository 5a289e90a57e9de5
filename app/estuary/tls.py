"""How the server's certificate is checked."""

from __future__ import annotations

import ssl
from pathlib import Path

from app.core.translation import translate
from app.estuary.config import EstuaryConfig
from app.estuary.errors import ErrorCode, EstuaryError


def tls_context(config: EstuaryConfig) -> ssl.SSLContext:
    """Return the settings that verify the server: the system's authorities and those of ``config.ca_file``.

    Raises:
        EstuaryError: CONNECTION_FAILED; the file is missing or holds no certificate.
    """
    context = ssl.create_default_context()
    if config.ca_file is None:
        return context
    try:
        context.load_verify_locations(cafile=Path(config.ca_file).expanduser())
    except (OSError, ssl.SSLError) as error:
        is_there = isinstance(error, ssl.SSLError)
        if is_there:
            why = translate("Connection", "it holds no certificate")
        else:
            why = error.strerror.lower() if error.strerror else translate("Connection", "it cannot be read")
        text = translate("Connection", "The certificate file {file} cannot be used: {why}. Name a PEM file.")
        said = text.format(file=config.ca_file, why=why)
        raise EstuaryError(said, ErrorCode.CONNECTION_FAILED) from error
    return context
