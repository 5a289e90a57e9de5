from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.history import MessageState, Who
from app.history.export import as_html
from app.history.export.as_html import AsHtml
from app.history.export.style import Labels
from app.history.message import from_ms
from tests.history.samples import BEGIN_MS, conversation, message

OWN = {"html", "head", "meta", "title", "style", "body", "section", "article", "div", "span", "p", "time"} | {
    "h1",
    "h2",
    "h3",
}


class Page(HTMLParser):
    """Reads a page, and checks that all tags are closed in turn."""

    def __init__(self, content: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[str] = []
        self.attributes: dict[str, dict[str, str | None]] = {}
        self.texts: list[str] = []
        self.feed(content)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes[tag] = dict(attrs)
        if tag != "meta":
            self.open.append(tag)
        if tag == "p":
            self.texts.append("")

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "p" in self.open:
            self.texts[-1] += data


def page(text: str, labels: Labels | None = None, **values: object) -> str:
    style = AsHtml(labels or Labels())
    told = [style.begin(from_ms(BEGIN_MS))]
    for number in (1, 2):
        told += [
            style.conversation(conversation(number, title=text)),
            style.message(message(number, text, **values)),
        ]
    return "".join([*told, style.end()])


@pytest.mark.parametrize(
    "text",
    ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "</p></article></body>", "&lt; & 'x'"],
)
def test_nothing_that_was_said_becomes_a_part_of_the_page(text: str) -> None:
    read = Page(page(text, Labels(title=text, person=text, interrupted=text, language='"><b>')))
    assert set(read.tags) <= OWN
    assert read.texts[1:] == [text, text]


@given(
    st.text(alphabet=st.characters(codec="utf-8", exclude_characters="\r\x00"), max_size=40),
    st.integers(0, 40),
)
def test_every_text_is_shown_as_it_is(text: str, heard: int) -> None:
    shown = page(text, who=Who.CHARACTER, state=MessageState.INTERRUPTED, heard_chars=heard)
    assert Page(shown).texts[1:] == [text, text]
    unheard = re.findall(r'<span class="unheard">', shown)
    assert len(unheard) == 2 * (heard < len(text))


def test_the_page_needs_nothing_else_and_follows_the_theme_and_the_language() -> None:
    shown = page("hello", Labels(language="he", is_right_to_left=True, title="שיחות", interrupted="נקטע"))
    read = Page(shown)
    assert read.attributes["html"] == {"lang": "he", "dir": "rtl"}
    assert "prefers-color-scheme: dark" in shown
    assert "default-src 'none'" in shown
    assert not re.search(r"https?:|src=|href=|@import|url\(", shown)
    assert read.attributes["p"] == {"dir": "auto"}
    assert "נקטע" not in shown
    assert "נקטע" in page("hello", Labels(interrupted="נקטע"), state=MessageState.INTERRUPTED)


def test_every_text_has_a_contrast_of_4_5_on_its_ground_in_both_themes() -> None:
    light, dark = re.findall(
        r"--page: #(\w+).*?--ink: #(\w+).*?--faint: #(\w+).*?--person: #(\w+).*?--character: #(\w+)",
        as_html._STYLE,
        re.DOTALL,
    )
    for page_, ink, faint, person, character in (light, dark):
        for ground in (page_, person, character):
            assert contrast(ink, ground) >= 4.5
            assert contrast(faint, ground) >= 4.5
            assert contrast(mixed(ink, ground, as_html.UNHEARD_OPACITY), ground) >= 4.5


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: str) -> float:
    channels = [int(colour[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = [
        each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in channels
    ]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def mixed(colour: str, ground: str, opacity: float) -> str:
    both = zip(bytes.fromhex(colour), bytes.fromhex(ground), strict=True)
    return bytes(round(opacity * one + (1 - opacity) * other) for one, other in both).hex()
