"""What residents of the demonstration report: matter, words, who leads, who supports, how it ends."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Matter:
    """`texts` and `replies` take {place}; `function` leads, `support` functions help."""

    code: str
    kind: str
    function: str
    texts: tuple[str, ...]
    replies: tuple[str, ...]
    support: tuple[str, ...] = ()
    urgency: str = "normal"
    weight: int = 3


#: What several people of one compound report in their own words: a topic of the page 热点.
HOT = Matter(
    "lift", "complaint", "market",
    ("{place}电梯门夹人，孩子的书包被夹住，维保来了又走。",
     "我们{place}的电梯停了三天，老人买菜要爬十二楼。",
     "{place}电梯异响，上下都抖，电梯年检是不是过期了。",
     "{place}电梯又坏了，维保电话没人接。"),
    ("已责令维保单位更换门机部件并重新检验，检验合格后恢复使用。",), ("housing",),
)  # fmt: skip

MATTERS: tuple[Matter, ...] = (
    Matter(
        "pipe_leak", "help", "housing",
        ("{place}楼道主水管漏水，地面全是水，老人出门怕滑倒，请尽快来人看看。",
         "{place}一楼管道接头渗水三天了，物业说是公共管道要动用维修资金。",
         "{place}屋顶排水管堵了，一下雨水就倒灌进顶楼住户家里。"),
        ("已现场查看，更换破损管段并试压，目前不再渗漏。",
         "已疏通排水管并加装防堵网，下雨后又去看过，排水正常。"),
        ("community",), weight=6,
    ),
    Matter(
        "water_cut", "help", "water",
        ("{place}从昨天晚上开始停水，没有看到停水通知，什么时候能来水？",
         "{place}高层水压太小，早晚高峰基本放不出水。"),
        ("主管道阀门故障，已抢修，水压恢复。", "已调整二次供水泵设定，高层水压恢复正常。"),
        (), "utility", 3,
    ),
    Matter(
        "power_cut", "help", "power",
        ("{place}整栋楼停电，电梯也停了，家里有老人下不了楼。",),
        ("配电箱空开烧毁，已更换，供电恢复。",), (), "utility", 2,
    ),
    Matter(
        "lift", "complaint", "market",
        ("{place}电梯这个月坏了四次，每次都要等一整天，维保单位不及时。",
         "{place}电梯运行有异响，门关不严，大家都不敢坐。"),
        ("已责令维保单位更换门机部件并重新检验，检验合格后恢复使用。",),
        ("housing",), weight=3,
    ),
    Matter(
        "wall", "help", "housing",
        ("{place}外墙瓷砖往下掉，砸到停在楼下的车，楼下是小孩上学的路。",),
        ("已拉围挡并清除松动瓷砖，外墙修补列入本月施工。",), ("enforcement", "community"), weight=3,
    ),
    Matter(
        "renovation", "accusation", "housing",
        ("{place}三楼装修在砸承重墙，整栋楼都在抖，物业去了不让进。",
         "{place}顶楼住户在楼顶搭建铁皮房。"),
        ("经现场认定属违规装修，已责令停工并限期恢复原状。",), ("enforcement",), weight=2,
    ),
    Matter(
        "flying_wire", "complaint", "fire",
        ("{place}有人从窗户拉电线下来给电动车充电，楼道口也停着好几辆。",),
        ("已现场拆除飞线并劝导车主到充电棚充电，物业每晚巡查。",), ("community",), weight=4,
    ),
    Matter(
        "fire_lane", "complaint", "fire",
        ("{place}消防通道长期被私家车占用，救护车上次都进不来。",),
        ("已对占用车辆贴单并划设禁停标线，连续三天复看无占用。",), ("police",), weight=4,
    ),
    Matter(
        "parking", "suggestion", "locality",
        ("建议{place}把闲置绿地改成车位，晚上回来根本停不下车。",),
        ("已列入本月多方会谈议题，车位改造须业主表决，方案公示后告知。",), ("housing",), weight=3,
    ),
    Matter(
        "firm_service", "complaint", "housing",
        ("{place}物业收费不公示，垃圾两三天才清一次，打电话没人接。",),
        ("已约谈物业企业，收费标准已在公示栏张贴，垃圾改为每日清运两次。",),
        ("locality",), weight=5,
    ),
    Matter(
        "noise", "complaint", "police",
        ("{place}楼下烧烤店夜里一两点还在放音响，孩子第二天要上学。",
         "{place}旁边工地晚上十一点以后还在打桩。"),
        ("已到场制止并书面告知经营者，近一周夜间巡查未再发现。",), ("enforcement",), weight=4,
    ),
    Matter(
        "rubbish", "complaint", "enforcement",
        ("{place}门口占道经营，油烟直往楼上飘，菜叶满地都是。",),
        ("已规范占道摊点并清理卫生，油烟净化设施限期安装。",), (), weight=4,
    ),
    Matter(
        "wages", "help", "housing",
        ("{place}做外墙的包工头拖欠我们十几个工人三个月工资，电话也不接，大家商量要去堵门。",),
        ("已约谈总包单位，工资从工资保证金垫付，十三人全部签字领到。",), ("locality",), weight=1,
    ),
    Matter(
        "deed", "help", "resettlement",
        ("{place}搬过来五年了，房产证一直办不下来，问了几次都说在走程序。",),
        ("历史资料正在补齐，已与自然资源部门会商，分批办理。",), ("land", "locality"), weight=2,
    ),
    Matter(
        "fund", "enquiry", "housing",
        ("请问{place}要换电梯，维修资金怎么申请，需要多少业主同意？",
         "请问{place}业委会到期了，换届找哪个部门指导？"),
        ("使用维修资金，参与表决的业主面积和人数都要达到三分之二，其中过半数同意；材料清单可到住建局窗口领取。",), weight=4,
    ),
)  # fmt: skip

ON_SPOT = (
    ("楼道里堆着几块旧门板，挡了半边楼梯。", "当场联系住户搬走，已清理。"),
    ("单元门口路灯不亮。", "当场拧紧灯头并更换灯泡，已亮。"),
    ("健身器材螺丝松动。", "当场紧固，试用正常。"),
)
