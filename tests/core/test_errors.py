from __future__ import annotations

import pytest

from app.core.errors import AudioError, BadInput, HeronError, UserError


@pytest.mark.parametrize(("kind", "exit_code"), [(UserError, 1), (BadInput, 2), (AudioError, 2)])
def test_errors_for_the_person_say_how_the_command_ends(kind: type[UserError], exit_code: int) -> None:
    error = kind("There is no file. Choose another.")
    assert isinstance(error, HeronError)
    assert error.exit_code == exit_code
    assert str(error) == "There is no file. Choose another."
