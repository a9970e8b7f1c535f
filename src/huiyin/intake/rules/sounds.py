"""Voice messages: what a phone or a browser records, known by the first bytes, never by the name."""

from __future__ import annotations

from dataclasses import dataclass

from huiyin.intake.rules import sound_length

#: Seconds beyond the limit that nobody is troubled about: recorders stop late.
GRACE = 5
#: A second at the richest setting that phones use is 32 KB (256 kbit/s); with room.
BYTES_A_SECOND = 51 * 1024


class UnreadableSound(ValueError):
    """Not a recording that can be kept. The message is Chinese and says what to do."""


@dataclass(frozen=True)
class Sound:
    """What it is: media type for the player, extension for the file."""

    media_type: str
    extension: str


def most_bytes(seconds: int) -> int:
    """More than any recording of so many seconds has."""
    return seconds * BYTES_A_SECOND


def recognise(data: bytes, *, longest: int) -> Sound:
    """The kind of recording. Raises UnreadableSound for what is none, or longer than `longest`
    seconds."""
    if len(data) > most_bytes(longest):
        raise UnreadableSound(f"录音太长，请说短一些（最长 {longest} 秒）")
    sound = _kind(data)
    length = sound_length.seconds(data, sound.extension)
    if length is not None and length > longest + GRACE:
        raise UnreadableSound(
            f"录音有 {length:.0f} 秒，最长 {longest} 秒：请重新录短一些，或把要紧的写成一两句话"
        )
    return sound


def _kind(data: bytes) -> Sound:
    for start, place, media_type, extension in _MARKS:
        if data[place : place + len(start)] == start:
            return Sound(media_type, extension)
    if len(data) > 2 and data[0] == 0xFF and data[1] & 0xE0 == 0xE0:
        # Without a tag in front: AAC frames (layer bits 00) or MP3 frames.
        return Sound("audio/aac", "aac") if data[1] & 0x06 == 0 else Sound("audio/mpeg", "mp3")
    raise UnreadableSound("这段录音打不开，请重新录一次，或写一两句话")


_MARKS = (
    (b"\x1a\x45\xdf\xa3", 0, "audio/webm", "webm"),
    (b"OggS", 0, "audio/ogg", "ogg"),
    (b"ftyp", 4, "audio/mp4", "m4a"),
    (b"WAVE", 8, "audio/wav", "wav"),
    (b"#!AMR", 0, "audio/amr", "amr"),
    (b"ID3", 0, "audio/mpeg", "mp3"),
)
