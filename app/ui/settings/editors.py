"""Which editor belongs to which kind of setting."""

from __future__ import annotations

from app.core.settings import Choice, Names, Number, Offer, Setting, Switch, Text
from app.ui.appearance import Appearance
from app.ui.settings.editor import Editor
from app.ui.settings.segments import Segments
from app.ui.settings.slider_box import SliderBox
from app.ui.settings.text_field import TextField
from app.ui.settings.toggle import Toggle


def editor_of(appearance: Appearance, setting: Setting) -> Editor:
    """Return a new editor for a setting."""
    match setting.kind:
        case Switch():
            return Toggle(appearance)
        case Number() as number:
            return SliderBox(appearance, setting, number)
        case Choice() as choice:
            return Segments(appearance, choice)
        case Text() as text:
            return TextField(appearance, text)
        case Names(offer=Offer.CHARACTERS) as names:
            from app.ui.settings.consent_list import ConsentList

            return ConsentList(appearance, names)
        case Names() as names:
            from app.ui.settings.device_chooser import DeviceChooser

            return DeviceChooser(appearance, names)
