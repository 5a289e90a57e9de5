"""What a person can choose: declared once, kept in one file, in effect at once."""

from app.core.settings.concern import Concern
from app.core.settings.cues import Cues
from app.core.settings.kinds import Kind, Names, Number, Offer, Switch, Value
from app.core.settings.setting import Setting
from app.core.settings.settings import CONCERNS, Settings, all_settings, setting_named
from app.core.settings.sound import Sound
from app.core.settings.store import SettingsStore

__all__ = [
    "CONCERNS",
    "Concern",
    "Cues",
    "Kind",
    "Names",
    "Number",
    "Offer",
    "Setting",
    "Settings",
    "SettingsStore",
    "Sound",
    "Switch",
    "Value",
    "all_settings",
    "setting_named",
]
