"""The place above the controls where the character's requests are answered, one card to each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from app.conversation.actions import Notify, OpenLink
from app.conversation.request import ActionRequest, PictureRequest, Request
from app.conversation.state import State
from app.core.settings.consent import PictureConsent
from app.desktop.notifier import Notifier
from app.ui.appearance import Appearance
from app.ui.bridge import Bridge
from app.ui.chat.announcer import announce
from app.ui.chat.links import is_safe
from app.ui.requests.action_card import ActionCard
from app.ui.requests.card_stack import CardStack
from app.ui.requests.picture import Picture
from app.ui.requests.picture_desk import PictureDesk
from app.ui.requests.request_card import RequestCard
from app.ui.requests.sent_note import SentNote

if TYPE_CHECKING:
    from app.ui.settings.desk import Desk


class RequestPane(CardStack):
    """Shows a card to each request, the newest first, and does what the person answers.

    Args:
        appearance: Where colours and sizes come from.
        bridge: Where answers go to.
        desk: Where it is kept who may have the screen without a question; None for nobody.
        parent: Where it lives.
        before: The widget that Tab leads to after the cards.
        notifier: Shows notifications; the system's by default.

    Signals:
        link_opened: The person has clicked on a link: its address, which may be opened.
    """

    link_opened = Signal(str)

    def __init__(
        self,
        appearance: Appearance,
        bridge: Bridge,
        desk: Desk | None,
        parent: QWidget | None = None,
        before: QWidget | None = None,
        notifier: Notifier | None = None,
    ) -> None:
        super().__init__(appearance, parent, before)
        self._bridge = bridge
        self._notifier = notifier or Notifier()
        self._name = ""
        self._requests: dict[int, Request] = {}
        self.cards: dict[int, RequestCard] = {}
        """By the number of the request."""
        self.note: SentNote | None = None
        """What was sent last without a question, until the person has closed it."""
        self._pictures = PictureDesk(bridge, desk, self)
        self._pictures.sent_unasked.connect(self._show_sent)
        self._pictures.failed.connect(self._ask_after_all)
        self.setAccessibleName(self.tr("What the character asks for"))

    def show_state(self, state: State) -> None:
        """Show the requests of a state."""
        self._name = state.character_name
        before, self._requests = self._requests, {request.number: request for request in state.requests}
        for number in [each for each in self.cards if each not in self._requests]:
            self.take_away(self.cards.pop(number))
        for number, request in self._requests.items():
            if number not in before:
                self._take(request)
            elif request != before[number]:
                self._follow(before[number], request)

    def _take(self, request: Request) -> None:
        """Deal with a request that is new."""
        if isinstance(request, PictureRequest):
            if self._pictures.is_allowed(request.asker):
                self._pictures.send_unasked(request)
            else:
                self._ask(request)
            return
        card = ActionCard(self.appearance, self._name, request)
        card.link_opened.connect(lambda address: self._open(request.number, address))
        self._add(request.number, card)
        if isinstance(request.plan, Notify) and not request.is_told:
            self._notify(request.plan.title or self._name, request.plan.text, request.number)
        elif isinstance(request.plan, OpenLink):
            self._call_if_out_of_sight(card)

    def _follow(self, before: Request, request: Request) -> None:
        """Deal with a request that stands differently now."""
        card = self.cards.get(request.number)
        if not isinstance(request, ActionRequest) or not isinstance(card, ActionCard):
            return
        card.show_request(request)
        if request.has_rung and isinstance(before, ActionRequest) and not before.has_rung:
            announce(self, card.told)
            self._notify(card.told, self._name)

    def _ask(self, request: PictureRequest, problem: str = "") -> None:
        card = self._pictures.card_for(request, self.appearance, self._name)
        if problem:
            card.show_problem(problem)
        self._add(request.number, card)
        self._call_if_out_of_sight(card)

    def _ask_after_all(self, request: PictureRequest, problem: str) -> None:
        if request.number in self._requests:
            self._ask(request, problem)

    def _add(self, number: int, card: RequestCard) -> None:
        card.dismissed.connect(lambda: self._withdraw(number))
        self.cards[number] = card
        self.put_first(card)
        announce(self, card.told)

    def _withdraw(self, number: int) -> None:
        if (requests := self._bridge.requests) is not None:
            requests.withdraw(number)

    def _open(self, number: int, address: str) -> None:
        if is_safe(address):
            self.link_opened.emit(address)
        self._withdraw(number)

    def _show_sent(self, request: PictureRequest, picture: Picture) -> None:
        self._close_note()
        note = self.note = SentNote(self.appearance, self._name, picture)
        note.dismissed.connect(self._close_note)
        note.stop.clicked.connect(lambda: self._forbid(request.asker))
        self.put_first(note)
        announce(self, note.told)
        self._call_if_out_of_sight(note)

    def _forbid(self, asker: PictureConsent) -> None:
        self._pictures.forbid(asker)
        self._close_note()

    def _close_note(self) -> None:
        note, self.note = self.note, None
        if note is not None:
            self.take_away(note)

    def _notify(self, title: str, text: str, number: int | None = None) -> None:
        """Show a notification, and take note of it where it is what was asked for."""

        async def work() -> None:
            is_shown = await self._notifier.notify(title, text)
            if number is not None and (requests := self._bridge.requests) is not None:
                requests.told(number)
            if not is_shown and isValid(self):
                QApplication.alert(self.window())

        self._bridge.do(work(), "notify")

    def _call_if_out_of_sight(self, card: RequestCard) -> None:
        """Call the person when the cards cannot be seen: the window is a strip now, or minimised."""
        window = self.window()
        if not window.isVisible() or window.isMinimized():
            self._notify(self.tr("Heron"), card.told)
