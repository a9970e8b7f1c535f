"""How long a recording lasts, read off its container; None where the container does not tell.

Only headers and page or frame heads are looked at, nothing is decoded. What is broken or lies gives
None: the limit of bytes holds for it.
"""

from __future__ import annotations

import struct
from collections.abc import Callable

#: Bytes of an AMR frame after its head, by mode (narrow band, 20 ms each; modes 9–14 are unused).
_AMR = (12, 13, 15, 17, 19, 20, 26, 31, 5, 0, 0, 0, 0, 0, 0, 0)
_AMR_WIDE = (17, 23, 32, 36, 40, 46, 50, 58, 60, 5, 0, 0, 0, 0, 0, 0)
_AMR_FRAME = 0.02
_AAC_RATES = (
    96000,
    88200,
    64000,
    48000,
    44100,
    32000,
    24000,
    22050,
    16000,
    12000,
    11025,
    8000,
    7350,
)
_AAC_SAMPLES = 1024
_OPUS_RATE = 48_000


def seconds(data: bytes, extension: str) -> float | None:
    """Length of a recording of that kind (rules.sounds.Sound.extension)."""
    read = _READERS.get(extension)
    try:
        return read(data) if read else None
    except (struct.error, IndexError, ZeroDivisionError, ValueError):
        return None


def _wav(data: bytes) -> float | None:
    rate, at = 0, 12
    while at + 8 <= len(data):
        name, size = data[at : at + 4], struct.unpack_from("<I", data, at + 4)[0]
        if name == b"fmt ":
            rate = struct.unpack_from("<I", data, at + 16)[0]
        if name == b"data":
            return min(size, len(data) - at - 8) / rate
        at += 8 + size + size % 2
    return None


def _amr(data: bytes) -> float | None:
    wide = data.startswith(b"#!AMR-WB\n")
    sizes, at, frames = (_AMR_WIDE, 9, 0) if wide else (_AMR, 6, 0)
    while at < len(data):
        at += 1 + sizes[data[at] >> 3 & 15]
        frames += 1
    return frames * _AMR_FRAME


def _aac(data: bytes) -> float | None:
    at, frames, rate = 0, 0, 0
    while at + 7 <= len(data):
        if data[at] != 0xFF or data[at + 1] & 0xF6 != 0xF0:
            break
        rate = _AAC_RATES[data[at + 2] >> 2 & 15]
        size = (data[at + 3] & 3) << 11 | data[at + 4] << 3 | data[at + 5] >> 5
        if size < 7:
            break
        at, frames = at + size, frames + 1
    return frames * _AAC_SAMPLES / rate


def _ogg(data: bytes) -> float | None:
    """The last page says how many samples came before it."""
    last = data.rfind(b"OggS")
    samples = struct.unpack_from("<q", data, last + 6)[0]
    vorbis = data.find(b"\x01vorbis", 0, 200)
    rate = struct.unpack_from("<I", data, vorbis + 12)[0] if vorbis >= 0 else _OPUS_RATE
    return samples / rate if samples > 0 else None


def _mp4(data: bytes) -> float | None:
    """The movie header; a recording written in fragments has 0 there."""
    at = data.find(b"mvhd")
    if at < 0:
        return None
    if data[at + 4] == 1:
        scale, length = struct.unpack_from(">IQ", data, at + 24)
    else:
        scale, length = struct.unpack_from(">II", data, at + 16)
    return length / scale if length else None


def _webm(data: bytes) -> float | None:
    """The Duration where it was written; else the time of the last cluster (browsers record so)."""
    scale, at = 1_000_000, data.find(b"\x2a\xd7\xb1", 0, 4096)
    if at >= 0:
        scale = int.from_bytes(data[at + 4 : at + 4 + (data[at + 3] & 0x0F)], "big")
    at = data.find(b"\x44\x89", 0, 4096)
    if at >= 0 and data[at + 2] in (0x84, 0x88):
        length = struct.unpack_from(">f" if data[at + 2] == 0x84 else ">d", data, at + 3)[0]
        return float(length) * scale / 1e9
    cluster = data.rfind(b"\x1f\x43\xb6\x75")
    at = data.find(b"\xe7", cluster, cluster + 16) if cluster >= 0 else -1
    if at < 0:
        return None
    return int.from_bytes(data[at + 2 : at + 2 + (data[at + 1] & 0x0F)], "big") * scale / 1e9


_READERS: dict[str, Callable[[bytes], float | None]] = {
    "wav": _wav, "amr": _amr, "aac": _aac, "ogg": _ogg, "m4a": _mp4, "webm": _webm,
}  # fmt: skip
