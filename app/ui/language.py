"""The language the program speaks: Qt's translators, and how days and numbers are written in it."""

from __future__ import annotations

import gc
import logging
from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, Qt, QTranslator

from app.core.resources import resources
from app.core.settings import looks
from app.core.translation import Speech, speak

_LOG: Final = logging.getLogger(__name__)

LANGUAGES: Final = (looks.ENGLISH, looks.GERMAN)
"""What there is a translation into; English is what stands in the code, but for its plurals."""


class Language:
    """Has the whole program speak one language at a time, from `speak` to `close`.

    Args:
        app: The application.
    """

    def __init__(self, app: QCoreApplication) -> None:
        self._app = app
        self._locale_before = QLocale()
        self._translators: list[QTranslator] = []
        self._spoken = ""

    @property
    def spoken(self) -> str:
        """What is spoken now; empty before the first `speak`."""
        return self._spoken

    def speak(self, wanted: str) -> bool:
        """Speak what `Looks.language` says from now on; return whether that is another language.

        What has been written on the screen stays as it is.
        """
        language = language_for(wanted)
        if language == self._spoken:
            return False
        if self._spoken:
            # Every widget is told of it by Qt: Python must not collect any meanwhile.
            gc.collect()
        self._spoken = language
        self._silence()
        locale = locale_for(language, wanted)
        QLocale.setDefault(locale)
        folder = resources() / "translations"
        self._add(f"qtbase_{language}", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath))
        self._add(f"heron_{language}", str(folder))
        is_right_to_left = QLocale(language).textDirection() is Qt.LayoutDirection.RightToLeft
        speak(Speech(_translated, _written(locale), language, is_right_to_left))
        return True

    def close(self) -> None:
        """Speak English, as before."""
        self._silence()
        self._spoken = ""
        QLocale.setDefault(self._locale_before)
        speak()

    def _add(self, name: str, folder: str) -> None:
        translator = QTranslator()
        if translator.load(name, folder):
            self._app.installTranslator(translator)
            self._translators.append(translator)
        elif self._spoken != looks.ENGLISH:
            _LOG.warning("there is no translation %s in %s", name, folder)

    def _silence(self) -> None:
        for translator in self._translators:
            self._app.removeTranslator(translator)
        self._translators.clear()


def language_for(wanted: str, system: list[str] | None = None) -> str:
    """Return the language to speak.

    Args:
        wanted: What `Looks.language` says.
        system: Tags of the system's languages, the best first; None to ask the system.
    """
    if wanted in LANGUAGES:
        return wanted
    tags = QLocale.system().uiLanguages() if system is None else system
    known = (tag.replace("_", "-").partition("-")[0].lower() for tag in tags)
    return next((language for language in known if language in LANGUAGES), looks.ENGLISH)


def locale_for(language: str, wanted: str, system: QLocale | None = None) -> QLocale:
    """Return how days and numbers are written: as the system does where that is the same language.

    Args:
        language: What is spoken.
        wanted: What `Looks.language` says.
        system: How the system writes; None to ask it.
    """
    system = system or QLocale.system()
    is_same = system.language() == QLocale(language).language()
    return system if is_same or wanted not in LANGUAGES else QLocale(language)


def _translated(context: str, text: str, n: int) -> str:
    return QCoreApplication.translate(context, text, None, n)


def _written(locale: QLocale) -> Callable[[float, int], str]:
    plain = QLocale(locale)
    plain.setNumberOptions(QLocale.NumberOption.OmitGroupSeparator)
    return lambda value, places: plain.toString(value, "f", places)
