"""The first step of somebody with an account: the key, the character, and whether both work."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from app.core.settings import Profile
from app.core.settings.profile import ESTUARY
from app.ui.appearance import Appearance
from app.ui.first_run.step import Step
from app.ui.settings.desk import Desk
from app.ui.settings.profile_form import ProfileForm
from app.ui.settings.written import count_what_is_written


class AccountStep(Step):
    """The profile of an Estuary account; it is talked with once somebody has answered there.

    The first such profile is filled in further, or one is made. One that nothing was written into is gone
    again when the step is left.

    Args:
        appearance: Where colours and sizes come from.
        desk: Keeps the profiles and their keys.
        parent: Where it lives.
    """

    def __init__(self, appearance: Appearance, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(appearance, parent)
        self._desk = desk
        self._is_new = False
        self.form: ProfileForm | None = None
        """The fields, once they are shown."""
        self.say(
            self.tr("Your Estuary account"),
            self.tr(
                "Enter its API key and choose one of its characters. “Connect” tries both, and goes on once "
                "the character answers."
            ),
        )
        self.column.addStretch(1)
        desk.changed.connect(self._refresh)

    def enter(self) -> None:
        """Show the profile, and give the keyboard to its key."""
        if self.form is None:
            profile = next((each for each in self._desk.profiles if each.kind == ESTUARY), None)
            self._is_new = profile is None
            if profile is None:
                profile = Profile(self._desk.profiles.new_id(ESTUARY), kind=ESTUARY)
                self._desk.change_profile(profile)
            self.form = ProfileForm(self.appearance, self._desk, profile, is_brief=True)
            self.form.answered.connect(self._connected)
            self.column.insertWidget(self.column.count() - 1, self.form)
            self._redress()
            if self.form.key is not None:
                self.form.key.line.textEdited.connect(self._on_writing)
        if self.form.key is not None:
            self.form.key.line.setFocus(Qt.FocusReason.OtherFocusReason)

    def leave(self) -> None:
        """Break off what is being done, and hide the key."""
        form = self.form
        if form is None:
            return
        count_what_is_written()
        form.leave()
        profiles = self._desk.profiles
        written = next((each for each in profiles if each.id == form.profile_id), None)
        if written is None or (self._is_new and not written.character_id):
            self.form = None
            form.hide()
            form.deleteLater()
            if written is not None:
                self._desk.store.change_profiles(profiles.without(written.id))

    def _connected(self) -> None:
        if self.form is not None:
            self._is_new = False
            profiles = self._desk.profiles
            self._desk.store.change_profiles(profiles.talking_with(self.form.profile_id))
            self.passed.emit()

    def _on_writing(self) -> None:
        self._is_new = False  # its key may be in the keyring now

    def _refresh(self) -> None:
        form = self.form
        if form is not None and any(each.id == form.profile_id for each in self._desk.profiles):
            form.refresh()

    def _redress(self) -> None:
        super()._redress()
        if self.form is not None:
            theme = self.appearance.theme
            self.form.trial.button.set_colors(theme.primary.text, theme.primary.ground)
