"""What the character asks for: taken, kept until it is answered or has expired, and timers run."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final

from app.audio.playback.earcon import Earcon
from app.conversation import happening as h
from app.conversation.actions import (
    LONGEST_LABEL,
    LONGEST_TEXT,
    Notify,
    Plan,
    Reason,
    Refused,
    SetTimer,
    plain,
    plan_of,
)
from app.conversation.feed import Feed
from app.conversation.in_order import cancelled
from app.conversation.request import ActionRequest, PictureRequest, Request
from app.conversation.state import Notice
from app.core.errors import UserError
from app.core.settings.consent import PictureConsent
from app.core.settings.profile import LOCAL
from app.core.translation import marked, translate
from app.estuary import EstuaryError
from app.estuary import events as estuary

if TYPE_CHECKING:
    from app.conversation.call import Call

PATIENCE_S: Final = 120.0
"""Seconds that a request waits for the person."""

MOST_TIMERS: Final = 10
"""Timers that run at once."""

MOST_REQUESTS: Final = 20
"""Requests that are kept at once; the oldest go first, but never a timer that runs."""

MOST_NOTIFICATIONS: Final = 5
"""Notifications within `PATIENCE_S`: a character is not to cover the screen with them."""

_LONGEST_SLEEP_S: Final = 30.0
"""Seconds after which the clock is looked at again: timers of a window are rough, and computers sleep."""

_TOO_LATE: Final = marked(
    "Requests", "The character does not wait for a picture any more, so nothing was sent."
)


class Requests:
    """Takes what a character asks for into the state. It belongs to the event loop.

    A picture is waited for until it is sent or refused, for `PATIENCE_S`, until the connection is lost, or
    until another one is asked for; nobody tells the server of a refusal, since the protocol has no word for
    it. A timer goes on when the conversation moves elsewhere, and ends with the program.

    Args:
        feed: Keeps the state.
        call: Returns the call that is open.
    """

    def __init__(self, feed: Feed, call: Callable[[], Call | None]) -> None:
        self._feed = feed
        self._call = call
        self._asker = PictureConsent(LOCAL, "")
        self._last_number = 0
        self._waiting: dict[int, asyncio.Task[None]] = {}
        self._notified: deque[datetime] = deque(maxlen=MOST_NOTIFICATIONS)

    def meet(self, asker: PictureConsent) -> None:
        """Know who asks from now on; what was asked over an earlier connection has no meaning there."""
        self._asker = asker
        for request in self._feed.state.requests:
            if not request.outlives_connection:
                self.withdraw(request.number)

    def asked(self, wish: estuary.CameraCaptureRequest | estuary.ClientAction) -> None:
        """Take what the character asks for."""
        self._last_number += 1
        if isinstance(wish, estuary.ClientAction):
            self._take_action(wish)
        else:
            self._take_picture_request(wish)
        self._make_room()

    async def send_picture(self, number: int, content: bytes, mime_type: str) -> None:
        """Answer a request with a picture.

        Args:
            number: The request's.
            content: The picture file.
            mime_type: What kind of file it is.

        Raises:
            UserError: Nobody waits for it any more; nothing was sent.
        """
        request, call = self._get(number), self._call()
        if not isinstance(request, PictureRequest) or call is None or not call.is_connected:
            raise UserError(translate("Requests", _TOO_LATE))
        try:
            await call.send_picture(content, mime_type, request.request_id)
        except EstuaryError as error:
            raise UserError(translate("Requests", _TOO_LATE)) from error
        self.withdraw(number)

    def withdraw(self, number: int) -> None:
        """Have a request no more: it was answered, refused, or seen. A timer is cancelled."""
        if (waiting := self._waiting.pop(number, None)) is not None:
            waiting.cancel()
        self._feed.happened(h.RequestAnswered(number))

    def told(self, number: int) -> None:
        """Take note that the notification of a request was shown: it is not to be shown again."""
        if isinstance(request := self._get(number), ActionRequest):
            self._feed.happened(h.RequestMade(replace(request, is_told=True)))

    async def close(self) -> None:
        """End the timers, and wait for nothing any more."""
        waiting, self._waiting = self._waiting, {}
        for task in waiting.values():
            await cancelled(task)

    def _take_picture_request(self, wish: estuary.CameraCaptureRequest) -> None:
        for request in self._feed.state.requests:
            if isinstance(request, PictureRequest):
                self.withdraw(request.number)  # who asks anew wants what is to be seen now
        text = plain(wish.text or "", LONGEST_TEXT)
        self._keep(PictureRequest(self._last_number, wish.request_id, text, self._asker, _now()))

    def _take_action(self, wish: estuary.ClientAction) -> None:
        now = _now()
        plan = self._allowed(plan_of(wish.name, wish.arguments), wish.name, now)
        request = ActionRequest(self._last_number, plan, now, wish.message_id)
        if isinstance(plan, SetTimer):
            request = replace(request, due=now + timedelta(seconds=plan.seconds))
        self._keep(request)

    def _allowed(self, plan: Plan, name: str, now: datetime) -> Plan:
        """Return the plan, unless there is too much of it already."""
        if isinstance(plan, SetTimer):
            timers = [each for each in self._feed.state.requests if isinstance(each, ActionRequest)]
            is_too_much = sum(each.is_running for each in timers) >= MOST_TIMERS
        elif isinstance(plan, Notify):
            oldest = self._notified[0] if len(self._notified) == MOST_NOTIFICATIONS else None
            is_too_much = oldest is not None and now - oldest < timedelta(seconds=PATIENCE_S)
            if not is_too_much:
                self._notified.append(now)
        else:
            return plan
        return Refused(plain(name, LONGEST_LABEL), Reason.MANY) if is_too_much else plan

    def _keep(self, request: Request) -> None:
        self._feed.happened(h.RequestMade(request))
        if isinstance(request, ActionRequest) and request.due is not None:
            waiting = self._ring(request, request.due)
        else:
            waiting = self._expire(request)
        task = asyncio.create_task(waiting, name=f"request {request.number}")
        self._waiting[request.number] = task

    def _make_room(self) -> None:
        requests = self._feed.state.requests
        idle = [each for each in requests if not (isinstance(each, ActionRequest) and each.is_running)]
        for request in idle[: max(0, len(requests) - MOST_REQUESTS)]:
            self.withdraw(request.number)

    async def _expire(self, request: Request) -> None:
        await asyncio.sleep(PATIENCE_S)
        if self._get(request.number) is None:  # it has gone with its connection
            return
        self._feed.happened(h.RequestAnswered(request.number))
        if isinstance(request, PictureRequest):
            text = translate("Requests", "The character no longer waits for the picture it asked for.")
            self._feed.happened(h.Noticed(Notice(text)))

    async def _ring(self, request: ActionRequest, due: datetime) -> None:
        while (left := (due - _now()).total_seconds()) > 0:  # noqa: ASYNC110 - a clock has no event
            await asyncio.sleep(min(left if left < 1 else 0.9 * left, _LONGEST_SLEEP_S))
        self._feed.happened(h.RequestMade(replace(request, has_rung=True)))
        if (call := self._call()) is not None:
            call.play_cue(Earcon.TIMER)

    def _get(self, number: int) -> Request | None:
        return next((each for each in self._feed.state.requests if each.number == number), None)


def _now() -> datetime:
    return datetime.now(UTC)
