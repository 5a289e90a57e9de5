"""Gathers the license notices that go with the packaged application."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Iterable
from importlib.metadata import Distribution, distribution, packages_distributions
from pathlib import Path

_NOTICE = re.compile(
    r"(^|/)(licen[cs]e|copying|notice|authors|patents)[^/]*$|\.dist-info/licenses/", re.IGNORECASE
)
_MINOR = f"{sys.version_info.major}.{sys.version_info.minor}"
_OURS = "heron-voice"
_DEBIAN_DOCS = Path("/usr/share/doc")


def gather(root: Path, modules: Iterable[str], libraries: Iterable[str], destination: Path) -> Path:
    """Fill ``destination`` anew with all notices and return it.

    Args:
        root: The project's folder.
        modules: Names of the top-level modules that are bundled.
        libraries: Files of the system that are bundled; their notices are those of their Debian packages.
        destination: A folder of ours; what is in it is lost.
    """
    shutil.rmtree(destination, ignore_errors=True)
    shutil.copytree(root / "packaging" / "licenses", destination)
    shutil.copy(root / "LICENSE", destination / "MIT.txt")
    for package in _packages(modules):
        _copy_notices(package, destination / "python" / f"{package.name}-{package.version}")
    _copy_python_license(destination / "python")
    for name in sorted(_debian_packages(libraries)):
        notice = _DEBIAN_DOCS / name / "copyright"
        if notice.is_file():
            (destination / "system").mkdir(exist_ok=True)
            shutil.copy(notice, destination / "system" / f"{name}.txt")
    return destination


def _packages(modules: Iterable[str]) -> list[Distribution]:
    homes = packages_distributions()
    names = {name for module in modules for name in homes.get(module, []) if name != _OURS}
    return [distribution(name) for name in sorted(names)]


def _copy_notices(package: Distribution, destination: Path) -> None:
    destination.mkdir(parents=True)
    kept = ("Name", "Version", "Home-page", "Project-URL", "License", "License-Expression", "Author")
    summary = [f"{field}: {value}" for field in kept for value in package.metadata.get_all(field) or []]
    (destination / "PACKAGE.txt").write_text("\n".join(summary) + "\n", encoding="utf-8")
    for file in package.files or []:
        source = Path(str(file.locate()))
        if _NOTICE.search(file.as_posix()) and source.is_file():
            target = destination / re.sub(r"^.*?\.dist-info/(licenses/)?", "", file.as_posix())
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(source, target)


def _copy_python_license(destination: Path) -> None:
    by_python = Path(sysconfig.get_path("stdlib")) / "LICENSE.txt"
    by_debian = _DEBIAN_DOCS / f"python{_MINOR}" / "copyright"
    found = next((place for place in (by_python, by_debian) if place.is_file()), None)
    if found is not None:
        shutil.copy(found, destination / f"Python-{_MINOR}.txt")


def _debian_packages(libraries: Iterable[str]) -> set[str]:
    if shutil.which("dpkg-query") is None:
        return set()
    real = {str(Path(library).resolve()) for library in libraries}
    # Where /lib is a link to /usr/lib, dpkg knows a file by only one of the two names.
    names = real | {name.removeprefix("/usr") for name in real} | set(libraries)
    answer = subprocess.run(["dpkg-query", "-S", *names], capture_output=True, text=True, check=False)
    return {line.split(":")[0] for line in answer.stdout.splitlines()}
