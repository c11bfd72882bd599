"""Chinese themes: places, aspect and counts, verbs with their objects, compounds, relative clauses, whole sentences."""

from __future__ import annotations

import pytest

from personavlog.script import Emotion
from personavlog_embedded.writing.plain.activities import Kind
from personavlog_embedded.writing.plain.chinese_lines import as_mine, in_first_person
from personavlog_embedded.writing.plain.lines import is_mine
from personavlog_embedded.writing.plain.reading import read_theme
from tests.embedded.test_writer_films import made

pytestmark = pytest.mark.weights


@pytest.mark.parametrize(
    ("theme", "doing", "place"),
    [
        ("在阳台上种了一排辣椒", "种辣椒", "阳台上"),
        ("在火星上养了一群羊", "养羊", "火星上"),
        ("雪地里堆雪人", "堆雪人", "雪地里"),
        ("给孙女织一件毛衣", "织毛衣", None),
        ("等了三个小时的末班车", "等末班车", None),
        ("跑完人生第一个马拉松", "跑完马拉松", None),
        ("把旧自行车修好了", "把自行车修好", None),
        ("我把影子卖给了月亮", "把影子卖给月亮", None),
        ("搬到一座陌生的城市", "搬到陌生的城市", "城市"),
    ],
)
def test_what_is_done_has_no_count_no_aspect_and_no_place(theme: str, doing: str, place: str | None) -> None:
    read = read_theme(theme)
    assert read.doing.chinese == doing
    assert (read.place.chinese if read.place else None) == place


@pytest.mark.parametrize(
    ("theme", "done"),
    [
        ("给孙女织一件毛衣", "knits a sweater"),
        ("跟着外公学修钟表", "repairs a clock"),
        ("在病房里陪妈妈过中秋节", "celebrates a mid-autumn festival"),
        ("一个人过生日", "celebrates a birthday"),
        ("在火星上养了一群羊", "raises a goat"),
        ("奶奶教我腌咸菜", None),
        ("菜市场卖鱼的阿姨", None),
        ("搬家那天丢了一只箱子", None),
    ],
)
def test_a_deed_is_ones_own_and_its_verb_goes_with_its_object(theme: str, done: str | None) -> None:
    deed = read_theme(theme).deed
    assert (deed.done if deed else None) == done


@pytest.mark.parametrize(
    ("theme", "role", "about"),
    [
        ("快递骑手的一天", "courier", "delivery"),
        ("凌晨四点的面点师傅", "pastry master", "pastry"),
        ("高铁乘务员的最后一班岗", "train attendant", "train"),
        ("出租车司机的夜晚", "taxi driver", "taxi"),
    ],
)
def test_a_compound_is_what_its_end_says_and_is_about_its_beginning(theme: str, role: str, about: str) -> None:
    read = read_theme(theme)
    assert read.role is not None and (read.role.english, read.role.kind) == (role, Kind.PERSON)
    assert read.object is not None and about in read.object.english


@pytest.mark.parametrize(
    ("theme", "part", "english", "kind"),
    [
        ("在病房里陪妈妈过中秋节", "place", "sickroom", Kind.BUILDING),
        ("给孙女织一件毛衣", "companion", "granddaughter", Kind.PERSON),
        ("出租车司机陪我聊了一路", "companion", "taxi driver", Kind.PERSON),
        ("等了三个小时的末班车", "object", "last bus", Kind.VEHICLE),
        ("想家的时候煮一碗面", "object", "flour", Kind.FOOD),
        ("搬家那天丢了一只箱子", "object", "suitcase", Kind.OBJECT),
        ("化疗后的第一顿饭", "object", "meal", Kind.FOOD),
        ("学剪纸的第一课", "object", "paper cutting", Kind.CRAFT),
    ],
)
def test_a_word_means_what_its_neighbours_ask_for(theme: str, part: str, english: str, kind: Kind) -> None:
    found = getattr(read_theme(theme), part)
    assert (found.english, found.kind) == (english, kind)


def test_what_is_denied_is_not_done() -> None:
    read = read_theme("考试没考好，躲在操场上哭")
    assert "check" not in read.doing.verbs and "cry" in read.doing.verbs


def test_an_hour_in_a_longer_word_is_one() -> None:
    assert read_theme("元宵夜看灯").hour == read_theme("夜里看灯").hour is not None


def test_a_line_takes_its_subject_only_where_it_tells_what_is_done() -> None:
    assert as_mine("坐在台阶上歇歇。") == "我坐在台阶上歇歇。"
    assert [as_mine(text) for text in ("停电的晚上，大家唱歌。", "风还在吹。", "忽然安静了。")] == ["", "", ""]


@pytest.mark.parametrize("feel", list(Emotion))
@pytest.mark.parametrize("text", ["风还在吹。", "停电的晚上，大家围着火唱歌。"])
def test_every_line_can_be_said_in_the_first_person(text: str, feel: Emotion) -> None:
    lines = list(in_first_person(text, feel, 3))
    assert lines and all(is_mine(line, "zh") and text[0] in line for line in lines)


@pytest.mark.parametrize(
    "theme", ["搬到一座陌生的城市", "苏州的一个下雨天", "快递骑手的一天", "在火星上养了一群羊", "把旧自行车修好了"]
)
@pytest.mark.parametrize("seed", [0, 1])
def test_half_of_the_lines_are_mine_and_none_is_filler(theme: str, seed: int) -> None:
    lines = made(theme, seed, language="zh", limit=20).lines
    assert 2 * sum(is_mine(line, "zh") for line in lines) >= len(lines)
    assert not any(filler in line for line in lines for filler in ("我想，", "我心想，", "这件事"))
