"""The straight way of a case: admission, dispatch, handling, checking."""

from __future__ import annotations

from huiyin.cases.rules import words as w
from huiyin.cases.rules.transitions.rows import (
    ABOVE,
    ALL_CLOCKS,
    DISPATCH_ASKS,
    HANDLING_CLOCKS,
    LEAD,
    OPEN,
    PARTICIPANT,
    REPORTER,
    SUPPORT,
    UNDER_WAY,
    WORKING,
    Ask,
    Transition,
    note,
    reply,
)

ADMISSION = (
    Transition(
        "admit", "受理", "admitted", (w.REGISTERED,), w.AWAITING_DISPATCH, "case.admit",
        meets=("admit",), told="已受理",
    ),
    Transition(
        "write_down", "听写", "written_down", (w.REGISTERED, w.AWAITING_DISPATCH), None,
        "case.admit",
        asks=(
            Ask("text", "听写的原话", words=True, public=True,
                help="照原话写，听不清的写“（听不清）”；写好以后录音再保留几天就清除"),
            Ask("accuses", "是检举控告公职人员吗", "choice", choices=w.ACCUSES, required=False,
                help="像检举控告的，写好以后必须选；选“是”就只留底"),
        ),
        guards=("spoken_not_written", "accusation_answered"), told="语音已写成文字", likely=True,
    ),
    Transition(
        "answer", "当场答复", "answered_at_once", (w.REGISTERED, w.AWAITING_DISPATCH), w.ANSWERED,
        "case.answer",
        asks=(reply("答复内容", "诉求人会原样看到"),), meets=("admit",), cancels=ALL_CLOCKS,
        told="已当场答复", causes="答复后此件结束，不进三率。",
    ),
    Transition(
        "tell_channel", "告知法定途径", "channel_told", (w.REGISTERED, w.AWAITING_DISPATCH),
        w.TOLD_CHANNEL, "case.answer",
        asks=(
            Ask("channel", "法定途径", "choice", choices=w.TELL_CHANNELS),
            Ask("outside_number", "该渠道编号", "line", required=False, limit=60),
            Ask("outside_on", "该渠道受理日期", "date", required=False),
            reply("告知内容", "写明该找哪里、电话、编号；诉求人会原样看到"),
        ),
        meets=("admit",), cancels=ALL_CLOCKS, told="已告知应走的渠道",
        causes="告知后此件结束，不重复办理。",
    ),
    Transition(
        "decline", "不予受理", "declined", (w.REGISTERED, w.AWAITING_DISPATCH), w.DECLINED,
        "case.answer",
        asks=(
            Ask("reason", "原因", "choice", choices=w.DECLINE_REASONS),
            reply("给诉求人的解释", "诉求人会原样看到，请说明可以怎么办"),
        ),
        meets=("admit",), cancels=ALL_CLOCKS, told="不予受理，已说明原因",
        causes="此件结束；诉求人会看到您的解释。",
    ),
    Transition(
        "withhold", "转检举控告", "withheld", OPEN, w.WITHHELD, "case.withhold",
        asks=(Ask("channel", "该找哪里", "choice", choices=w.ACCUSATION_CHANNELS),),
        guards=("no_open_child",), cancels=tuple(w.DEADLINES),
        told="这类事不在这里办，请按页面所列专门渠道反映",
        causes="此件只留底，所有人（包括您）都不再看得到；诉求人会看到该打 12388 还是 12380。",
    ),
)  # fmt: skip

DISPATCH = (
    Transition(
        "dispatch", "派单", "dispatched", (w.REGISTERED, w.AWAITING_DISPATCH),
        w.AWAITING_ACCEPTANCE, "case.dispatch", asks=DISPATCH_ASKS,
        guards=("lead_can_lead", "units_not_recused", "unit_lost_return"),
        starts=("accept", "contact", "handle", "return_window", "support"), meets=("admit",),
        told="已交给承办单位", likely=True,
    ),
    Transition(
        "redispatch", "改派", "redispatched", (*WORKING, w.SUSPENDED), w.AWAITING_ACCEPTANCE,
        "case.dispatch",
        asks=(
            *DISPATCH_ASKS[:2],
            Ask("reason", "为什么改派", "choice", required=False, choices=w.REDISPATCH_REASONS),
            note("改派理由"),
        ),
        guards=("lead_can_lead", "units_not_recused", "lead_changes", "unit_lost_return"),
        cancels=(*HANDLING_CLOCKS, "suspension_review"),
        starts=("accept", "contact", "handle", "return_window", "support"), clock="resume",
        told="已改由其他单位承办",
    ),
    Transition(
        "replace_support", "更换协办单位", "support_replaced",
        (*WORKING, w.AWAITING_RETURN_RULING), None, "case.dispatch",
        asks=(
            Ask("support", "由谁接着协办", "units", required=False,
                help="不选就不再要协办，主办单位照常办"),
            note("更换理由"),
        ),
        guards=("support_recused", "units_not_recused"), starts=("support",),
        causes="已回避的协办单位从此件退出，不再看到此件。",
    ),
)  # fmt: skip

HANDLING = (
    Transition(
        "accept", "签收", "accepted", (w.AWAITING_ACCEPTANCE,), w.IN_PROGRESS, "case.accept", LEAD,
        duty="handle", meets=("accept",), told="承办单位已签收", likely=True,
    ),
    Transition(
        "contact", "登记首次联系", "first_contacted", WORKING, None, "case.contact", LEAD,
        asks=(
            Ask("how", "怎样联系的", "choice", choices={
                "phone": "电话接通", "visit": "到场见面", "relay": "经热线或社区转接"}),
            note("联系情况", required=False),
        ),
        duty="handle", guards=("not_contacted_yet",), meets=("contact",), told="承办单位已联系",
    ),
    Transition(
        "transfer_contact", "转接登记首次联系", "contact_transferred", WORKING, None,
        "case.transfer_contact",
        asks=(note("转接情况", required=False),),
        guards=("not_contacted_yet",), meets=("contact",), told="热线或社区已转接联系",
    ),
    Transition(
        "arrive", "登记到场", "arrived", (w.IN_PROGRESS,), None, "case.handle", PARTICIPANT,
        duty="handle", asks=(note("到场情况", required=False),), guards=("not_arrived_yet",),
        told="工作人员已到场",
    ),
    Transition(
        "support_done", "反馈协办结果", "support_finished", (*WORKING, w.AWAITING_RETURN_RULING),
        None, "case.support", SUPPORT,
        asks=(note("协办结果"),), duty="handle", guards=("support_open",), meets=("support",),
        likely=True,
    ),
    Transition(
        "take_over", "换我来办", "taken_over", (w.IN_PROGRESS,), None, "case.handle", PARTICIPANT, duty="handle",
        told="承办人已更换",
    ),
    Transition(
        "hand_over", "接手（交接单）", "handed_over",
        (w.AWAITING_ACCEPTANCE, *UNDER_WAY[1:], w.SUSPENDED), None, "case.handle", PARTICIPANT,
        duty="handle", guards=("from_a_sheet",), told="承办人已更换",
    ),
    Transition(
        "record_step", "记录办理过程", "step_recorded", (w.IN_PROGRESS,), None, "case.handle", LEAD,
        asks=(note("办理过程"), Ask("files", "照片或附件", "files", required=False)),
        duty="handle",
    ),
    Transition(
        "submit_result", "提交办理结果", "result_submitted", (w.IN_PROGRESS,), w.AWAITING_REVIEW,
        "case.handle", LEAD,
        asks=(
            reply("给诉求人的答复", "说清做了什么、什么时候做的、还差什么；诉求人会原样看到"),
            Ask("note", "内部说明", words=True, required=False, help="诉求人看不到"),
            Ask("files", "照片或附件", "files", required=False, help="选填，不作考核"),
        ),
        duty="handle", guards=("no_open_return", "support_answered"),
        meets=("handle", "contact_if_reply"), cancels=("return_window",),
        told="承办单位已答复，正在核对", likely=True,
    ),
)  # fmt: skip

CHECKING = (
    Transition(
        "approve", "审核通过", "approved", (w.AWAITING_REVIEW,), w.AWAITING_CALLBACK, "case.review",
        asks=(note("审核意见", required=False),), duty="check", starts=("callback",),
        told="办理结果已核对，请您确认是否解决", likely=True,
    ),
    Transition(
        "send_back", "退回重办", "sent_back", (w.AWAITING_REVIEW,), w.IN_PROGRESS, "case.review",
        asks=(note("退回理由"),), duty="check", continues=("handle",), told="答复未通过核对，继续办理",
    ),
    Transition(
        "call_back", "登记回访", "called_back", (w.AWAITING_CALLBACK, w.MERGED), None,
        "case.callback",
        asks=(
            Ask("channel", "回访方式", "choice", choices={
                k: v for k, v in w.CALLBACK_CHANNELS.items() if k != "web"}),
            Ask("outcome", "结果", "choice", choices=w.CALLBACK_OUTCOMES),
            Ask("contacted_in_time", "派单后 {contact_hours} 小时内有人联系过吗", "yes_no", required=False),
            Ask("resolved", "问题解决了吗", "yes_no", required=False),
            Ask("satisfied", "满意吗", "choice", choices=w.SATISFACTION, required=False),
            note("诉求人的话", required=False),
        ),
        duty="check", guards=("reached_says_resolved", "attempts_apart", "three_attempts_at_most",
                "not_rung_after_refusal", "host_awaits_callback"),
        likely=True,
    ),
    Transition(
        "answer_as_reporter", "我来确认", "reporter_answered", (w.AWAITING_CALLBACK, w.MERGED),
        None, "", REPORTER,
        asks=(
            Ask("resolved", "问题解决了吗", "yes_no"),
            Ask("satisfied", "满意吗", "choice", choices=w.SATISFACTION, required=False),
            note("想说的话", required=False),
        ),
        guards=("host_awaits_callback", "not_answered_online"), told="您已确认",
    ),
    Transition(
        "rework", "发回重办", "rework_ordered", (w.AWAITING_CALLBACK,), w.IN_PROGRESS,
        "case.callback",
        asks=(note("重办要求"),), duty="check", guards=("callback_says_no",),
        meets=("callback",), starts=("handle",), told="您反映尚未解决，已发回重办",
    ),
    Transition(
        "sign_off", "销号", "signed_off", (w.AWAITING_CALLBACK,), w.CLOSED, "case.sign_off",
        asks=(
            Ask("code", "销号类型", "choice", choices=w.SIGN_OFF_CODES),
            Ask("until", "延期销号：延到哪天", "date", required=False, after_rework=True,
                help="诉求人会看到这个日期"),
            Ask("to_whom", "移交销号：移交给谁", "line", required=False, limit=60, after_rework=True,
                help="写接手的单位或机构，诉求人会看到"),
            note("依据", required=False, help="研判、延期、移交销号须先发回重办过，并写明依据"),
            Ask("children", "下级件", "children", required=False),
        ),
        duty="check",
        guards=("code_fits_callback", "merged_are_heard", "children_answered"),
        meets=("callback",), cancels=(*HANDLING_CLOCKS, *ABOVE), starts=("recheck",),
        told="已办结并核实", causes="销号后此件办结，30 天后复查。", likely=True,
    ),
    Transition(
        "recheck_good", "复查：稳固", "rechecked", (w.CLOSED,), None, "case.recheck",
        asks=(note("复查情况", required=False),), duty="check", guards=("recheck_pending",),
        meets=("recheck",), told="已复查",
    ),
    Transition(
        "archive", "归档", "archived", (w.CLOSED,), w.ARCHIVED, "case.archive",
        guards=("recheck_done",),
    ),
)  # fmt: skip
