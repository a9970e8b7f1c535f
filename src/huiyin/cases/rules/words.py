"""Keys and the words of the screen. Keys are plain strings so that migrations import no code of ours."""

from __future__ import annotations

# -- statuses --------------------------------------------------------------------------------
REGISTERED = "registered"
AWAITING_DISPATCH = "awaiting_dispatch"
AWAITING_ACCEPTANCE = "awaiting_acceptance"
IN_PROGRESS = "in_progress"
AWAITING_RETURN_RULING = "awaiting_return_ruling"
AWAITING_REVIEW = "awaiting_review"
AWAITING_CALLBACK = "awaiting_callback"
SUSPENDED = "suspended"
CLOSED = "closed"
ANSWERED = "answered"
TOLD_CHANNEL = "told_channel"
DECLINED = "declined"
TERMINATED = "terminated"
MERGED = "merged"
ARCHIVED = "archived"
WITHHELD = "withheld"

STATUSES = {
    REGISTERED: "待受理",
    AWAITING_DISPATCH: "待派单",
    AWAITING_ACCEPTANCE: "待签收",
    IN_PROGRESS: "办理中",
    AWAITING_RETURN_RULING: "退单待审",
    AWAITING_REVIEW: "待审核",
    AWAITING_CALLBACK: "待回访",
    SUSPENDED: "挂账",
    CLOSED: "办结",
    ANSWERED: "即时答复",
    TOLD_CHANNEL: "告知法定途径",
    DECLINED: "不予受理",
    TERMINATED: "终止",
    MERGED: "已并单",
    ARCHIVED: "已归档",
    WITHHELD: "检举控告（不派单）",
}
#: Nothing more is expected of anybody.
ENDED = (CLOSED, ANSWERED, TOLD_CHANNEL, DECLINED, TERMINATED, MERGED, ARCHIVED, WITHHELD)
#: Endings that few cases have (an index of their own finds them).
RARE_ENDINGS = (ANSWERED, TOLD_CHANNEL, DECLINED, TERMINATED, MERGED)
#: The same for the resident, in plain words: no term of office on public pages (visual.md).
PUBLIC_STATUSES = {
    REGISTERED: "已收到，等待受理",
    AWAITING_DISPATCH: "已受理，正在确定由谁来办",
    AWAITING_ACCEPTANCE: "已交给承办单位",
    IN_PROGRESS: "正在办理",
    AWAITING_RETURN_RULING: "正在确定由谁来办",
    AWAITING_REVIEW: "已办理，正在核对结果",
    AWAITING_CALLBACK: "已答复，等您确认是否解决",
    SUSPENDED: "暂时无法解决，已列入跟踪",
    CLOSED: "已办结并核实",
    ANSWERED: "已当场答复",
    TOLD_CHANNEL: "已告知您应走的渠道",
    DECLINED: "不属于受理范围，已说明原因",
    TERMINATED: "已终止办理，已说明原因",
    MERGED: "与同一问题合并办理",
    ARCHIVED: "已办结并核实",
    WITHHELD: "请按页面所列专门渠道反映",
}

# -- what a report is ------------------------------------------------------------------------
KINDS = {
    "enquiry": "咨询",
    "help": "求助",
    "suggestion": "建议",
    "complaint": "投诉",
    "accusation": "举报",
}
URGENCIES = {"life": "危及生命财产", "utility": "水电气热", "normal": "一般"}
CHANNELS = {
    "web": "网页",
    "qr": "扫码",
    "phone": "电话",
    "visit": "来访",
    "excel": "表格导入",
    "paste": "转述文字",
    "voice": "语音",
    "open311": "接口",
    "door": "敲门听需",
}
#: Channels of nearly all cases; the others are few (an index of their own finds them).
USUAL_CHANNELS = ("web", "qr", "phone")
CONTACT_CHOICES = {"direct": "可直接联系我", "relay": "只经热线或社区转接", "confidential": "保密"}
CONTACT_ROLES = {"reporter": "反映人", "for_whom": "被代报人"}
ASSIGNMENT_ROLES = {"lead": "主办", "support": "协办", "verify": "核实"}
DUTIES = {"find": "发现", "handle": "办理", "check": "核验"}
TIME_UNITS = {
    "hours": "小时",
    "days": "天",
    "workdays": "个工作日",
    "working_hours": "个工作小时",
}

# -- clocks ----------------------------------------------------------------------------------
DEADLINES = {
    "admit": "受理",
    "accept": "签收",
    "contact": "首次联系",
    "handle": "办理",
    "support": "协办反馈",
    "return_window": "退单期限",
    "return_ruling": "退单裁定",
    "callback": "回访",
    "suspension_review": "挂账复核",
    "recheck": "复查",
    "first_talk": "首次调解",
    "alert": "值班领导知悉",
    "coordinate": "提级协调",
    "supervision_answer": "答复督办",
}

# -- requests --------------------------------------------------------------------------------
REQUESTS = {
    "return": "退单",
    "extension": "延期",
    "suspend": "挂账",
    "exclude": "剔除",
    "terminate": "终止",
    "relapse": "反弹",
}
REDISPATCH_REASONS = {
    "wrong_unit": "原来派错了单位（算误派）",
    "changed": "情况有变，换单位更合适（不算误派）",
}
RETURN_REASONS = {
    "wrong_place": "属地不符",
    "wrong_duty": "职责不符",
    "repeat": "重复",
    "incomplete": "要素不全",
}
SUSPEND_REASONS = {"policy": "政策", "money": "资金", "ownership": "权属", "history": "历史遗留"}
EXCLUDE_REASONS = {
    "no_policy": "无政策依据",
    "out_of_time": "已过时效",
    "malicious": "恶意",
    "own_dispute": "诉求人自身民事纠纷",
    "force_majeure": "不可抗力",
    "awaiting_policy": "待上级政策",
}
TERMINATE_REASONS = {
    "same_facts": "已依法办理仍以同一事实理由再提",
    "against_policy": "不符合政策",
    "no_cooperation": "诉求人拒配合致无法办理",
}
DECLINE_REASONS = {
    "secret": "涉密涉隐私",
    "beyond_duty": "超出政府职责",
    "unlawful": "违法背俗",
    "others_result": "无授权查他人诉求结果",
}
TELL_CHANNELS = {
    "litigation": "诉讼、仲裁",
    "review": "行政复议",
    "petition": "信访",
    "discipline": "纪检监察（12388）",
    "cadre": "组织部门（12380）",
    "disclosure": "信息公开",
}
#: Whether what somebody said accuses an official: asked, never decided by its words.
ACCUSES = {"yes": "是：只留底，不派单", "no": "不是：是要办的事或服务问题"}
ACCUSATION_CHANNELS = {k: TELL_CHANNELS[k] for k in ("discipline", "cadre")}
ACCUSATION_REPLIES = {
    "discipline": "检举控告公职人员，由纪检监察机关受理：请拨 12388，或登录 12388 举报网。",
    "cadre": "反映选人用人问题，由组织部门受理：请拨 12380，或登录 12380 举报网。",
}
SIGN_OFF_CODES = {
    "satisfied": "满意销号",
    "ruled": "研判销号",
    "extended": "延期销号",
    "transferred": "移交销号",
    "unsampled": "未抽中回访",
    "unreachable": "未联系上",
    "refused": "拒绝评价",
}

# -- callbacks -------------------------------------------------------------------------------
CALLBACK_CHANNELS = {"phone": "电话", "visit": "上门", "web": "本人网上确认", "sms": "短信"}
CALLBACK_OUTCOMES = {"reached": "已联系上", "unreachable": "未联系上", "refused": "拒绝评价"}
SATISFACTION = {"satisfied": "满意", "fair": "基本满意", "dissatisfied": "不满意"}
#: Only `all` and `random` give rates (无抽样不出率): a second look at the unsatisfied gives none, nor
#: does the answer of somebody who was not drawn.
SAMPLES = {
    "all": "全量", "random": "随机抽样", "second_look": "仅不满意复核", "self": "未抽中，另行答复",
}  # fmt: skip
LINKS = {"outside": "已在其他渠道", "related": "相关", "repeat": "同一人同一事", "restored": "反弹"}
LOOKS = {"true": "属实", "untrue": "不属实", "unsure": "未能核实"}
SUPERVISION_LEVELS = {0: "", 1: "催办", 2: "书面督办", 3: "提醒函"}
