"""What a figure of an article is: indicator, value of a dimension, place, period, and how it is derived."""

from __future__ import annotations

from datetime import date

import pytest

from huiyin.documents.rules.figures import figures_of
from huiyin.documents.rules.running_text import running
from huiyin.paperwork.rules.article_places import PlaceName
from huiyin.paperwork.rules.article_terms import Dimension, Known, Vocabulary
from huiyin.paperwork.rules.linking import link
from huiyin.paperwork.rules.readings import Linked
from huiyin.paperwork.rules.surroundings import read_article

_KIND = Dimension(
    "kind", "性质", (("enquiry", ("咨询",)), ("help", ("求助",)), ("complaint", ("投诉",)))
)
_SERVICE = Dimension("kind", "类别", (("policy", ("政策宣传",)), ("mediation", ("矛盾调解",))))


def _known(code: str, label: str, unit: str, kind: str, *terms: str, **more: object) -> Known:
    return Known(code, label, unit, kind, terms, **more)  # type: ignore[arg-type]


VOCABULARY = Vocabulary(
    [
        _known("received", "诉求受理", "件", "count", "受理", "受理诉求", "诉求", dimensions=(_KIND,)),
        _known("dispatched", "派出", "件", "count", "派出"),
        _known("replied", "答复", "件", "count", "答复", by_unit=True),
        _known("in_time", "按期答复", "件", "count", "按期答复"),
        _known("on_time_rate", "按期答复率", "%", "ratio"),
        _known("satisfaction", "满意率", "%", "ratio", "群众满意度"),
        _known("open", "在办", "件", "count", "在办", stock=True),
        _known("times", "下沉服务", "次", "distinct", "下沉服务", "志愿服务", dimensions=(_SERVICE,)),
        _known("person_times", "下沉服务人次", "人次", "sum", "下沉服务", "志愿服务"),
        _known("dual", "在册双报到党员", "名", "distinct", "在职党员报到", stock=True),
    ]
)  # fmt: skip
CITY = PlaceName("5306", "昭通市", "city", "/1/")
COUNTY = PlaceName("530681", "水富市", "county", "/1/2/")
STREET = PlaceName("530681001", "云富街道", "subdistrict", "/1/2/3/")
TOWN = PlaceName("530681101", "太平镇", "subdistrict", "/1/2/4/")
HOUSING = PlaceName("", "市住建局", "unit", "/1/2/", 7)
AS_OF = date(2026, 11, 24)
TO_DATE = "2026-01-01/2026-11-24"


def linked(text: str) -> list[Linked]:
    run = running(text)
    article = read_article(
        run, figures_of(run, text), VOCABULARY, places=[CITY, COUNTY, STREET, TOWN, HOUSING],
        root=CITY, as_of=AS_OF,
    )  # fmt: skip
    return link(article)


def said(text: str) -> list[str]:
    """'received:complaint' or 'share(received/received)' for each figure, '' for none."""
    found = []
    for one in linked(text):
        if not one.readings:
            found.append("")
            continue
        best = one.readings[0]
        names = [o.code + (f":{o.by[1]}" if o.by else "") for o in best.operands]
        found.append(names[0] if best.how == "value" else f"{best.how}({'/'.join(names)})")
    return found


@pytest.mark.parametrize(
    ("text", "links"),
    [
        ("共受理群众各类诉求1320件，派出1102件，答复1050件，按期答复率96.3%", ["received", "dispatched", "replied", "on_time_rate"]),
        ("受理1320件。其中，咨询类412件、求助类530件", ["received", "received:enquiry", "received:help"]),
        ("咨询、求助、投诉分别为412件、530件、201件", ["received:enquiry", "received:help", "received:complaint"]),
        ("受理咨询、求助、投诉等诉求1320件", ["received"]),
        ("按期答复1011件，答复1050件", ["in_time", "replied"]),
        ("全市在办诉求45件", ["open"]),
        ("开展志愿服务512次，志愿服务1203人次", ["times", "person_times"]),
        ("党员干部下沉小区开展政策宣传88次、矛盾调解45次", ["times:policy", "times:mediation"]),
        ("在职党员到社区报到1200余名", ["dual"]),
        ("受理1320件，咨询类占31.2%", ["received", "share(received:enquiry/received)"]),
        ("近六成的诉求为求助类", ["share(received:help/received)"]),
        ("受理量同比增长12.3%", ["growth(received/received)"]),
        ("受理120件，较上月减少15件", ["received", "difference(received/received)"]),
        ("受理量是去年同期的1.5倍", ["multiple(received/received)"]),
        ("满意率比去年同期提高3.2个百分点", ["points(satisfaction/satisfaction)"]),
        ("平均每月受理132件", ["average(received)"]),
        ("受理120件，较上月减少15件，降幅11.1%", ["received", "difference(received/received)", "growth(received/received)"]),
        ("投诉量比求助少329件", ["difference(received:complaint/received:help)"]),
        ("咨询件数是举报的4倍，受理3件", ["", "received"]),
        ("咨询件数是投诉的4倍", ["multiple(received:enquiry/received:complaint)"]),
        ("云富街道、太平镇受理量分别占全市的42.4%和20.1%", ["share(received/received)", "share(received/received)"]),
        ("按期答复率由90.1%提高到96.3%", ["on_time_rate", "on_time_rate"]),
        ("群众不满意率为2.1%", ["complement(satisfaction)"]),
        ("群众诉求中，求助类占比最高，为48.8%", ["share(received:help/received)"]),
        ("答复130件，其中按期答复126件，还有4件超时限", ["replied", "in_time", "rest(replied/in_time)"]),
        ("一季度受理397件、二季度受理410件，合计807件", ["received", "received", "sum(received/received)"]),
        ("受理咨询、求助137件", ["sum(received:enquiry/received:help)"]),
        ("去年按期答复率96.7%、满意率95.3%；今年分别为96.3%、95.8%", ["on_time_rate", "satisfaction"] * 2),
        ("下沉服务167次，821人次", ["times", "person_times"]),
        ("下沉服务167次、500人次，每次平均3人次", ["times", "person_times", "each(person_times/times)"]),
        ("投诉占受理量的1/3，实际是不足两成", ["share(received:complaint/received)"] * 2),
        # what no number of ours is
        ("力争满意率达到97%以上，按期答复率不低于98%", ["", ""]),
        ("27条答复口径已过期", [""]),
        ("立行立改的已答复38件", [""]),
        ("新增停车位2000余个，改造55个老旧小区", ["", ""]),
        ("收集解决群众诉求300余件", [""]),
        ("先后处置居民反馈问题3万余个", [""]),
        ("受理诉求1320件，处理违规装修11起", ["received", ""]),
        ("受理企业12家", [""]),
    ],
)  # fmt: skip
def test_a_figure_is_linked(text: str, links: list[str]) -> None:
    assert said(text) == links


@pytest.mark.parametrize(
    ("text", "periods"),
    [
        ("今年以来，受理1320件。", [TO_DATE]),
        ("2025年受理1100件，2026年受理1320件。", ["2025", "2026"]),
        ("上半年，受理600件，派出500件。", ["2026H1", "2026H1"]),
        ("1至10月，受理1200件；10月，受理120件。", ["2026-01-01/2026-10-31", "2026-10"]),
        ("截至9月底，在办诉求45件。", ["@2026-09-30"]),
        ("今年以来，受理1320件，比去年同期的1178件多142件。", [TO_DATE, "2025-01-01/2025-11-24", TO_DATE]),
        ("两年来，受理2000件。", ["2024-11-25/2026-11-24"]),
        ("受理1320件。", ["@2026-11-24"]),
        ("今年以来，受理1320件。派出1100件。", [TO_DATE, TO_DATE]),
    ],
)  # fmt: skip
def test_the_period_is_understood(text: str, periods: list[str]) -> None:
    found = [one.readings[0].operands[0].periods[0] for one in linked(text)]

    assert found == periods


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("水富市受理1320件，云富街道受理560件。", ["水富市", "云富街道"]),
        ("水富受理1320件。", ["水富市"]),
        ("水富市工作有声有色。全市受理1320件。", ["水富市"]),
        ("云富街道、太平镇分别受理560件、120件。", ["云富街道", "太平镇"]),
        ("受理1320件。", ["昭通市"]),
        ("市住建局答复208件。", ["市住建局"]),
    ],
)
def test_the_place_is_understood(text: str, places: list[str]) -> None:
    found = [one.readings[0].operands[0].places[0].name for one in linked(text)]

    assert found == places


def test_words_that_several_numbers_go_by_are_vague() -> None:
    vocabulary = Vocabulary(
        [
            _known("resolved", "认定已解决", "件", "count", "解决问题"),
            _known("signed_off", "销号", "件", "count", "解决问题"),
        ]
    )
    text = "解决群众问题300余个"
    run = running(text)
    article = read_article(
        run, figures_of(run, text), vocabulary, places=[CITY], root=CITY, as_of=AS_OF
    )

    (found,) = link(article)

    assert {r.code for r in found.rivals} == {"resolved", "signed_off"}
    assert all(r.vague for r in found.rivals)


def test_a_share_of_a_place_is_held_against_the_place_around_it() -> None:
    share = linked("水富市受理1320件，云富街道560件，占全市的42.4%。")[-1].readings[0]

    assert [o.places[0].name for o in share.operands] == ["云富街道", "水富市"]


def test_growth_is_held_against_the_same_span_a_year_before() -> None:
    growth = linked("今年1至10月受理量同比增长12.3%。")[0].readings[0]

    assert [o.periods[0] for o in growth.operands] == [
        "2026-01-01/2026-10-31", "2025-01-01/2025-10-31",
    ]  # fmt: skip


def test_words_that_a_choice_is_remembered_by_leave_out_place_and_period() -> None:
    assert linked("今年以来，水富市新增停车位2000余个")[0].key == "新增停车位"
