"""Terms of office that are easily taken for one another, with what each does and does not do.

Shown on /help/ and behind “?”. Source of the rules: practice §1.3-1.5, glossary.
"""

from __future__ import annotations

from dataclasses import dataclass, replace


@dataclass(frozen=True)
class Term:
    """`meaning` one or two sentences; `not_this` what it is taken for; `clock` what time does."""

    word: str
    group: str
    meaning: str
    not_this: str = ""
    clock: str = ""

    def filled(self, **values: int) -> Term:
        """With the local defaults that its words name."""
        return replace(
            self, meaning=self.meaning.format(**values), clock=self.clock.format(**values)
        )


RECEIVE, DETOUR, CHECK, COUNT, PLACE = (
    "接件与联系",
    "五件不同的事",
    "核实与销号",
    "计数与口径",
    "地方与人",
)

TERMS: dict[str, Term] = {
    "dispatch": Term(
        "派单", RECEIVE, "把一件诉求交给主办单位，可以同时请协办单位。",
        "派单不是受理：受理是收下，派单是交出。", "时限从派单起算。"),
    "accept": Term(
        "签收", RECEIVE, "承办单位表示已经看到这件。",
        "签收不等于响应：响应是真的联系上诉求人。", "不影响办理时限，签收晚了时间照走。"),
    "contact": Term(
        "响应（首次联系）", RECEIVE, "派单后 {contact_hours} 小时内与诉求人通过话或见过面，并留下记录。",
        "点签收、发短信都不算；回访时诉求人说没有联系过，以诉求人为准。", "{contact_hours} 小时按自然时间，周末不停。"),
    "lead_unit": Term(
        "主办与协办", RECEIVE, "主办对结果负责，协办在自己的期限内把结果交给主办。",
        "社区只作协办，街道主办。", "协办有自己的时限，不延长主办的时限。"),
    "return_case": Term(
        "退单", DETOUR, "承办单位认为不该由自己办，写明法律依据和建议单位，由派单方裁定。",
        "不是不办：裁定之前仍由本单位负责。同一件只能退一次，裁定以后不能再退。", "审核期间不停表。"),
    "extension": Term(
        "延期", DETOUR, "还在办，需要更多时间，到期前提出（默认至少提前 1 个工作日）并向诉求人说明。",
        "默认一次，不超过原时限；紧急件不得延期。", "到期日后移，已用的时间不清零。"),
    "suspend": Term(
        "挂账", DETOUR, "因政策、资金、权属或历史原因暂时办不了，列入问题库，每季度复核。",
        "不是办结：复核条件具备就恢复办理。", "停表，恢复后接着走。"),
    "exclude": Term(
        "剔除", DETOUR, "只从考核里拿掉，两人评审，有类别和依据。",
        "不影响办理：诉求人照样要得到答复。", "时限照走。"),
    "terminate": Term(
        "终止", DETOUR, "依法办理后仍以同一事实理由再提，或无法继续，书面说明后不再办。",
        "不是剔除：终止是不再办，剔除是照样办、只不计分。", "时限结束。"),
    "callback": Term(
        "回访", CHECK, "由没有办过这件的人问诉求人：联系过吗、解决了吗、满意吗。",
        "承办单位自己打的电话是联系，不是回访。"),
    "rework": Term(
        "重办", CHECK, "回访没有解决，退回承办单位再办，轮次加一。",
        "不是反弹：重办在办结之前，反弹在办结之后又出现。", "新的一轮重新计时。"),
    "relapse": Term(
        "反弹", CHECK, "办结以后同一问题又出现，复查发现或诉求人再次反映。",
        "不另立新件，接着原来的件办。"),
    "sign_off": Term(
        "销号", CHECK, "核实的人确认这件可以结束，写明是哪一种。",
        "办过的人不能自己销号。四种：满意、研判、延期、移交。"),
    "merge": Term(
        "并单", CHECK, "同一件事多人反映，合在一起办。",
        "不是删掉：每位诉求人都各自得到答复和回访，也可以拆开。"),
    "response_rate": Term(
        "三率", COUNT, "响应率、解决率、满意率。后两个只来自独立回访，写明全量还是抽样、样本多少。",
        "无抽样不出率；办结率不是三率之一。"),
    "measure": Term(
        "件、户、人、人次", COUNT, "件数的是事，户数的是门，人按去重计，人次按每次计。",
        "不同口径的数不相加；带“余”“约”的数是下限，不当准数相加。"),
    "compound": Term(
        "小区、社区、网格", PLACE, "小区是物业管理区域，社区是居委会辖区，网格是管理单元。",
        "三者互相交叉，不是一层套一层。"),
}  # fmt: skip

GROUPS = (RECEIVE, DETOUR, CHECK, COUNT, PLACE)


def by_group(**values: int) -> tuple[tuple[str, tuple[tuple[str, Term], ...]], ...]:
    """Terms for the help page: (group, ((code, term), …)), in order; `values` as Term.filled."""
    return tuple(
        (group, tuple((c, t.filled(**values)) for c, t in TERMS.items() if t.group == group))
        for group in GROUPS
    )


def questions(**values: int) -> tuple[tuple[str, str], ...]:
    """QUESTIONS with the local defaults that they name."""
    return tuple((question, answer.format(**values)) for question, answer in QUESTIONS)


#: For residents, in plain words: (question, answer). No term of office (visual.md).
QUESTIONS: tuple[tuple[str, str], ...] = (
    ("反映以后会怎样？",
     "先有人受理，再交给能办的单位。派出以后 {contact_hours} 小时内会有人与您联系；办完以后另有没办过这件事的人问您解决了没有。"),
    ("怎样看进度？", "用反映时给您的编号和手机号后四位查询。"),
    ("我的姓名电话谁能看到？",
     "由您选：可直接联系我、只经热线或社区转接、保密。被反映的单位和个人看不到是谁反映的。每次查看都有记录。"),
    ("我写的内容会公开吗？", "不会。公开的只有事项类别、小区和月份。"),
    ("等了很久没有结果怎么办？",
     "进度页写着到期时间和由谁来办。到期没有答复会自动提醒承办单位并逐级督办，您也可以拨打 12345 查询。"),
    ("着火、燃气泄漏、有人被困或受伤？", "请立即拨打 119、110 或 120，不要等网上处理。"),
)  # fmt: skip
