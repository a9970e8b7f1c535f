"""Hot topics: the same place and the same subject, counted by people."""

from __future__ import annotations

from huiyin.triage.rules.places import find_places
from huiyin.triage.rules.topics import hot_topics
from huiyin.triage.services.text_files import read_sheet
from huiyin.triage.tests.real_data import real_file

# Invented: five people about one plant, three about a road, one who writes again and again.
MIXER = (
    "青禾新城旁边建了搅拌站，粉尘很大",
    "搅拌站噪音太大，住在青禾新城睡不着",
    "关于青禾新城搅拌站污染的投诉",
    "请查处青禾新城附近的搅拌站，粉尘呛人",
    "我家在青禾新城，窗外就是搅拌站，粉尘进屋",
)
ROAD = (
    "望江大道路面坑洼，骑车摔倒",
    "望江大道坑洼积水什么时候修",
    "望江大道全是坑洼，车都开不了",
)
OTHERS = (
    "幼儿园报名材料怎么交", "社保卡丢了怎么补办", "退休手续去哪里办", "公积金提取要多久", "身份证到期换证",
    "低保申请条件", "医保报销比例", "驾驶证换证", "暂住证怎么办", "路灯不亮很久",
    "青禾新城有没有幼儿园", "青禾新城公交什么时候通",
)  # fmt: skip


def test_a_place_is_found_by_its_ending_and_by_what_people_repeat() -> None:
    texts = [*MIXER, *ROAD, *OTHERS]

    places = find_places(texts, [str(n) for n in range(len(texts))])

    assert [(place.name, len(place.rows)) for place in places[:2]] == [
        ("青禾新城", 7),
        ("望江大道", 3),
    ]


def test_spellings_of_one_place_are_joined() -> None:
    texts = ["云栖园的路灯坏了", "云栖园二期", "云栖园水苑停水", "云栖园水苑的电梯", "我住水苑小区"]

    places = find_places(texts, list("abcde"))

    assert places[0].name == "云栖园"
    assert "云栖园水苑" in places[0].spellings


def test_everyday_words_before_an_ending_are_no_places() -> None:
    texts = [
        "附近小区停水",
        "附近小区停电",
        "请政府处理",
        "请政府关心",
        "周边居民意见大",
        "周边居民反对",
    ]

    assert find_places(texts, list("abcdef")) == []


def test_a_topic_has_a_place_and_a_subject_and_counts_people() -> None:
    texts = [*MIXER, *ROAD, *OTHERS]

    topics = hot_topics(texts, [str(n) for n in range(len(texts))])

    assert [(topic.place, topic.people) for topic in topics] == [("青禾新城", 5), ("望江大道", 3)]
    assert "搅拌站" in topics[0].words
    assert topics[0].rows == (0, 1, 2, 3, 4)
    assert topics[1].rows == (5, 6, 7)


def test_who_writes_ten_times_is_counted_once() -> None:
    texts = [*MIXER, *[f"望江大道坑洼，第{n}次反映" for n in "一二三四五六七八九十"], *OTHERS]
    people = [*"abcde", *["f"] * 10, *[str(n) for n in range(len(OTHERS))]]

    topics = hot_topics(texts, people)

    assert [topic.place for topic in topics] == ["青禾新城"]


def test_a_place_on_record_joins_what_the_text_does_not_name() -> None:
    texts = ["搅拌站粉尘大", "搅拌站的粉尘呛人", "窗外搅拌站粉尘", *OTHERS]
    known = ["青禾新城"] * 3 + [""] * len(OTHERS)

    topics = hot_topics(texts, [str(n) for n in range(len(texts))], known_places=known)

    assert [(topic.place, topic.people) for topic in topics] == [("青禾新城", 3)]


def test_no_texts_have_no_topics() -> None:
    assert hot_topics([], []) == []


def test_real_messages_the_two_places_of_the_hottest_topics_come_first() -> None:
    sheet = read_sheet(real_file("messages/messages.xlsx"), ("留言用户", "留言主题", "留言详情"))
    titles, bodies = sheet.column("留言主题"), sheet.column("留言详情")
    texts = [f"{title}。{body}" for title, body in zip(titles, bodies, strict=True)]

    topics = hot_topics(texts, sheet.column("留言用户"))

    assert {topic.place for topic in topics[:2]} == {"丽发新城", "伊景园"}
    assert topics[1].people > 2 * topics[2].people
