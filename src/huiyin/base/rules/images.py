"""Photos as they may be kept: read, turned upright, made smaller, written anew as JPEG.

A photo from a phone carries the place, the time and the device in its EXIF data; writing the
pixels into a new file leaves all of it behind, and whatever else was hidden in the old one.
"""

from __future__ import annotations

import io
import warnings
from dataclasses import dataclass, field

from PIL import Image, ImageOps

MAX_BYTES = 15 * 1024 * 1024
"""What a phone of today writes (12 megapixels ≈ 5 MB), with room."""
MAX_PIXELS = 64_000_000
"""Above it a small file may unpack into gigabytes."""
LONGEST_SIDE = 2048
QUALITY = 85
#: Formats that phones and screenshots bring.
FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "BMP")


class UnreadablePhoto(ValueError):
    """Not a photo that can be kept. The message is Chinese and says what to do."""


@dataclass(frozen=True)
class Photo:
    """A clean JPEG: `data` without EXIF, at most LONGEST_SIDE pixels a side."""

    data: bytes = field(repr=False)
    width: int
    height: int
    media_type: str = "image/jpeg"
    extension: str = "jpg"


def clean_photo(data: bytes) -> Photo:
    """The photo as it is kept. Raises UnreadablePhoto for anything but a photo of sane size."""
    if len(data) > MAX_BYTES:
        raise UnreadablePhoto(f"照片超过 {MAX_BYTES // 1024 // 1024} MB，请截图或缩小后再选")
    try:
        with warnings.catch_warnings():
            # Pillow only warns between its two bounds; our own bound is checked below.
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            image: Image.Image = Image.open(io.BytesIO(data), formats=FORMATS)
            if image.width * image.height > MAX_PIXELS:
                raise UnreadablePhoto("照片的尺寸太大，请截图或缩小后再选")
            image.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
            image = ImageOps.exif_transpose(image)
            image = _flat(image)
    except UnreadablePhoto:
        raise
    except Image.DecompressionBombError:
        raise UnreadablePhoto("照片的尺寸太大，请截图或缩小后再选") from None
    except (OSError, ValueError, SyntaxError, EOFError):
        raise UnreadablePhoto("这个文件不是能打开的照片，请换一张（JPG 或 PNG）") from None
    image.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    out = io.BytesIO()
    # A new image from the pixels alone: no EXIF, no profile, no comment comes along.
    bare = Image.new("RGB", image.size)
    bare.paste(image)
    bare.save(out, "JPEG", quality=QUALITY, optimize=True)
    return Photo(out.getvalue(), bare.width, bare.height)


def _flat(image: Image.Image) -> Image.Image:
    """RGB on white paper, where the picture has holes."""
    if image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info:
        with_holes = image.convert("RGBA")
        paper = Image.new("RGB", image.size, "white")
        paper.paste(with_holes, mask=with_holes.getchannel("A"))
        return paper
    return image.convert("RGB")
