"""What Heron looks like: its colours, light and dark, its spaces and its text sizes, all in one place.

The one accent is the blue-grey of a heron's wing; the warm second colour, its beak, belongs to the
character's voice alone. Every pair of text and ground keeps a contrast of at least 4.5:1 (WCAG 2.2, 1.4.3).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from PySide6.QtGui import QColor, QPalette

from app.conversation.state import Severity

GAP_XS = 4
GAP_S = 8
GAP_M = 12
GAP_L = 16
GAP_XL = 24
"""Spaces between things, in logical pixels."""

COLUMN_WIDTH = 760
"""Widest the conversation gets, in logical pixels: longer lines are tiring to read."""

TOUCH = 44
"""Least side of what is pressed in the middle of talking, in logical pixels: a finger must not miss it."""

RADIUS = 16
RADIUS_TIGHT = 5
"""Corners of a bubble, and of the one corner that points at its speaker."""


class TextSize(Enum):
    """Sizes of text, relative to the system's own."""

    SMALL = 0.88
    BODY = 1.06
    TITLE = 1.2
    DISPLAY = 1.55


TEXT_CONTRAST = 4.5
"""Least contrast of words and their ground (WCAG 2.2, 1.4.3)."""

SHAPE_CONTRAST = 3.0
"""Least contrast of icons, rings and marks that say something (WCAG 2.2, 1.4.11)."""


@dataclass(frozen=True, slots=True)
class Tone:
    """A ground and the text that stands on it."""

    ground: QColor
    text: QColor


@dataclass(frozen=True, slots=True)
class Theme:
    """Every colour of one scheme.

    Attributes:
        window: The ground of the conversation.
        surface: The ground of the header, the controls and the text box's surroundings.
        field: The ground of what is typed into or switched.
        border: Hairlines between grounds.
        text: Ordinary text on any of the grounds.
        quiet: Text of the second rank: times, hints, provisional captions.
        faint: Shapes at rest and what cannot be used now.
        accent: The one accent, as text or shape on any of the grounds.
        primary: The ground and text of the main button.
        pressed: The same while it is held.
        soft: A tinted ground for small buttons, and its text.
        live: The same where a microphone is open.
        person: The person's bubble.
        character: The character's bubble.
        beak: The character's voice in the waveform.
        danger: Muted, failed: text or shape on any of the grounds.
        caution: Trouble that may pass.
        info_notice: Notices by how much they matter.
        warning_notice: See `info_notice`.
        error_notice: See `info_notice`.
    """

    window: QColor
    surface: QColor
    field: QColor
    border: QColor
    text: QColor
    quiet: QColor
    faint: QColor
    accent: QColor
    primary: Tone
    pressed: Tone
    soft: Tone
    live: Tone
    person: Tone
    character: Tone
    beak: QColor
    danger: QColor
    caution: QColor
    info_notice: Tone
    warning_notice: Tone
    error_notice: Tone

    def notice(self, severity: Severity) -> Tone:
        """Return the tone of a notice."""
        return {
            Severity.INFO: self.info_notice,
            Severity.WARNING: self.warning_notice,
            Severity.ERROR: self.error_notice,
        }[severity]

    def text_pairs(self) -> list[tuple[str, QColor, QColor]]:
        """Return every (name, text, ground) the window uses, for a check of their contrast."""
        grounds = {"window": self.window, "surface": self.surface, "field": self.field}
        inks = {
            "text": self.text,
            "quiet": self.quiet,
            "accent": self.accent,
            "danger": self.danger,
            "caution": self.caution,
        }
        tones = {
            "primary": self.primary,
            "pressed": self.pressed,
            "soft": self.soft,
            "live": self.live,
            "person": self.person,
            "character": self.character,
            "info": self.info_notice,
            "warning": self.warning_notice,
            "error": self.error_notice,
        }
        pairs = [(f"{ink} on {ground}", i, g) for ink, i in inks.items() for ground, g in grounds.items()]
        return pairs + [(name, tone.text, tone.ground) for name, tone in tones.items()]

    def shape_pairs(self) -> list[tuple[str, QColor, QColor]]:
        """Return every (name, shape, ground) that speaks without words, for a check of their contrast."""
        tones = {
            "primary": self.primary,
            "pressed": self.pressed,
            "soft": self.soft,
            "live": self.live,
            "info": self.info_notice,
            "warning": self.warning_notice,
            "error": self.error_notice,
        }
        # The buttons of a notice wear its colours the other way round.
        tones |= {f"{name} reversed": Tone(tone.text, tone.ground) for name, tone in tones.items()}
        rings = [(f"ring on {name}", self.ring_on(tone), tone.ground) for name, tone in tones.items()]
        grounds = {"window": self.window, "surface": self.surface, "field": self.field}
        plain = [(f"ring on {name}", self.accent, ground) for name, ground in grounds.items()]
        return [
            *rings,
            *plain,
            ("voice", self.beak, self.surface),
            ("switch and slider", self.primary.ground, self.surface),
            ("chosen segment", self.primary.ground, self.field),
            ("level", self.accent, self.border),
            ("quiet level", self.quiet, self.border),
            ("clipped level", self.danger, self.border),
        ]

    def ring_on(self, tone: Tone) -> QColor:
        """Return the colour of the ring around what has the keyboard, on a button of this tone."""
        return self.accent if contrast(self.accent, tone.ground) >= SHAPE_CONTRAST else tone.text

    def palette(self) -> QPalette:
        """Return a palette with every role set, so that nothing of the system's shines through."""
        palette = QPalette()
        for role, color in self._roles().items():
            palette.setColor(role, color)
        for role in (QPalette.ColorRole.WindowText, QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText):
            palette.setColor(QPalette.ColorGroup.Disabled, role, self.quiet)
        return palette

    def _roles(self) -> dict[QPalette.ColorRole, QColor]:
        role = QPalette.ColorRole
        return {
            role.Window: self.window,
            role.WindowText: self.text,
            role.Base: self.field,
            role.AlternateBase: self.surface,
            role.Text: self.text,
            role.PlaceholderText: self.quiet,
            role.Button: self.surface,
            role.ButtonText: self.text,
            role.BrightText: self.danger,
            role.ToolTipBase: self.text,
            role.ToolTipText: self.window,
            role.Highlight: self.primary.ground,
            role.HighlightedText: self.primary.text,
            role.Accent: self.primary.ground,
            role.Link: self.accent,
            role.LinkVisited: self.accent,
            role.Light: self.surface.lighter(110),
            role.Midlight: self.surface.lighter(105),
            role.Mid: self.border,
            role.Dark: self.border.darker(120),
            role.Shadow: QColor("black"),
        }


def _tone(ground: str, text: str) -> Tone:
    return Tone(QColor(ground), QColor(text))


LIGHT = Theme(
    window=QColor("#f2f5f6"),
    surface=QColor("#ffffff"),
    field=QColor("#f2f5f6"),
    border=QColor("#dce4e7"),
    text=QColor("#16262d"),
    quiet=QColor("#53666f"),
    faint=QColor("#a9b8be"),
    accent=QColor("#24687a"),
    primary=_tone("#24687a", "#ffffff"),
    pressed=_tone("#174c5a", "#ffffff"),
    soft=_tone("#d8e8ec", "#174c5a"),
    live=_tone("#f7dfb9", "#6b4000"),
    person=_tone("#24687a", "#ffffff"),
    character=_tone("#ffffff", "#16262d"),
    beak=QColor("#c67a1e"),
    danger=QColor("#b3372b"),
    caution=QColor("#8a5a00"),
    info_notice=_tone("#e1edf0", "#1c4b58"),
    warning_notice=_tone("#fdf0d5", "#674400"),
    error_notice=_tone("#fbe6e3", "#8c241a"),
)

DARK = Theme(
    window=QColor("#11191d"),
    surface=QColor("#182227"),
    field=QColor("#11191d"),
    border=QColor("#29373e"),
    text=QColor("#e6edf0"),
    quiet=QColor("#94a7b0"),
    faint=QColor("#4d5f68"),
    accent=QColor("#7cc0d2"),
    primary=_tone("#2f7a8d", "#ffffff"),
    pressed=_tone("#9fd6e4", "#0c2a33"),
    soft=_tone("#20343c", "#a5d6e3"),
    live=_tone("#4a3717", "#f6cf8f"),
    person=_tone("#265f6f", "#f4fafb"),
    character=_tone("#202c32", "#e6edf0"),
    beak=QColor("#e8a850"),
    danger=QColor("#f08a7e"),
    caution=QColor("#e6b450"),
    info_notice=_tone("#1d343c", "#bfe3ec"),
    warning_notice=_tone("#3a2f17", "#f3d79b"),
    error_notice=_tone("#43211e", "#fbc4bc"),
)


def scroll_bar(theme: Theme) -> str:
    """Return the style sheet of a vertical scroll bar: a quiet handle on nothing."""
    return (
        "QScrollBar:vertical { background: transparent; width: 10px; margin: 2px; }"
        f"QScrollBar::handle:vertical {{ background: {theme.faint.name()}; border-radius: 3px;"
        " min-height: 32px; }"
        "QScrollBar::add-line, QScrollBar::sub-line { height: 0; }"
        "QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }"
    )


def contrast(one: QColor, other: QColor) -> float:
    """Return the contrast of two opaque colours, 1 to 21 (WCAG 2.2, "contrast ratio")."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def lifted(tone: Tone, part: float) -> QColor:
    """Return the ground of a button under the mouse, on which its words stand out.

    Args:
        tone: Of the button at rest.
        part: How much of the words' colour is laid over the ground, 0 to 1. Where they would not stand out
            any more it is half of it, or as much of what is furthest from them.
    """
    for share in (part, part / 2):
        tinted = blend(tone.text, tone.ground, share)
        if contrast(tone.text, tinted) >= TEXT_CONTRAST:
            return tinted
    is_light = _luminance(tone.text) > _luminance(tone.ground)
    return blend(QColor("black" if is_light else "white"), tone.ground, part)


def blend(over: QColor, ground: QColor, part: float) -> QColor:
    """Return `part` (0 to 1) of one colour laid over another, both opaque."""

    def mixed(a: float, b: float) -> float:
        return a * part + b * (1 - part)

    return QColor.fromRgbF(
        mixed(over.redF(), ground.redF()),
        mixed(over.greenF(), ground.greenF()),
        mixed(over.blueF(), ground.blueF()),
    )


def _luminance(color: QColor) -> float:
    """Relative luminance of sRGB (WCAG 2.2)."""

    def linear(part: float) -> float:
        return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)

    return 0.2126 * linear(color.redF()) + 0.7152 * linear(color.greenF()) + 0.0722 * linear(color.blueF())
