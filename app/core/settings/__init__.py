"""What a person can choose: declared once, kept in one file, in effect at once."""

from app.core.settings.advanced import Advanced
from app.core.settings.concern import Concern
from app.core.settings.cues import Cues
from app.core.settings.desktop import Desktop
from app.core.settings.first_steps import FirstSteps
from app.core.settings.hotkeys import GlobalKeys
from app.core.settings.kinds import Choice, Kind, Names, Number, Offer, Switch, Text, Value
from app.core.settings.looks import Looks
from app.core.settings.privacy import Privacy
from app.core.settings.profile import Profile
from app.core.settings.profiles import Profiles
from app.core.settings.setting import Setting
from app.core.settings.settings import CONCERNS, Settings, all_settings, setting_named
from app.core.settings.sound import Sound
from app.core.settings.store import SettingsStore
from app.core.settings.talk import Talk

__all__ = [
    "CONCERNS",
    "Advanced",
    "Choice",
    "Concern",
    "Cues",
    "Desktop",
    "FirstSteps",
    "GlobalKeys",
    "Kind",
    "Looks",
    "Names",
    "Number",
    "Offer",
    "Privacy",
    "Profile",
    "Profiles",
    "Setting",
    "Settings",
    "SettingsStore",
    "Sound",
    "Switch",
    "Talk",
    "Text",
    "Value",
    "all_settings",
    "setting_named",
]
