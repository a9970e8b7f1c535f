"""The language of forms: words that mean the same, words that add nothing, measures, comparisons.

What a number is stands in the registry of indicators (their `terms`); here stands only how offices
vary in saying it. Forms and terms are cut by the same tables, so both are read alike.
"""

from __future__ import annotations

#: What is meant → how it is said. The first is the canonical word.
SAME: tuple[tuple[str, ...], ...] = (
    ("受理", "接收", "收到", "接到", "接件", "收件", "来件", "登记受理", "受理登记", "接办",
     "诉求量", "诉求件数", "诉求总量", "诉求数", "诉求总数", "诉求件", "诉求数量", "群众诉求量", "诉求总件数", "收件量"),
    ("不予受理", "不受理", "不予立案"),
    ("派出", "派单", "派件", "派发", "派遣", "分派", "转派", "交办", "转办", "派办"),
    ("答复", "回复", "反馈", "回告", "办复"),
    ("即时", "当场", "直接", "即问即答"),
    ("按期", "按时", "及时", "如期", "时限内", "期限内", "限期内", "规定时限内", "规定期限内", "按时限", "时效内"),
    ("销号", "办结", "结案", "完结", "办毕", "办理完毕", "已办结", "办理办结"),
    ("在办", "办理中", "正在办理", "未办结", "尚未办结", "未办理完毕", "未销号", "尚在办理", "待办结", "未结", "仍在办理"),
    ("超期", "逾期", "超时", "超时限", "超期限", "超过时限"),
    ("未答复", "未回复", "未反馈", "尚未答复", "没有答复"),
    ("挂账", "暂挂", "挂起", "挂帐"),
    ("退单", "退件", "退回工单", "工单退回"),
    ("准予", "批准", "同意", "核准", "获准", "准许", "审批通过", "获批", "裁定准予"),
    ("申请", "提出", "提请"),
    ("延期", "延时", "延长时限", "延长办理时限"),
    ("重办", "发回重办", "退回重办", "重新办理", "二次办理", "返工", "打回重办"),
    ("督办", "催督办"),
    ("反弹", "复发", "问题反弹"),
    ("自办", "自行办理", "自行处置", "自行解决", "自办自结"),
    ("回访", "电话回访", "独立回访"),
    ("有效", "成功", "接通"),
    ("解决", "已解决", "解决了", "实际解决"),
    ("基本满意", "较满意", "比较满意"),
    ("不满意",),
    ("满意", "非常满意"),
    ("率", "比率", "百分率"),
    ("平均", "均"),
    ("一次", "一次性"),
    ("响应",), ("误派", "派错", "错派"), ("剔除",), ("历史",), ("导入",),
    ("未", "没有", "尚未", "无"),
    ("服务", "下沉服务", "志愿服务", "服务活动", "下沉志愿服务", "开展服务", "党员下沉服务", "下沉社区服务", "党员服务"),
    ("参加", "参与", "参加了"),
    ("党员", "在职党员", "机关在职党员", "机关党员", "下沉党员", "党员干部"),
    ("报到", "双报到", "到社区报到", "社区报到", "报到登记", "进社区报到"),
    ("在册", "现有", "实有", "在册登记"),
    ("新增", "新", "新近"),
    ("包联", "挂联", "包挂", "联系包保", "包保"),
    ("回访到",),
    ("包联社区", "包联的社区", "联系社区", "挂联社区", "包保社区"),
    ("处级领导", "领导", "县处级领导", "县级领导", "处级干部", "处级以上领导"),
    ("办理", "处理", "处置", "办件"),
)  # fmt: skip

_WEAK = """
数 数量 数目 总数 总量 总 量 情况 工作 指标 名称 指标名称 项目 内容 统计 汇总 报表 表 统计表 汇总表
情况表 一览表 月报 季报 年报 周报 月报表 季报表 年报表 周报表 日报 诉求 群众 市民 居民 企业群众 热线
12345 政务服务便民热线 便民热线 政务热线 政务服务 便民 政务 民生 工单 案件 事项 办件量 件 各 各类
全部 所有 共 共计 总体 期内 已 的 数据 一览 类 类别 性质 分类 按 来源 渠道 方式 种类 类型 主要 基本
其 及 和 与 或 并 、 , ， ; ； / ・ · 以及 其他情况 累计数 进度 办理情况 处理情况 处置情况
处理结果 办理结果 办理进展 办理质效 质效 工作情况 运行情况 运行 完成情况 结果 认定 经 被 共有 关系 条目
单 单位数 总件 业务 事件 接诉即办 未诉先办 群众诉求 市民诉求 民生诉求 问题诉求 诉求工单 基层治理 治理 专项
定期 当期 报告期 登记 建档 明细 清单 台账 花名册 名册 登记册 登记表 明细表 开展 落实 推进 对 进 到 在
中 所 由 我 本表 附表 附件 街道 社区 乡镇 镇街 县区 区县 县市区 县(市、区) 部门 单位
各单位 各部门 各社区 各街道 承办单位 主办单位 责任单位 地区 区域 辖区 一 情形 环节 阶段 上报 报送
填报 系统 平台 简表 快报 综合 （ ） ( ) [ ] 【 】 : ： . 。 " “ ” ‘ ’ - — – _
~ 反映 截至本周末 责任 评价 三率 村 认为 * 数值 值 数额 指标值 完成数 完成量 绝对值 实际 实际数 计 有
"""
#: Adds nothing to what is asked.
WEAK: frozenset[str] = frozenset(_WEAK.split())

#: A heading that only groups what stands under it.
GROUPING = (
    "情况",
    "工作",
    "方面",
    "统计",
    "数据",
    "环节",
    "类",
    "质效",
    "指标",
    "部分",
    "板块",
    "结果",
    "评价",
    "质量",
    "进展",
)

#: A measure as it stands in a word or in brackets → the measure. "" = only that something is counted.
MEASURE_WORDS: dict[str, str] = {
    "件数": "件", "件次": "件次", "人次数": "人次", "人次": "人次", "场次": "场次", "场次数": "场次", "次数": "次",
    "人数": "人", "户数": "户", "组数": "组", "处数": "处", "个数": "个", "条数": "条", "名数": "名", "件": "件",
    "总人数": "人", "总人次": "人次", "总次数": "次", "总件数": "件", "户次": "户次", "小时": "小时", "时长": "小时",
    "人员数": "人", "人头数": "人", "人": "人", "人员": "人", "名": "名", "次": "次", "户": "户", "个": "个", "处": "处",
    "组": "组", "场": "场", "条": "条",
}  # fmt: skip

#: Measures that count the same things under another word; never 人次 and 人, never 次 and 件.
ALIKE: dict[str, frozenset[str]] = {
    "件": frozenset({"件", "条", "宗", "起", "单", "个"}),
    "名": frozenset({"名", "人"}),
    "人": frozenset({"人", "名"}),
    "个": frozenset({"个", "条"}),
    "%": frozenset({"%", "％", "百分比"}),
    "次/件": frozenset({"次/件", "次"}),
}

#: Comparisons that are computed from two values.
DERIVED: dict[str, str] = {
    "同比增长率": "yoy", "同比增幅": "yoy", "同比增长": "yoy", "同比增减率": "yoy", "同比": "yoy", "同比变化率": "yoy",
    "同比升降": "yoy", "较上年同期增长": "yoy", "比上年同期增长": "yoy", "比去年同期增长": "yoy", "较去年同期增长": "yoy",
    "同比增减": "yoy", "同比变化": "yoy", "比上年同期增减": "yoy", "比去年同期增减": "yoy", "较上年同期增减": "yoy",
    "较去年同期增减": "yoy", "比上年同期": "yoy", "较上年同期": "yoy", "比去年同期": "yoy", "较去年同期": "yoy",
    "环比增长率": "mom", "环比增幅": "mom", "环比增长": "mom", "环比": "mom", "环比增减": "mom", "环比变化": "mom",
    "环比增减率": "mom", "比上月增减": "mom", "较上月增减": "mom", "比上月增长": "mom", "较上月增长": "mom", "比上期增减": "mom",
    "较上期增减": "mom", "比上周": "mom", "较上周": "mom", "比上周增减": "mom", "较上周增减": "mom", "较上月": "mom", "比上月": "mom", "较上期": "mom", "比上期": "mom",
    "增减": "change", "增减量": "change", "增减数": "change", "增减额": "change", "增减变化": "change", "增长": "change",
    "增幅": "change%", "增减幅": "change%", "增减幅度": "change%", "增长率": "change%", "增减率": "change%", "变化率": "change%",
    "增长幅度": "change%", "升降幅度": "change%",
    "占比": "share", "比重": "share", "占总数比例": "share", "占总量比例": "share", "占比例": "share", "所占比例": "share",
    "占总数的比重": "share", "构成比": "share",
}  # fmt: skip
#: Said with one of these and no %, a comparison is a difference in the measure itself.
DIFFERENCE = ("增减", "变化", "升降", "增减量", "增减数", "增减额")

#: The whole business by the name of its best known channel: in a title it narrows nothing.
PLATFORMS = frozenset(
    {"12345热线", "热线", "电话热线", "政务热线", "便民热线", "12345政务服务便民热线"}
)
#: What includes the other, unless that has a place of its own in the table.
CONTRASTS = (("满意", "基本满意"),)
#: Says too little by itself: what the title says comes first.
GENERIC = frozenset(
    {"党员", "办理", "参加", "新增", "有效", "准予", "申请", "在册", "率", "领导", "按期", "未"}
)
#: Changes the meaning of what stands under it: such a heading is never left out.
MODIFIERS = (GENERIC - {"办理"}) | {"超期", "未答复", "即时", "平均", "一次", "历史", "导入", "满意", "基本满意", "不满意", "误派",
                       "剔除", "响应", "自办", "不予受理", "反弹", "重办"}  # fmt: skip

TOTALS = ("合计", "总计", "小计", "共计", "累计合计", "总数", "总量", "合计数", "总合计")

#: Where these stand together in an atom set, the second adds nothing to the first.
IMPLIED: tuple[tuple[frozenset[str], frozenset[str]], ...] = (
    (frozenset({"报到"}), frozenset({"党员"})),
    (frozenset({"服务", "参加"}), frozenset({"党员"})),
    (frozenset({"率", "满意"}), frozenset({"回访", "基本满意"})),
    (frozenset({"率", "解决"}), frozenset({"回访"})),
    (frozenset({"退单"}), frozenset({"申请"})),
    (frozenset({"准予"}), frozenset({"申请"})),
    (frozenset({"超期", "未答复"}), frozenset({"在办"})),
    (frozenset({"在办"}), frozenset({"办理"})),
    (frozenset({"销号"}), frozenset({"办理"})),
    (frozenset({"派出"}), frozenset({"办理"})),
    (frozenset({"在册", "报到"}), frozenset({"在册"})),
    (frozenset({"服务"}), frozenset({"参加", "党员"})),
)
#: Words of form places: the form's own place.
WHOLE_PLACE = ("全市", "全县", "全区", "全街道", "全镇", "全乡", "全社区", "本市", "本县", "本区", "本街道", "本镇", "本社区", "全辖区",
               "本辖区", "全域", "本级", "本地区", "全县(市、区)")  # fmt: skip
#: Heads of a column of places, and of units.
PLACE_HEADS = (
    "社区",
    "街道",
    "乡镇",
    "镇",
    "村",
    "地区",
    "区域",
    "辖区",
    "县",
    "区划",
    "地方",
    "地点",
)
UNIT_HEADS = ("承办", "主办", "责任单位", "办理单位", "部门", "被督办", "牵头单位", "成员单位")
