"""Text in, suggestion out, from the rows of an installation."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.db import IntegrityError

from huiyin.base.kept import forget_all
from huiyin.org.models import Compound, Unit
from huiyin.triage import selectors
from huiyin.triage.models import CatalogueRow, Category, TrainedModel
from huiyin.triage.rules.classifier import TooFewExamples
from huiyin.triage.services import catalogue_defaults, seeding, suggesting, training
from huiyin.triage.tests.letters import letters
from huiyin.triage.tests.street import AT, DAY, Street

pytestmark = pytest.mark.django_db

CODES = {"水电": "0201", "教育": "1001", "环境": "0501"}


@pytest.fixture(autouse=True)
def seeded(db: None) -> None:
    forget_all()
    seeding.seed(AT)


def test_a_new_city_starts_with_a_tree_and_a_catalogue_once() -> None:
    assert Category.objects.filter(level=1).count() == 11
    assert CatalogueRow.objects.filter(document="").count() == CatalogueRow.objects.count() == 25
    assert seeding.seed(AT) == {"categories": 0, "catalogue": 0}


def test_a_leak_is_suggested_to_the_firm_that_serves_the_compound(street: Street) -> None:
    told = suggesting.suggest(
        text="楼道主水管漏水，地面全是水", place_area_id=street.community.pk,
        compound_id=street.compound.pk, day=DAY,
    )  # fmt: skip

    assert selectors.category_label(told.category) == "房屋与物业›公共设施›管道漏水"
    assert told.units[0].function == "firm"
    assert (told.units[0].unit_id, told.units[0].unit_name) == (
        street.units["property"].pk, "青禾物业",
    )  # fmt: skip
    assert "待本地确认" in told.units[0].reasons[0]
    assert told.support[0].unit_id == street.units["community"].pk
    assert told.urgency.level == "normal"


def test_a_suggestion_asks_the_database_a_bounded_number_of_times(
    street: Street, django_assert_max_num_queries: Any
) -> None:
    suggesting.suggest(text="停水", day=DAY)

    with django_assert_max_num_queries(20):
        suggesting.suggest(
            text="楼上邻居吵架打人，水管漏水，噪音", place_area_id=street.community.pk,
            compound_id=street.compound.pk, day=DAY,
        )  # fmt: skip


def test_whom_a_report_is_about_is_never_suggested(street: Street) -> None:
    told = suggesting.suggest(
        text="楼道主水管漏水，物业不管", compound_id=street.compound.pk,
        about_unit_id=street.units["property"].pk, day=DAY,
    )  # fmt: skip

    assert street.units["property"].pk not in {hint.unit_id for hint in told.units}
    assert "firm" not in {hint.function for hint in told.units}


def test_no_suggested_lead_is_a_community(street: Street) -> None:
    texts = ("楼上邻居吵架", "低保怎么申请", "停车位不够", "飞线充电", "管道漏水")

    for text in texts:
        told = suggesting.suggest(
            text=text, place_area_id=street.community.pk, compound_id=street.compound.pk, day=DAY
        )
        assert street.units["community"].pk not in {hint.unit_id for hint in told.units}
        assert "community" not in {hint.function for hint in told.units}


def test_the_subdistrict_leads_where_the_rules_name_the_community(street: Street) -> None:
    told = suggesting.suggest(text="楼上邻居吵架", place_area_id=street.community.pk, day=DAY)

    assert told.units[0].unit_id == street.units["locality"].pk


def test_without_a_place_only_functions_are_named() -> None:
    told = suggesting.suggest(text="从昨晚开始停水")

    assert (told.units[0].function, told.units[0].unit_id) == ("water", None)
    assert told.urgency.level == "utility"


def test_a_text_about_nothing_known_is_uncertain() -> None:
    told = suggesting.suggest(text="你好")

    assert told.category == ""
    assert told.uncertain
    assert told.units_uncertain
    assert told.reasons == ("类别不确定：没有认出关键词", "承办单位不确定，请人工判断")


def test_danger_stands_in_the_suggestion() -> None:
    told = suggesting.suggest(text="三楼着火了")

    assert told.alerts.numbers[0] == "119"
    assert told.urgency.level == "life"


def test_confirmed_dispatches_correct_the_catalogue(street: Street) -> None:
    told = suggesting.suggest(
        text="楼道主水管漏水", place_area_id=street.community.pk, day=DAY,
        learned={"pipe_leak": {"housing": 30}},
    )  # fmt: skip

    assert told.units[0].unit_id == street.units["housing"].pk


def test_what_is_stored_of_a_suggestion_holds_no_word_of_the_text() -> None:
    told = suggesting.suggest(text="青禾小区三栋着火了，物业电话打不通")

    stored = json.dumps(told.as_data(), ensure_ascii=False)
    assert not [w for w in ("青禾", "着火", "物业", "电话") if w in stored]


def test_the_installation_learns_from_its_own_confirmed_cases() -> None:
    texts, labels = letters()

    row = training.train(texts=texts, categories=[CODES[c] for c in labels], at=AT)
    told = suggesting.suggest(text="柳荫化工厂排放污水，臭气污染")

    assert (row.n, row.classes) == (60, 3)
    assert told.category == "0501"
    assert "本地已确认工单" in told.reasons[0]


def test_only_the_newest_models_are_kept() -> None:
    texts, labels = letters()

    rows = [training.train(texts=texts, categories=labels, at=AT) for _ in range(4)]

    assert list(TrainedModel.objects.order_by("pk").values_list("pk", flat=True)) == [
        row.pk for row in rows[1:]
    ]


def test_too_few_confirmed_cases_leave_the_keywords_in_place() -> None:
    with pytest.raises(TooFewExamples):
        training.train(texts=["停水"], categories=["0201"], at=AT)

    assert suggesting.suggest(text="电梯困梯，维保不来").category == "010102"


def test_a_model_of_another_version_is_not_used() -> None:
    TrainedModel.objects.create(trained_at=AT, n=1, classes=1, data=b"old")
    forget_all()

    assert selectors.trained_model() is None
    assert suggesting.suggest(text="电梯困梯").category == "010102"


def test_a_citys_own_sheet_ends_the_built_in_tree_and_moves_no_code() -> None:
    sheet = [["一级分类", "二级分类", "三级分类"], ["城乡建设", "城乡规划", "违章建筑"]]

    first = seeding.import_categories(rows=sheet, source="市级分类表", day=DAY)
    again = seeding.import_categories(rows=sheet, source="市级分类表", day=DAY)

    assert (first.new, first.ended) == (3, Category.objects.exclude(valid_to=None).count())
    assert (again.new, again.same, again.ended) == (0, 3, 0)
    assert [node.code for node in selectors.category_tree().nodes] == ["12", "1201", "120101"]
    assert suggesting.suggest(text="有人搞违章建筑").category == "120101"


def test_the_database_refuses_a_community_as_lead() -> None:
    row = CatalogueRow.objects.get(code="pipe_leak")
    row.leads = [{"function": "community", "when": "", "words": []}]

    with pytest.raises(IntegrityError):
        row.save()


def test_a_row_is_confirmed_with_its_document() -> None:
    catalogue_defaults.confirm(
        key="noise", document="水政办〔2026〕9号", confirmed_on=DAY, by_name="甲"
    )
    with pytest.raises(ValueError, match="请填写文号"):
        catalogue_defaults.confirm(key="noise", document=" ", confirmed_on=DAY, by_name="甲")

    forget_all()
    row = next(r for r in selectors.catalogue_rows() if r.code == "noise")
    assert row.basis == "水政办〔2026〕9号"
    shown = next(r for r in catalogue_defaults.rows() if r.key == "noise")
    assert shown.confirmed
    assert shown.value == "主办 公安 / 综合执法 / 生态环境；协办 物业；夜间 2 小时"


def test_a_firm_that_does_not_serve_the_compound_is_not_suggested(street: Street) -> None:
    other = Compound.objects.create(name="盐丰小区", community=street.community, valid_from=DAY)
    Unit.objects.filter(pk=street.units["property"].pk).update(function="firm")

    told = suggesting.suggest(
        text="楼道主水管漏水，地面全是水", place_area_id=street.community.pk,
        compound_id=other.pk, day=DAY,
    )  # fmt: skip

    assert street.units["property"].pk not in {u.unit_id for u in told.units}
