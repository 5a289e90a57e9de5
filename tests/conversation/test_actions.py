from __future__ import annotations

from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from app.conversation import actions
from app.conversation.actions import Notify, OpenLink, Reason, Refused, SetTimer, link_to, plain, plan_of

SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | st.text()
ANYTHING = st.recursive(SCALARS, lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner))
NAMES = st.sampled_from(["open_link", "openUrl", "notify", "set_timer", "Start Timer", "fence"]) | st.text()
KEYS = st.sampled_from(["url", "title", "text", "seconds", "minutes", "hours", "label"]) | st.text()


@pytest.mark.parametrize(
    "name", ["open_link", "openLink", "OPEN-LINK", "Open Link", "open_url", "openWebsite"]
)
def test_a_page_is_opened_whatever_it_is_called(name: str) -> None:
    link = OpenLink("https://example.org/a?b=c#d", "example.org")
    assert plan_of(name, {"url": " https://example.org/a?b=c#d "}) == link
    assert plan_of(name, {"Link": "https://example.org/a?b=c#d", "more": 1}) == link


@pytest.mark.parametrize(
    ("address", "host", "opened"),
    [
        ("http://example.org", "example.org", "http://example.org"),
        ("HTTPS://EXAMPLE.org./x", "example.org", "https://example.org/x"),
        ("https://example.org:8443/", "example.org", "https://example.org:8443/"),
        (
            "https://bücher.example/straße?ü=1",
            "xn--bcher-kva.example",
            "https://xn--bcher-kva.example/stra%C3%9Fe?%C3%BC=1",
        ),
        ("https://xn--80ak6aa92e.com/", "xn--80ak6aa92e.com", "https://xn--80ak6aa92e.com/"),
        ("https://\u0430pple.com", "xn--pple-43d.com", "https://xn--pple-43d.com"),
        ("http://127.0.0.1:8080/a%20b", "127.0.0.1", "http://127.0.0.1:8080/a%20b"),
        ("http://[2001:DB8::1]:80/", "2001:db8::1", "http://[2001:db8::1]:80/"),
        ("http://localhost/", "localhost", "http://localhost/"),
        ("https://a_b.example/", "a_b.example", "https://a_b.example/"),
    ],
)
def test_a_link_shows_where_it_leads(address: str, host: str, opened: str) -> None:
    assert link_to(address) == OpenLink(opened, host)


@pytest.mark.parametrize(
    "address",
    [
        "",
        "example.org",
        "//example.org",
        "file:///etc/passwd",
        "javascript:alert(1)",
        "data:text/html,hi",
        "mailto:a@example.org",
        "ftp://example.org",
        "https://",
        "https:///path",
        "https://user@example.org/",
        "https://example.org@evil.example/",
        "https://:secret@example.org/",
        "https://example.org\\@evil.example/",
        "https://example.org/a\\b",
        "https://exa mple.org/",
        "https://example.org/a\nb",
        "https://example.org/\u202egpj.exe",
        "https://exam\u200bple.org/",
        "https://example.org:0/",
        "https://example.org:99999/",
        "https://example.org:x/",
        "https://[::1/",
        "https://[fe80::1%25eth0]/",
        "http://2130706433/",
        "http://0x7f.1/",
        "http://0x7f000001/",
        "http://127.1/",
        "http://017700000001/",
        "https://exa%6dple.org/",
        "https://-example.org/",
        "https://example..org/",
        "https://" + "a" * 64 + ".example/",
        "https://" + "a." * 130 + "example/",
        "https://example.org/" + "a" * actions.LONGEST_LINK,
        "https://\ud800.example/",
        "https://①②③④/",
    ],
)
def test_other_links_are_not_opened(address: str) -> None:
    assert link_to(address) is None
    assert plan_of("open_link", {"url": address}) == Refused("open_link", Reason.LINK)


@pytest.mark.parametrize("url", [None, 5, True, [], {"url": "https://example.org"}])
def test_a_link_is_a_text(url: object) -> None:
    assert plan_of("open_link", {"url": url}) == Refused("open_link", Reason.LINK)


def test_a_notification_is_two_short_texts() -> None:
    plan = plan_of("notify", {"title": "Tea\x00\x1b[31m\n is\u202e ready", "message": "x" * 5000})
    assert isinstance(plan, Notify)
    assert plan.title == "Tea[31m is ready"
    assert len(plan.text) == actions.LONGEST_TEXT
    assert plan.text.endswith("…")
    assert plan_of("showNotification", {"body": "Only this"}) == Notify("", "Only this")
    for empty in ({}, {"title": " \n", "text": ""}, {"title": 5, "text": None}, {"text": "\u200b\u2060"}):
        assert plan_of("notify", empty) == Refused("notify", Reason.EMPTY)


@pytest.mark.parametrize(
    ("arguments", "seconds"),
    [
        ({"seconds": 90}, 90),
        ({"duration": "90"}, 90),
        ({"minutes": 1.5}, 90),
        ({"minutes": 1, "seconds": 30}, 90),
        ({"hours": 24}, 86_400),
        ({"seconds": 1}, 1),
        ({"duration_minutes": 2, "unknown": "x"}, 120),
    ],
)
def test_a_timer_runs_for_a_second_to_a_day(arguments: dict[str, object], seconds: int) -> None:
    assert plan_of("set_timer", arguments) == SetTimer(seconds, "")
    assert plan_of("timer", {**arguments, "label": "tea\n"}) == SetTimer(seconds, "tea")


@pytest.mark.parametrize(
    "arguments",
    [
        {},
        {"seconds": 0},
        {"seconds": 0.9},
        {"seconds": -5},
        {"hours": 24, "seconds": 1},
        {"seconds": True},
        {"seconds": "soon"},
        {"seconds": None},
        {"seconds": []},
        {"seconds": float("nan")},
        {"seconds": float("inf")},
        {"seconds": 10**400},
        {"seconds": "1e999"},
        {"minutes": 5, "seconds": "soon"},
        {"hours": -1, "seconds": 4000},
    ],
)
def test_other_timers_are_not_set(arguments: dict[str, object]) -> None:
    assert plan_of("set_timer", arguments) == Refused("set_timer", Reason.LENGTH)


@pytest.mark.parametrize(
    "name", ["run_command", "delete_files", "open", "", "открыть", "open_link_x", "fence"]
)
def test_what_is_not_on_the_list_is_not_done(name: str) -> None:
    assert plan_of(name, {"url": "https://example.org", "text": "x", "seconds": 5}) == Refused(
        name, Reason.UNKNOWN
    )


def test_a_name_is_shown_as_it_can_be_seen() -> None:
    plan = plan_of("rm -rf\n/\u202e" + "x" * 500, {})
    assert isinstance(plan, Refused)
    assert plan.name.startswith("rm -rf /xxx")
    assert len(plan.name) == actions.LONGEST_LABEL


@given(NAMES, st.dictionaries(KEYS, ANYTHING))
@example("open_link", {"url": "http://[::ffff:1.2.3.4]"})
@example("notify", {"text": "\ud83d"})
def test_whatever_comes_something_harmless_becomes_of_it(name: str, arguments: dict[str, Any]) -> None:
    match plan_of(name, arguments):
        case OpenLink(address, host):
            assert address.isascii()
            assert address.partition("://")[0] in {"http", "https"}
            assert host in address
            assert link_to(address) == OpenLink(address, host)
        case Notify(title, text):
            assert title or text
            assert len(title) <= actions.LONGEST_TITLE
            assert len(text) <= actions.LONGEST_TEXT
            assert all(is_seen(letter) for letter in title + text)
        case SetTimer(seconds, label):
            assert 1 <= seconds <= 86_400
            assert len(label) <= actions.LONGEST_LABEL
            assert all(is_seen(letter) for letter in label)
        case Refused(named, _):
            assert len(named) <= actions.LONGEST_LABEL


@given(st.text(), st.integers(1, 50))
def test_a_text_is_one_line_of_what_can_be_seen(text: str, longest: int) -> None:
    shown = plain(text, longest)
    assert len(shown) <= longest
    assert all(is_seen(letter) for letter in shown)
    assert shown == shown.strip()


def test_an_emoji_of_several_signs_stays_whole() -> None:
    assert plain("👩\u200d🚀 \u200d", 10) == "👩\u200d🚀"


def is_seen(letter: str) -> bool:
    return letter.isprintable() or letter in "\u200c\u200d"
