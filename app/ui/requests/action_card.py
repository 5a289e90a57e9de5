"""The card of something that the character wants done on this computer."""

# ruff: noqa: N802 - Qt's names

from __future__ import annotations

import math
from datetime import UTC, datetime

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from app.conversation.actions import Notify, OpenLink, Reason, Refused, SetTimer
from app.conversation.request import ActionRequest
from app.ui.appearance import Appearance
from app.ui.breakable import breakable
from app.ui.requests.request_card import RequestCard

_TICK_MS = 1000
_SHOWN_OF_LINK = 200
"""Characters of an address that are shown; the middle of a longer one is left out."""


class ActionCard(RequestCard):
    """Says what is wanted, and offers what the person may do about it.

    Args:
        appearance: Where colours and sizes come from.
        name: The character's.
        request: What it asks for.
        parent: Where it lives.

    Signals:
        link_opened: The person has clicked on the link: its address.
    """

    link_opened = Signal(str)

    def __init__(
        self, appearance: Appearance, name: str, request: ActionRequest, parent: QWidget | None = None
    ) -> None:
        super().__init__(appearance, parent)
        self._name = name
        self._request = request
        self._clock = QTimer(self)
        self._clock.setInterval(_TICK_MS)
        self._clock.timeout.connect(self._tick)
        self.open = self.add_button(self.tr("Open"), is_primary=True)
        self.refuse = self.add_button("")
        self.open.clicked.connect(self._open)
        self.refuse.clicked.connect(self.dismissed)
        self.show_request(request)

    def show_request(self, request: ActionRequest) -> None:
        """Show how it stands now."""
        self._request = request
        plan = request.plan
        self.open.setVisible(isinstance(plan, OpenLink))
        self._name_refusal(self.tr("Dismiss"))
        match plan:
            case OpenLink(address, host):
                self._name_refusal(self.tr("Not now"))
                self.open.describe(self.tr("Open {host}").format(host=host))
                title = self.tr("{name} would like to open {host}").format(name=self._name, host=host)
                self.say(title, breakable(_shortened(address)))
            case Notify(title, text):
                self.say(title or self.tr("{name} says").format(name=self._name), text)
            case SetTimer():
                self._show_timer(plan)
            case Refused():
                self._show_refused(plan)
        self._run_clock()

    def showEvent(self, event: QShowEvent) -> None:
        """Count down."""
        super().showEvent(event)
        self._run_clock()

    def hideEvent(self, event: QHideEvent) -> None:
        """Count no more: nobody sees it."""
        self._clock.stop()
        super().hideEvent(event)

    def _show_timer(self, plan: SetTimer) -> None:
        label = plan.label or self.tr("Timer")
        if self._request.has_rung:
            self.say(self.tr("Time is up: {label}").format(label=label))
            self.stand_out()
            return
        self._name_refusal(self.tr("Cancel the timer"))
        self.say(label, self._left())

    def _show_refused(self, plan: Refused) -> None:
        title = self.tr("{name} wanted to do “{what}”. Heron does not do that.")
        self.say(title.format(name=self._name, what=plan.name or "…"), self._why(plan.reason))

    def _why(self, reason: Reason) -> str:
        match reason:
            case Reason.UNKNOWN:
                return self.tr("It opens links after a click, shows notifications and sets timers.")
            case Reason.LINK:
                return self.tr("The link does not lead to a web page, or hides where it leads.")
            case Reason.EMPTY:
                return self.tr("There was nothing to show.")
            case Reason.LENGTH:
                return self.tr("A timer runs for one second to 24 hours.")
            case Reason.MANY:
                return self.tr("There are too many of them already.")

    def _left(self) -> str:
        due = self._request.due
        seconds = 0 if due is None else max(0, math.ceil((due - datetime.now(UTC)).total_seconds()))
        hours, minutes = divmod(seconds // 60, 60)
        clock = f"{hours}:{minutes:02}:{seconds % 60:02}" if hours else f"{minutes}:{seconds % 60:02}"
        return self.tr("{time} left. {name} set this timer.").format(time=clock, name=self._name)

    def _name_refusal(self, text: str) -> None:
        self.refuse.setText(text)
        self.refuse.describe(text)
        self.refuse.updateGeometry()

    def _run_clock(self) -> None:
        if self.isVisible() and self._request.is_running:
            self._clock.start()
        else:
            self._clock.stop()

    def _tick(self) -> None:
        self.words.setText(self._left())

    def _open(self) -> None:
        if isinstance(self._request.plan, OpenLink):
            self.link_opened.emit(self._request.plan.address)


def _shortened(address: str) -> str:
    half = _SHOWN_OF_LINK // 2
    return address if len(address) <= _SHOWN_OF_LINK else f"{address[:half]}…{address[-half:]}"
