"""The error that a failed REST call ends with."""

from __future__ import annotations

from collections.abc import Mapping

from app.core.translation import translate
from app.estuary.errors import ErrorCode, EstuaryError
from app.estuary.rest.request import Request


def rest_error(
    request: Request,
    why: str,
    details: Mapping[str, object] | None = None,
    hint: str = "",
    *,
    code: ErrorCode = ErrorCode.REST_ERROR,
) -> EstuaryError:
    """Return the error of a call: what was asked, what happened, what to do.

    Args:
        request: What was asked. Its parameters and its body are not told.
        why: What happened, in words that go on after a colon.
        details: More about it, by name.
        hint: The next step, as a sentence that was marked for translation as one of ``Rest``.
        code: What kind of failure it is; refused credentials are terminal.
    """
    end = "" if why.endswith((".", "!", "?")) else "."
    failed = translate("Rest", "{call} failed: {why}").format(
        call=f"{request.method} {request.path}", why=f"{why}{end}"
    )
    message = f"{failed} {translate('Rest', hint) if hint else ''}".rstrip()
    return EstuaryError(message, code, details, is_terminal=code is ErrorCode.AUTH_FAILED)
