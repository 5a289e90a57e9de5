"""A secret service of its own: GNOME Keyring on a private D-Bus, with a data folder of its own."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from jeepney import DBusAddress, new_method_call
from jeepney.io.blocking import open_dbus_connection

_KEYRING = ("gnome-keyring-daemon", "--foreground", "--components=secrets")
_NAME = "org.freedesktop.secrets"
_PROMPTER = "org.gnome.keyring.SystemPrompter"
_START_S = 10.0
_POLL_S = 0.01


@contextmanager
def session_bus(folder: Path) -> Iterator[dict[str, str]]:
    """Run a D-Bus that starts nothing by itself; yield the variables that lead to it and to no other."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    config = folder / "bus.conf"
    config.write_text(
        "<busconfig><type>session</type>"
        f"<listen>unix:path={folder / 'bus'}</listen>"
        '<policy context="default"><allow send_destination="*" eavesdrop="true"/>'
        '<allow eavesdrop="true"/><allow own="*"/></policy></busconfig>',
        encoding="utf-8",
    )
    command = ["dbus-daemon", f"--config-file={config}", "--nofork", "--print-address"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as bus:
        assert bus.stdout is not None
        address = bus.stdout.readline().strip()
        try:
            yield {
                "DBUS_SESSION_BUS_ADDRESS": address,
                "HOME": str(folder),
                "XDG_CONFIG_HOME": str(folder / "config"),
                "XDG_DATA_HOME": str(folder / "data"),
                "XDG_RUNTIME_DIR": str(folder),
            }
        finally:
            bus.terminate()
            bus.wait(5)


@contextmanager
def secret_service(variables: dict[str, str]) -> Iterator[None]:
    """Run a keyring on that bus, unlocked with the password ``open sesame``."""
    env = {**os.environ, **variables}
    command = [*_KEYRING, "--unlock"]
    with subprocess.Popen(
        command, env=env, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as daemon:
        assert daemon.stdin is not None
        daemon.stdin.write(b"open sesame")
        daemon.stdin.close()
        try:
            _wait_for_name(variables["DBUS_SESSION_BUS_ADDRESS"])
            yield
        finally:
            daemon.terminate()
            daemon.wait(5)


@contextmanager
def silent_prompter(address: str) -> Iterator[None]:
    """Be the one who asks for passwords on this bus, and ask nobody: an unlocking waits for as long."""
    with open_dbus_connection(address) as bus:
        bus.send_and_get_reply(new_method_call(_BUS, "RequestName", "su", (_PROMPTER, 0)))
        yield


def lock(address: str) -> None:
    """Lock the keyring that was unlocked at the start."""
    import secretstorage

    with open_dbus_connection(address) as bus:
        collection = secretstorage.get_default_collection(bus)
        collection.lock()
        assert collection.is_locked()


_BUS = DBusAddress("/org/freedesktop/DBus", "org.freedesktop.DBus", "org.freedesktop.DBus")


def _wait_for_name(address: str) -> None:
    until = time.monotonic() + _START_S
    with open_dbus_connection(address) as bus:
        while time.monotonic() < until:
            reply = bus.send_and_get_reply(new_method_call(_BUS, "NameHasOwner", "s", (_NAME,)))
            if reply.body[0]:
                return
            time.sleep(_POLL_S)
    raise TimeoutError("the keyring does not start")
