from __future__ import annotations

from app.history import MessageState, Who
from app.history.export.as_markdown import AsMarkdown
from app.history.export.style import Labels
from app.history.message import from_ms
from tests.history.samples import BEGIN_MS, conversation, message


def test_a_conversation_reads_as_a_page() -> None:
    style, at = AsMarkdown(Labels()), from_ms(BEGIN_MS)
    told = [
        style.begin(at),
        style.conversation(conversation(title="A *trip*\nnorth")),
        style.message(message(0, "# Hello\n\n```\ncode <b>\n```", who=Who.CHARACTER)),
        style.message(message(1, "", state=MessageState.INTERRUPTED)),
        style.end(),
    ]
    assert "".join(told) == (
        f"# Conversations\n\nExported: {at:%Y-%m-%d %H:%M}\n"
        "\n## A \\*trip\\* north\n"
        f"\n### {at:%Y-%m-%d}\n"
        f"\n**Heron** {at:%H:%M}\n\n> # Hello\n>\n> ```\n> code <b>\n> ```\n"
        f"\n**You** {at:%H:%M} *(interrupted)*\n\n>\n"
    )
