from __future__ import annotations

import pytest

from app.estuary.events import BotVoice
from app.estuary.playlist import PlayedMessage, Playlist


@pytest.fixture
def messages() -> tuple[PlayedMessage, PlayedMessage]:
    return PlayedMessage("a"), PlayedMessage("b")


@pytest.fixture
def playlist(messages: tuple[PlayedMessage, PlayedMessage]) -> Playlist:
    """Return 100 samples of a, 100 of b, and 100 more of a."""
    playlist = Playlist()
    for number, message in enumerate((messages[0], messages[1], messages[0])):
        playlist.add(message, 100 * number, bytes([number]) * 200)
    return playlist


def _heard(playlist: Playlist, played: int) -> list[tuple[int, bool]]:
    return [(piece.start, is_over) for piece, is_over in playlist.heard(played)]


def test_a_piece_is_told_as_it_begins_and_once_it_is_over(playlist: Playlist) -> None:
    assert [_heard(playlist, played) for played in (0, 1, 100, 250, 300, 300)] == [
        [],
        [(0, False)],
        [(0, True)],
        [(100, True), (200, False)],
        [(200, True)],
        [],
    ]
    assert not playlist


def test_a_message_knows_where_it_ends(
    playlist: Playlist, messages: tuple[PlayedMessage, PlayedMessage]
) -> None:
    assert [(message.is_begun, message.end) for message in messages] == [(True, 300), (True, 200)]
    assert len(playlist) == 3


def test_what_is_cut_out_is_gone_and_the_rest_is_to_be_written_anew(
    playlist: Playlist, messages: tuple[PlayedMessage, PlayedMessage]
) -> None:
    assert playlist.kept_until({messages[1]}) == 100
    assert playlist.cut(50, {messages[1]}) == [(messages[0], bytes(100)), (messages[0], b"\2" * 200)]
    assert not playlist


def test_what_the_device_has_stays(playlist: Playlist, messages: tuple[PlayedMessage, PlayedMessage]) -> None:
    assert playlist.cut(150, {messages[1]}) == [(messages[0], b"\2" * 200)]
    assert _heard(playlist, 100) == [(0, True)]


def test_everything_can_be_cut(playlist: Playlist) -> None:
    assert playlist.cut(150, None) == []
    assert not playlist
    assert playlist.kept_until({PlayedMessage("a")}) is None


def test_a_message_is_resampled_as_one_stream() -> None:
    message, pcm = PlayedMessage("m"), bytes(3_200)
    pieces = [BotVoice(pcm=pcm, sample_rate=48_000, message_id="m", is_final=last) for last in (False, True)]
    assert sum(len(message.resampled(piece, 16_000)) for piece in pieces) == pytest.approx(6_400 / 3, abs=4)
    assert message.rest() == b""
