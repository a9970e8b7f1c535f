"""What may follow what, by whom, needing what: rows, not code.

A case type is built from such rows (see BASE). Buttons, forms, permissions, documents and the
test that walks every status × action come from them. Sources: practice.md §1.2–1.5.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from huiyin.cases.rules import words as w

#: Who a transition belongs to beside its grant.
ANYBODY, LEAD, SUPPORT, PARTICIPANT, SYSTEM, REPORTER = (
    "anybody", "lead", "support", "participant", "system", "reporter",
)  # fmt: skip
PARTY_LABELS = {
    ANYBODY: "有权限的人",
    LEAD: "主办单位",
    SUPPORT: "协办单位",
    PARTICIPANT: "主办或协办单位",
    SYSTEM: "系统",
    REPORTER: "诉求人",
}
#: Target of a transition that goes back to where the case came from.
PRIOR = "@prior"


@dataclass(frozen=True)
class Ask:
    """One thing that an action asks for. `words`: somebody's sentences, kept outside the hash.
    `public`: shown to the reporter exactly as written."""

    key: str
    label: str
    type: str = "text"  # text | line | choice | unit | units | subject | date | number | yes_no | files | case | children
    required: bool = True
    choices: Mapping[str, str] = field(default_factory=dict)
    help: str = ""
    words: bool = False
    public: bool = False
    limit: int = 2000
    after_rework: bool = False  # asked only of a case that was sent back before


@dataclass(frozen=True)
class Transition:
    """One row: `action` (verb, button) → `event` (past) → `target` (status; None = stays)."""

    action: str
    label: str
    event: str
    sources: tuple[str, ...]
    target: str | None
    grant: str = ""
    party: str = ANYBODY
    asks: tuple[Ask, ...] = ()
    duty: str | None = None
    guards: tuple[str, ...] = ()
    starts: tuple[str, ...] = ()
    meets: tuple[str, ...] = ()
    cancels: tuple[str, ...] = ()
    continues: tuple[str, ...] = ()  # ended clocks that run on as if they had not
    clock: str = ""  # pause | resume | change | extend
    told: str = ""  # the sentence for the reporter's timeline; empty = not shown there
    causes: str = ""  # what an irreversible act causes: asked once before it is done
    likely: bool = False

    def ask(self, key: str) -> Ask:
        return next(a for a in self.asks if a.key == key)


def _note(label: str = "说明", *, required: bool = True, help: str = "") -> Ask:
    return Ask("note", label, required=required, words=True, help=help)


def _reply(label: str, help: str) -> Ask:
    return Ask("reply", label, words=True, public=True, help=help)


_WORKING = (w.AWAITING_ACCEPTANCE, w.IN_PROGRESS)
_OPEN = tuple(s for s in w.STATUSES if s not in w.ENDED)
#: Where a leader on duty may still have to be told: answered at once or not.
ALERTED = tuple(s for s in w.STATUSES if s not in (w.WITHHELD, w.ARCHIVED))
_UNDER_WAY = (*_WORKING, w.AWAITING_RETURN_RULING, w.AWAITING_REVIEW, w.AWAITING_CALLBACK)
#: The leader on duty still has to know when the desk has answered.
_ALL_CLOCKS = tuple(d for d in w.DEADLINES if d != "alert")
#: What somebody above waits for while the case is under way.
_ABOVE = ("coordinate", "supervision_answer")
_HANDLING_CLOCKS = ("accept", "contact", "handle", "return_window", "return_ruling", "support")

_DISPATCH_ASKS = (
    Ask("lead", "主办单位", "unit", help="社区只能协办，不能主办"),
    Ask("support", "协办单位", "units", required=False),
    Ask("kind", "诉求性质", "choice", choices=w.KINDS, required=False),
    Ask("urgency", "紧急度", "choice", choices=w.URGENCIES, required=False),
    Ask("category", "类别", "category", required=False),
    Ask("note", "派单说明", words=True, required=False, help="写给承办单位，诉求人看不到"),
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
        asks=(_reply("答复内容", "诉求人会原样看到"),), meets=("admit",), cancels=_ALL_CLOCKS,
        told="已当场答复", causes="答复后此件结束，不进三率。",
    ),
    Transition(
        "tell_channel", "告知法定途径", "channel_told", (w.REGISTERED, w.AWAITING_DISPATCH),
        w.TOLD_CHANNEL, "case.answer",
        asks=(
            Ask("channel", "法定途径", "choice", choices=w.TELL_CHANNELS),
            Ask("outside_number", "该渠道编号", "line", required=False, limit=60),
            Ask("outside_on", "该渠道受理日期", "date", required=False),
            _reply("告知内容", "写明该找哪里、电话、编号；诉求人会原样看到"),
        ),
        meets=("admit",), cancels=_ALL_CLOCKS, told="已告知应走的渠道",
        causes="告知后此件结束，不重复办理。",
    ),
    Transition(
        "decline", "不予受理", "declined", (w.REGISTERED, w.AWAITING_DISPATCH), w.DECLINED,
        "case.answer",
        asks=(
            Ask("reason", "原因", "choice", choices=w.DECLINE_REASONS),
            _reply("给诉求人的解释", "诉求人会原样看到，请说明可以怎么办"),
        ),
        meets=("admit",), cancels=_ALL_CLOCKS, told="不予受理，已说明原因",
        causes="此件结束；诉求人会看到您的解释。",
    ),
    Transition(
        "withhold", "转检举控告", "withheld", _OPEN, w.WITHHELD, "case.withhold",
        asks=(Ask("channel", "该找哪里", "choice", choices=w.ACCUSATION_CHANNELS),),
        guards=("no_open_child",), cancels=tuple(w.DEADLINES),
        told="这类事不在这里办，请按页面所列专门渠道反映",
        causes="此件只留底，所有人（包括您）都不再看得到；诉求人会看到该打 12388 还是 12380。",
    ),
)  # fmt: skip

DISPATCH = (
    Transition(
        "dispatch", "派单", "dispatched", (w.REGISTERED, w.AWAITING_DISPATCH),
        w.AWAITING_ACCEPTANCE, "case.dispatch", asks=_DISPATCH_ASKS,
        guards=("lead_can_lead", "units_not_recused", "unit_lost_return"),
        starts=("accept", "contact", "handle", "return_window", "support"), meets=("admit",),
        told="已交给承办单位", likely=True,
    ),
    Transition(
        "redispatch", "改派", "redispatched", (*_WORKING, w.SUSPENDED), w.AWAITING_ACCEPTANCE,
        "case.dispatch",
        asks=(
            *_DISPATCH_ASKS[:2],
            Ask("reason", "为什么改派", "choice", required=False, choices=w.REDISPATCH_REASONS),
            _note("改派理由"),
        ),
        guards=("lead_can_lead", "units_not_recused", "lead_changes", "unit_lost_return"),
        cancels=(*_HANDLING_CLOCKS, "suspension_review"),
        starts=("accept", "contact", "handle", "return_window", "support"), clock="resume",
        told="已改由其他单位承办",
    ),
    Transition(
        "replace_support", "更换协办单位", "support_replaced",
        (*_WORKING, w.AWAITING_RETURN_RULING), None, "case.dispatch",
        asks=(
            Ask("support", "由谁接着协办", "units", required=False,
                help="不选就不再要协办，主办单位照常办"),
            _note("更换理由"),
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
        "contact", "登记首次联系", "first_contacted", _WORKING, None, "case.contact", LEAD,
        asks=(
            Ask("how", "怎样联系的", "choice", choices={
                "phone": "电话接通", "visit": "到场见面", "relay": "经热线或社区转接"}),
            _note("联系情况", required=False),
        ),
        duty="handle", guards=("not_contacted_yet",), meets=("contact",), told="承办单位已联系",
    ),
    Transition(
        "transfer_contact", "转接登记首次联系", "contact_transferred", _WORKING, None,
        "case.transfer_contact",
        asks=(_note("转接情况", required=False),),
        guards=("not_contacted_yet",), meets=("contact",), told="热线或社区已转接联系",
    ),
    Transition(
        "arrive", "登记到场", "arrived", (w.IN_PROGRESS,), None, "case.handle", PARTICIPANT,
        duty="handle", asks=(_note("到场情况", required=False),), guards=("not_arrived_yet",),
        told="工作人员已到场",
    ),
    Transition(
        "support_done", "反馈协办结果", "support_finished", (*_WORKING, w.AWAITING_RETURN_RULING),
        None, "case.support", SUPPORT,
        asks=(_note("协办结果"),), duty="handle", guards=("support_open",), meets=("support",),
        likely=True,
    ),
    Transition(
        "take_over", "换我来办", "taken_over", (w.IN_PROGRESS,), None, "case.handle", PARTICIPANT, duty="handle",
        told="承办人已更换",
    ),
    Transition(
        "hand_over", "接手（交接单）", "handed_over",
        (w.AWAITING_ACCEPTANCE, *_UNDER_WAY[1:], w.SUSPENDED), None, "case.handle", PARTICIPANT,
        duty="handle", guards=("from_a_sheet",), told="承办人已更换",
    ),
    Transition(
        "record_step", "记录办理过程", "step_recorded", (w.IN_PROGRESS,), None, "case.handle", LEAD,
        asks=(_note("办理过程"), Ask("files", "照片或附件", "files", required=False)),
        duty="handle",
    ),
    Transition(
        "submit_result", "提交办理结果", "result_submitted", (w.IN_PROGRESS,), w.AWAITING_REVIEW,
        "case.handle", LEAD,
        asks=(
            _reply("给诉求人的答复", "说清做了什么、什么时候做的、还差什么；诉求人会原样看到"),
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
        asks=(_note("审核意见", required=False),), duty="check", starts=("callback",),
        told="办理结果已核对，请您确认是否解决", likely=True,
    ),
    Transition(
        "send_back", "退回重办", "sent_back", (w.AWAITING_REVIEW,), w.IN_PROGRESS, "case.review",
        asks=(_note("退回理由"),), duty="check", continues=("handle",), told="答复未通过核对，继续办理",
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
            _note("诉求人的话", required=False),
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
            _note("想说的话", required=False),
        ),
        guards=("host_awaits_callback", "not_answered_online"), told="您已确认",
    ),
    Transition(
        "rework", "发回重办", "rework_ordered", (w.AWAITING_CALLBACK,), w.IN_PROGRESS,
        "case.callback",
        asks=(_note("重办要求"),), duty="check", guards=("callback_says_no",),
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
            _note("依据", required=False, help="研判、延期、移交销号须先发回重办过，并写明依据"),
            Ask("children", "下级件", "children", required=False),
        ),
        duty="check",
        guards=("code_fits_callback", "merged_are_heard", "children_answered"),
        meets=("callback",), cancels=(*_HANDLING_CLOCKS, *_ABOVE), starts=("recheck",),
        told="已办结并核实", causes="销号后此件办结，30 天后复查。", likely=True,
    ),
    Transition(
        "recheck_good", "复查：稳固", "rechecked", (w.CLOSED,), None, "case.recheck",
        asks=(_note("复查情况", required=False),), duty="check", guards=("recheck_pending",),
        meets=("recheck",), told="已复查",
    ),
    Transition(
        "archive", "归档", "archived", (w.CLOSED,), w.ARCHIVED, "case.archive",
        guards=("recheck_done",),
    ),
)  # fmt: skip

RETURNS = (
    Transition(
        "return_case", "退单", "return_asked", _WORKING, w.AWAITING_RETURN_RULING, "case.return",
        LEAD,
        asks=(
            Ask("reason", "退单理由", "choice", choices=w.RETURN_REASONS),
            Ask("basis", "法条或三定依据", "line", limit=200),
            Ask("proposed_unit", "建议承办单位", "unit"),
            _note("说明"),
        ),
        guards=("return_in_time", "return_once", "not_ruled_before"), starts=("return_ruling",),
        causes="每个单位对同一件只能退一次；裁定期间时限照走。",
    ),
    Transition(
        "grant_return", "准予退单并改派", "return_granted", (w.AWAITING_RETURN_RULING,),
        w.AWAITING_ACCEPTANCE, "case.rule_return",
        asks=(*_DISPATCH_ASKS[:2], _note("裁定说明")),
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
        asks=(_note("驳回理由"),), guards=("asker_is_not_decider",), meets=("return_ruling",),
        causes="驳回后该单位不得再退。",
    ),
)  # fmt: skip

EXTENSIONS = (
    Transition(
        "ask_extension", "申请延期", "extension_asked", _WORKING, None, "case.ask_extension", LEAD,
        asks=(
            Ask("amount", "延长多少（与原时限同单位）", "number"),
            _note("理由"),
            Ask("reply", "告知诉求人的话", words=True, public=True,
                help="说明为什么需要更久、现在做到哪一步"),
        ),
        guards=("extension_in_time", "extension_once", "extension_not_urgent",
                "extension_not_longer", "no_open_extension"),
    ),
    Transition(
        "grant_extension", "同意延期", "extension_granted", _UNDER_WAY, None, "case.rule_extension",
        asks=(_note("意见", required=False),),
        guards=("extension_pending", "asker_is_not_decider"), clock="extend",
        told="办理时间已延长，原因见说明",
    ),
    Transition(
        "refuse_extension", "不同意延期", "extension_refused", _UNDER_WAY, None,
        "case.rule_extension",
        asks=(_note("理由"),), guards=("extension_pending", "asker_is_not_decider"),
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
            _note("阶段性措施"),
            Ask("reply", "告知诉求人的话", words=True, public=True),
        ),
        guards=("no_open_suspension",),
    ),
    Transition(
        "grant_suspension", "同意挂账", "suspended", (w.IN_PROGRESS,), w.SUSPENDED,
        "case.rule_suspension",
        asks=(_note("意见", required=False),),
        guards=("suspension_pending", "asker_is_not_decider"), starts=("suspension_review",),
        clock="pause", told="暂时无法解决，已列入跟踪，每季度复核",
        causes="挂账期间停表，每季度复核一次。",
    ),
    Transition(
        "refuse_suspension", "不同意挂账", "suspension_refused", (w.IN_PROGRESS,), None,
        "case.rule_suspension",
        asks=(_note("理由"),), guards=("suspension_pending", "asker_is_not_decider"),
    ),
    Transition(
        "review_suspension", "挂账复核：继续", "suspension_reviewed", (w.SUSPENDED,), None,
        "case.rule_suspension",
        asks=(_note("进展与下一步"),), meets=("suspension_review",), starts=("suspension_review",),
        told="已复核，继续跟踪",
    ),
    Transition(
        "resume", "恢复办理", "resumed", (w.SUSPENDED,), w.IN_PROGRESS, "case.rule_suspension",
        asks=(_note("说明", required=False),), meets=("suspension_review",), clock="resume",
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
            _note("说明"),
            Ask("files", "依据附件", "files"),
        ),
        guards=("exclusion_open_once",),
        causes="剔除只影响考核，不影响继续办理；诉求人仍须得到解释。",
    ),
    Transition(
        "first_exclusion", "剔除初审同意", "exclusion_first_agreed",
        (w.IN_PROGRESS, w.AWAITING_REVIEW, w.AWAITING_CALLBACK, w.SUSPENDED, w.CLOSED), None,
        "case.rule_exclusion",
        asks=(_note("意见", required=False),),
        guards=("exclusion_pending", "first_review_open", "asker_is_not_decider"),
    ),
    Transition(
        "second_exclusion", "剔除复审同意", "excluded",
        (w.IN_PROGRESS, w.AWAITING_REVIEW, w.AWAITING_CALLBACK, w.SUSPENDED, w.CLOSED), None,
        "case.rule_exclusion",
        asks=(_note("意见", required=False),),
        guards=("exclusion_pending", "second_reviewer_differs", "asker_is_not_decider"),
    ),
    Transition(
        "refuse_exclusion", "不同意剔除", "exclusion_refused",
        (w.IN_PROGRESS, w.AWAITING_REVIEW, w.AWAITING_CALLBACK, w.SUSPENDED, w.CLOSED), None,
        "case.rule_exclusion",
        asks=(_note("理由"),), guards=("exclusion_pending", "asker_is_not_decider"),
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
        asks=(_note("意见", required=False), Ask("children", "下级件", "children", required=False)),
        guards=("termination_pending", "asker_is_not_decider", "children_answered"),
        cancels=_ALL_CLOCKS, told="已终止办理，原因见说明", causes="此件结束，不再办理。",
    ),
    Transition(
        "refuse_termination", "不同意终止", "termination_refused", (w.IN_PROGRESS, w.SUSPENDED),
        None, "case.rule_termination",
        asks=(_note("理由"),), guards=("termination_pending", "asker_is_not_decider"),
    ),
)  # fmt: skip

RELAPSE = (
    Transition(
        "report_relapse", "问题又出现了", "relapse_reported", (w.CLOSED,), None, "", REPORTER,
        asks=(_note("现在的情况"),), guards=("no_open_relapse",), told="您反映问题又出现",
    ),
    Transition(
        "reopen", "反弹重开", "reopened", (w.CLOSED,), w.AWAITING_DISPATCH, "case.recheck",
        asks=(_note("复查或反映的情况"),), meets=("recheck",), clock="resume",
        told="复查发现问题又出现，已重新办理",
        causes="此件以新一轮重新办理，上一轮的办结不再算稳固。",
    ),
    Transition(
        "refuse_relapse", "核实未反弹", "relapse_refused", (w.CLOSED,), None, "case.recheck",
        asks=(_reply("给诉求人的说明", "诉求人会原样看到"),), guards=("relapse_pending",),
        told="已核实，未发现反弹",
    ),
)  # fmt: skip

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
        asks=(_note("看到的情况", help=_SEEN),), duty="check", guards=_LOOK, told="已抽查核实",
        likely=True,
    ),
    Transition(
        "look_untrue", "核看：不属实", "looked_untrue", (w.CLOSED,), None, "case.look_on_spot",
        asks=(_note("看到的情况", help=_SEEN),), duty="check", guards=_LOOK,
        told="抽查发现没有办好", causes="此件转为普通工单重新派单，不再算自办件。",
    ),
    Transition(
        "reopen_on_spot", "转为普通工单", "on_spot_reopened", (w.CLOSED,), w.AWAITING_DISPATCH, "",
        SYSTEM, guards=("on_spot_found_untrue",), told="已重新办理",
    ),
    Transition(
        "look_unsure", "核看：未能核实", "looked_unsure", (w.CLOSED,), None, "case.look_on_spot",
        asks=(_note("为什么没能核实", help=_SEEN),), duty="check", guards=_LOOK,
    ),
)  # fmt: skip

LINKING = (
    Transition(
        "reclassify", "更正性质或紧急度", "reclassified",
        (w.REGISTERED, w.AWAITING_DISPATCH, *_WORKING), None, "case.dispatch",
        asks=(
            Ask("kind", "诉求性质", "choice", choices=w.KINDS),
            Ask("urgency", "紧急度", "choice", choices=w.URGENCIES),
            Ask("category", "类别", "category", required=False),
            _note("理由"),
        ),
        clock="change", causes="办理时限按更正后的性质从派出时重新推算。",
    ),
    Transition(
        "correct_about", "更正被反映单位", "about_corrected",
        (w.REGISTERED, w.AWAITING_DISPATCH, *_WORKING, w.SUSPENDED), None, "case.admit",
        asks=(
            Ask("about_unit", "反映的是哪个单位", "subject", required=False,
                help="不针对任何单位就选第一项"),
            _note("怎么知道的", required=False),
        ),
        guards=("about_changes",),
        causes="登记的单位看不到此件，也不能办理；它正在协办的，协办随即结束。",
    ),
    Transition(
        "split", "拆出下级件", "split_off", (w.AWAITING_DISPATCH, *_WORKING, w.SUSPENDED), None,
        "case.parent",
        asks=(
            Ask("text", "下级件要办的事", words=True,
                help="用您自己的话写清要办什么；诉求人的原话和联系方式不带过去"),
        ),
        causes="生成一件新的下级件待派单；本件销号前会逐件询问下级件。",
    ),
    Transition(
        "link_related", "关联另一件", "linked", _OPEN, None, "case.parent",
        asks=(Ask("into", "关联哪一件", "case"), _note("关系说明", required=False)),
        guards=("other_case_exists",),
    ),
    Transition(
        "link_repeat", "标为重复件", "repeat_linked", _OPEN, None, "case.caller_history",
        asks=(
            Ask("into", "与哪一件重复", "case", help="同一个人、同一件事，以前的那件；只有受理员看得到"),
        ),
        guards=("other_case_exists",),
    ),
    Transition(
        "ask_statement", "请被反映单位书面说明", "statement_asked",
        (w.AWAITING_DISPATCH, *_UNDER_WAY), None, "case.dispatch",
        asks=(
            Ask("question", "请说明的事项", words=True,
                help="用您自己的话写；不要写诉求人的原话、姓名、门牌，对方只看到这一段"),
        ),
        guards=("is_about_a_unit", "no_open_statement"),
    ),
    Transition(
        "receive_statement", "收到书面说明", "statement_received", _OPEN, None, "", SYSTEM,
        asks=(Ask("statement", "说明", words=True),),
    ),
)  # fmt: skip

SUPERVISION = (
    Transition(
        "remind", "催办", "reminder_sent", _UNDER_WAY, None, "case.supervise",
        asks=(_note("催办内容", required=False),), guards=("supervision_below_1",),
        starts=("supervision_answer",),
    ),
    Transition(
        "supervise", "书面督办", "supervision_issued", _UNDER_WAY, None, "case.supervise",
        asks=(_note("督办要求"),), guards=("supervision_at_1",),
        starts=("supervision_answer",), causes="承办单位须在时限内书面答复督办。",
    ),
    Transition(
        "admonish", "发提醒函", "admonition_issued", _UNDER_WAY, None, "case.supervise",
        asks=(_note("提醒函内容"),), guards=("supervision_at_2",),
        starts=("supervision_answer",), causes="承办单位须在时限内书面答复提醒函。",
    ),
    Transition(
        "escalate", "提级", "escalated", (*_UNDER_WAY, w.AWAITING_DISPATCH), None, "case.escalate",
        asks=(_note("提级理由"),), guards=("not_escalated",), starts=("coordinate",),
        told="已提级协调",
    ),
    Transition(
        "answer_supervision", "答复督办", "supervision_answered", (*_UNDER_WAY, w.SUSPENDED), None,
        "case.handle", LEAD,
        asks=(_note("答复", help="为什么没按时、现在做到哪一步、什么时候办完"),),
        guards=("supervision_waits",), meets=("supervision_answer",),
    ),
    Transition(
        "coordinate", "记录协调结果", "coordinated",
        (*_UNDER_WAY, w.AWAITING_DISPATCH, w.SUSPENDED), None, "case.escalate",
        asks=(_note("协调结果", help="谁牵头、谁配合、什么时候前办完"),),
        guards=("coordination_waits",), meets=("coordinate",), told="已开会协调，正在落实",
    ),
    Transition(
        "consult", "会商纪要", "consulted", (w.AWAITING_DISPATCH, *_UNDER_WAY, w.SUSPENDED), None,
        "case.consult",
        asks=(Ask("units", "参加单位", "units"), _note("会商结论")),
    ),
    Transition(
        "acknowledge_alert", "值班领导已知悉", "alert_acknowledged", ALERTED, None, "case.alert",
        asks=(_note("怎样处置的", required=False, help="例如：已请公安、人社到场"),),
        guards=("alert_waits",), meets=("alert",),
    ),
    Transition("note", "备注", "noted", _OPEN, None, "case.note", asks=(_note("备注"),)),
    Transition(
        "add_voice", "我也遇到", "voice_added", _OPEN, None, "", REPORTER, told="又有人反映同一问题",
    ),
    Transition("remind_due", "到期提醒", "reminded", _UNDER_WAY, None, "", SYSTEM),
    Transition("mark_overdue", "超期", "overdue", _OPEN, None, "", SYSTEM),
    Transition(
        "escalate_automatically", "自动提级", "escalated_by_rule",
        (*_UNDER_WAY, w.AWAITING_DISPATCH), None, "", SYSTEM, guards=("not_escalated",),
        starts=("coordinate",), told="已提级协调",
    ),
)  # fmt: skip

MERGING = (
    Transition(
        "merge", "并入另一件", "merged", (w.REGISTERED, w.AWAITING_DISPATCH), w.MERGED,
        "case.merge",
        asks=(Ask("into", "并入哪一件", "case"), _note("理由", required=False)),
        guards=("merge_target_fits",), meets=("admit",), cancels=_ALL_CLOCKS,
        told="与同一问题合并办理，仍会单独向您回访",
    ),
    Transition(
        "unmerge", "拆出单独办", "unmerged", (w.MERGED,), w.AWAITING_DISPATCH, "case.merge",
        asks=(_note("理由"),), told="已拆出单独办理",
    ),
)  # fmt: skip

BASE: tuple[Transition, ...] = (
    *ADMISSION, *DISPATCH, *HANDLING, *CHECKING, *RETURNS, *EXTENSIONS, *SUSPENSION, *EXCLUSION,
    *TERMINATION, *RELAPSE, *ON_SPOT, *LINKING, *SUPERVISION, *MERGING,
)  # fmt: skip


def by_action(rows: tuple[Transition, ...]) -> dict[str, Transition]:
    """Index of a table; a repeated action is an error of the declaration."""
    index: dict[str, Transition] = {}
    for row in rows:
        if row.action in index:
            raise ValueError(f"action declared twice: {row.action}")
        index[row.action] = row
    return index


def without(rows: tuple[Transition, ...], *actions: str) -> tuple[Transition, ...]:
    """The table without some rows: a detour that a type lacks is absent, not a stub."""
    return tuple(r for r in rows if r.action not in actions)


def changed(rows: tuple[Transition, ...], action: str, **changes: object) -> tuple[Transition, ...]:
    """The table with one row changed."""
    return tuple(replace(r, **changes) if r.action == action else r for r in rows)  # type: ignore[arg-type]
