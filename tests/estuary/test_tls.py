"""How a certificate is checked; real handshakes are in `test_dialling`."""

from __future__ import annotations

import ssl
from pathlib import Path

import pytest
import trustme

from app.estuary import ErrorCode, EstuaryError
from app.estuary.tls import tls_context
from tests.estuary.conftest import config_for


def context(ca_file: str | None = None) -> ssl.SSLContext:
    return tls_context(config_for("https://example.com", ca_file=ca_file))


@pytest.fixture
def authority(tmp_path: Path) -> Path:
    file = tmp_path / "authority.pem"
    trustme.CA().cert_pem.write_to_path(str(file))
    return file


def test_certificates_and_names_are_always_checked(authority: Path) -> None:
    for made in (context(), context(str(authority))):
        assert made.verify_mode is ssl.CERT_REQUIRED
        assert made.check_hostname
        assert made.minimum_version >= ssl.TLSVersion.TLSv1_2


def test_a_file_adds_to_the_authorities_of_the_system(authority: Path) -> None:
    assert (
        context(str(authority)).cert_store_stats()["x509_ca"] == context().cert_store_stats()["x509_ca"] + 1
    )


def test_the_home_folder_may_be_written_short(authority: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(authority.parent))
    assert context("~/authority.pem").verify_mode is ssl.CERT_REQUIRED


@pytest.mark.parametrize(
    ("content", "why"),
    [(None, "no such file"), (b"", "no certificate"), (b"-----BEGIN nonsense", "no certificate")],
)
def test_a_file_that_is_none_is_an_error_in_words(tmp_path: Path, content: bytes | None, why: str) -> None:
    file = tmp_path / "authority.pem"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(EstuaryError, match=why) as caught:
        context(str(file))
    assert caught.value.code is ErrorCode.CONNECTION_FAILED
    assert str(file) in caught.value.message


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(EstuaryError, match=r"Name a PEM file"):
        context(str(tmp_path))
