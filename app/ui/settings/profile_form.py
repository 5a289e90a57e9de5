"""One profile in full: every field that its kind has, its key, and the test of its connection."""

from __future__ import annotations

import asyncio
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.conversation.state import Severity
from app.core.errors import UserError
from app.core.settings import Kind, Profile, Text
from app.core.settings.profile import ESTUARY, LOCAL, SERVER
from app.ui.appearance import Appearance
from app.ui.settings.binding import bound_to_profile
from app.ui.settings.card import Card
from app.ui.settings.character_choice import CharacterChoice
from app.ui.settings.desk import Desk
from app.ui.settings.editor import Editor
from app.ui.settings.file_field import FileField
from app.ui.settings.key_row import KeyRow
from app.ui.settings.setting_row import SettingRow
from app.ui.settings.trial import Trial
from app.ui.settings.written import count_what_is_written
from app.ui.theme import GAP_L

KEY: Final = "key"
"""Where the key stands among the fields; it is none of the profile's."""

FIELDS: Final = {
    LOCAL: ("name", "kind", "character_id"),
    ESTUARY: ("name", "kind", KEY, "character_id"),
    SERVER: ("name", "kind", "server_url", KEY, "character_id"),
}
"""What there is to say of each kind of profile."""

NETWORK: Final = {
    LOCAL: ("player_id",),
    ESTUARY: ("player_id", "server_url", "proxy", "ca_file"),
    SERVER: ("player_id", "proxy", "ca_file", "allow_insecure"),
}
"""The same of what hardly anybody needs."""

ESSENTIAL: Final = (KEY, "character_id")
"""Without which nobody talks to an account."""


_CERTIFICATES: Final = "*.pem *.crt *.cer"


class ProfileForm(QWidget):
    """The fields of a profile; each counts as soon as it is left.

    Args:
        appearance: Where colours and sizes come from.
        desk: What is changed.
        profile: Whose fields.
        is_brief: Whether only what is `ESSENTIAL` is asked for.
        parent: Where it lives.

    Signals:
        answered: The test of the connection has found somebody.
    """

    answered = Signal()

    def __init__(
        self,
        appearance: Appearance,
        desk: Desk,
        profile: Profile,
        *,
        is_brief: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._desk = desk
        self.profile_id = profile.id
        self._kind = profile.kind
        self._testing: asyncio.Task[None] | None = None
        self.rows: dict[str, SettingRow] = {}
        self.key: KeyRow | None = None
        self.characters: CharacterChoice | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        card = Card(appearance, "" if is_brief else profile.title)
        self._heading = card.heading
        for name in ESSENTIAL if is_brief else FIELDS[profile.kind]:
            if name == "kind" and profile.id == LOCAL:
                continue  # that of this computer stays of this computer
            if name == KEY:
                self.key = KeyRow(appearance, desk, profile.id)
                card.add(self.key)
            else:
                card.add(self._row(name))
        self.trial = Trial(appearance, self.tr("Connect") if is_brief else self.tr("Test the connection"))
        card.add(self.trial)
        self._column.addWidget(card)
        if not is_brief:
            network = Card(appearance, self.tr("Identity and network"))
            for name in NETWORK[profile.kind]:
                network.add(self._row(name))
            self._column.addWidget(network)
        self.trial.button.clicked.connect(self._clicked)
        appearance.changed.connect(self._redress)
        self._redress()

    def fits(self, profile: Profile) -> bool:
        """Return whether these are the fields of this profile."""
        return (self.profile_id, self._kind) == (profile.id, profile.kind)

    def refresh(self) -> None:
        """Show the profile as it is now."""
        for row in self.rows.values():
            row.refresh()
        self._heading.setText(self._desk.profiles.get(self.profile_id).title)

    def leave(self) -> None:
        """Break off what is being done, and hide the key."""
        if self._testing is not None:
            self._testing.cancel()
        if self.characters is not None:
            self.characters.leave()
        if self.key is not None:
            self.key.leave()

    def _row(self, name: str) -> SettingRow:
        binding = bound_to_profile(self._desk, self.profile_id, name)
        editor = self._editor(name, binding.setting.kind)
        row = self.rows[name] = SettingRow(self._appearance, binding, editor, can_reset=False)
        return row

    def _editor(self, name: str, kind: Kind) -> Editor | None:
        """Return an editor that can do more than the kind's own, None for that one."""
        if name == "character_id" and isinstance(kind, Text) and self._kind != LOCAL:
            self.characters = CharacterChoice(self._appearance, kind, self._desk, self.profile_id)
            return self.characters
        if name == "ca_file" and isinstance(kind, Text):
            return FileField(self._appearance, kind, _CERTIFICATES)
        return None

    def _clicked(self) -> None:
        if self._testing is not None:
            self._testing.cancel()
            return
        count_what_is_written()
        profile = self._desk.profiles.get(self.profile_id)
        self.trial.begin(self.tr("Connecting to %1.").replace("%1", profile.address or profile.title))
        self._testing = self._desk.do(self._tested(profile), "test the connection", self._test_ended)

    async def _tested(self, profile: Profile) -> None:
        from app.conversation.connection_test import who_answers

        try:
            key = None if profile.is_local else await self._desk.keys.key(profile.id)
            answer = await who_answers(profile, key)
        except UserError as error:
            self.trial.end(str(error), Severity.ERROR)
        else:
            self.trial.end(answer, Severity.INFO)
            self.answered.emit()

    def _test_ended(self) -> None:
        self._testing = None
        if self.trial.is_busy:
            self.trial.end(self.tr("The test was broken off."), None)

    def _redress(self) -> None:
        self._column.setSpacing(self._appearance.gap(GAP_L))
