"""What was said, kept: the lines of a conversation go to the profile's history and come back from it."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from app.conversation import happening as h
from app.conversation.forgetting import Forgetting
from app.conversation.in_order import InOrder
from app.conversation.line import Author, Line
from app.conversation.state import Notice, Severity, State
from app.core.errors import HeronError
from app.core.settings import Settings
from app.core.translation import counted, speech, translate

if TYPE_CHECKING:
    from app.conversation.call import Call
    from app.history.conversation_record import ConversationRecord, Partner
    from app.history.export.style import Labels
    from app.history.history import History
    from app.history.message import Message
    from app.history.pages import Page

_log = logging.getLogger(__name__)

FIRST_LINES: Final = 100
"""Earlier lines that are brought back at the start."""

PAGE_LINES: Final = 200
"""Earlier lines that are brought back at once after that."""

FAR_LINES: Final = 5_000
"""Lines that are brought back at once on the way to one that was searched."""

MANY_MESSAGES: Final = 20_000
"""Messages whose export takes long enough to say how far it is."""


class Archive:
    """Follows a conversation's state and keeps its lines. It belongs to the event loop.

    Without a history, because it is switched off or its file cannot be used, everything goes on without.

    Args:
        happened: Takes facts about the conversation.
        call: Returns the call that is open; its server is made to forget what is deleted.
    """

    def __init__(
        self,
        happened: Callable[[h.Happening], None],
        call: Callable[[], Call | None] = lambda: None,
    ) -> None:
        self._happened = happened
        self._forgetting = Forgetting(happened, call)
        self._history: History | None = None
        self._is_kept = True
        self._partner: Partner | None = None
        self._name = State().character_name
        self._record: ConversationRecord | None = None
        self._lines: tuple[Line, ...] = ()
        self._messages: dict[int, Message] = {}
        self._work = InOrder()
        self._has_earlier = False
        self._profile = ""
        self._doomed = ""
        self._signing: asyncio.Task[None] | None = None

    async def open(self, settings: Settings) -> None:
        """Open the history of the profile that is chosen, and bring its newest lines back."""
        await self.close()
        self._work = InOrder()
        self._is_kept = settings.privacy.keep_history
        try:
            from app.history.history import History
            from app.history.profile_file import history_file

            history = History(history_file(settings.profiles.current_id), self._tell)
            await history.open()
            self._history, self._profile = history, settings.profiles.current_id
            page = await history.pages.newest(FIRST_LINES)
        except HeronError as error:
            self._tell(str(error))
            return
        await self._recall(history, page)

    async def close(self) -> None:
        """Write what waits."""
        await self._work.stop()
        signing, self._signing = self._signing, None
        if signing is not None:
            await signing
        history, self._history = self._history, None
        self._record = None
        self._lines = ()
        self._messages.clear()
        if history is not None:
            await history.close()
        doomed, self._doomed = self._doomed, ""
        if doomed:
            await self._delete_files(doomed)

    async def forget_profile(self, profile: str) -> None:
        """Delete what is kept of a profile that is no more; if it is open, as soon as it is closed."""
        if self._history is not None and profile == self._profile:
            self._doomed = profile
        else:
            await self._delete_files(profile)

    def apply(self, settings: Settings) -> None:
        """Keep what is said from now on, or do not."""
        self._is_kept = settings.privacy.keep_history

    def meet(self, character_id: str, player_id: str) -> None:
        """Know who talks to whom: what follows is a conversation of its own."""
        if self._history is None:
            return
        from app.history.conversation_record import Partner

        self._partner, self._record = Partner(character_id, player_id), None

    def follow(self, state: State) -> None:
        """Keep what is new or has changed in the lines."""
        if state.character_name != self._name:
            self._name = state.character_name
            self._sign()
        before, self._lines = self._lines, state.lines
        if self._history is None or state.lines is before:
            return  # the lines are only looked through
        same = _same(before, state.lines)
        gone = {line.number for line in before[same:]}
        for line in state.lines[same:]:
            gone.discard(line.number)
            self._keep(line)
        for number in gone & self._messages.keys():
            self._withdraw(number)

    async def earlier(self, number: int) -> None:
        """Bring back the lines before one."""
        await self._bring_back(number, None)

    async def back_to(self, number: int) -> None:
        """Bring back everything from a line on, until it meets what is there."""
        first = self._lines[0].number if self._lines else None
        while self._has_earlier and first is not None and first > number:
            first = await self._bring_back(first, FAR_LINES)

    async def search(self, words: str) -> Sequence[int]:
        """Return the numbers of the lines in which the words are, oldest first."""
        if self._history is None:
            parts = words.casefold().split()
            return [line.number for line in self._lines if all(p in line.text.casefold() for p in parts)]
        await self._history.flush()
        found = await self._history.search.find(words)
        return [hit.message.id for hit in reversed(found.hits)]

    async def export(self, file: str) -> None:
        """Write all conversations of the profile into a file: Markdown, JSON or HTML, as its ending says."""
        if self._history is None:
            self._tell(translate("Archive", "There is no history to export."))
            return
        from app.history.export.exporter import ExportFormat

        path = Path(file)
        forms = {f".{form.value}": form for form in ExportFormat}
        form = forms.get(path.suffix.lower(), ExportFormat.HTML)

        def told(done: int, total: int) -> None:
            if total > MANY_MESSAGES:
                text = translate("Archive", "Exporting: {percent} %.")
                self._happened(h.Noticed(Notice(text.format(percent=100 * done // total))))

        try:
            await self._history.flush()
            count = await self._history.exporter.export(path, form, labels=_labels(), on_progress=told)
        except HeronError as error:
            self._tell(str(error))
            return
        text = counted("Archive", "%n messages were written to {path}.", count)
        self._happened(h.Noticed(Notice(text.format(path=path))))

    async def delete(self, number: int) -> None:
        """Delete a line for good, here; a server forgets a whole conversation or nothing."""
        if self._history is not None:
            try:
                deleted = await self._history.erasure.message(number)
            except HeronError as error:
                text = translate("Archive", "This line could not be deleted: {problem}")
                self._tell(text.format(problem=error))
                return
            self._messages.pop(number, None)
            await self._forgetting.follow(deleted, self._history.erasure)
        self._happened(h.Deleted(number))

    async def delete_conversation(self, number: int) -> None:
        """Delete the whole conversation that a line belongs to, for good."""
        history = self._history
        if history is None:
            return
        try:
            await history.flush()
            message = await history.pages.message(number)
            if message is None:
                self._tell(translate("Archive", "Nothing of this conversation is kept."))
                return
            numbers = await history.pages.numbers(message.conversation_id)
            deleted = await history.erasure.conversation(message.conversation_id)
        except HeronError as error:
            self._tell(translate("Archive", "Nothing was deleted: {problem}").format(problem=error))
            return
        if self._record is not None and self._record.id == message.conversation_id:
            self._record = None  # what is said next is another one
        for each in numbers:
            self._messages.pop(each, None)
        self._happened(h.ConversationDeleted(frozenset(numbers)))
        await self._forgetting.follow(deleted, history.erasure)

    async def delete_everything(self) -> None:
        """Delete all conversations of the profile for good, here and at the server."""
        if self._history is None:
            return
        try:
            deleted = await self._history.erasure.everything()
        except HeronError as error:
            self._tell(translate("Archive", "Nothing was deleted: {problem}").format(problem=error))
            return
        self._messages.clear()
        self._record = None
        self._has_earlier = False
        self._happened(h.Emptied())
        await self._forgetting.follow(deleted, self._history.erasure)

    async def settle_debts(self) -> None:
        """Have the server forget what was deleted while it could not be reached, if it can be now."""
        if self._history is not None and self._partner is not None:
            await self._forgetting.make_up(self._partner, self._history.erasure)

    async def _delete_files(self, profile: str) -> None:
        from app.history.profile_file import delete_history

        try:
            await asyncio.to_thread(delete_history, profile)
        except HeronError as error:
            self._tell(str(error))

    async def _bring_back(self, number: int, limit: int | None) -> int | None:
        """Bring back the lines before one, and return the number of the first; None when there is none."""
        if self._history is None:
            return None
        page = await self._history.pages.older(number, limit or PAGE_LINES)
        await self._recall(self._history, page)
        return page.messages[0].id if page.messages else None

    async def _recall(self, history: History, page: Page) -> None:
        names = await history.pages.speakers(message.conversation_id for message in page.messages)
        self._has_earlier = page.has_older
        lines = tuple(line for message in page.messages if (line := _line_of(message, names)) is not None)
        known = {line.number for line in self._lines}
        lines = tuple(line for line in lines if line.number not in known)
        self._lines = (*lines, *self._lines)  # they are kept already
        self._happened(h.Recalled(lines))

    def _keep(self, line: Line) -> None:
        if self._history is None or not self._is_kept:
            return
        if (message := self._messages.get(line.number)) is not None:
            changed = _as_message(message, line)
            if changed != message:
                self._messages[line.number] = changed
                self._history.change(changed)
            return
        if self._record is None:
            if self._partner is None:
                return
            self._record = self._history.begin(self._partner, self._name)
        from app.history.message import Who

        who = Who.PERSON if line.author is Author.PERSON else Who.CHARACTER
        first = self._history.add(
            self._record, who, line.text, created_at=line.time, turn_id=line.message_id, number=line.number
        )
        self._messages[line.number] = first
        self._keep(line)

    def _sign(self) -> None:
        """Keep what the character is called of a conversation that has begun before that was known."""
        history, record, name = self._history, self._record, self._name
        if history is None or record is None:
            return

        async def sign(before: asyncio.Task[None] | None) -> None:
            try:
                if before is not None:
                    await before
                await history.sign(record.id, name)
            except HeronError as error:
                _log.warning("the character's name was not kept: %s", error)

        self._signing = asyncio.create_task(sign(self._signing), name="keep the character's name")

    def _withdraw(self, number: int) -> None:
        """Take a caption out that turned out to be nothing."""
        history, message = self._history, self._messages.pop(number)
        from app.history.message import MessageState

        if history is None or message.state is not MessageState.PROVISIONAL:
            return

        async def take_out() -> None:
            try:
                await history.erasure.message(number)
            except HeronError as error:
                _log.warning("a caption was not taken out: %s", error)

        self._work.do(take_out, "take a caption out")

    def _tell(self, sentence: str) -> None:
        self._happened(h.Noticed(Notice(sentence, Severity.WARNING)))


def _labels() -> Labels:
    """Return the words of an export."""
    from app.history.export.style import Labels

    return Labels(
        language=speech().tag,
        title=translate("Archive", "Conversations"),
        person=translate("Archive", "You"),
        interrupted=translate("Archive", "interrupted"),
        exported=translate("Archive", "Exported"),
        is_right_to_left=speech().is_right_to_left,
    )


def _same(before: tuple[Line, ...], after: tuple[Line, ...]) -> int:
    """Return how many lines at the beginning are the same objects."""
    shorter = min(len(before), len(after))
    return next((at for at in range(shorter) if before[at] is not after[at]), shorter)


def _as_message(message: Message, line: Line) -> Message:
    from app.history.message import MessageState

    if line.is_interrupted:
        state = MessageState.INTERRUPTED
    elif line.is_final:
        state = MessageState.FINAL
    else:
        state = MessageState.PROVISIONAL if line.author is Author.PERSON else MessageState.STREAMING
    return replace(
        message, text=line.text, state=state, heard_chars=line.heard_chars, turn_id=line.message_id
    )


def _line_of(message: Message, names: dict[int, str]) -> Line | None:
    """Return a kept message as a line; what was left unfinished will not be finished any more.

    Args:
        message: What was kept.
        names: What the character was called, by the conversation's id.
    """
    from app.history.message import MessageState, Who

    if message.who is Who.NOTICE:
        return None
    is_cut = message.state in {MessageState.INTERRUPTED, MessageState.STREAMING}
    return Line(
        message.id,
        Author.PERSON if message.who is Who.PERSON else Author.CHARACTER,
        message.text,
        is_final=True,
        is_interrupted=is_cut,
        time=message.created_at,
        message_id=message.turn_id,
        heard_chars=message.heard_chars if is_cut else None,
        speaker=names.get(message.conversation_id, "") if message.who is Who.CHARACTER else "",
    )
