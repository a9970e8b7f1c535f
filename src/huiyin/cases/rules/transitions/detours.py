"""Side roads: return 退单, extension 延期, suspension 挂账, exclusion 剔除, termination 终止, relapse 反弹.

Sources: practice.md §1.3. Each is asked by one person and decided by another.
"""

from __future__ import annotations

from huiyin.cases.rules import words as w
from huiyin.cases.rules.transitions.rows import (
    ALL_CLOCKS,
    DISPATCH_ASKS,
    LEAD,
    PARTICIPANT,
    PRIOR,
    REPORTER,
    UNDER_WAY,
    WORKING,
    Ask,
    Transition,
    note,
    reply,
)

RETURNS = (
    Transition(
        "return_case", "退单", "return_asked", WORKING, w.AWAITING_RETURN_RULING, "case.return",
        LEAD,
        asks=(
            Ask("reason", "退单理由", "choice", choices=w.RETURN_REASONS),
            Ask("basis", "法条或三定依据", "line", limit=200),
            Ask("proposed_unit", "建议承办单位", "unit"),
            note("说明"),
        ),
        guards=("return_in_time", "return_once", "not_ruled_before"), starts=("return_ruling",),
        causes="每个单位对同一件只能退一次；裁定期间时限照走。",
    ),
    Transition(
        "grant_return", "准予退单并改派", "return_granted", (w.AWAITING_RETURN_RULING,),
        w.AWAITING_ACCEPTANCE, "case.rule_return",
        asks=(*DISPATCH_ASKS[:2], note("裁定说明")),
        guards=("asker_is_not_decider", "lead_can_lead", "units_not_recused", "lead_changes",
                "unit_lost_return"),
        meets=("return_ruling",),
        cancels=("accept", "contact", "handle", "return_window", "support"),
        starts=("accept", "contact", "handle", "return_window", "support"),
        told="已改由其他单位承办", likely=True,
    ),
    Transition(
        "refuse_return", "驳回退单", "return_refused", (w.AWAITING_RETURN_RULING,), PRIOR,
        "case.rule_return",
        asks=(note("驳回理由"),), guards=("asker_is_not_decider",), meets=("return_ruling",),
        causes="驳回后该单位不得再退。",
    ),
)  # fmt: skip

EXTENSIONS = (
    Transition(
        "ask_extension", "申请延期", "extension_asked", WORKING, None, "case.ask_extension", LEAD,
        asks=(
            Ask("amount", "延长多少（与原时限同单位）", "number"),
            note("理由"),
            Ask("reply", "告知诉求人的话", words=True, public=True,
                help="说明为什么需要更久、现在做到哪一步"),
        ),
        guards=("extension_in_time", "extension_once", "extension_not_urgent",
                "extension_not_longer", "no_open_extension"),
    ),
    Transition(
        "grant_extension", "同意延期", "extension_granted", UNDER_WAY, None, "case.rule_extension",
        asks=(note("意见", required=False),),
        guards=("extension_pending", "asker_is_not_decider"), clock="extend",
        told="办理时间已延长，原因见说明",
    ),
    Transition(
        "refuse_extension", "不同意延期", "extension_refused", UNDER_WAY, None,
        "case.rule_extension",
        asks=(note("理由"),), guards=("extension_pending", "asker_is_not_decider"),
    ),
)  # fmt: skip

SUSPENSION = (
    Transition(
        "ask_suspension", "申请挂账", "suspension_asked", (w.IN_PROGRESS,), None,
        "case.ask_suspension", LEAD,
        asks=(
            Ask("reason", "原因", "choice", choices=w.SUSPEND_REASONS),
            Ask("basis", "责任领导", "line", limit=60),
            Ask("expected_on", "预计解决日期", "date"),
            note("阶段性措施"),
            Ask("reply", "告知诉求人的话", words=True, public=True),
        ),
        guards=("no_open_suspension",),
    ),
    Transition(
        "grant_suspension", "同意挂账", "suspended", (w.IN_PROGRESS,), w.SUSPENDED,
        "case.rule_suspension",
        asks=(note("意见", required=False),),
        guards=("suspension_pending", "asker_is_not_decider"), starts=("suspension_review",),
        clock="pause", told="暂时无法解决，已列入跟踪，每季度复核",
        causes="挂账期间停表，每季度复核一次。",
    ),
    Transition(
        "refuse_suspension", "不同意挂账", "suspension_refused", (w.IN_PROGRESS,), None,
        "case.rule_suspension",
        asks=(note("理由"),), guards=("suspension_pending", "asker_is_not_decider"),
    ),
    Transition(
        "review_suspension", "挂账复核：继续", "suspension_reviewed", (w.SUSPENDED,), None,
        "case.rule_suspension",
        asks=(note("进展与下一步"),), meets=("suspension_review",), starts=("suspension_review",),
        told="已复核，继续跟踪",
    ),
    Transition(
        "resume", "恢复办理", "resumed", (w.SUSPENDED,), w.IN_PROGRESS, "case.rule_suspension",
        asks=(note("说明", required=False),), meets=("suspension_review",), clock="resume",
        told="条件具备，恢复办理", likely=True,
    ),
)  # fmt: skip

EXCLUSION = (
    Transition(
        "ask_exclusion", "申请剔除", "exclusion_asked",
        (w.IN_PROGRESS, w.AWAITING_REVIEW, w.AWAITING_CALLBACK, w.SUSPENDED, w.CLOSED), None,
        "case.ask_exclusion", PARTICIPANT,
        asks=(
            Ask("reason", "类别", "choice", choices=w.EXCLUDE_REASONS),
            Ask("basis", "依据", "line", limit=200),
            note("说明"),
            Ask("files", "依据附件", "files"),
        ),
        guards=("exclusion_open_once",),
        causes="剔除只影响考核，不影响继续办理；诉求人仍须得到解释。",
    ),
    Transition(
        "first_exclusion", "剔除初审同意", "exclusion_first_agreed",
        (w.IN_PROGRESS, w.AWAITING_REVIEW, w.AWAITING_CALLBACK, w.SUSPENDED, w.CLOSED), None,
        "case.rule_exclusion",
        asks=(note("意见", required=False),),
        guards=("exclusion_pending", "first_review_open", "asker_is_not_decider"),
    ),
    Transition(
        "second_exclusion", "剔除复审同意", "excluded",
        (w.IN_PROGRESS, w.AWAITING_REVIEW, w.AWAITING_CALLBACK, w.SUSPENDED, w.CLOSED), None,
        "case.rule_exclusion",
        asks=(note("意见", required=False),),
        guards=("exclusion_pending", "second_reviewer_differs", "asker_is_not_decider"),
    ),
    Transition(
        "refuse_exclusion", "不同意剔除", "exclusion_refused",
        (w.IN_PROGRESS, w.AWAITING_REVIEW, w.AWAITING_CALLBACK, w.SUSPENDED, w.CLOSED), None,
        "case.rule_exclusion",
        asks=(note("理由"),), guards=("exclusion_pending", "asker_is_not_decider"),
    ),
)  # fmt: skip

TERMINATION = (
    Transition(
        "ask_termination", "申请终止", "termination_asked", (w.IN_PROGRESS, w.SUSPENDED), None,
        "case.ask_termination", LEAD,
        asks=(
            Ask("reason", "原因", "choice", choices=w.TERMINATE_REASONS),
            Ask("basis", "依据", "line", limit=200),
            Ask("reply", "给诉求人的书面说明", words=True, public=True),
        ),
        guards=("no_open_termination",),
    ),
    Transition(
        "grant_termination", "同意终止", "terminated", (w.IN_PROGRESS, w.SUSPENDED), w.TERMINATED,
        "case.rule_termination",
        asks=(note("意见", required=False), Ask("children", "下级件", "children", required=False)),
        guards=("termination_pending", "asker_is_not_decider", "children_answered"),
        cancels=ALL_CLOCKS, told="已终止办理，原因见说明", causes="此件结束，不再办理。",
    ),
    Transition(
        "refuse_termination", "不同意终止", "termination_refused", (w.IN_PROGRESS, w.SUSPENDED),
        None, "case.rule_termination",
        asks=(note("理由"),), guards=("termination_pending", "asker_is_not_decider"),
    ),
)  # fmt: skip

RELAPSE = (
    Transition(
        "report_relapse", "问题又出现了", "relapse_reported", (w.CLOSED,), None, "", REPORTER,
        asks=(note("现在的情况"),), guards=("no_open_relapse",), told="您反映问题又出现",
    ),
    Transition(
        "reopen", "反弹重开", "reopened", (w.CLOSED,), w.AWAITING_DISPATCH, "case.recheck",
        asks=(note("复查或反映的情况"),), meets=("recheck",), clock="resume",
        told="复查发现问题又出现，已重新办理",
        causes="此件以新一轮重新办理，上一轮的办结不再算稳固。",
    ),
    Transition(
        "refuse_relapse", "核实未反弹", "relapse_refused", (w.CLOSED,), None, "case.recheck",
        asks=(reply("给诉求人的说明", "诉求人会原样看到"),), guards=("relapse_pending",),
        told="已核实，未发现反弹",
    ),
)  # fmt: skip
