"""The history as one HTML page that needs nothing else and runs nothing."""

from __future__ import annotations

from datetime import datetime
from html import escape
from typing import Final

from app.history.conversation_record import ConversationRecord
from app.history.export.style import Labels, Narrator
from app.history.message import Message, MessageState

UNHEARD_OPACITY: Final = 0.85
"""Of words that were not heard."""

# Colours of text on its ground have a contrast of 4.5 at least, in both themes.
_STYLE: Final = """
:root { color-scheme: light dark; --page: #f6f7f9; --ink: #1b1f24; --faint: #57606a; --edge: #d0d7de;
  --person: #d8e8ff; --character: #ffffff; }
@media (prefers-color-scheme: dark) { :root { --page: #15181c; --ink: #e6e9ed; --faint: #9aa4b0;
  --edge: #363c44; --person: #1d3a5f; --character: #22272e; } }
body { margin: 0 auto; padding: 1.5rem 1rem 4rem; max-width: 46rem; background: var(--page);
  color: var(--ink); font: 1rem/1.5 system-ui, sans-serif; }
h1 { font-size: 1.6rem; margin: 0; } h2 { font-size: 1.25rem; margin: 2.5rem 0 0; }
h3 { font-size: .9rem; font-weight: 600; color: var(--faint); text-align: center; margin: 1.5rem 0 .5rem; }
.exported, .when { color: var(--faint); font-size: .85rem; } .exported { margin: .25rem 0 0; }
article { width: fit-content; min-width: 8rem; max-width: 85%; margin: .6rem 0; padding: .5rem .8rem;
  border: 1px solid var(--edge); border-radius: .8rem; background: var(--character); }
article.person { margin-inline-start: auto; background: var(--person); }
article.notice { margin-inline: auto; background: none; border-style: dashed; }
article p { margin: 0; white-space: pre-wrap; overflow-wrap: anywhere; }
.who { font-weight: 600; margin-inline-end: .5rem; } .unheard { opacity: OPACITY; font-style: italic; }
.cut { color: var(--faint); font-size: .85rem; }
@media print { body { max-width: none; } article { break-inside: avoid; } }
""".replace("OPACITY", str(UNHEARD_OPACITY))


class AsHtml:
    """Writes HTML. Nothing that was said can become a part of the page's own code."""

    def __init__(self, labels: Labels) -> None:
        self._labels = labels
        self._narrator = Narrator(labels)
        self._is_open = False

    def begin(self, exported_at: datetime) -> str:
        """Return the head of the page, and its title."""
        labels = self._labels
        direction = "rtl" if labels.is_right_to_left else "ltr"
        title = escape(labels.title)
        return (
            f'<!DOCTYPE html>\n<html lang="{escape(labels.language)}" dir="{direction}">\n<head>\n'
            '<meta charset="utf-8">\n<meta name="viewport" content="width=device-width, initial-scale=1">\n'
            '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; '
            "style-src 'unsafe-inline'\">\n"
            f'<title>{title}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n<h1 dir="auto">{title}</h1>\n'
            f'<p class="exported">{escape(labels.exported)}: {_time(exported_at, "%Y-%m-%d %H:%M")}</p>\n'
        )

    def conversation(self, conversation: ConversationRecord) -> str:
        """Return the beginning of a section."""
        before = self._close()
        self._is_open = True
        return f'{before}<section>\n<h2 dir="auto">{escape(self._narrator.begin(conversation))}</h2>\n'

    def message(self, message: Message) -> str:
        """Return a message, after the day's heading where a new one begins."""
        day = self._narrator.new_day(message)
        heading = f'<h3><time datetime="{day}">{day}</time></h3>\n' if day else ""
        heard = message.text.removesuffix(message.unheard)
        rest = f'<span class="unheard">{escape(message.unheard)}</span>' if message.unheard else ""
        is_cut = message.state is MessageState.INTERRUPTED
        cut = f' <span class="cut">({escape(self._labels.interrupted)})</span>' if is_cut else ""
        return (
            f'{heading}<article class="{message.who.value}">\n'
            f'<div><span class="who" dir="auto">{escape(self._narrator.name(message))}</span>'
            f'<span class="when">{_time(message.created_at, "%H:%M")}</span>{cut}</div>\n'
            f'<p dir="auto">{escape(heard)}{rest}</p>\n</article>\n'
        )

    def end(self) -> str:
        """Return the end of the page."""
        return f"{self._close()}</body>\n</html>\n"

    def _close(self) -> str:
        was_open, self._is_open = self._is_open, False
        return "</section>\n" if was_open else ""


def _time(moment: datetime, form: str) -> str:
    return f'<time datetime="{moment.isoformat(timespec="seconds")}">{moment.strftime(form)}</time>'
