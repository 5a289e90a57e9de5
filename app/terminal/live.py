"""``heron talk`` without a recording: the microphone and the speaker, with captions in the terminal."""

from __future__ import annotations

import asyncio
import sys

from app.conversation.backend import Backend
from app.conversation.connected import connected
from app.conversation.sound_options import voice_options
from app.core.errors import UserError
from app.core.settings import SettingsStore
from app.estuary import EstuaryClient, EstuaryError, VoiceMode, VoiceSession
from app.estuary import events as estuary
from app.terminal.lines import TypedLines
from app.terminal.report import PlainReport


def run(backend: Backend, *, push_to_talk: bool) -> int:
    """Talk until the end of input or Ctrl+C; return the exit code.

    Raises:
        UserError: The server cannot be reached or was lost.
        AudioError: There is no microphone or no speaker.
    """
    settings = SettingsStore()
    for note in settings.load():
        _say(note)
    asyncio.run(_live(backend, settings, push_to_talk=push_to_talk))
    return 0


async def _live(backend: Backend, settings: SettingsStore, *, push_to_talk: bool) -> None:
    mode = VoiceMode.PUSH_TO_TALK if push_to_talk else VoiceMode.CONTINUOUS
    async with connected(backend) as client:
        lost = _print_conversation(client)
        try:
            options, volume = voice_options(settings.current), settings.current.sound.volume
            async with VoiceSession(
                client, mode, options=options, volume=volume, on_news=lambda news: _say(news.sentence)
            ) as session:
                talking = asyncio.create_task(_talk(session, push_to_talk=push_to_talk), name="talk")
                await asyncio.wait({talking, lost}, return_when=asyncio.FIRST_COMPLETED)
                if lost.done():
                    talking.cancel()
                    raise UserError("The server closed the connection. Start Heron again to go on.")
                await talking
        except EstuaryError as error:
            raise backend.explain(error) from error


async def _talk(session: VoiceSession, *, push_to_talk: bool) -> None:
    lines = TypedLines()
    if not push_to_talk:
        _say("Listening: just speak. Enter or Ctrl+D ends.")
        await lines.next()
        return
    _say("Press Enter, speak, and press Enter again. Ctrl+D ends.")
    while await lines.next() is not None:
        await session.start_recording()
        _say("Listening; press Enter when you have spoken.")
        ended = await lines.next() is None
        await session.stop_recording()
        if ended:
            return


def _print_conversation(client: EstuaryClient) -> asyncio.Future[None]:
    """Print captions and replies; return a future that is done when the connection is lost."""
    report = PlainReport()
    lost: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    def heard(said: estuary.SttResponse) -> None:
        report.heard(None, said.text, is_final=said.is_final)

    def replied(said: estuary.BotResponse) -> None:
        report.reply(None, said.text, said.message_id, is_final=said.is_final)

    def disconnected(_reason: str) -> None:
        if not client.config.auto_reconnect and not lost.done():
            lost.set_result(None)

    client.on("stt_response", heard)
    client.on("bot_response", replied)
    client.on("disconnected", disconnected)
    client.on("error", lambda error: _say(str(error)))
    return lost


def _say(sentence: str) -> None:
    print(sentence, file=sys.stderr, flush=True)
