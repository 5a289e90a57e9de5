"""The server and the clients of the client's own tests."""

from __future__ import annotations

from tests.estuary.conftest import client_for, peer

__all__ = ["client_for", "peer"]
