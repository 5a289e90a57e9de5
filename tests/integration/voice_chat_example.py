"""The voice pages' whole example, with its import line and credentials changed; run by `test_voice_pages`."""

import asyncio
import os

from app.estuary import EstuaryClient, EstuaryConfig

config = EstuaryConfig(
    server_url=os.environ["HERON_SERVER"],
    api_key=os.environ["HERON_API_KEY"],
    character_id="default",
    player_id="user-123",
    voice_transport="websocket",
)


async def main():  # type: ignore[no-untyped-def]
    async with EstuaryClient(config) as client:

        async def on_stt(response):  # type: ignore[no-untyped-def]
            if response.is_final:
                print("You:", response.text)

        async def on_response(response):  # type: ignore[no-untyped-def]
            if response.is_final:
                print("Bot:", response.text)

        async def on_error(err):  # type: ignore[no-untyped-def]
            print("Error:", err)

        client.on("stt_response", on_stt)
        client.on("bot_response", on_response)
        client.on("error", on_error)

        await client.connect()
        print("Connected! Starting voice...")

        await client.start_voice()
        print("Listening -- speak into your microphone.")

        # Keep running
        await asyncio.Event().wait()


asyncio.run(main())  # type: ignore[no-untyped-call]
