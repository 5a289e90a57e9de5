"""The first step: where to talk."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from app.core.settings.profile import LOCAL
from app.ui.appearance import Appearance
from app.ui.first_run.place_card import PlaceCard
from app.ui.first_run.step import Step
from app.ui.icons import Icon
from app.ui.settings.desk import Desk


class PlaceStep(Step):
    """Two cards; a click on one of them chooses it and goes on.

    Args:
        appearance: Where colours and sizes come from.
        desk: Keeps which profile is talked with.
        parent: Where it lives.

    Signals:
        account_wanted: The person has an account with Estuary.
    """

    account_wanted = Signal()

    def __init__(self, appearance: Appearance, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(appearance, parent)
        self._desk = desk
        self.say(
            self.tr("Where do you want to talk?"),
            self.tr("Choose where your character lives. You can change it at any time in the settings."),
        )
        self.here = PlaceCard(
            appearance,
            Icon.COMPUTER,
            self.tr("On this computer"),
            self.tr("No account, and nothing you say leaves it. Your character is ready at once."),
            self.tr("Recommended"),
        )
        self.account = PlaceCard(
            appearance,
            Icon.CLOUD,
            self.tr("With an Estuary account"),
            self.tr("One of your characters in the Estuary cloud. You need its API key."),
        )
        self.column.addWidget(self.here)
        self.column.addWidget(self.account)
        self.column.addStretch(1)
        self.here.clicked.connect(self._stay)
        self.account.clicked.connect(self.account_wanted)

    def enter(self) -> None:
        """Give the keyboard to what is recommended."""
        self.here.setFocus(Qt.FocusReason.OtherFocusReason)

    def _stay(self) -> None:
        self._desk.store.change_profiles(self._desk.profiles.talking_with(LOCAL))
        self.passed.emit()
