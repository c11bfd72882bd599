"""The words that instructions are about: people, limbs, clothes, light, weather, moods and poses, as patterns; and what
cannot be done about some of them."""

from __future__ import annotations

from personavlog.script import Framing, TimeOfDay, Weather

PERSON = (
    r"\b(?:the |this |our |my )?(?:main )?(?:person|woman|man|girl|boy|lady|guy|character|subject|protagonist|figure"
    r"|traveller|traveler|vlogger|hero|heroine|child|kid"
    r"|pet|her|him|them|she|he|they)(?:'s)?"
)
PICTURE = (
    r"(?:the )?(?:whole |entire )?(?:picture|image|scene|photo|frame|keyframe|shot|it|everything|background|environment"
    r"|sky|lighting|light|exposure)"
)
LIMB = r"(?:finger|thumb|hand|arm|leg|limb|foot|feet|palm|wrist|elbow|knee|body part|toe|ear|head)s?"
LIMB_FAULT = (
    r"(?:extra|third|fourth|additional|missing|surplus|second (?:left|right)|duplicat\w*|deform\w*|malform\w*"
    r"|disfigur\w*"
    r"|anatom\w*|twisted|fused|merged|mangled"
    r"|distort\w*|too many|too few|incorrect|wrong|unnatural\w*|floating|detached|broken|(?:exactly |only |have |has "
    r"|with |of )(?:two|five|one)|(?:three|four|six|seven) (?:\w+ )?" + LIMB + r"|fix|correct|repair|redraw|number of)"
)
CLOTHES = (
    r"\b(?:wear\w*|clothes|clothing|cloth(?:ed|ing)|outfit|dress(?:ed)?|shirts?|t-shirts?|jackets?|coats?|hats?|caps?"
    r"|beanie|sun ?glasses|glasses|spectacles|scar(?:f|ves)|shoes?|boots?|sneakers"
    r"|trousers|pants|jeans|shorts|skirts?|necklaces?|ear ?rings?|jewell?e?ry|bracelets?|rings?|neckties?|gloves?"
    r"|mittens"
    r"|hair ?(?:style|cut|color|colour)?|beard"
    r"|moustache|make-?up|collar|sleeves?|accessor\w+|uniform|costume|hoodie|sweater|jumper|kimono|suit|robe|apron"
    r"|raincoat|swimsuit|logo on (?:the|her|his) \w+)\b"
)
PEOPLE = (
    r"\b(?:people|persons?|passers-?by|bystanders?|crowd|strangers?|pedestrians?|text|watermark|letters|writing|caption"
    r"|signature)\b"
)
ODD = (
    r"\b(?:strange|odd|weird|unnatural|unidentified|abnormal|unexplained|floating|random|unwanted|unrelated"
    r"|out[- ]of[- ]place|irrelevant|distracting|foreign|mysterious|suspicious|artifacts?|artefacts?|glitch\w*)\b"
)
BACKGROUND = r"\b(?:background|backdrop|behind|surroundings?|scenery|foreground|setting|environment)\b"
CLUTTER = (
    r"\b(?:clean\w*|clutter\w*|busy|simpl\w+|distract\w+|calm\w*|blur\w*|soft\w*|mess\w*|tidy|tidier|plain\w*|crowded"
    r"|bokeh|defocus\w*|out of focus)\b"
)
COLOUR = (
    r"\b(?:warm(?:er)?|cool(?:er)?|cold(?:er)?|saturat\w+|contrast\w*|colou?rs?|colou?rful|vivid|vibrant|hue|tint|tone"
    r"|palette|white balance|sepia|pastel)\b"
)
STYLE = (
    r"\b(?:painterly|styli[sz]\w*|style|brush\w*|cartoon\w*|anime|hand[- ]drawn|illustrat\w+|watercolou?r|oil paint\w*"
    r"|realistic|photo-?realistic|3d|ghibli|pixel)\b"
)
SAME_FACE = (
    r"\b(?:identity|likeness|resembl\w*|facial features|reference|same (?:person|face|woman|man|girl|boy)"
    r"|recogni[sz]\w+"
    r"|original (?:face|person)|different person|someone else)\b"
)
HEAD_CUT = (
    r"\b(?:whole|entire|full|complete) head|\bhead(?:room)?\b.*\b(?:cut|crop\w*|chopp\w*|outside|inside the frame|in "
    r"frame"
    r"|within)|\b(?:cut|crop|chop)\w*\b.*\b(?:head|hair)\b"
    r"|\bheadroom\b|\b(?:more )?(?:space|room|air) (?:above|over|on top)"
)
MOOD = (
    r"\b(?:happ\w+|smil\w+|laugh\w*|joy\w*|cheer(?:ful|fully)\w*|grin\w*|sad\w*|cry\w*|tear\w*|melanchol\w+|surpris\w+"
    r"|astonish\w+|amaz\w+|shock\w+|serious\w*|stern|neutral"
    r"|solemn|calm(?:er|ly)?|angr\w+|annoyed|scared|afraid|fear\w*|frighten\w*|worr\w+|anxious|nervous|tense|tired"
    r"|sleepy"
    r"|exhausted|excite\w*|proud\w*|curious\w*|thoughtful\w*|pensive|relaxed|peaceful"
    r"|nostalgic|frown\w*|wink\w*|blink\w*|expression|facial|emotion\w*|delighted|pleased|confident|bored|dreamy|eyes? "
    r"(?:\w+ ){0,3}(?:closed|open|shut|wide)"
    r"|(?:clos|open|shut)\w* (?:\w+ )?(?:eyes?|mouth)|mouth (?:open|closed|shut))\b"
)
GAZE = (
    r"\b(?:look\w*|gaz\w+|glanc\w+|star\w+|fac(?:e|es|ing)|watch\w*|turn\w* (?:the |her |his |their )?(?:head|eyes|face"
    r"|gaze)(?: \w+)?|eyes|head turned)\b"
    r".*?\b(left|right|up(?:wards?)?|down(?:wards?)?|(?:the |at |into )*(?:camera|lens|viewer|audience|us)|away"
    r"|straight"
    r"|ahead|forward|sky|ground|floor|stars|moon|horizon|side)\b"
)
POSE = (
    r"\b(?:(?:arms?|hands?) (?:\w+ )?(?:raised|up|lifted|in the air|crossed|folded|down|lowered|spread|stretched"
    r"|outstretched|open|behind|overhead)"
    r"|(?:rais|lift|stretch|spread|cross|fold|lower)\w* (?:\w+ )?(?:\w+ )?(?:arms?|hands?)"
    r"|wav(?:e|es|ing)|point(?:s|ing)?|sit(?:s|ting)?|seated|stand(?:s|ing)?|walk(?:s|ing)?|strolling|run(?:s|ning)?"
    r"|jogging|jump(?:s|ing)?|crouch\w*|squat\w*|kneel\w*|lying|lies down|lie down|lean(?:s|ing)?"
    r"|danc(?:e|es|ing)|hands? (?:on|in) (?:\w+ )?(?:hips?|pockets?|waist)|thumbs?[- ]up|reach(?:es|ing)?|hugg\w+"
    r"|stretch(?:es|ing)?|bow(?:s|ing)|clap\w*|salut\w+|cheering|celebrat\w+|eating|drinking|reading|sips?|sipping|pose"
    r"|posture|gesture)\b"
)
HOLD = (
    r"\b(?:hold(?:s|ing)?|carry(?:ing)?|carries|grip(?:s|ping)?|clutch\w*|with)\b (?P<thing>.+?)(?: in (?:the |her "
    r"|his "
    r"|their |one |both )*(?:left |right )?hands?)?$"
)

TIMES: dict[str, TimeOfDay] = {
    r"\b(?:night(?:-?time)?|midnight|moonlit|moonlight|after dark|nocturnal|starlit|starry)\b"
    r"|夜|晚上|深夜": TimeOfDay.NIGHT,
    r"\b(?:dusk|sunset|evening|twilight|golden hour|nightfall|sundown|blue hour)\b|黄昏|傍晚|日落|夕阳": TimeOfDay.DUSK,
    r"\b(?:morning|dawn|sunrise|daybreak|early day)\b|早晨|早上|清晨|日出|黎明": TimeOfDay.MORNING,
    r"\b(?:noon|midday|day-?time|daylight|day|afternoon)\b|中午|正午|白天|下午": TimeOfDay.NOON,
}
WEATHERS: dict[str, Weather] = {
    r"\b(?:rain(?:y|s|ing|fall|drops)?|drizzl\w*|storm\w*|thunderstorm|downpour|showers)\b|雨": Weather.RAIN,
    r"\b(?:snow(?:y|s|ing|fall|flakes)?|blizzard|snowstorm)\b|雪": Weather.SNOW,
    r"\b(?:fog(?:gy)?|mist(?:y)?|haz(?:e|y))\b|雾": Weather.FOG,
    r"\b(?:cloud(?:s|y|ed)?|overcast|gr[ea]y sky)\b|多云|阴天|阴": Weather.CLOUD,
    (
        r"\b(?:sun(?:ny|shine|light)?|clear (?:sky|skies|weather|day|night)|blue sky|fair weather|weather clear)\b"
        r"|晴|阳光"
    ): Weather.CLEAR,
}
FRAMINGS: dict[str, Framing] = {
    r"\bselfie\b|自拍": Framing.SELFIE,
    r"\bclose-?\s?up\b|特写": Framing.CLOSE_UP,
    r"\bmedium(?:[- ](?:shot|framing|view))?\b|\bwaist[- ]up\b|\bhalf[- ]body\b|中景|半身": Framing.MEDIUM,
    r"\bover[- ]the[- ]shoulder\b|\bfrom behind\b|过肩": Framing.OVER_SHOULDER,
    (
        r"\bwide(?:[- ](?:shot|angle|framing|view))?\b|\b(?:full|whole|entire)[- ]body\b|\blong shot\b|\bhead to "
        r"(?:toe|foot)\b|全身|远景|全景"
    ): Framing.WIDE,
}

NO_CLOTHES = (
    "Clothes, hair and what is worn come from the photo; the embedded painter cannot change them, another photo can."
)
NO_COLOUR = (
    "Colours belong to the style, the time of day and the weather; the embedded painter changes brightness, time of "
    "day or weather."
)
NO_LIMBS = "Hands and limbs are not retouched; the person is drawn anew in another pose."
NO_SIZE = (
    "Things keep their natural size; the embedded painter changes the person's size and the framing, or removes the "
    "thing."
)
NO_MOVE = "Things stand where such things stand; the embedded painter moves the person, or removes the thing."
NO_TEXT = "The embedded painter paints no writing; the place is looked at from another side."
NO_STRANGERS = "The place is looked at from another side, so that other things stand behind the person."
