"""Everything that a character asks for is shown, and done only as the person says."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from PySide6.QtCore import QByteArray, Qt
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication
from pytestqt.qtbot import QtBot

from app.conversation import happening as h
from app.conversation import requests as requests_module
from app.conversation.state import Severity
from app.core.errors import UserError
from app.core.settings import Privacy
from app.core.settings.consent import PictureConsent
from app.ui.appearance import Appearance
from app.ui.requests import picture_desk
from app.ui.requests.action_card import ActionCard
from app.ui.requests.picture_card import PictureCard
from app.ui.requests.request_pane import RequestPane
from tests.ui.open_window import opened, settle, until
from tests.ui.requests.asker import ADA, Asker, click, room, shown
from tests.ui.settings.pictures import plain

pytestmark = pytest.mark.asyncio


@pytest.fixture(autouse=True)
def screen(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """Give a picture of the screen, which has none here; note whether windows were to step aside."""
    taken: list[bool] = []

    async def screenshot(_screen: object, *, is_aside: bool) -> QImage:
        taken.append(is_aside)
        image = QImage(1920, 1080, QImage.Format.Format_RGB32)
        image.fill(Qt.GlobalColor.darkCyan)
        return image

    monkeypatch.setattr(picture_desk, "screenshot", screenshot)
    return taken


def all_buttons(card: PictureCard) -> list[str]:
    return shown(*card.choices, card.send, card.other, card.refuse)


async def test_a_picture_is_sent_after_its_preview(
    qtbot: QtBot, appearance: Appearance, screen: list[bool]
) -> None:
    async with room(appearance) as own:
        assert own.pane.isHidden()
        own.look("What is on your desk?")
        card = own.card()
        assert own.pane.isVisible()
        assert card.told == "Heron would like to see something What is on your desk?"
        assert all_buttons(card) == ["This screen", "A picture file…", "Not now"]
        await click(card.choices[0])
        await until(card.preview.isVisible)
        assert own.sent == []
        assert screen == [True]
        assert all_buttons(card) == ["Send", "Choose another", "Not now"]
        assert "1280 × 720 pixels" in card.note.text()
        assert "This is all that is sent" in card.note.text()
        await click(card.send)
        await until(lambda: bool(own.sent))
        content, mime_type, request_id = own.sent[0]
        assert (mime_type, request_id) == ("image/jpeg", "r1")
        assert QImage.fromData(QByteArray(content)).width() == 1280
        await until(own.pane.isHidden)
        assert own.store.current.privacy.pictures_for == ()


async def test_two_clicks_send_it_once(qtbot: QtBot, appearance: Appearance) -> None:
    async with room(appearance) as own:
        notices: list[object] = []
        own.bridge.notice_changed.connect(notices.append)
        own.look()
        card = own.card()
        await click(card.choices[0])
        await until(card.send.isVisible)
        card.send.click()
        card.send.click()
        await until(own.pane.isHidden)
        await settle()
        assert len(own.sent) == 1
        assert notices == []


async def test_not_now_sends_nothing(qtbot: QtBot, appearance: Appearance) -> None:
    async with room(appearance) as own:
        own.look()
        await click(own.card().choices[0])
        await until(own.card().preview.isVisible)
        await click(own.card().refuse)
        await until(own.pane.isHidden)
        own.look()
        await click(own.card().dismiss)
        await until(own.pane.isHidden)
        assert own.sent == []


async def test_a_file_can_be_shown_instead(qtbot: QtBot, appearance: Appearance, tmp_path: Path) -> None:
    async with room(appearance) as own:
        own.look()
        card = own.card()
        card.file_wanted.emit(tmp_path / "missing.png")
        await until(lambda: "missing.png" in card.note.text())
        assert all_buttons(card) == ["This screen", "A picture file…", "Not now"]
        card.file_wanted.emit(plain(tmp_path / "a.png"))
        await until(card.preview.isVisible)
        assert card.always.isHidden()  # a file is no screen
        await click(card.other)
        assert all_buttons(card) == ["This screen", "A picture file…", "Not now"]
        card.file_wanted.emit(plain(tmp_path / "a.png"))
        await until(card.preview.isVisible)
        await click(card.send)
        await until(lambda: len(own.sent) == 1)


async def test_a_request_that_goes_takes_its_card_along(qtbot: QtBot, appearance: Appearance) -> None:
    async with room(appearance) as own:
        own.look(request_id="r1")
        first = own.card()
        first.screen_wanted.emit(QGuiApplication.primaryScreen())
        own.look(request_id="r2")
        assert list(own.pane.cards.values()) == [own.card()]
        assert own.card() is not first
        own.feed.happened(h.Lost())
        await settle()
        assert own.pane.isHidden()
        assert own.sent == []


async def test_too_late_is_said_and_sends_nothing(qtbot: QtBot, appearance: Appearance) -> None:
    async with room(appearance) as own:
        own.look()
        card = own.card()
        await click(card.choices[0])
        await until(card.send.isVisible)
        own.is_connected = False
        notices: list[object] = []
        own.bridge.notice_changed.connect(notices.append)
        await click(card.send)
        await until(lambda: bool(notices))
        assert getattr(notices[0], "severity", None) is Severity.ERROR
        assert "nothing was sent" in getattr(notices[0], "text", "")
        assert card.isEnabled()


async def test_always_means_at_once_with_a_note_until_it_is_taken_back(
    qtbot: QtBot, appearance: Appearance, screen: list[bool]
) -> None:
    async with room(appearance) as own:
        own.look()
        card = own.card()
        await click(card.choices[0])
        await until(card.always.isVisible)
        assert not card.always.knob.isChecked()
        card.always.knob.setChecked(True)
        await click(card.send)
        await until(lambda: own.store.current.privacy.pictures_for == (ADA.written,))
        own.look(request_id="r2")
        await until(lambda: own.pane.note is not None)
        assert own.pane.cards == {}
        assert [request_id for _, _, request_id in own.sent] == ["r1", "r2"]
        assert screen == [True, False]
        note = own.pane.note
        assert note is not None
        assert note.told == "Your screen was sent to Heron"
        assert note.preview.isVisible()
        own.look(request_id="r3")
        await until(lambda: own.pane.note is not note and own.pane.note is not None)
        assert own.pane.note is not None
        await click(own.pane.note.stop)
        assert own.store.current.privacy.pictures_for == ()
        assert own.pane.isHidden()
        own.look(request_id="r4")
        assert isinstance(own.card(), PictureCard)
        assert len(own.sent) == 3


async def test_somebody_else_is_asked_each_time(qtbot: QtBot, appearance: Appearance) -> None:
    async with room(appearance) as own:
        own.store.update(Privacy, pictures_for=(ADA.written,))
        for other in (
            PictureConsent("local", "bob"),
            PictureConsent("work-1", "ada"),
            PictureConsent("local", "ada", "https://evil.example"),
        ):
            own.requests.meet(other)
            own.look()
            assert isinstance(own.card(), PictureCard)
        await settle()
        assert own.sent == []


async def test_a_screen_that_cannot_be_had_is_asked_for_after_all(
    qtbot: QtBot, appearance: Appearance, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def fails(_screen: object, *, is_aside: bool) -> QImage:
        raise UserError("There is no screen.")

    monkeypatch.setattr(picture_desk, "screenshot", fails)
    async with room(appearance) as own:
        own.store.update(Privacy, pictures_for=(ADA.written,))
        own.look()
        await until(lambda: bool(own.pane.cards))
        assert own.card().note.text() == "There is no screen."
        assert own.pane.note is None


async def test_consent_that_is_taken_back_meanwhile_counts(
    qtbot: QtBot, appearance: Appearance, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, go_on = asyncio.Event(), asyncio.Event()

    async def slow(_screen: object, *, is_aside: bool) -> QImage:
        begun.set()
        await go_on.wait()
        return QImage(10, 10, QImage.Format.Format_RGB32)

    monkeypatch.setattr(picture_desk, "screenshot", slow)
    async with room(appearance) as own:
        own.store.update(Privacy, pictures_for=(ADA.written,))
        own.look()
        await begun.wait()
        own.store.reset(Privacy, "pictures_for")
        go_on.set()
        await until(lambda: bool(own.pane.cards))
        assert own.sent == []


async def test_a_link_opens_after_a_click_only(qtbot: QtBot, appearance: Appearance) -> None:
    async with room(appearance) as own:
        opened: list[str] = []
        own.pane.link_opened.connect(opened.append)
        own.act("open_link", url="https://example.org/a")
        await settle()
        assert opened == []
        await click(own.card().open)
        assert opened == ["https://example.org/a"]
        await until(own.pane.isHidden)
        own.act("open_link", url="https://example.org/a")
        await click(own.card().refuse)
        await until(own.pane.isHidden)
        own.act("open_link", url="file:///etc/passwd")
        assert own.card().open.isHidden()
        assert opened == ["https://example.org/a"]


async def test_a_notification_is_shown_once(qtbot: QtBot, appearance: Appearance) -> None:
    async with room(appearance) as own:
        own.act("notify", title="Tea", text="is ready")
        own.act("notify", text="is cold")
        await until(lambda: len(own.board.shown) == 2)
        await settle()
        assert own.board.shown == [("Tea", "is ready"), ("Heron", "is cold")]
        own.pane.show_state(own.feed.state)
        again = type(own.pane)(appearance, own.bridge, own.desk, notifier=own.board)
        qtbot.addWidget(again)
        again.show_state(own.feed.state)  # a window that was made anew
        await settle()
        assert len(again.cards) == 2
        assert len(own.board.shown) == 2


async def test_a_system_without_notifications_is_no_fault(qtbot: QtBot, appearance: Appearance) -> None:
    async with room(appearance) as own:
        own.board.is_there = False
        own.act("notify", text="is cold")
        await until(lambda: bool(own.board.shown))
        await settle()
        assert isinstance(own.card(), ActionCard)


async def test_a_timer_rings_on_its_card_and_beside_the_window(qtbot: QtBot, appearance: Appearance) -> None:
    async with room(appearance) as own:
        own.act("set_timer", seconds=1, label="tea")
        card = own.card()
        assert card.refuse.text() == "Cancel the timer"
        await until(lambda: card.title.text() == "Time is up: tea")
        await until(lambda: own.board.shown == [("Time is up: tea", "Heron")])
        await click(card.refuse)
        await until(own.pane.isHidden)


async def test_what_is_not_done_is_shown(qtbot: QtBot, appearance: Appearance) -> None:
    async with room(appearance) as own:
        own.act("format_disk", disk="c:")
        assert own.card().title.text() == "Heron wanted to do “format_disk”. Heron does not do that."
        await settle()
        assert own.board.shown == []


async def test_the_person_is_called_when_the_cards_are_out_of_sight(
    qtbot: QtBot, appearance: Appearance
) -> None:
    async with room(appearance) as own:
        own.window.hide()
        own.look("Show me.")
        await until(lambda: own.board.shown == [("Heron", "Heron would like to see something Show me.")])
        own.store.update(Privacy, pictures_for=(ADA.written,))
        own.look()
        await until(lambda: own.board.shown[1:] == [("Heron", "Your screen was sent to Heron")])


async def test_many_cards_leave_room_to_the_conversation(qtbot: QtBot, appearance: Appearance) -> None:
    async with room(appearance) as own:
        for number in range(8):
            own.act("open_link", url=f"https://example.org/{number}")
        await settle()
        assert own.pane.height() <= 0.55 * own.window.height() + 1
        assert own.pane.verticalScrollBar().maximum() > 0
        assert own.pane.verticalScrollBar().value() == 0


async def test_esc_on_a_card_means_not_now(qtbot: QtBot, appearance: Appearance) -> None:
    async with room(appearance) as own:
        own.look()
        own.window.activateWindow()
        own.card().refuse.setFocus()
        await settle()
        assert QApplication.focusWidget() is own.card().refuse
        refuse = own.card().refuse
        asyncio.get_running_loop().call_soon(lambda: QTest.keyClick(refuse, Qt.Key.Key_Escape))
        await until(own.pane.isHidden)


async def test_expired_requests_leave_no_card(
    qtbot: QtBot, appearance: Appearance, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(requests_module, "PATIENCE_S", 0.05)
    async with room(appearance) as own:
        own.look()
        assert own.pane.isVisible()
        await until(own.pane.isHidden)


async def test_tab_leads_through_the_cards_to_the_controls(qtbot: QtBot, appearance: Appearance) -> None:
    async with opened() as own:
        asker = Asker()
        own.conversation.requests = asker.requests
        asker.feed.subscribe(lambda state: own.conversation.change(requests=state.requests))
        asker.act("open_link", url="https://example.org")
        asker.look()
        await settle()
        (pane,) = own.window.findChildren(RequestPane)
        assert pane.isVisible()
        names: list[str] = []
        widget = own.window.controls.mute.previousInFocusChain()
        while widget is not None and len(names) < 7:
            if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.isVisible():
                names.append(widget.accessibleName() if pane.isAncestorOf(widget) else "")
            widget = widget.previousInFocusChain()
        assert names == [
            "Not now",
            "Open example.org",
            "Close",
            "Not now",
            "A picture file…",
            "This screen",
            "Close",
        ]
        assert all(button.accessibleName() for button in pane.findChildren(QAbstractButton))
        await asker.requests.close()
