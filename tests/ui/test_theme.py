"""Both themes: contrast, and no role left to the system."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.ui.appearance import Appearance
from app.ui.status import Activity, Status
from app.ui.theme import DARK, LIGHT, Theme, blend, contrast

THEMES = pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])


def test_contrast_is_that_of_the_standard() -> None:
    assert contrast(QColor("black"), QColor("white")) == pytest.approx(21)
    assert contrast(QColor("#777777"), QColor("#ffffff")) == pytest.approx(4.48, abs=0.01)
    assert contrast(QColor("#24687a"), QColor("#24687a")) == 1


@THEMES
def test_every_text_stands_out_from_its_ground(theme: Theme) -> None:
    weak = {name: round(contrast(text, ground), 2) for name, text, ground in theme.text_pairs()}
    assert {name: ratio for name, ratio in weak.items() if ratio < 4.5} == {}


@THEMES
@pytest.mark.parametrize("activity", Activity)
def test_every_status_can_be_read(theme: Theme, activity: Activity) -> None:
    assert contrast(Status(activity, "").color(theme), theme.surface) >= 4.5


@THEMES
def test_shapes_of_the_waveform_can_be_told_from_their_ground(theme: Theme) -> None:
    """Shapes need 3:1 (WCAG 2.2, 1.4.11); the beak is told by its solid shape as well."""
    assert contrast(theme.accent, theme.surface) >= 3
    assert contrast(theme.beak, theme.surface) >= 2.5


@THEMES
def test_a_button_under_the_mouse_can_still_be_read(theme: Theme) -> None:
    for tone in (theme.soft, theme.info_notice, theme.warning_notice, theme.error_notice):
        hovered = blend(tone.text, tone.ground, 0.12)
        assert contrast(tone.text, hovered) >= 4.5


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


@pytest.mark.parametrize(("named", "theme"), [("light", LIGHT), ("dark", DARK), ("DARK ", DARK)])
def test_the_environment_overrides_the_system(
    qtbot: QtBot, qapp: QApplication, monkeypatch: pytest.MonkeyPatch, named: str, theme: Theme
) -> None:
    monkeypatch.setenv("HERON_THEME", named)
    assert Appearance(qapp).theme is theme
    assert qapp.palette().color(QPalette.ColorRole.Window) == theme.window


def test_text_grows_with_its_scale(qtbot: QtBot, qapp: QApplication) -> None:
    assert Appearance(qapp, 2.0).em() > 1.8 * Appearance(qapp).em()
