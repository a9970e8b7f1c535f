"""A voice message lasts a minute: its length is read off the container, not guessed from bytes."""

from __future__ import annotations

import struct

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from huiyin.cases.models import Case
from huiyin.intake.rules.sounds import UnreadableSound, recognise
from huiyin.intake.tests.conftest import Phone


def wav(seconds: int) -> bytes:
    rate = 8_000
    head = b"RIFF" + bytes(4) + b"WAVEfmt " + struct.pack("<IHHIIHH", 16, 1, 1, rate, rate, 1, 8)
    return head + b"data" + struct.pack("<I", rate * seconds) + bytes(rate * seconds)


def amr(seconds: int) -> bytes:
    return b"#!AMR\n" + (b"\x04" + bytes(12)) * (seconds * 50)


def aac(seconds: int) -> bytes:
    frame = bytes((0xFF, 0xF1, 8 << 2, 0x00, 0x01, 0x00, 0x00, 0x00))  # 16 kHz, 8 bytes a frame
    return frame * (seconds * 16_000 // 1024)


def ogg(seconds: int) -> bytes:
    def page(samples: int) -> bytes:
        return b"OggS\0\0" + struct.pack("<q", samples) + bytes(40)

    return page(0) + b"OpusHead" + page(seconds * 48_000)


def mp4(seconds: int) -> bytes:
    head = bytes(4) + b"ftypM4A " + bytes(12)
    return head + b"mvhd" + bytes(12) + struct.pack(">II", 1_000, seconds * 1_000) + bytes(40)


def webm(seconds: int) -> bytes:
    head = b"\x1a\x45\xdf\xa3" + bytes(8) + b"\x2a\xd7\xb1\x83\x0f\x42\x40"
    return head + b"\x44\x89\x88" + struct.pack(">d", seconds * 1_000) + bytes(40)


def live_webm(seconds: int) -> bytes:
    """As a browser records: no duration, a time on each cluster."""
    head = b"\x1a\x45\xdf\xa3" + bytes(8) + b"\x2a\xd7\xb1\x83\x0f\x42\x40"
    cluster = b"\x1f\x43\xb6\x75\x01" + b"\xff" * 7 + b"\xe7\x83"
    return head + b"".join(cluster + (n * 1_000).to_bytes(3, "big") for n in range(seconds + 1))


KINDS = (wav, amr, aac, ogg, mp4, webm, live_webm)


@pytest.mark.parametrize("make", KINDS)
def test_a_minute_and_a_little_is_kept(make: object) -> None:
    assert recognise(make(62), longest=60)  # type: ignore[operator]


@pytest.mark.parametrize("make", KINDS)
def test_more_than_a_minute_is_refused_with_its_length(make: object) -> None:
    with pytest.raises(UnreadableSound, match=r"录音有 (89|90) 秒，最长 60 秒"):
        recognise(make(90), longest=60)  # type: ignore[operator]


@pytest.mark.parametrize("data", [b"OggS" + bytes(2), b"#!AMR\n", b"\x1a\x45\xdf\xa3" + bytes(20)])
def test_a_container_that_does_not_tell_is_kept(data: bytes) -> None:
    assert recognise(data, longest=60)


def test_minutes_of_telephone_sound_are_refused_and_the_rest_of_the_form_stays(
    phone: Phone,
) -> None:
    page = phone.send(text="三栋停水了", sound=SimpleUploadedFile("voice", amr(180)))

    assert "录音有 180 秒，最长 60 秒" in page.content.decode()
    assert "三栋停水了" in page.content.decode()
    assert not Case.objects.exists()
