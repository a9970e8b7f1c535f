"""What adds to a case without moving it on: looks at 自办件, links, supervision, merging."""

from __future__ import annotations

from huiyin.cases.rules import words as w
from huiyin.cases.rules.transitions.rows import (
    ALERTED,
    ALL_CLOCKS,
    LEAD,
    OPEN,
    REPORTER,
    SYSTEM,
    UNDER_WAY,
    WORKING,
    Ask,
    Transition,
    note,
)

_LOOK = ("on_spot_look_open", "looker_is_the_subdistrict")
_SEEN = "写清什么时候去的、看到什么；核看的和办的不能是同一个人"

#: 自办件: found and put right without dispatch; a sample of it is looked at (design §2.3).
ON_SPOT = (
    Transition(
        "draw_on_spot", "抽中核看", "on_spot_drawn", (w.CLOSED,), None, "", SYSTEM,
        guards=("on_spot_not_drawn",),
    ),
    Transition(
        "look_true", "核看：属实", "looked_true", (w.CLOSED,), None, "case.look_on_spot",
        asks=(note("看到的情况", help=_SEEN),), duty="check", guards=_LOOK, told="已抽查核实",
        likely=True,
    ),
    Transition(
        "look_untrue", "核看：不属实", "looked_untrue", (w.CLOSED,), None, "case.look_on_spot",
        asks=(note("看到的情况", help=_SEEN),), duty="check", guards=_LOOK,
        told="抽查发现没有办好", causes="此件转为普通工单重新派单，不再算自办件。",
    ),
    Transition(
        "reopen_on_spot", "转为普通工单", "on_spot_reopened", (w.CLOSED,), w.AWAITING_DISPATCH, "",
        SYSTEM, guards=("on_spot_found_untrue",), told="已重新办理",
    ),
    Transition(
        "look_unsure", "核看：未能核实", "looked_unsure", (w.CLOSED,), None, "case.look_on_spot",
        asks=(note("为什么没能核实", help=_SEEN),), duty="check", guards=_LOOK,
    ),
)  # fmt: skip

LINKING = (
    Transition(
        "reclassify", "更正性质或紧急度", "reclassified",
        (w.REGISTERED, w.AWAITING_DISPATCH, *WORKING), None, "case.dispatch",
        asks=(
            Ask("kind", "诉求性质", "choice", choices=w.KINDS),
            Ask("urgency", "紧急度", "choice", choices=w.URGENCIES),
            Ask("category", "类别", "category", required=False),
            note("理由"),
        ),
        clock="change", causes="办理时限按更正后的性质从派出时重新推算。",
    ),
    Transition(
        "correct_about", "更正被反映单位", "about_corrected",
        (w.REGISTERED, w.AWAITING_DISPATCH, *WORKING, w.SUSPENDED), None, "case.admit",
        asks=(
            Ask("about_unit", "反映的是哪个单位", "subject", required=False,
                help="不针对任何单位就选第一项"),
            note("怎么知道的", required=False),
        ),
        guards=("about_changes",),
        causes="登记的单位看不到此件，也不能办理；它正在协办的，协办随即结束。",
    ),
    Transition(
        "split", "拆出下级件", "split_off", (w.AWAITING_DISPATCH, *WORKING, w.SUSPENDED), None,
        "case.parent",
        asks=(
            Ask("text", "下级件要办的事", words=True,
                help="用您自己的话写清要办什么；诉求人的原话和联系方式不带过去"),
        ),
        causes="生成一件新的下级件待派单；本件销号前会逐件询问下级件。",
    ),
    Transition(
        "link_related", "关联另一件", "linked", OPEN, None, "case.parent",
        asks=(Ask("into", "关联哪一件", "case"), note("关系说明", required=False)),
        guards=("other_case_exists",),
    ),
    Transition(
        "link_repeat", "标为重复件", "repeat_linked", OPEN, None, "case.caller_history",
        asks=(
            Ask("into", "与哪一件重复", "case", help="同一个人、同一件事，以前的那件；只有受理员看得到"),
        ),
        guards=("other_case_exists",),
    ),
    Transition(
        "ask_statement", "请被反映单位书面说明", "statement_asked",
        (w.AWAITING_DISPATCH, *UNDER_WAY), None, "case.dispatch",
        asks=(
            Ask("question", "请说明的事项", words=True,
                help="用您自己的话写；不要写诉求人的原话、姓名、门牌，对方只看到这一段"),
        ),
        guards=("is_about_a_unit", "no_open_statement"),
    ),
    Transition(
        "receive_statement", "收到书面说明", "statement_received", OPEN, None, "", SYSTEM,
        asks=(Ask("statement", "说明", words=True),),
    ),
)  # fmt: skip

SUPERVISION = (
    Transition(
        "remind", "催办", "reminder_sent", UNDER_WAY, None, "case.supervise",
        asks=(note("催办内容", required=False),), guards=("supervision_below_1",),
        starts=("supervision_answer",),
    ),
    Transition(
        "supervise", "书面督办", "supervision_issued", UNDER_WAY, None, "case.supervise",
        asks=(note("督办要求"),), guards=("supervision_at_1",),
        starts=("supervision_answer",), causes="承办单位须在时限内书面答复督办。",
    ),
    Transition(
        "admonish", "发提醒函", "admonition_issued", UNDER_WAY, None, "case.supervise",
        asks=(note("提醒函内容"),), guards=("supervision_at_2",),
        starts=("supervision_answer",), causes="承办单位须在时限内书面答复提醒函。",
    ),
    Transition(
        "escalate", "提级", "escalated", (*UNDER_WAY, w.AWAITING_DISPATCH), None, "case.escalate",
        asks=(note("提级理由"),), guards=("not_escalated",), starts=("coordinate",),
        told="已提级协调",
    ),
    Transition(
        "answer_supervision", "答复督办", "supervision_answered", (*UNDER_WAY, w.SUSPENDED), None,
        "case.handle", LEAD,
        asks=(note("答复", help="为什么没按时、现在做到哪一步、什么时候办完"),),
        guards=("supervision_waits",), meets=("supervision_answer",),
    ),
    Transition(
        "coordinate", "记录协调结果", "coordinated",
        (*UNDER_WAY, w.AWAITING_DISPATCH, w.SUSPENDED), None, "case.escalate",
        asks=(note("协调结果", help="谁牵头、谁配合、什么时候前办完"),),
        guards=("coordination_waits",), meets=("coordinate",), told="已开会协调，正在落实",
    ),
    Transition(
        "consult", "会商纪要", "consulted", (w.AWAITING_DISPATCH, *UNDER_WAY, w.SUSPENDED), None,
        "case.consult",
        asks=(Ask("units", "参加单位", "units"), note("会商结论")),
    ),
    Transition(
        "acknowledge_alert", "值班领导已知悉", "alert_acknowledged", ALERTED, None, "case.alert",
        asks=(note("怎样处置的", required=False, help="例如：已请公安、人社到场"),),
        guards=("alert_waits",), meets=("alert",),
    ),
    Transition("note", "备注", "noted", OPEN, None, "case.note", asks=(note("备注"),)),
    Transition(
        "add_voice", "我也遇到", "voice_added", OPEN, None, "", REPORTER, told="又有人反映同一问题",
    ),
    Transition("remind_due", "到期提醒", "reminded", UNDER_WAY, None, "", SYSTEM),
    Transition("mark_overdue", "超期", "overdue", OPEN, None, "", SYSTEM),
    Transition(
        "escalate_automatically", "自动提级", "escalated_by_rule",
        (*UNDER_WAY, w.AWAITING_DISPATCH), None, "", SYSTEM, guards=("not_escalated",),
        starts=("coordinate",), told="已提级协调",
    ),
)  # fmt: skip

MERGING = (
    Transition(
        "merge", "并入另一件", "merged", (w.REGISTERED, w.AWAITING_DISPATCH), w.MERGED,
        "case.merge",
        asks=(Ask("into", "并入哪一件", "case"), note("理由", required=False)),
        guards=("merge_target_fits",), meets=("admit",), cancels=ALL_CLOCKS,
        told="与同一问题合并办理，仍会单独向您回访",
    ),
    Transition(
        "unmerge", "拆出单独办", "unmerged", (w.MERGED,), w.AWAITING_DISPATCH, "case.merge",
        asks=(note("理由"),), told="已拆出单独办理",
    ),
)  # fmt: skip
