"""Both themes: contrast, and no role left to the system."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.ui.appearance import Appearance
from app.ui.icon_button import IconButton
from app.ui.icons import Icon
from app.ui.pill_button import PillButton
from app.ui.status import Activity, Status
from app.ui.theme import DARK, LIGHT, SHAPE_CONTRAST, TEXT_CONTRAST, Theme, Tone, blend, contrast, lifted
from app.ui.waveform import DASH_PART

THEMES = pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])


def test_contrast_is_that_of_the_standard() -> None:
    assert contrast(QColor("black"), QColor("white")) == pytest.approx(21)
    assert contrast(QColor("#777777"), QColor("#ffffff")) == pytest.approx(4.48, abs=0.01)
    assert contrast(QColor("#24687a"), QColor("#24687a")) == 1


def test_the_bounds_are_those_of_the_guidelines() -> None:
    """WCAG 2.2: 4.5:1 for words (1.4.3), 3:1 for shapes (1.4.11)."""
    assert (TEXT_CONTRAST, SHAPE_CONTRAST) == (4.5, 3.0)


@THEMES
def test_every_text_stands_out_from_its_ground(theme: Theme) -> None:
    weak = {name: round(contrast(text, ground), 2) for name, text, ground in theme.text_pairs()}
    assert {name: ratio for name, ratio in weak.items() if ratio < TEXT_CONTRAST} == {}


@THEMES
@pytest.mark.parametrize("activity", Activity)
def test_every_status_can_be_read(theme: Theme, activity: Activity) -> None:
    assert contrast(Status(activity, "").color(theme), theme.surface) >= 4.5


@THEMES
def test_everything_that_speaks_without_words_can_be_seen(theme: Theme) -> None:
    """Icons stand in the colours of words; rings, switches and the voice need 3:1 (WCAG 2.2, 1.4.11)."""
    weak = {name: round(contrast(shape, ground), 2) for name, shape, ground in theme.shape_pairs()}
    assert len(weak) >= 20
    assert {name: ratio for name, ratio in weak.items() if ratio < SHAPE_CONTRAST} == {}
    for color in (theme.caution, theme.danger):
        assert contrast(blend(color, theme.surface, DASH_PART), theme.surface) >= SHAPE_CONTRAST


@THEMES
@pytest.mark.parametrize("part", [0.1, 0.12, 0.18, 0.2, 0.22])
def test_a_button_under_the_mouse_can_still_be_read(theme: Theme, part: float) -> None:
    notices = [theme.info_notice, theme.warning_notice, theme.error_notice]
    plain = [theme.primary, theme.soft, theme.live, *notices]
    tones = [*plain, *(Tone(tone.text, tone.ground) for tone in notices)]
    for tone in [*tones, Tone(theme.surface, theme.quiet), Tone(theme.surface, theme.accent)]:
        assert contrast(tone.text, lifted(tone, part)) >= TEXT_CONTRAST, tone
        assert lifted(tone, part) != tone.ground


@THEMES
def test_the_palette_has_every_role(theme: Theme) -> None:
    palette = theme.palette()
    unset = [
        role
        for role in QPalette.ColorRole
        if role.name not in {"NColorRoles", "NoRole"}
        and not palette.isBrushSet(QPalette.ColorGroup.Active, role)
    ]
    assert unset == []
    pairs = [
        (QPalette.ColorRole.WindowText, QPalette.ColorRole.Window),
        (QPalette.ColorRole.Text, QPalette.ColorRole.Base),
        (QPalette.ColorRole.PlaceholderText, QPalette.ColorRole.Base),
        (QPalette.ColorRole.ButtonText, QPalette.ColorRole.Button),
        (QPalette.ColorRole.HighlightedText, QPalette.ColorRole.Highlight),
        (QPalette.ColorRole.ToolTipText, QPalette.ColorRole.ToolTipBase),
        (QPalette.ColorRole.Link, QPalette.ColorRole.Window),
    ]
    for text, ground in pairs:
        assert contrast(palette.color(text), palette.color(ground)) >= 4.5, text
        is_disabled = QPalette.ColorGroup.Disabled  # what cannot be changed is still there to be read
        assert contrast(palette.color(is_disabled, text), palette.color(is_disabled, ground)) >= 4.5, text


@pytest.mark.parametrize(("named", "theme"), [("light", LIGHT), ("dark", DARK), ("DARK ", DARK)])
def test_the_environment_overrides_the_system(
    qtbot: QtBot, qapp: QApplication, monkeypatch: pytest.MonkeyPatch, named: str, theme: Theme
) -> None:
    monkeypatch.setenv("HERON_THEME", named)
    assert Appearance(qapp).theme is theme
    assert qapp.palette().color(QPalette.ColorRole.Window) == theme.window


@THEMES
def test_a_ring_around_the_keyboards_place_is_seen_on_every_button(
    qtbot: QtBot, qapp: QApplication, monkeypatch: pytest.MonkeyPatch, theme: Theme
) -> None:
    monkeypatch.setenv("HERON_THEME", "dark" if theme is DARK else "light")
    appearance = Appearance(qapp)
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    tones = [theme.primary, theme.soft, theme.live, Tone(theme.error_notice.text, theme.error_notice.ground)]
    for tone in tones:
        icon, pill = IconButton(appearance, Icon.SEND, parent=window), PillButton(appearance, "Send", window)
        icon.set_tone(tone)
        pill.set_colors(tone.text, tone.ground)
        for button in (icon, pill):
            button.resize(button.sizeHint())
            button.show()
            button.setFocus()
            qtbot.waitUntil(button.hasFocus)
            picture = button.grab().toImage()
            top = [picture.pixelColor(picture.width() // 2, y) for y in range(7)]  # the ring, then the ground
            strongest = max(contrast(color, top[6]) for color in top[1:4])
            assert strongest >= 0.9 * SHAPE_CONTRAST, (type(button).__name__, tone)


def test_text_grows_with_its_scale(qtbot: QtBot, qapp: QApplication) -> None:
    assert Appearance(qapp, 2.0).em() > 1.8 * Appearance(qapp).em()
