"""What is left of a photo: the pixels, upright, and nothing else."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from huiyin.base.rules.images import LONGEST_SIDE, MAX_BYTES, UnreadablePhoto, clean_photo


def photo(size: tuple[int, int] = (400, 300), fmt: str = "JPEG", **more: object) -> bytes:
    image = Image.new("RGB", size, "#2F7D5B")
    image.paste("#B8321F", (0, 0, size[0] // 2, size[1]))
    out = io.BytesIO()
    image.save(out, fmt, **more)
    return out.getvalue()


def with_exif() -> bytes:
    exif = Image.Exif()
    exif[0x0112] = 6  # turn a quarter to the right to look upright
    exif[0x010F] = "某牌手机"
    exif.get_ifd(0x8825)[2] = (28.0, 37.0, 12.0)
    return photo(exif=exif)


def test_place_time_and_device_do_not_survive() -> None:
    original = with_exif()
    assert Image.open(io.BytesIO(original)).getexif()

    kept = clean_photo(original)

    assert not Image.open(io.BytesIO(kept.data)).getexif()
    assert b"Exif" not in kept.data
    assert "某牌手机".encode() not in kept.data


def test_a_photo_taken_sideways_stands_upright() -> None:
    kept = clean_photo(with_exif())

    assert (kept.width, kept.height) == (300, 400)


def test_a_large_photo_is_made_smaller() -> None:
    kept = clean_photo(photo((4000, 3000)))

    assert (kept.width, kept.height) == (LONGEST_SIDE, 1536)


@pytest.mark.parametrize("fmt", ["PNG", "WEBP", "GIF", "BMP"])
def test_every_format_becomes_a_jpeg(fmt: str) -> None:
    kept = clean_photo(photo(fmt=fmt))

    assert kept.data.startswith(b"\xff\xd8")


def test_holes_in_a_picture_become_white() -> None:
    out = io.BytesIO()
    Image.new("RGBA", (10, 10), (0, 0, 0, 0)).save(out, "PNG")

    kept = clean_photo(out.getvalue())

    assert Image.open(io.BytesIO(kept.data)).getpixel((5, 5)) == (255, 255, 255)


@pytest.mark.parametrize("data", [b"", b"<svg onload='x'/>", b"%PDF-1.7", b"\xff\xd8\xff broken"])
def test_what_is_no_photo_is_refused_in_words(data: bytes) -> None:
    with pytest.raises(UnreadablePhoto, match="不是能打开的照片"):
        clean_photo(data)


def test_a_cut_off_photo_is_refused() -> None:
    with pytest.raises(UnreadablePhoto):
        clean_photo(photo((800, 600))[:2000])


def test_a_photo_that_would_unpack_into_gigabytes_is_refused() -> None:
    out = io.BytesIO()
    Image.new("1", (20_000, 20_000)).save(out, "PNG")

    with pytest.raises(UnreadablePhoto, match="尺寸太大"):
        clean_photo(out.getvalue())


def test_a_file_that_is_too_big_is_refused_before_it_is_read() -> None:
    with pytest.raises(UnreadablePhoto, match="15 MB"):
        clean_photo(b"\xff\xd8" + bytes(MAX_BYTES))
