"""An article is checked before it is printed: pasted, a link changed and remembered, the sheet on paper."""

from __future__ import annotations

import pytest

from tests.journeys.town import Town

pytestmark = pytest.mark.journey

TEXT = """水富：件件有回音

　　今年以来，水富市受理群众诉求2件，其中投诉
1件，占一半。接听群众来信来访5件，新增停车
位200余个。
"""


def test_an_article_is_checked_confirmed_and_printed(town: Town) -> None:
    town.cast.report()
    town.cast.report(kind="complaint")
    correspondent = town.staff(town.colleague("卫统计", town.cast.centre, "statistician"))

    correspondent.go("/work/articles/")
    correspondent.sees("还没有核对过稿件")
    correspondent.looks_right()
    correspondent.follow("核对一篇稿件")
    correspondent.looks_right()
    correspondent.press("核对数据")
    correspondent.sees("请粘贴正文，或选一个文件")
    correspondent.fill("正文", TEXT)
    correspondent.press("核对数据")

    correspondent.sees("水富：件件有回音", "1 ＝相符", "2 ＝相符", "3 ＝相符", "5 －无台账")
    correspondent.looks_right()

    correspondent.follow("改对应：第 4 个数")
    correspondent.looks_right()
    correspondent.fill("这个数对应", "别的指标（在下面选）")
    correspondent.fill("全部指标", "诉求受理（件）")
    correspondent.press("确认这个对应")
    correspondent.sees("4 ≠不符", "文中多 3件", "卫统计已确认")

    correspondent.follow("核对单")
    correspondent.sees("稿件数据核对单", "已由人确认 1 个", "审核人：")
    correspondent.looks_right()
