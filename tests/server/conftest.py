"""A person's voice for the server to hear."""

from __future__ import annotations

from tests.integration.conftest import speech

__all__ = ["speech"]
