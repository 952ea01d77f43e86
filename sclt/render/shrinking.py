"""Makes large pictures small enough for screens, as packages are built; those of the sources stay as they are.

The same pictures and the same Pillow give the same bytes.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Container, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

import msgspec

from sclt.model.site import Content, Site
from sclt.render.embedded import content_bytes
from sclt.storage.cache import Cache
from sclt.storage.extras import missing
from sclt.storage.pictures import LONGEST

if TYPE_CHECKING:
    from PIL.Image import Image

_SAVED: Mapping[str, tuple[str, Mapping[str, Any]]] = {
    ".jpg": ("JPEG", {"quality": 82, "optimize": True, "progressive": True}),
    ".jpeg": ("JPEG", {"quality": 82, "optimize": True, "progressive": True}),
    ".png": ("PNG", {"optimize": True}),
    ".webp": ("WEBP", {"quality": 82, "method": 6}),
}
"""How pictures are saved by how their names end; of others, such as moving ones, nothing is known."""
_LIGHT = 300_000
"""Bytes of a picture that is left as it is, unless it is too wide."""
_MOST = 100_000_000
"""Pixels of a picture that is opened: what claims more could fill the memory."""
_GAIN = 0.9
"""A picture is only made anew where that much of its bytes, or less, remains."""
_MODES = frozenset({"1", "L", "LA", "P", "RGB", "RGBA"})
"""Kinds of colour that every browser shows alike; others are left to their authors."""


def with_small_pictures(site: Site, given: Container[str], cache: Cache) -> Site:
    """Return a site whose large pictures are small; the files ``given`` out as they are stay so.

    Raises EnvironmentFault where Pillow is missing, or a file cannot be read.
    """
    files = {name: content if name in given else _small(name, content, cache) for name, content in site.files.items()}
    brand = {name: _small(name, content, cache) for name, content in site.brand.items()}
    return msgspec.structs.replace(site, files=files, brand=brand)


def _small(name: str, content: Content, cache: Cache) -> Content:
    suffix = PurePosixPath(name).suffix.lower()
    if suffix not in _SAVED or not isinstance(content, Path):
        return content
    try:
        import PIL
    except ImportError as error:
        raise missing("Pillow", "pictures") from error
    body = content_bytes(content)
    key = f"picture-{PIL.__version__}-{LONGEST}-{suffix}-{hashlib.sha256(body).hexdigest()}"
    made = cache.get(key)
    if made is None:
        made = shrunk(body, suffix)
        cache.put(key, made)
    return made or content


def shrunk(body: bytes, suffix: str) -> bytes:
    """Return a picture for screens, turned as its camera held it; nothing where it had better stay as it is."""
    from PIL import Image, UnidentifiedImageError

    form, options = _SAVED[suffix]
    try:
        with _whole_ones(), Image.open(io.BytesIO(body), formats=[form]) as picture:
            wide = max(picture.size) > LONGEST
            if not (wide or len(body) > _LIGHT) or not _can(picture):
                return b""
            made = _saved(_fitting(picture), form, {**options, "icc_profile": picture.info.get("icc_profile")})
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return b""  # what no browser may show either is told by check
    return made if len(made) <= len(body) * _GAIN else b""


@contextmanager
def _whole_ones() -> Iterator[None]:
    """Take no picture that is cut off, whatever another library told Pillow (WeasyPrint tells it to)."""
    from PIL import ImageFile

    told, ImageFile.LOAD_TRUNCATED_IMAGES = ImageFile.LOAD_TRUNCATED_IMAGES, False
    try:
        yield
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = told


def _can(picture: Image) -> bool:
    """Tell whether a picture is one that stays the same for the eye: not moving, no colours for print."""
    return (
        picture.mode in _MODES
        and picture.width * picture.height <= _MOST
        and getattr(picture, "n_frames", 1) == 1
        and not (picture.format == "WEBP" and max(picture.size) <= LONGEST)
    )


def _fitting(picture: Image) -> Image:
    """Return a picture upright and no larger than a screen."""
    from PIL import Image, ImageOps

    upright = ImageOps.exif_transpose(picture)
    if max(upright.size) <= LONGEST:
        return upright
    if upright.mode in ("P", "1"):
        upright = upright.convert("RGBA" if "transparency" in upright.info else "RGB")
    share = LONGEST / max(upright.size)
    size = (max(round(upright.width * share), 1), max(round(upright.height * share), 1))
    return upright.resize(size, Image.Resampling.LANCZOS)


def _saved(picture: Image, form: str, options: Mapping[str, Any]) -> bytes:
    """Return a picture as a file, without what a camera tells of place and person."""
    picture.info.pop("exif", None)
    stream = io.BytesIO()
    picture.save(stream, form, **options)
    return stream.getvalue()
