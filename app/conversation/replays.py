"""What a person hears again: which replies can be, and what a click on one of them does."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from app.conversation import happening as h
from app.conversation.kept_voices import KeptVoices
from app.conversation.state import State
from app.core.errors import UserError
from app.core.translation import translate
from app.estuary.events import BotVoice

if TYPE_CHECKING:
    from app.conversation.call import Call


class Replays:
    """Keeps the voices of the latest replies and plays them through the call that is open.

    Args:
        happened: Takes facts about the conversation.
        state: Returns the conversation as it is now.
        call: Returns the call that is open.
    """

    def __init__(
        self,
        happened: Callable[[h.Happening], None],
        state: Callable[[], State],
        call: Callable[[], Call | None],
    ) -> None:
        self._happened = happened
        self._state = state
        self._call = call
        self._voices = KeptVoices(self._kept)

    def keep(self, piece: BotVoice) -> None:
        """Keep a piece of a reply's voice."""
        self._voices.keep(piece)

    def follow(self, happening: h.Happening) -> None:
        """Forget what is about to be deleted, and take what is cut for whole."""
        self._voices.follow(happening, self._state().lines)

    async def toggle(self, message_id: str) -> None:
        """Play a reply again, or stop it where it is played. While the person speaks nothing is played.

        Raises:
            UserError: Nothing can play it now.
        """
        call, state = self._call(), self._state()
        if call is not None and state.replaying == message_id:
            call.stop_replay()
            return
        voice = self._voices.of(message_id)
        if not voice or state.is_recording:
            return
        if call is None:
            raise UserError(translate("Replays", "It can be heard again once Heron is connected."))
        call.replay(message_id, voice)

    def _kept(self, message_ids: frozenset[str]) -> None:
        self._happened(h.VoicesKept(message_ids))
        call = self._call()
        if call is not None and self._state().replaying not in {None, *message_ids}:
            call.stop_replay()
