"""Ways in beside writing: a spoken report, a point on the map, a code on the wall; and a second look."""

from __future__ import annotations

import io
import math
import struct
import wave
from datetime import date
from decimal import Decimal

import pytest
from playwright.sync_api import expect

from huiyin.base.models import AuditRow, Link
from huiyin.cases.models import Case
from huiyin.cases.services import on_spot_sampling
from huiyin.org.models import Compound
from tests.cast import at
from tests.journeys import resident as residents
from tests.journeys.town import Town

pytestmark = pytest.mark.journey


def _hum(seconds: float = 1.0) -> bytes:
    """A recording that a browser plays."""
    held = io.BytesIO()
    with wave.open(held, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(8000)
        tones = (
            int(9000 * math.sin(n * 2 * math.pi * 220 / 8000)) for n in range(int(8000 * seconds))
        )
        sound.writeframes(b"".join(struct.pack("<h", t) for t in tones))
    return held.getvalue()


def test_what_was_said_without_scripts_is_heard_and_written_down(town: Town) -> None:
    resident = town.passer_by(scripts=False)
    resident.go(f"/report/?place=c{town.cast.compound.pk}")
    resident.fill("说给我们听", {"name": "录音", "mimeType": "audio/wav", "buffer": _hum()})
    resident.press("送出反映")
    number = residents.number_of(resident)

    desk = town.staff(town.cast.desk)
    desk.sees("（语音，待听写）")
    desk.opens(number)
    desk.looks_right()
    player = desk.main.locator("form audio")
    expect(player).to_have_count(1)
    heard = player.evaluate(
        "async a => { a.muted = true; await a.play();"
        " await new Promise(done => { a.onended = done; }); return a.currentTime; }"
    )
    desk.act("听写", {"听写的原话": "三栋停水两天了"}, then="待受理")

    assert heard > 0.9
    assert Case.objects.get(number=number).title == "三栋停水两天了"
    row = AuditRow.objects.get(action="voice_heard")
    assert (row.person_id, row.subject) == (town.cast.desk.person_id, f"case:{number}")


def test_a_tap_on_the_map_stands_on_the_case(town: Town) -> None:
    Compound.objects.filter(pk=town.cast.compound.pk).update(
        latitude=Decimal("28.6284"), longitude=Decimal("104.4131")
    )
    resident = town.passer_by()
    resident.go(f"/report/?place=c{town.cast.compound.pk}")
    resident.fill("一两句话就行", "小区门口的井盖裂了")
    resident.press("在地图上点")
    place = resident.main.get_by_role("group", name="地图：新天地小区周围")
    expect(place).to_contain_text("新天地小区")
    place.click(position={"x": 120, "y": 90})
    resident.sees("点好了")
    resident.looks_right()
    resident.press("下一步：怎么联系您")
    resident.press("送出反映")
    number = residents.number_of(resident)

    case = Case.objects.get(number=number)
    assert case.latitude is not None
    assert abs(case.latitude - Decimal("28.6284")) < Decimal("0.01")
    assert case.latitude == case.latitude.quantize(Decimal("0.00001"))
    desk = town.staff(town.cast.desk)
    desk.opens(number)
    expect(desk.main.get_by_role("group", name="地图")).to_be_visible()


def test_a_code_that_was_printed_leads_to_its_place(town: Town) -> None:
    clerk = town.staff(town.cast.clerk)
    clerk.go("/work/posters/")
    clerk.looks_right()
    clerk.fill("新天地小区", True)
    clerk.press("印勾选的小区")
    clerk.sees("有事扫码说，件件有回音", "不扫码也可以：打电话、找社区")
    clerk.looks_right()
    assert clerk.main.get_by_role("img", name="新天地小区的二维码").evaluate(
        "async i => { await i.decode(); return i.naturalWidth; }"
    )

    resident = town.passer_by()
    resident.go(f"/q/{Link.objects.get().token}")
    resident.sees("发生了什么", "新天地小区")


def test_what_was_not_put_right_on_the_spot_goes_the_ordinary_way(town: Town) -> None:
    case = town.cast.report(
        "楼道里堆了纸箱", on_spot="当场劝住户搬走了", found_by=town.cast.clerk, channel="door",
        contacts=(), at=at("2026-09-10 09:00"),
    )  # fmt: skip
    on_spot_sampling.draw(month=date(2026, 9, 1), at=at("2026-10-09 04:11"))
    town.clock.set("2026-10-09 10:00")

    street = town.staff(town.cast.other_handler)
    street.sees("待核看自办件", "楼道里堆了纸箱")
    street.opens(case.number)
    street.looks_right()
    street.act("核看：不属实", {"看到的情况": "纸箱还在楼梯口"}, then="待派单")

    dispatcher = town.staff(town.cast.dispatcher)
    dispatcher.opens(case.number)
    dispatcher.act("派单", {"主办单位": "云富街道"}, then="待签收")
