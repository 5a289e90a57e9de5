"""Errors that carry a sentence for the person using Heron.

HeronError            anything Heron raises on purpose
└── UserError         its message is meant for the screen: what happened and the next step
    ├── BadInput      the person asked for something that cannot be done as written (exit code 2)
    └── AudioError    a microphone or a speaker is missing or refused to open (exit code 2)
"""

from __future__ import annotations


class HeronError(Exception):
    """Base of every error Heron raises on purpose."""


class UserError(HeronError):
    """An error whose text is shown to the person as it is.

    Args:
        message: One or two sentences: what happened, and what to do next. Never a secret.
    """

    exit_code: int = 1
    """Exit code of the command line when this error ends it."""


class BadInput(UserError):  # noqa: N818 - reads as what it is: bad input
    """The person's input cannot be used as given: a missing file, a wrong key, a port in use."""

    exit_code = 2


class AudioError(UserError):
    """A microphone or speaker is missing, or the system refused to open it."""

    exit_code = 2
