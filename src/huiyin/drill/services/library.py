"""Documents and headings of the demonstration: invented, written as people write them."""

from __future__ import annotations

from datetime import datetime

from huiyin.drill.services.building import City
from huiyin.org.models import Area
from huiyin.org.rules.grants import ActingPost
from huiyin.registers import registry
from huiyin.registers.services import writing
from huiyin.registers.services.reading import Reader
from huiyin.registers.services.writing import Source

#: (number, title, from, to, replaces, clauses): no such document exists.
DOCUMENTS = (
    ("演政办发〔2024〕8号", "群众诉求办理暂行办法", "2024-03-01", "2025-12-31", "",
     "第五条 派出即计时\n第六条 一般诉求五个工作日内答复"),
    ("演政办发〔2026〕3号", "群众诉求办理办法", "2026-01-01", "", "演政办发〔2024〕8号",
     "第四条 派出即计时，不以签收为准\n第六条 咨询一个、求助和建议五个、投诉和举报十个工作日\n"
     "第九条 三率只来自独立回访"),
    ("演组发〔2026〕11号", "党员下沉服务登记办法", "2026-03-01", "", "",
     "第三条 次按活动计，人次按服务次乘人计，名按去重的人计"),
)  # fmt: skip
#: (frame, part, number, wording).
PHRASES = (
    ("三级联动", "市委统", "reports_received", "统筹全域，受理群众诉求{数}"),
    ("三级联动", "市委统", "resolution_rate", "回访解决率{数}"),
    ("三级联动", "镇街联", "cases_replied", "镇街牵头，答复群众诉求{数}"),
    ("三级联动", "镇街联", "handled_on_spot", "当场发现、当场解决{数}"),
    ("三级联动", "社区拢", "service_times", "社区组织下沉服务{数}"),
    ("三级联动", "社区拢", "service_person_times", "服务群众{数}"),
)


def keep(city: City, *, now: datetime) -> int:
    """The rules library and the headings, entered once: they hold everywhere. Number of rows."""
    posts = city.counties[0].centre_posts
    supervisor, leader = posts["supervisor"][0], posts["leader"][0]
    for number, title, begins, ends, replaces, clauses in DOCUMENTS:
        _enter("rules", supervisor, now, {
            "number": number, "title": title, "issuer": "演示市人民政府办公室", "valid_from": begins,
            "valid_to": ends, "replaces": replaces, "clauses": clauses,
        })  # fmt: skip
    for frame, part, indicator, wording in PHRASES:
        _enter("phrases", leader, now, {
            "frame": frame, "part": part, "indicator": indicator, "wording": wording,
            "valid_from": "2026-01-01",
        })  # fmt: skip
    return len(DOCUMENTS) + len(PHRASES)


def _enter(code: str, by: ActingPost, at: datetime, raw: dict[str, str]) -> None:
    register = registry.get(code)
    area = Area.objects.get(pk=by.area_id)
    values, area_id, problems = Reader(register, area, at.date()).row(raw)
    if problems or area_id is None:
        raise ValueError(f"{code}: {problems}")
    writing.write(register, values, area_id=area_id, source=Source(by, at))
