"""A profile: where a conversation is held, with whom and as whom. Its API key is not in it."""

from __future__ import annotations

import re
from dataclasses import dataclass, fields
from typing import Any, ClassVar, Final

from app.core.errors import BadInput
from app.core.settings.concern import Concern
from app.core.settings.setting import choice, switch, text
from app.core.translation import translate

LOCAL: Final = "local"
ESTUARY: Final = "estuary"
SERVER: Final = "server"

KINDS: Final = {LOCAL: "This computer", ESTUARY: "Estuary cloud", SERVER: "Own server"}
"""The kinds of profiles, and what a person calls them."""

ESTUARY_URL: Final = "https://api.estuary-ai.com"
"""Where the Estuary cloud answers."""

_ID: Final = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")
"""A file name on every system, also where case does not count."""

_RESERVED: Final = re.compile(r"con|prn|aux|nul|com\d|lpt\d|current")
"""Names of devices under Windows, and what stands beside the profiles in the settings' file."""


@dataclass(frozen=True, slots=True)
class Profile(Concern):
    """One place to talk. The fields but the first describe themselves.

    Attributes:
        id: What it is remembered by, also as a file name: it never changes, and no other profile has it.

    Raises:
        BadInput: A field cannot be used as it is.
    """

    NAME: ClassVar = "profile"
    LABEL: ClassVar = "Profile"

    id: str
    name: str = text(
        label="Name",
        description="What you call this place to talk.",
        empty="as its kind",
    )
    kind: str = choice(
        LOCAL,
        label="Kind",
        description="The character on this computer, the Estuary cloud, or a server of your own.",
        options=KINDS,
    )
    server_url: str = text(
        label="Server",
        description="The server's address, such as https://voice.example.org.",
        empty="the Estuary cloud",
    )
    character_id: str = text(
        label="Character",
        description="The id of the character you talk to.",
        empty="the default one",
    )
    player_id: str = text(
        label="Player id",
        description="As whom the character remembers you. Left empty, it is this installation's own id.",
        empty="this installation's",
    )
    proxy: str = text(
        label="Proxy",
        description="The HTTP proxy on the way to the server, as http://HOST:PORT. Left empty, it is the one "
        "that the system or the environment names.",
        empty="the system's",
    )
    ca_file: str = text(
        label="Certificate file",
        description="A PEM file with the server's certificate authority, if the system does not know it.",
        empty="the system's authorities",
    )
    allow_insecure: bool = switch(
        False,
        label="Allow plain http",
        description="Take an address that begins with http: to another machine, although anyone between can "
        "read the API key.",
    )

    def __post_init__(self) -> None:
        if not is_id(self.id):
            problem = translate(
                "Settings", "“{id}” is no id of a profile: it takes a-z, 0-9 and -, at most 40 of them."
            )
            raise BadInput(problem.format(id=self.id))
        if self.id == LOCAL and self.kind != LOCAL:
            raise BadInput(translate("Settings", "The profile of this computer cannot be of another kind."))
        Concern.__post_init__(self)

    @classmethod
    def made_from(cls, profile_id: str, said: dict[str, Any]) -> Profile:
        """Return the profile that ``said`` describes, as `described` does; what is unknown is passed over.

        Raises:
            BadInput: The id or a field cannot be used.
        """
        known = {setting.name: setting for setting in cls.settings()}
        values = {name: known[name].checked(value) for name, value in said.items() if name in known}
        made: Any = values
        return cls(profile_id, **made)

    def described(self) -> dict[str, Any]:
        """Return every field but the id, as JSON has it."""
        return {entry.name: getattr(self, entry.name) for entry in fields(self) if entry.name != "id"}

    @property
    def is_local(self) -> bool:
        """Whether the character lives on this computer."""
        return self.kind == LOCAL

    @property
    def title(self) -> str:
        """What a person calls it: its name, else its kind."""
        return self.name or translate("Setting", KINDS[self.kind])

    @property
    def address(self) -> str:
        """Where its server answers; empty for the local one."""
        return "" if self.is_local else self.server_url or (ESTUARY_URL if self.kind == ESTUARY else "")


def is_id(text: object) -> bool:
    """Return whether a profile can have this id."""
    return isinstance(text, str) and bool(_ID.fullmatch(text)) and not _RESERVED.fullmatch(text)
