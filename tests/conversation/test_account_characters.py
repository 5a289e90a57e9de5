from __future__ import annotations

from pathlib import Path

import pytest

from app.conversation.account_characters import characters_of
from app.core.errors import UserError
from app.core.settings import Profile
from tests.server.serving import KEY, served

pytestmark = pytest.mark.asyncio


@pytest.mark.integration
async def test_those_of_a_server_are_listed_before_one_is_chosen(tmp_path: Path) -> None:
    with served(tmp_path) as address:
        profile = Profile("home-1", "Home", "server", f"http://{address.host}:{address.port}")
        assert [character.name for character in await characters_of(profile, KEY)] == ["Heron"]
        with pytest.raises(UserError) as caught:
            await characters_of(profile, "est_wrong")
        assert "est_wrong" not in str(caught.value)
    with pytest.raises(UserError):
        await characters_of(Profile("cloud-1", kind="estuary"), None)
