"""What a call returns that has done its work already, for programs that await it all the same."""

from __future__ import annotations

from collections.abc import Generator


class Sent:
    """The message is on its way. Awaiting this is allowed, not needed, and takes no time."""

    def __await__(self) -> Generator[None]:
        return
        yield
