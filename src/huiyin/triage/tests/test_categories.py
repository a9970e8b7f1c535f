"""The tree of categories and how a city brings its own."""

from __future__ import annotations

import pytest

from huiyin.triage.rules.categories import (
    Category,
    NoCategories,
    cold_start,
    numbered,
    read_sheet,
)
from huiyin.triage.services import text_files
from huiyin.triage.tests.real_data import real_file

SHEET = [
    ["一级分类", "二级分类", "三级分类"],
    ["城乡建设", "安全生产", "事故处理"],
    ["城乡建设", "安全生产", "安全隐患"],
    ["城乡建设", "城乡规划", "违章建筑"],
    ["环境保护", "环境污染", "水污染"],
]


def test_a_sheet_becomes_a_tree_of_three_levels_with_codes_in_its_order() -> None:
    tree = read_sheet(SHEET)

    assert [(node.code, node.name) for node in tree.nodes] == [
        ("01", "城乡建设"), ("0101", "安全生产"), ("010101", "事故处理"), ("010102", "安全隐患"),
        ("0102", "城乡规划"), ("010201", "违章建筑"), ("02", "环境保护"), ("0201", "环境污染"),
        ("020101", "水污染"),
    ]  # fmt: skip
    assert tree.path("010201") == ("城乡建设", "城乡规划", "违章建筑")
    assert tree.get("010201") == Category("010201", "违章建筑", 3, "0102")


def test_merged_cells_and_a_title_row_are_read_as_people_mean_them() -> None:
    tree = read_sheet(
        [
            ["诉求分类表", "", ""],
            ["一级分类", "二级分类", "三级分类", "关键词"],
            ["城乡建设", "安全生产", "事故处理", ""],
            ["", "", "安全隐患", "隐患、护栏"],
            ["", "城乡规划", "违章建筑", None],
        ]
    )

    assert tree.path("010102") == ("城乡建设", "安全生产", "安全隐患")
    assert tree.path("010201") == ("城乡建设", "城乡规划", "违章建筑")
    assert tree.find("城乡建设", "安全生产", "安全隐患").keywords == ("隐患", "护栏")  # type: ignore[union-attr]


def test_a_longer_sheet_later_moves_no_code() -> None:
    before = read_sheet(SHEET)

    after = read_sheet(
        [SHEET[0], ["民政", "救助", "低保"], *SHEET[1:], ["城乡建设", "安全生产", "其他"]],
        known=before.nodes,
    )

    assert {n.code: n.name for n in before.nodes}.items() <= {
        n.code: n.name for n in after.nodes
    }.items()
    assert after.find("民政", "救助", "低保").code == "030101"  # type: ignore[union-attr]
    assert after.find("城乡建设", "安全生产", "其他").code == "010103"  # type: ignore[union-attr]


def test_a_sheet_of_two_levels_is_a_tree_of_two_levels() -> None:
    tree = read_sheet([["大类", "中类"], ["噪声", "施工"], ["噪声", "生活"]])

    assert [node.code for node in tree.nodes] == ["01", "0101", "0102"]


def test_a_sheet_without_categories_is_refused_with_what_to_do() -> None:
    with pytest.raises(NoCategories, match="表头须有"):
        read_sheet([["姓名", "电话"], ["甲", "1"]])
    with pytest.raises(NoCategories, match="表中没有类别"):
        read_sheet([["一级分类"]])


def test_more_than_ninety_nine_below_one_node_are_refused() -> None:
    with pytest.raises(NoCategories, match="超过 99 个"):
        numbered([("甲", f"乙{n}") for n in range(100)])


def test_the_tree_of_the_first_day_has_three_levels_and_keywords_at_the_third() -> None:
    tree = cold_start()

    assert {node.level for node in tree.nodes} == {1, 2, 3}
    assert all(node.keywords for node in tree.nodes if node.level == 3)
    assert len({node.code for node in tree.nodes}) == len(tree.nodes)


def test_keywords_speak_for_a_node_those_of_most_letters_first() -> None:
    node, words = cold_start().by_keywords("电动车飞线充电，楼道充电很危险")[0]

    assert node.name == "飞线充电"
    assert set(words) == {"飞线", "楼道充电", "电动车", "电动车充电"} - {"电动车充电"}


def test_the_real_sheet_has_fifteen_first_levels() -> None:
    sheet = text_files.read_sheet(real_file("messages/categories.xlsx"), ("一级分类",))

    tree = read_sheet([list(sheet.headings), *sheet.rows])

    assert len(tree.children()) == 15
    assert sum(node.level == 2 for node in tree.nodes) == 118
    assert sum(node.level == 3 for node in tree.nodes) == 517
