"""What two spellings of an enterprise's name have in common, and the letters it is looked up by."""

from __future__ import annotations

import re
import unicodedata

from core.pinyin import pypinyin

KEY_LENGTH = 200
# Endings that say how a company is constituted, not who it is; longer ones first.
LEGAL_FORMS = (
    "股份有限公司", "有限责任公司", "集团有限公司", "有限公司", "总公司", "分公司", "公司", "集团", "(集团)",
    "companylimited", "corporation", "incorporated", "company", "limited", "coltd", "ltd", "inc", "corp", "gmbh", "co",
)  # fmt: skip
_NOISE = re.compile(r"[^\w\u3400-\u9fff]|_")
_HAN = re.compile(r"[\u3400-\u9fff]")


def name_key(name: str) -> str:
    """The name without width, case, spaces, punctuation and legal form: equal keys mean the same name.

    What would be left empty stays whole, so that a key is empty only for a name without letters.
    """
    bare = _NOISE.sub("", unicodedata.normalize("NFKC", name).lower())
    key = bare
    while form := next((form for form in LEGAL_FORMS if key.endswith(form) and key != form), ""):
        key = key.removesuffix(form)
    return (key or bare)[:KEY_LENGTH]


def initials(name: str) -> str:
    """The first letter of each syllable in pinyin, Latin letters and digits as they are: 四川智汇 → schz… by sound."""
    text = unicodedata.normalize("NFKC", name).lower()
    letters = "".join(pypinyin.lazy_pinyin(text, style=pypinyin.Style.FIRST_LETTER))
    return _NOISE.sub("", _HAN.sub("", letters))[:KEY_LENGTH]


def name_sort(name: str) -> str:
    """What puts names in the order of pinyin, byte by byte: by syllable, tone and character; Latin letters after.

    A column of its own rather than a collation: PostgreSQL is often built without the ICU library that knows pinyin.
    """
    text = unicodedata.normalize("NFKC", name).lower().strip()[:KEY_LENGTH]
    sounds = pypinyin.lazy_pinyin(text, style=pypinyin.Style.TONE3, errors=lambda run: [f"~{sign}" for sign in run])
    pairs = zip(sounds, text, strict=False)
    return "".join(sound + sign if _HAN.match(sign) else sound for sound, sign in pairs)[:KEY_LENGTH]


def romanised(name: str) -> str:
    """A Chinese place name in Latin letters, as GB/T 2260 writes it: 成都市 → Chengdu, 西安市 → Xi'an."""
    bare = name.removesuffix("市") if len(name) > 2 else name
    first, *others = pypinyin.lazy_pinyin(bare) or [""]
    return str(first + "".join(f"'{each}" if each[0] in "aoe" else each for each in others)).capitalize()
