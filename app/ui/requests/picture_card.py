"""The card of a picture that the character asks for: what to show, a preview of it, and only then Send."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication, QImageReader
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLabel, QWidget

from app.ui.appearance import Appearance
from app.ui.pill_button import PillButton
from app.ui.requests import camera
from app.ui.requests.picture import Picture
from app.ui.requests.preview import Preview
from app.ui.requests.request_card import RequestCard
from app.ui.requests.screenshot import has_portal
from app.ui.settings.spinner import Spinner
from app.ui.settings.style import paint_text
from app.ui.settings.toggle import Toggle
from app.ui.theme import GAP_S, TextSize

_PREVIEW_LINES = 9
_KINDS = ("png", "jpg", "jpeg", "webp", "gif", "bmp")


class PictureCard(RequestCard):
    """Asks what to show, and shows what will be sent.

    Args:
        appearance: Where colours and sizes come from.
        name: The character's.
        text: What it says to its request; may be empty.
        can_remember: Whether the person may allow the screen once for all.
        parent: Where it lives.

    Signals:
        screen_wanted: A picture of this `QScreen` is to be shown.
        camera_wanted: A picture of the camera's.
        file_wanted: The picture in this `Path`.
        sent: Send this `Picture`; True if the screen is to be sent without a question from now on.
    """

    screen_wanted = Signal(object)
    camera_wanted = Signal()
    file_wanted = Signal(object)
    sent = Signal(object, bool)

    def __init__(
        self,
        appearance: Appearance,
        name: str,
        text: str,
        *,
        can_remember: bool,
        parent: QWidget | None = None,
    ) -> None:
        self._picture: Picture | None = None
        self._can_remember = can_remember
        self.dialog: QFileDialog | None = None
        super().__init__(appearance, parent)
        self.preview = Preview(appearance, _PREVIEW_LINES, self)
        self.spinner = Spinner(appearance, self)
        self.always = _Always(appearance, self.tr("From now on, send my screen whenever it asks"), self)
        self.body.addWidget(self.spinner, 0, Qt.AlignmentFlag.AlignLeading)
        self.body.addWidget(self.preview)
        self.body.addWidget(self.always)
        self.choices = self._add_choices()
        # Send stands last: not where a choice was that may be clicked twice.
        self.refuse = self.add_button(self.tr("Not now"))
        self.other = self.add_button(self.tr("Choose another"))
        self.send = self.add_button(self.tr("Send"), is_primary=True)
        self.send.clicked.connect(self._send)
        self.other.clicked.connect(self.ask)
        self.refuse.clicked.connect(self.dismissed)
        self.say(self.tr("{name} would like to see something").format(name=name), text)
        self.ask()

    def ask(self) -> None:
        """Ask what to show."""
        had_focus = self.other.hasFocus()
        self._picture = None
        self._show_only(*self.choices, self.refuse)
        self.say_note(self._how_to_get_a_camera())
        if had_focus:
            self.choices[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def wait(self) -> None:
        """Show that the picture is on its way."""
        self._show_only(self.spinner, self.refuse)
        self.say_note(self.tr("One moment…"))

    def show_picture(self, picture: Picture, *, is_screen: bool) -> None:
        """Show what will be sent.

        Args:
            picture: The picture.
            is_screen: Whether it is one of the screen, which may be allowed once for all.
        """
        self._picture = picture
        size = picture.size
        note = self.tr("{width} × {height} pixels, {size} KB. This is all that is sent.")
        note = note.format(
            width=size.width(), height=size.height(), size=max(1, round(len(picture.content) / 1000))
        )
        if is_screen:
            note += " " + self.tr("Heron's own windows stepped aside for it.")
        remember = (self.always,) if is_screen and self._can_remember else ()
        self.preview.show_image(picture.image, self.tr("The picture that will be sent"))
        self._show_only(self.preview, *remember, self.send, self.other, self.refuse)
        self.say_note(note)
        # The harmless answer has the keyboard: Enter twice must not send what nobody has looked at.
        self.refuse.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_problem(self, sentence: str) -> None:
        """Say why there is no picture, and ask again."""
        self.ask()
        self.say_note(sentence, is_problem=True)

    def _add_choices(self) -> list[PillButton]:
        screens = QGuiApplication.screens()
        choices = []
        if has_portal() or len(screens) == 1:
            choices.append(self.add_button(self.tr("This screen")))
            choices[0].clicked.connect(lambda: self.screen_wanted.emit(self.screen()))
        else:
            for number, screen in enumerate(screens, start=1):
                button = self.add_button(self.tr("Screen {number}").format(number=number))
                if screen is self.screen():
                    button.describe(self.tr("The screen that Heron is on"))
                button.clicked.connect(lambda _checked, screen=screen: self.screen_wanted.emit(screen))
                choices.append(button)
        if camera.is_there():
            button = self.add_button(self.tr("Camera"))
            button.clicked.connect(self.camera_wanted)
            choices.append(button)
        file = self.add_button(self.tr("A picture file…"))
        file.clicked.connect(self._ask_for_file)
        return [*choices, file]

    def _how_to_get_a_camera(self) -> str:
        if camera.is_installed():
            return ""
        text = self.tr("To show what a camera sees, install {package}.")
        return text.format(package=camera.PACKAGE)

    def _show_only(self, *shown: QWidget) -> None:
        parts = (self.spinner, self.preview, self.always, *self.choices, self.send, self.other, self.refuse)
        for part in parts:
            part.setVisible(part in shown)
        self.updateGeometry()

    def _ask_for_file(self) -> None:
        dialog = self.dialog = QFileDialog(self.window(), self.tr("Choose a picture"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        known = {bytes(each.data()).decode() for each in QImageReader.supportedImageFormats()}
        patterns = " ".join(f"*.{kind}" for kind in _KINDS if kind in known)
        filters = self.tr("Pictures ({patterns})").format(patterns=patterns), self.tr("All files (*)")
        dialog.setNameFilters(list(filters))
        dialog.fileSelected.connect(lambda path: self.file_wanted.emit(Path(path)))
        dialog.open()  # not exec: there is no second event loop

    def _send(self) -> None:
        if self._picture is not None:
            self.sent.emit(self._picture, self.always.isVisible() and self.always.knob.isChecked())


class _Always(QWidget):
    """A switch with its words beside it."""

    def __init__(self, appearance: Appearance, text: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._appearance = appearance
        toggle = Toggle(appearance, self)
        toggle.describe(text, "")
        self.knob = toggle.knob
        self._label = QLabel(text, self)
        self._label.setWordWrap(True)
        self._label.setBuddy(self.knob)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GAP_S)
        row.addWidget(toggle)
        row.addWidget(self._label, 1)
        appearance.changed.connect(self._redress)
        self._redress()

    def _redress(self) -> None:
        self._label.setFont(self._appearance.font(TextSize.SMALL))
        paint_text(self._label, self._appearance.theme.text)
