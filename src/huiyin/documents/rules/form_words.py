"""Words by which the parts of a form are told apart: titles, notes, signatures, serial numbers.

Only words about forms; what a form asks for is nothing of this module.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from huiyin.documents.rules.form_grid import plain

_NOTE = re.compile(
    r"(?:备?注|说明|填表说明|填报说明|填报要求|指标解释|注释)[:：\d]|(?:填表|填报)说明|注[:：]|\*注|备注[:：]"
)
_SIGNATURE = re.compile(
    r"(?:单位)?(?:填报|填表|制表|审核|审批|复核|审签|负责|分管领导|主要领导|联系|经办|统计)(?:人|员|负责人|领导)?"
    r"(?:[（(]?(?:签字|签名|盖章|签章)[)）]?)?(?:[:：]|$)|(?:单位)?负责人|联系(?:电话|方式)|(?:报出|报送|填报|填表|报表)(?:日期|时间)"
    r"|(?:单位)?(?:盖章|公章|签章|签字)|主管领导|领导签字"
)
_INFO = re.compile(
    r"(?:填报|填表|报送|上报|制表|报表|汇总|申报)(?:单位|部门|日期|时间|人|机关)[:：(（]|(?:填报|填表|报送|制表)[:：]"
    r"|(?:计量)?单位(?:[:：]|[(（](?:盖章|公章|签章))|日期[:：]|时间[:：]|编号[:：]"
    r"|(?:统计|报告|报送)(?:期|期间|时段|周期|区间|时间|范围)(?:[:：]|20)|表\s*号|制定机关|批准文号|备案文号|有效期至|文号"
    r"|制表机关"
)
_DATE = re.compile(r"20\d{2}年(?:\d{1,2}月(?:\d{1,2}日)?|第?[一二三四]季度|上半年|下半年)?(?:度)?")
_SECTION = re.compile(
    r"(?:[一二三四五六七八九十]+[、.．]|[（(][一二三四五六七八九十\d]+[）)]|第[一二三四五六七八九十]+部分)"
)
_SERIAL_HEADS = "序号 序 代码 行次 行号 栏次 指标代码 代号 序列 次序 NO No №"
_SERIAL = frozenset(_SERIAL_HEADS.split())
_MEASURE = frozenset(
    {"计量单位", "单位名称计量", "计数单位", "统计单位(计量)", "量纲", "单位(计量)"}
)
_ASIDE = re.compile(
    r"备注|说明|备考|填报人|填表人|联系人|联系电话|责任人|经办人|签字|签名|审核人|办公电话|数据来源|完成时限|牵头(?:单位|领导)|分管领导"
)
_ORDINAL = re.compile(r"[甲乙丙丁戊己庚辛]|[（(]?\d{1,3}[)）]?|[A-Za-z]|\d{1,2}=\S+|[—-]+")
_EXAMPLE = re.compile(r"[（(【\[]?(?:示?例|样例|举例|范例|填写示例|填报示例)[)）】\]]?[:：]?")
_TOTAL = re.compile(r"(?:合|总|小|累|共)\s*计.*|总数|总量|全部")
#: Measures that offices write in a column of their own.
MEASURES = ("件次", "人次", "场次", "件", "户", "人", "名", "次", "场", "处", "组", "个", "条", "起", "宗", "套", "万元", "元",
            "平方米", "%", "％", "小时", "天", "次/件", "篇", "家", "份", "台", "辆", "单")  # fmt: skip


def is_note(text: str) -> bool:
    """注：… 说明：…"""
    return _NOTE.match(plain(text)) is not None


def is_signature(text: str) -> bool:
    """填表人： 审核人： 联系电话： 报出日期："""
    return _SIGNATURE.match(plain(text)) is not None


def is_info_row(texts: Sequence[str]) -> bool:
    """A row of 填报单位 / 日期 / 单位, as it stands between title and table."""
    said = [plain(text) for text in texts]
    named = sum(1 for t in said if _INFO.search(t))
    dated = sum(1 for t in said if _DATE.fullmatch(t))
    if not named:
        return len(said) == dated == 1
    short = all(len(t) <= 6 and not re.search(r"[:：]", t) for t in said)
    return not short and (bool(_INFO.search(said[0])) or (named + dated) * 2 >= len(said))


def is_section(text: str) -> bool:
    """一、… （二）… 第三部分 …"""
    return _SECTION.match(plain(text)) is not None


def is_title(text: str) -> bool:
    """Ends as a form's name does."""
    return re.search(r"(?:表|台账|清单|汇总|统计|一览|明细|名册|花名册|登记册|情况)(?:[(（].*[)）])?$", plain(text)) is not None  # fmt: skip


def is_numbering(texts: Sequence[str]) -> bool:
    """A row of 甲 乙 1 2 3 under a header."""
    said = [plain(text) for text in texts]
    return len(said) >= 2 and all(_ORDINAL.fullmatch(text) for text in said)


def is_serial_head(text: str) -> bool:
    """Over a column of 1, 2, 3 or of codes."""
    return plain(text) in _SERIAL


def is_measure_head(text: str) -> bool:
    """Over a column of 件, 人次, %. A bare 单位 is decided by what stands below it."""
    return plain(text) in _MEASURE


def is_ruled_head(text: str) -> bool:
    """Over a column that the form's own office fills: serial numbers, codes, measures."""
    return is_serial_head(text) or is_measure_head(text)


def is_grouping(text: str) -> bool:
    """…情况 …工作 …方面: groups what stands below."""
    return plain(text).endswith(("情况", "工作", "方面", "部分", "板块", "环节", "类指标"))


def is_aside_head(text: str) -> bool:
    """Remarks and persons: no number is asked."""
    return _ASIDE.search(plain(text)) is not None and len(plain(text)) <= 12


def is_example(text: str) -> bool:
    """例 示例 样例: shows how to fill, is not filled."""
    return _EXAMPLE.match(plain(text)) is not None


def is_total(text: str) -> bool:
    """合计 总计 小计, also with blanks between."""
    return _TOTAL.fullmatch(plain(text)) is not None


def is_of_which(text: str) -> bool:
    """其中 alone or in front: 其中：投诉. Also # in front, as statistics offices write it."""
    said = plain(text)
    return said.startswith(("其中", "#", "＃")) or said in ("内:", "内：")


def after_of_which(text: str) -> str:
    """'其中：投诉' → '投诉'."""
    return re.sub(r"^(?:其中|#|＃)[:：,，、]?", "", plain(text))
