"""The page of the connection: where to talk, with which key, and whether anybody answers there."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from app.core.errors import UserError
from app.core.settings import Profile
from app.core.settings.profile import KINDS, LOCAL
from app.ui.appearance import Appearance
from app.ui.flow import Flow
from app.ui.pill_button import PillButton
from app.ui.settings.card import Card
from app.ui.settings.desk import Desk
from app.ui.settings.page import Page
from app.ui.settings.profile_form import ProfileForm
from app.ui.settings.profile_list import ProfileList
from app.ui.settings.question import Question
from app.ui.settings.style import translated
from app.ui.theme import GAP_L, GAP_M


class ConnectionPage(Page):
    """The profiles, and the one that is chosen in full."""

    def __init__(self, appearance: Appearance, desk: Desk, title: str) -> None:
        super().__init__(appearance, desk, title)
        self._shown_id = desk.profiles.current_id
        self._form: ProfileForm | None = None
        self.list = ProfileList(appearance)
        self.use = PillButton(appearance, self.tr("Talk here"))
        self.new = PillButton(appearance, self.tr("New…"))
        self.duplicate = PillButton(appearance, self.tr("Duplicate"))
        self.delete = PillButton(appearance, self.tr("Delete…"))
        self.menu = QMenu(self)
        for kind, label in KINDS.items():
            self.menu.addAction(translated(label)).triggered.connect(partial(self._make, kind))
        self.question = Question(appearance)
        card = Card(appearance, self.tr("Where to talk"))
        card.add(self.list)
        card.add(self._buttons())
        card.add(self.question)
        self.add(card)
        self.list.chosen.connect(self.show_profile)
        self.use.clicked.connect(self._use)
        self.new.clicked.connect(self._open_menu)
        self.duplicate.clicked.connect(self._duplicate)
        self.delete.clicked.connect(self._ask)
        self.question.answered.clicked.connect(self._delete)
        self.question.refused.clicked.connect(self._keep)
        appearance.changed.connect(self._paint_buttons)
        self._paint_buttons()
        self.refresh()

    @property
    def form(self) -> ProfileForm:
        """The fields of the profile that is shown."""
        assert self._form is not None
        return self._form

    def show_profile(self, profile_id: str) -> None:
        """Show a profile in full."""
        self._shown_id = profile_id
        self.question.hide()
        self.refresh()

    def refresh(self) -> None:
        """Show all profiles as they are now."""
        super().refresh()
        if not hasattr(self, "question"):
            return  # it is still being made
        profiles = self.desk.profiles
        if self._shown_id not in {profile.id for profile in profiles}:
            self._shown_id = profiles.current_id
        shown = profiles.get(self._shown_id)
        self.list.show_profiles(profiles, shown.id)
        self.use.setVisible(shown.id != profiles.current_id)
        self.delete.setVisible(shown.id != LOCAL)
        if self._form is not None and self._form.fits(shown):
            self._form.refresh()
            return
        self.setUpdatesEnabled(False)
        if self._form is not None:
            self._form.leave()
            self._form.hide()
            self._form.deleteLater()
        self._form = ProfileForm(self.appearance, self.desk, shown)
        self.add_widget(self._form)
        self.setUpdatesEnabled(True)

    def leave(self) -> None:
        """Break off what is being done, and hide the key."""
        if self._form is not None:
            self._form.leave()
        self.question.hide()

    def _buttons(self) -> QWidget:
        holder = QWidget()
        frame = QVBoxLayout(holder)
        frame.setContentsMargins(GAP_L, GAP_M, GAP_L, GAP_M)
        frame.addLayout(Flow(self.use, self.new, self.duplicate, self.delete))
        return holder

    def _use(self) -> None:
        self.desk.store.change_profiles(self.desk.profiles.talking_with(self._shown_id))
        self.list.buttons[self._shown_id].setFocus(Qt.FocusReason.OtherFocusReason)

    def _open_menu(self) -> None:
        self.menu.popup(self.new.mapToGlobal(QPoint(0, self.new.height())))

    def _make(self, kind: str, _is_checked: bool = False) -> None:
        name = self._free_name(translated(KINDS[kind]))
        self._add(Profile(self.desk.profiles.new_id(name), name, kind))

    def _duplicate(self) -> None:
        shown = self.desk.profiles.get(self._shown_id)
        name = self._free_name(self.tr("%1 (copy)").replace("%1", shown.title))
        copy = replace(shown, id=self.desk.profiles.new_id(name), name=name)
        self._add(copy)
        if not shown.is_local:
            self.desk.do(self._copy_key(shown.id, copy.id), "copy the key")

    async def _copy_key(self, from_id: str, to_id: str) -> None:
        if (key := await self.desk.keys.key(from_id)) is not None:
            await self.desk.keys.keep(to_id, key)

    def _add(self, profile: Profile) -> None:
        self.desk.change_profile(profile)
        self.show_profile(profile.id)
        name = self.form.rows["name"].editor.focused
        name.setFocus(Qt.FocusReason.OtherFocusReason)
        self.ensureWidgetVisible(name)

    def _free_name(self, wanted: str) -> str:
        """Return a name that no other profile has."""
        taken = {profile.title for profile in self.desk.profiles}
        name, number = wanted, 1
        while name in taken:
            number += 1
            name = f"{wanted} {number}"
        return name

    def _ask(self) -> None:
        shown = self.desk.profiles.get(self._shown_id)
        words = self.tr("Delete “%1”, its key, and what was said there? This cannot be undone.")
        self.question.ask(words.replace("%1", shown.title))

    def _keep(self) -> None:
        self.question.hide()
        self.delete.setFocus(Qt.FocusReason.OtherFocusReason)

    def _delete(self) -> None:
        self.question.hide()
        gone = self._shown_id
        self.desk.store.change_profiles(self.desk.profiles.without(gone))
        self.desk.do(self._forget(gone), "forget the key")
        self.desk.bridge.forget_profile(gone)
        self.list.buttons[self._shown_id].setFocus(Qt.FocusReason.OtherFocusReason)

    async def _forget(self, profile_id: str) -> None:
        try:
            await self.desk.keys.forget(profile_id)
        except UserError as error:
            self.desk.bridge.report(error)

    def _paint_buttons(self) -> None:
        theme = self.appearance.theme
        self.use.set_colors(theme.primary.text, theme.primary.ground)
