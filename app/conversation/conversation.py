"""A conversation: everything a person can do in it, and the one state that shows it."""

from __future__ import annotations

import asyncio
import secrets
from collections import deque
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import datetime
from typing import Final

from app.conversation import happening as h
from app.conversation.archive import Archive
from app.conversation.audio_tap import AudioTap
from app.conversation.backend import Backend
from app.conversation.call import Call
from app.conversation.diagnosis import Diagnosis
from app.conversation.feed import Feed, Unsubscribe
from app.conversation.in_order import InOrder, cancelled, ended
from app.conversation.line import Author
from app.conversation.loop_lag import LoopLag
from app.conversation.owed_words import NOT_REACHED, NOTHING_HEARD, OwedWords
from app.conversation.replays import Replays
from app.conversation.requests import Requests
from app.conversation.restoring import Restoring
from app.conversation.sound_options import voice_options
from app.conversation.state import SERIES_BITS, Link, Notice, Severity, State
from app.core.errors import AudioError, UserError
from app.core.settings import Settings, SettingsStore, Talk
from app.core.settings.consent import PictureConsent
from app.core.translation import translate
from app.estuary import EstuaryError, VoiceMode, VoiceState
from app.estuary import events as estuary
from app.estuary.rest.characters import CharactersClient
from app.estuary.turn_times import KEPT_TURNS, TurnTimes

_AT_REST: Final = frozenset({VoiceState.IDLE, VoiceState.MUTED, VoiceState.ERROR, VoiceState.RECONNECTING})
"""States in which nobody speaks or waits."""


class Conversation:
    """Talks with one character; the window and its keys call this and nothing below it.

    Nothing here raises for what can go wrong with a server or a device: `State.notice` says it.

    Args:
        backend: Where the character lives.
        mode: Who ends a turn; None for what the settings say.
        settings: How to listen and speak, and where; read at the start unless they are already, and followed
            from then on. None for the defaults.
    """

    def __init__(
        self,
        backend: Backend,
        mode: VoiceMode | None = None,
        settings: SettingsStore | None = None,
    ) -> None:
        self._backend = backend
        self._settings = settings
        self._unsubscribe: Unsubscribe | None = None
        self._applied = self._opened_with = Settings()
        self._takes_mode = mode is None
        series = None if settings is None else secrets.randbits(SERIES_BITS)
        self._feed = Feed(State(mode=mode or VoiceMode.PUSH_TO_TALK, series=series))
        self.archive = Archive(self.happened, lambda: self._call)
        """What was said, kept."""
        self.requests = Requests(self._feed, lambda: self._call)
        """What the character asks of the person."""
        self._replays = Replays(self.happened, lambda: self.state, lambda: self._call)
        self._feed.subscribe(self._follow)
        self._call: Call | None = None
        self._turn = asyncio.Lock()
        self._opening: asyncio.Task[None] | None = None
        self._following = InOrder()
        self._restoring = Restoring(
            self.happened, lambda: backend.is_local, self._restored_anew, self._failed
        )
        self._sending: asyncio.Task[None] | None = None
        self._resuming: asyncio.Task[None] | None = None
        self._introducing: asyncio.Task[None] | None = None
        self._owed_words = OwedWords()
        self._unsent: list[str] = []
        self._is_stopped = False
        self._turns: deque[TurnTimes] = deque(maxlen=KEPT_TURNS)
        self._lag = LoopLag()

    @property
    def state(self) -> State:
        """The conversation as it is now."""
        return self._feed.state

    def subscribe(self, listener: Callable[[State], None]) -> Unsubscribe:
        """Call ``listener`` on the event loop with each new state; return what takes that back."""
        return self._feed.subscribe(listener)

    def on_audio(self, listener: Callable[[AudioTap, bytes], None]) -> Unsubscribe:
        """Call ``listener`` on the event loop with each 20 ms frame captured or played (PCM16LE mono)."""
        return self._feed.on_audio(listener)

    async def start(self) -> None:
        """Reach the character and open voice."""
        if self._settings is not None:
            notes = self._settings.load() if self._settings.notes is None else self._settings.notes
            self._unsubscribe = self._settings.subscribe(self._apply)
            self._applied = self._settings.current
            if self._takes_mode:
                self.happened(h.ModeChanged(VoiceMode(self._applied.talk.mode)))
            if notes:
                self._notice(" ".join(notes), Severity.WARNING)
            await self.archive.open(self._applied)
        await self._open()

    async def stop(self) -> None:
        """End everything `start` began, in reverse order."""
        self._is_stopped = True
        if self._unsubscribe is not None:
            self._unsubscribe()
        await self._following.stop()
        for task in (self._opening, self._resuming, self._sending):
            await cancelled(task)
        await self._restoring.stop()
        await self._close()
        self.happened(h.LinkChanged(Link.OFFLINE))
        await self.requests.close()
        self._lag.stop()
        await self.archive.close()

    async def retry(self) -> None:
        """Try again after the connection failed."""
        if self.state.link is Link.FAILED:
            await self._reopen()

    async def press(self) -> None:
        """Begin a push-to-talk turn; the character falls silent."""
        if self.state.mode is not VoiceMode.PUSH_TO_TALK or self.state.is_recording:
            return
        self.happened(h.RecordingChanged(is_recording=True))
        self._owed_words.pressed()
        if not await self._guarded(self._press):
            self.happened(h.RecordingChanged(is_recording=False))

    async def release(self, *, is_abandoned: bool = False) -> None:
        """End the push-to-talk turn: it is sent. The microphone closes even if its press still waits.

        Args:
            is_abandoned: Nobody saw the key being let go: the microphone is closed at once.
        """
        if not self.state.is_recording:
            return
        self.happened(h.RecordingChanged(is_recording=False))
        self._owed_words.released()
        if (call := self._call) is not None:
            await self._guarded(lambda: call.release(is_abandoned=is_abandoned))

    async def set_mode(self, mode: VoiceMode) -> None:
        """Choose who ends a turn."""
        if mode is self.state.mode:
            return
        await self.release()
        self.happened(h.ModeChanged(mode))
        if self._settings is not None and self._takes_mode:
            self._settings.update(Talk, mode=mode.value)
        async with self._turn:
            call = self._call
            if call is None or not call.is_connected:
                return
            if self._backend.is_local or mode is VoiceMode.PUSH_TO_TALK:
                await self._start_voice(call)
        if not self._backend.is_local and mode is VoiceMode.CONTINUOUS:
            # Push-to-talk sticks to an Estuary connection: only a new one is continuous again.
            await self._reopen()

    def toggle_mute(self) -> None:
        """Mute or unmute the microphone; the character's voice goes on."""
        call = self._call
        if call is None or not call.is_connected:
            return
        if call.has_voice:
            call.toggle_mute()
            self.happened(h.MuteChanged(call.is_muted))
        elif self._resuming is None or self._resuming.done():
            self._resuming = asyncio.create_task(self._resume(call), name="resume voice")

    async def send_text(self, text: str) -> None:
        """Send a typed turn; while the character cannot be reached it is kept and sent later."""
        words = text.strip()
        if not words:
            return
        self.happened(h.Typed(words, datetime.now().astimezone()))
        self._unsent.append(words)
        await self._send_unsent()

    async def interrupt(self) -> None:
        """Stop the character; nothing happens while it says nothing."""
        if (call := self._call) is not None and self._is_answering():
            await self._guarded(call.interrupt)

    async def replay(self, message_id: str) -> None:
        """Play a reply's voice again, or stop it where it is played."""
        await self._guarded(lambda: self._replays.toggle(message_id))

    def dismiss_notice(self) -> None:
        """Take the notice away."""
        self.happened(h.Noticed(None))

    def diagnose(self) -> Diagnosis:
        """Return what there is to know when something is slow or silent."""
        call = self._call
        found = Diagnosis() if call is None else call.diagnose()
        return replace(
            found,
            server="local character" if self._backend.is_local else found.server,
            link=self.state.link.value,
            lag=self._lag.summary(),
            turns=tuple(self._turns),
        )

    async def introduce(self) -> None:
        """Ask the server what the character is called and looks like by now."""
        await cancelled(self._introducing)
        if (call := self._call) is not None and call.is_connected:
            self._introducing = asyncio.create_task(call.introduce(), name="introduce")

    @property
    def characters(self) -> CharactersClient | None:
        """The characters of the server; None while there is no connection."""
        return None if self._call is None else self._call.characters

    def happened(self, happening: h.Happening) -> None:
        """Take a fact and show the state it leads to."""
        if self._owed_words.is_missed_after(happening):
            self._notice(translate("Conversation", NOTHING_HEARD), Severity.INFO)
        self._replays.follow(happening)
        self._feed.happened(happening)

    def audio(self, tap: AudioTap, frame: bytes) -> None:
        """Pass a frame on to whoever draws it."""
        self._feed.audio(tap, frame)

    def asked(self, wish: estuary.CameraCaptureRequest | estuary.ClientAction) -> None:
        """Take what the character asks for."""
        self.requests.asked(wish)

    def lost(self, reason: str) -> None:
        """Restore the connection, or say that it is lost."""
        if not self._is_stopped:
            self._restoring.begin(reason)

    def restored(self) -> None:
        """Send what was typed while there was no connection."""
        self._sending = asyncio.create_task(self._send_unsent(), name="send what was typed")

    async def _restored_anew(self) -> bool | None:
        await self._close()
        await self._open()
        return None if self._call is None else self._call.is_connected

    async def _open(self) -> None:
        """Reach the character and open voice, unless something else is to be opened meanwhile."""
        await cancelled(self._opening)
        self._opening = asyncio.create_task(self._open_now(), name="open")
        await ended(self._opening)

    async def _open_now(self) -> None:
        local = self._backend.is_local
        if self.state.link is not Link.RECONNECTING:
            self.happened(h.LinkChanged(Link.STARTING if local else Link.CONNECTING))
        self._opened_with = self._applied
        try:
            config = await self._backend.open()
            config = replace(config, audio_sample_rate=self._opened_with.advanced.rate)
            settings = self._applied
            options, volume = voice_options(settings), settings.sound.volume
            place = "" if self._backend.is_local else config.server_url
            profile = self._opened_with.profiles.current_id
            self.requests.meet(PictureConsent(profile, config.character_id, place))
            call = self._call = Call(config, self, options, volume, self._turns.append, self._replays.keep)
            await call.open()
            self.archive.meet(config.character_id, config.player_id)
        except EstuaryError as error:
            await self._failed(self._backend.explain(error))
            return
        except UserError as error:
            await self._failed(error)
            return
        self._restoring.opened()
        async with self._turn:
            self.happened(h.LinkChanged(Link.READY))
            await self._start_voice(call)
        await self._send_unsent()
        await self.introduce()
        await self.archive.settle_debts()

    async def _reopen(self) -> None:
        self._restoring.forget()
        await self._close()
        await self._open()

    async def _close(self) -> None:
        await cancelled(self._introducing)
        call, self._call = self._call, None
        if call is not None:
            await call.close()
        await self._backend.close()
        self.happened(h.VoiceChanged(VoiceState.IDLE))

    async def _failed(self, error: UserError) -> None:
        await self._close()
        self.happened(h.LinkChanged(Link.FAILED))
        self._notice(str(error), Severity.ERROR)

    async def _start_voice(self, call: Call) -> None:
        mode = self.state.mode
        if await self._guarded(lambda: call.start_voice(mode)) or mode is VoiceMode.PUSH_TO_TALK:
            self.happened(h.MuteChanged(call.is_muted))
            return
        # No microphone to keep open: push-to-talk still gives the character its voice.
        self.happened(h.ModeChanged(VoiceMode.PUSH_TO_TALK))
        await self._guarded(lambda: call.start_voice(VoiceMode.PUSH_TO_TALK), is_quiet=True)

    async def _press(self) -> None:
        call = self._call
        if call is None or not call.is_connected:
            raise UserError(translate("Conversation", NOT_REACHED))
        async with self._turn:
            if not call.has_voice:
                await call.start_voice(VoiceMode.PUSH_TO_TALK)
        if self.state.is_recording:  # it may have been released while voice was being opened
            await call.press()
            self.happened(h.MicrophoneChanged(has_microphone=True))

    def _follow(self, state: State) -> None:
        self._lag.run_while(state.voice not in _AT_REST)
        self.archive.follow(state)

    def _apply(self, settings: Settings) -> None:
        before, self._applied = self._applied, settings
        self.archive.apply(settings)
        if (call := self._call) is not None:
            call.apply(voice_options(settings), settings.sound.volume)
        if self._takes_mode and settings.talk.mode not in {before.talk.mode, self.state.mode.value}:
            mode = VoiceMode(settings.talk.mode)
            self._following.do(lambda: self.set_mode(mode), "follow the talk mode")
        elif self._backend.is_outdated or settings.advanced.rate != before.advanced.rate:
            if self._opening is not None:
                self._opening.cancel()  # it may wait for a key that is not wanted any more
            self._following.do(self._move, "move")

    async def _move(self) -> None:
        """Go on with the server that is chosen now, as it is to be reached now."""
        now, then, is_elsewhere = self._applied, self._opened_with, self._backend.is_outdated
        if self._call is not None and not is_elsewhere and now.advanced.rate == then.advanced.rate:
            return  # the move before this one has come here already
        await self._restoring.stop()
        if is_elsewhere and now.profiles.current_id != then.profiles.current_id:
            self._unsent.clear()
            await self.archive.close()
            self.happened(h.Moved())
            await self.archive.open(self._applied)
        await self._reopen()

    async def _resume(self, call: Call) -> None:
        async with self._turn:
            await self._start_voice(call)

    def _is_answering(self) -> bool:
        if self.state.replaying or self.state.voice in {VoiceState.SPEAKING, VoiceState.THINKING}:
            return True
        return any(not line.is_final and line.author is Author.CHARACTER for line in self.state.lines[-2:])

    async def _send_unsent(self) -> None:
        call = self._call
        while self._unsent and call is not None and call.is_connected:
            if not await self._guarded(lambda: call.send_text(self._unsent[0])):
                return
            self._unsent.pop(0)

    async def _guarded(self, action: Callable[[], Awaitable[None]], *, is_quiet: bool = False) -> bool:
        """Do something that may fail; say why if it does. Return whether it was done."""
        try:
            await action()
        except AudioError as error:
            self.happened(h.MicrophoneChanged(has_microphone=False))
            problem: UserError = error
        except EstuaryError as error:
            problem = self._backend.explain(error)
        except UserError as error:
            problem = error
        else:
            return True
        if not is_quiet:
            self._notice(str(problem), Severity.ERROR)
        return False

    def _notice(self, text: str, severity: Severity) -> None:
        self.happened(h.Noticed(Notice(text, severity)))
