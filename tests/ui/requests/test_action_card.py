from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from app.conversation.actions import Notify, OpenLink, Plan, Reason, Refused, SetTimer
from app.conversation.request import ActionRequest
from app.ui.appearance import Appearance
from app.ui.breakable import BREAK
from app.ui.requests.action_card import ActionCard

NOW = datetime.now(UTC)


def card_of(qtbot: QtBot, appearance: Appearance, plan: Plan, due: datetime | None = None) -> ActionCard:
    card = ActionCard(appearance, "<b>Ada</b>", ActionRequest(1, plan, NOW, due=due))
    qtbot.addWidget(card)
    card.resize(400, 200)
    card.show()
    return card


def test_a_link_shows_host_and_address_and_opens_after_a_click(qtbot: QtBot, appearance: Appearance) -> None:
    card = card_of(qtbot, appearance, OpenLink("https://example.org/a/b", "example.org"))
    assert card.title.text() == "<b>Ada</b> would like to open example.org"
    assert card.words.text().replace(BREAK, "") == "https://example.org/a/b"
    assert card.told == "<b>Ada</b> would like to open example.org https://example.org/a/b"
    assert all(label.textFormat() is Qt.TextFormat.PlainText for label in card.findChildren(QLabel))
    with qtbot.waitSignal(card.link_opened) as opened:
        card.open.click()
    assert opened.args == ["https://example.org/a/b"]
    with qtbot.waitSignal(card.dismissed):
        card.refuse.click()


def test_a_long_address_leaves_its_middle_out(qtbot: QtBot, appearance: Appearance) -> None:
    card = card_of(qtbot, appearance, OpenLink("https://example.org/" + "a" * 500 + "z", "example.org"))
    shown = card.words.text().replace(BREAK, "")
    assert len(shown) == 201
    assert shown.endswith("aaz")


@pytest.mark.parametrize(
    ("plan", "title", "words"),
    [
        (Notify("Tea", "is ready"), "Tea", "is ready"),
        (Notify("", "is ready"), "<b>Ada</b> says", "is ready"),
        (
            Refused("fence", Reason.UNKNOWN),
            "<b>Ada</b> wanted to do “fence”. Heron does not do that.",
            "links",
        ),
        (Refused("", Reason.LINK), "<b>Ada</b> wanted to do “…”. Heron does not do that.", "web page"),
        (
            Refused("x", Reason.EMPTY),
            "<b>Ada</b> wanted to do “x”. Heron does not do that.",
            "nothing to show",
        ),
        (Refused("x", Reason.LENGTH), "<b>Ada</b> wanted to do “x”. Heron does not do that.", "24 hours"),
        (Refused("x", Reason.MANY), "<b>Ada</b> wanted to do “x”. Heron does not do that.", "too many"),
    ],
)
def test_everything_else_is_shown_and_dismissed(
    qtbot: QtBot, appearance: Appearance, plan: Plan, title: str, words: str
) -> None:
    card = card_of(qtbot, appearance, plan)
    assert card.title.text() == title
    assert words in card.words.text()
    assert card.open.isHidden()
    assert card.refuse.text() == "Dismiss"
    with qtbot.waitSignal(card.dismissed):
        card.refuse.click()


def test_a_timer_counts_down_while_it_can_be_seen(qtbot: QtBot, appearance: Appearance) -> None:
    due = datetime.now(UTC) + timedelta(hours=1, seconds=5)
    card = card_of(qtbot, appearance, SetTimer(3605, "tea"), due)
    assert card.title.text() == "tea"
    assert card.words.text().startswith("1:00:05 left")
    assert card.refuse.text() == "Cancel the timer"
    qtbot.waitUntil(lambda: card.words.text().startswith("1:00:03 left"), timeout=4000)
    card.hide()
    assert not card._clock.isActive()
    card.show()
    assert card._clock.isActive()


def test_a_timer_that_has_rung_stands_out(qtbot: QtBot, appearance: Appearance) -> None:
    due = datetime.now(UTC) + timedelta(seconds=30)
    card = card_of(qtbot, appearance, SetTimer(30, ""), due)
    assert card.words.text().startswith("0:30 left")
    request = ActionRequest(1, SetTimer(30, ""), NOW, due=due)
    card.show_request(replace(request, has_rung=True))
    assert card.title.text() == "Time is up: Timer"
    assert card.words.isHidden()
    assert card.refuse.text() == "Dismiss"
    assert not card._clock.isActive()
    middle = card.grab().toImage().pixelColor(card.width() // 2, 4)
    assert middle == appearance.theme.warning_notice.ground
