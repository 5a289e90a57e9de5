from __future__ import annotations

from dataclasses import replace

import pytest

from app.protocol.server_messages import CameraCapture, ClientAction
from app.server.replies.errands import Errands, errand_of
from app.server.replies.replier import Prompt
from app.server.replies.words import words_of
from tests.server.replies.conftest import prompt


def asked(text: str, *, can_show: bool = True, can_act: bool = True) -> Prompt:
    return replace(prompt(text), can_show=can_show, can_act=can_act)


def answer(of: Prompt) -> str | None:
    return Errands().answer(of, words_of(of.text))


@pytest.mark.parametrize(
    "text", ["Look at my screen, please.", "can you see my screen", "what's on my screen", "Take a picture!"]
)
def test_it_asks_for_a_picture(text: str) -> None:
    errand = errand_of(asked(text))
    assert isinstance(errand, CameraCapture)
    assert errand.request_id
    assert "show" in (answer(asked(text)) or "")
    assert errand_of(asked(text, can_show=False)) is None
    assert answer(asked(text, can_show=False)) is None


@pytest.mark.parametrize(
    ("text", "url"),
    [
        ("open example.org", "https://example.org"),
        ("Please open the page https://example.org/a?b.", "https://example.org/a?b"),
        ("open up www.example.co.uk/x", "https://www.example.co.uk/x"),
    ],
)
def test_it_asks_for_a_page_to_be_opened(text: str, url: str) -> None:
    errand = errand_of(asked(text), message_id="m1")
    assert errand == ClientAction(name="open_link", arguments={"url": url}, message_id="m1")
    assert answer(asked("open example.org")) == "Here is example.org. It opens when you click on it."
    assert errand_of(asked(text, can_act=False)) is None


@pytest.mark.parametrize(
    "text", ["", "open the door", "what time is it", "see you later", "open example.org " + "x" * 300]
)
def test_other_words_ask_for_nothing(text: str) -> None:
    assert errand_of(asked(text)) is None
    assert answer(asked(text)) is None
