from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from app.core.settings import Names, Offer, Privacy
from app.core.settings.consent import PictureConsent
from app.ui.appearance import Appearance
from app.ui.settings.consent_list import ConsentList
from app.ui.settings.page import Page
from app.ui.settings.pages import page_kinds
from tests.ui.settings.at_desk import at_desk, gone

HERE = PictureConsent("local", "default").written
THERE = PictureConsent("work-1", "ada lovelace", "https://voice.example.org:8443").written
KIND = Names(Offer.CHARACTERS, "nobody")


def told(consents: ConsentList) -> list[str]:
    return [label.accessibleName() for label, _ in consents.rows]


def test_each_consent_is_told_in_words(qtbot: QtBot, appearance: Appearance) -> None:
    consents = ConsentList(appearance, KIND)
    qtbot.addWidget(consents)
    consents.show()
    assert consents.nobody.isVisible()
    assert consents.nobody.text() == "Nobody"
    consents.show_value((HERE, THERE, "written by the hand"))
    assert told(consents) == [
        "The character “default” on this computer",
        "The character “ada lovelace” at voice.example.org:8443",
        "written by the hand",
    ]
    assert not consents.nobody.isVisible()
    consents.show_value(())
    assert told(consents) == []
    assert consents.nobody.isVisible()


def test_one_is_taken_back_and_the_others_stay(qtbot: QtBot, appearance: Appearance) -> None:
    consents = ConsentList(appearance, KIND)
    qtbot.addWidget(consents)
    consents.show_value((HERE, THERE))
    button = consents.rows[0][1]
    assert button.accessibleName() == "Stop: The character “default” on this computer"
    with qtbot.waitSignal(consents.edited) as edited:
        button.click()
    assert edited.args == [(THERE,)]


@pytest.mark.asyncio
async def test_the_page_of_privacy_lists_them_and_ends_them(qtbot: QtBot, appearance: Appearance) -> None:
    async with at_desk() as it:
        kind = next(kind for kind in page_kinds() if kind.name == "privacy")
        page = kind.make(appearance, it.desk, kind.title)
        assert isinstance(page, Page)
        page.show()
        row = next(row for row in page.rows if row.binding.setting.key == "privacy.pictures_for")
        consents = row.editor
        assert isinstance(consents, ConsentList)
        assert row.reset.isHidden()
        it.desk.store.update(Privacy, pictures_for=(HERE, THERE))
        assert len(consents.rows) == 2
        consents.rows[1][1].click()
        assert row.binding.get() == (HERE,)
        row.reset.click()
        assert row.binding.is_default
        assert consents.nobody.isVisible()
        await gone(page)
