"""What one Chinese request of an edit agent asks for: the same corrections as the English rules, by its words."""

from __future__ import annotations

import re

from personavlog.backbones.corrections import Correction
from personavlog_embedded.correcting import words
from personavlog_embedded.correcting.chinese_names import english_name
from personavlog_embedded.correcting.wanted import ANOTHER_POSE, THING, Answer, Order, first_named

_WHO = r"(?:人物?|她|他|主角|女孩|男孩|女人|男人|角色)"
_MEASURE = re.compile(r"^(?:[一两几二三]?[个只条杯把件朵张辆本棵束盏顶碗块支])|^(?:一些|一点|更多的?)")
_PLACE = re.compile(
    r"(?:地点|场景|背景|环境)(?:改成|换成|改为|换为|应该是|应为|变成|设为|：|:)\s*(?P<place>.+)"
    r"|(?:移到|搬到|换到|放在|换成在)(?P<there>.+?)(?:里|中|上)?$"
    r"|^(?:另一个|换个)地[方点][:：]\s*(?P<other>.+)"
)
_REPLACE = re.compile(r"[把将](?P<old>.+?)(?:换成|改成|替换成|替换为|变成)(?P<new>.+)")
_ADD = re.compile(r"(?:添加|加上|加入|增加|加|画上|放上?|出现|需要有|应该有|缺少|少了)(?P<thing>.+)")
_REMOVE = re.compile(
    r"(?:去掉|去除|移除|删除|删掉|拿掉|擦掉|移走|不要有?|没有)(?P<thing>.+)"
    r"|[把将](?P<out>.+?)(?:去掉|去除|移除|删除|删掉|拿掉|擦掉|移走)"
)
_LIMBS = (
    r"(?:多余|多了|缺|少了|五根|六根|五个|六个|畸形|变形|错误|修复|修正|数量).{0,6}(?:手|臂|腿|脚|肢|指)"
    r"|(?:手指|手臂|肢体|腿|手).{0,4}(?:多余|缺|畸形|变形|错误|不对|数量|异常)"
)
_CLOTHES = r"衣服|服装|裙|裤|帽|眼镜|墨镜|围巾|鞋|外套|衬衫|项链|首饰|耳环|发型|头发|胡子|穿|配饰"
_MOODS = {
    r"微笑|笑|开心|高兴|快乐": "happy",
    r"难过|悲伤|伤心|忧郁": "sad",
    r"惊讶|吃惊|惊喜": "surprised",
    r"严肃|认真": "serious",
    r"闭.{0,2}眼": "eyes closed",
    r"生气|愤怒": "angry",
    r"平静|放松": "calm",
    r"害怕|恐惧": "scared",
    r"张.{0,2}嘴": "mouth open",
    r"睁.{0,2}眼": "eyes open",
}
_GAZES = {
    r"[看望朝面].{0,4}(?:镜头|相机|观众)": "at the camera",
    r"[看望朝].{0,3}左|左.{0,2}[看望]": "left",
    r"[看望朝].{0,3}右|右.{0,2}[看望]": "right",
    r"[看望抬仰].{0,3}(?:上|天|头|星|月)": "up",
    r"[看望低].{0,3}(?:下|地|头)": "down",
}
_POSES = {
    r"举.{0,4}[手臂]|[手臂].{0,3}举": "arms raised",
    r"坐": "sitting",
    r"走|散步": "walking",
    r"跑": "running",
    r"跳": "jumping",
    r"指[向着]": "pointing",
    r"挥手|招手": "waving",
    r"站": "standing",
    r"蹲": "crouching",
    r"叉腰": "hands on hips",
}
_PLAIN: tuple[tuple[str, Correction], ...] = (
    (r"头.{0,6}(?:完整|切|裁|截)|(?:完整|切|裁|截).{0,4}头", Correction.WHOLE_HEAD),
    (
        r"(?:脸|面部|五官|长相|身份).{0,10}(?:参考|一致|像|相同|一样|原)|(?:像|保持).{0,4}(?:参考图|本人)|不像本人",
        Correction.SAME_FACE,
    ),
    (r"(?:奇怪|多余|怪异|莫名|不合理|无关).{0,4}(?:东西|物体|物品|物)", Correction.ODD),
    (r"背景.{0,6}(?:干净|简洁|简单|虚化|模糊|杂乱|乱)|虚化背景|简化背景", Correction.CALMER),
    (r"(?:换|改变|另)(?:一?个)?(?:角度|视角|背景)", Correction.OTHER_VIEW),
    (r"居中|中间|中央|正中", Correction.CENTRE),
    (r"太(?:靠|偏)左", Correction.RIGHT),
    (r"太(?:靠|偏)右", Correction.LEFT),
    (r"(?:往|向|靠|移到|朝)左", Correction.LEFT),
    (r"(?:往|向|靠|移到|朝)右", Correction.RIGHT),
    (r"太亮|过曝|(?:调|变|更)?暗一?[点些]|(?:调|变|更)暗|降低亮度", Correction.DARKER),
    (r"太暗|(?:提|调|变|更)亮|亮一?[点些]|增加亮度|提高亮度", Correction.BRIGHTER),
    (r"清晰|锐|模糊|分辨率|画质|细节|噪点", Correction.SHARPER),
    (r"拉近|镜头.{0,3}近|近一?[点些]|更近", Correction.CLOSER),
    (r"拉远|镜头.{0,3}远|远一?[点些]|更远|广一?[点些]", Correction.WIDER),
    (r"太大|(?:变|缩|更|调)小|小一?[点些]", Correction.SMALLER),
    (r"太小|(?:变|放|更|调)大|大一?[点些]", Correction.BIGGER),
)


def understand_chinese(plain: str) -> Answer | None:
    """What the words ask for, None where no rule knows them. ``plain`` is one clause without fillers."""
    if re.match(r"(?:保持|不要改变|其他).{0,30}(?:不变|原样|改变)", plain) and not re.search(_PLAIN[1][0], plain):
        return ()
    if re.search(_LIMBS, plain):
        return Order(Correction.POSE, ANOTHER_POSE), words.NO_LIMBS
    for step in (_strange, _held, _removed, _light, _replaced, _placed, _face, _changed, _posed, _added):
        if (answer := step(plain)) is not None:
            return answer
    return (words.NO_CLOTHES,) if re.search(_CLOTHES, plain) else None


def _noun(raw: str) -> str:
    plain = re.sub(r"^(?:画面|图|背景)?[里中]的?|^上|(?:在|到).*$", "", raw.strip(" ，。：:"))
    return _MEASURE.sub("", plain).strip(" 的了")[:THING]


def _thing(raw: str) -> str:
    """A noun that the painter's drawings may know."""
    return english_name(_noun(raw))


def _strange(plain: str) -> Answer | None:
    return (Order(Correction.ODD),) if re.search(_PLAIN[2][0], plain) else None


def _removed(plain: str) -> Answer | None:
    found = _REMOVE.search(plain)
    if found is None or re.search(r"看|没有看", plain):
        return None
    thing = _noun(found["thing"] or found["out"])
    if re.fullmatch(r"大?小?[雨雪雾]水?|云|乌云|雾气", thing):
        return (Order(Correction.WEATHER, "clear"),)
    if re.search(r"路人|人群|文字|水印|字", thing):
        return Order(Correction.OTHER_VIEW), words.NO_TEXT if re.search(r"字|水印", thing) else words.NO_STRANGERS
    return (Order(Correction.REMOVE, english_name(thing)),) if thing else None


def _light(plain: str) -> Answer | None:
    time, weather = first_named(plain, words.TIMES), first_named(plain, words.WEATHERS)
    things = re.search(r"雨伞|伞|雪人|雨衣|夜市|月亮|雨靴", plain)
    if (
        things
        or (time is None and weather is None)
        or (_PLACE.search(plain) and not re.search(r"(?:背景|场景).{0,4}(?:夜|晚|雨|雪|雾|黄昏|早)", plain))
    ):
        return None
    orders = [] if time is None else [Order(Correction.TIME, time.value)]
    return (*orders, *([] if weather is None else [Order(Correction.WEATHER, weather.value)]))


def _replaced(plain: str) -> Answer | None:
    found = _REPLACE.search(plain)
    if found is None or re.search(r"背景|场景|地点|环境|表情|姿势|动作", found["old"]):
        return (
            None
            if found is None or re.search(r"表情|姿势|动作", found["old"])
            else (Order(Correction.PLACE, _noun(found["new"])),)
        )
    if re.search(_CLOTHES, found["old"]):
        return (words.NO_CLOTHES,)
    return Order(Correction.REMOVE, _thing(found["old"])), Order(Correction.ADD, _thing(found["new"]))


def _placed(plain: str) -> Answer | None:
    found = _PLACE.search(plain)
    place = next((group for group in found.groups() if group), "") if found else ""
    return (Order(Correction.PLACE, _noun(place)),) if _noun(place) and not re.match(r"[左右中]", place) else None


def _face(plain: str) -> Answer | None:
    gaze = next((where for pattern, where in _GAZES.items() if re.search(pattern, plain)), None)
    if gaze:
        return (Order(Correction.EXPRESSION, f"looking {gaze}"),)
    mood = next((mood for pattern, mood in _MOODS.items() if re.search(pattern, plain)), None)
    return None if mood is None else (Order(Correction.EXPRESSION, mood),)


def _changed(plain: str) -> Answer | None:
    framing = first_named(plain, words.FRAMINGS)
    if framing:
        return (Order(Correction.FRAMING, framing.value),)
    correction = next((correction for pattern, correction in _PLAIN if re.search(pattern, plain)), None)
    if (
        correction in (Correction.BIGGER, Correction.SMALLER)
        and re.match(r"^[把将让]", plain)
        and not re.search(_WHO, plain)
    ):
        return (words.NO_SIZE,)
    return None if correction is None else (Order(correction),)


def _held(plain: str) -> Answer | None:
    found = re.search(r"(?:拿着|手持|握着|捧着|端着|撑着|抱着)(?P<thing>.+)", plain)
    thing = _thing(found["thing"]) if found else ""
    return (Order(Correction.ADD, thing), Order(Correction.POSE, f"holding {thing}")) if thing else None


def _posed(plain: str) -> Answer | None:
    pose = next((pose for pattern, pose in _POSES.items() if re.search(pattern, plain)), None)
    return None if pose is None else (Order(Correction.POSE, pose),)


def _added(plain: str) -> Answer | None:
    found = _ADD.search(plain)
    thing = _noun(found["thing"]) if found else ""
    if thing and re.search(_CLOTHES, thing):
        return (words.NO_CLOTHES,)
    return (Order(Correction.ADD, english_name(thing)),) if thing else None
