"""The turns of speech at which a posting is held, besides the words that the office keeps.

Sex, age and origin (就业促进法, chapter 3; 人社部发〔2019〕17号): lists of words alone would hold "男女不限" and let
"35以内" pass. What a posting denies ("不收押金", "非中介", "不限户籍") is not held.
"""

from __future__ import annotations

import re
import unicodedata

from placements.choices import HoldRule

SEX_ENDS = (
    r"(?=性(?!用品|向|健康|服饰|时尚|消费|主义|题材|视角)|生|士|孩|工(?!作)|员工|[一二三四五六七八九十\d]+名|优先|\W|$)"
)
ONLY = r"(?:仅限|只限|限|仅招|只招|只要|仅收|只收|招聘|招收|诚聘|急聘|招|要求|需要|须为|必须是)"
REGIONS = (
    "北京|天津|河北|山西|内蒙古|内蒙|辽宁|吉林|黑龙江|上海|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南|广东|广西|海南|重庆"
    "|四川|贵州|云南|西藏|陕西|甘肃|青海|宁夏|新疆|东北|成都|外地|外省|本地|本市|本省|本县|当地"
)
YEARS = r"(?:years?|yrs?)"

PATTERNS: dict[HoldRule, tuple[str, ...]] = {
    HoldRule.SEX: (
        rf"(?<!不){ONLY}\s*(?:男(?!女|生女生|性女性)|(?<!男)女){SEX_ENDS}",
        r"(?<!女)(?:男(?!女)[性生士孩]?|(?<!男)女[性生士孩]?)(?:员工|学生|毕业生)?\s*(?:优先|为佳|为宜|为主)",
        r"性别\s*(?:要求|限制|限)?\s*(?:[:]|为|是)?\s*(?:仅?限|须为)?\s*(?:男(?!女|/女|、女|或女)|女(?!/男|、男|或男))",
        r"优先(?:考虑|录用|录取|招)?\s*(?:男(?!女)|女(?!性用品))[性生士](?!(?:生|性|士)?(?:或|和|、|/)女)",
        r"\b(?:men|women|males?|females?|ladies|girls|boys)\s+only\b",
        r"(?<!or )(?<!and )(?<!/)\b(?:fe)?male\s+(?:(?:candidate|applicant|student)s?\s+)?(?:only|preferred)\b",
        r"\b(?:must be|only)\s+(?:an?\s+)?(?:male|female|man|woman)\b(?! or\b)",
        r"\b(?:gender|sex)\s*:\s*(?:fe)?male\b(?!\s*(?:/|or|and))",
    ),
    HoldRule.AGE: (
        r"\d{2}\s*(?:[-–—~]|至|到)\s*\d{2}\s*周?岁",
        r"(?<!\d)(?!1[68]\s*周?岁\s*(?:\(?含\)?|及)?\s*以上)\d{2}\s*周?岁\s*(?:\(?含\)?|及)?\s*"
        r"(?:以下|以内|之内|之下|以上|左右)",
        r"(?!十[六八]\s*周?岁\s*及?以上)[二三四五六]?十[一二三四五六七八九]?\s*周?岁\s*(?:及|含)?\s*(?:以下|以内|以上|左右)",
        r"(?:不超过|不大于|不高于|小于|低于|大于|不满)\s*\d{2}\s*周?岁",
        r"(?<!平均)年龄(?![^,。;\n]{0,4}(?:年?满|不限|须满|达到)\s*1[68])[^,。;\n\d]{0,10}(?!1[68]\s*周?岁?以上)\d{2}",
        r"(?:限|只要|仅限|要求)?(?:80|85|90|95|00|05)后\s*(?:优先|为佳)|(?:仅?限|只要|只招)(?:80|85|90|95|00|05)后",
        rf"\b(?:under|below|over|above|younger than|older than)\s+(?!1[68] )\d{{2}}\s+{YEARS}\s+(?:old|of age)\b",
        r"\b(?:under|below|over|above)\s+the\s+age\s+of\s+(?!1[68]\b)\d{2}\b",
        rf"\b\d{{2}}\s*(?:-|–|to)\s*\d{{2}}\s+{YEARS}\s+(?:old|of age)\b",
        r"\baged?\s+(?:between\s+)?\d{2}\s*(?:-|–|to|and)\s*\d{2}\b",
        r"\b(?:maximum|max\.?|upper)\s+age\b|(?<!no )\bage\s+limit\b",
    ),
    HoldRule.ORIGIN: (
        r"(?<!非)(?:本地|本市|本省|本县|当地|城镇)(?:户口|户籍|籍贯)",
        rf"(?<!不){ONLY}\s*(?:{REGIONS})(?:省|市|县)?(?:人|籍|户口|户籍|居民)(?!员|才|事|力)",
        rf"(?:{REGIONS}|[\u4e00-\u9fff]{{2,3}}市)(?:户口|户籍|籍)(?:学生|考生|人员)?\s*(?:优先|为佳|者优先)",
        rf"(?:{REGIONS})(?:省|市|县)?(?:人|籍)\s*(?:优先|勿扰|勿投|免谈|除外|不要)",
        rf"(?:不招|不要|不收|拒收|不考虑|谢绝)\s*(?:{REGIONS})(?:省|市|县)?(?:人(?!员|才|事|力)|籍)",
        r"(?<!不限)(?<!不看)(?:户口|户籍|籍贯)\s*(?:要求|限制)?\s*(?:[:]|须|需|必须|仅限|限)(?!\s*(?:不限|无))",
        r"(?<!不)(?:仅限|只限|限|仅招|只招)\s*汉族|汉族\s*优先|(?:少数民族|回族|维吾尔族|维族|藏族)\s*(?:勿扰|勿投|除外|不要|免谈)",
        r"(?<!no )\blocal\s+(?:hukou|household registration|residents?)\s*(?:only|required|preferred)\b",
        r"\bnatives?\s+of\s+\w+\s+(?:only|preferred)\b",
    ),
}
COMPILED = {rule: [re.compile(each) for each in patterns] for rule, patterns in PATTERNS.items()}

# What stands before a word in the same clause and turns it into its opposite; "不退押金" and "不仅收押金" do not.
DENIED = re.compile(
    r"(?:不(?!退|予退|返|仅|但|只|光)|无(?!条件|息)|免(?!费)|非(?!常)|勿|没有|未(?!退)|严禁|禁止|零|谢绝|拒绝|杜绝|反对"
    r"|\b(?:no|not|never|without|free of|non|nor)\b)[^,。;!?\n]{0,12}$"
)
WAIVED = re.compile(r"(?:不设|不限|不要求|不看|无需|取消|打破|没有)[^,。;!?\n]{0,4}$")
DENIED_AFTER = re.compile(r"^\s*(?:公司|机构)?(?:均?不限|勿扰|勿投|免谈|除外|一律不收|全免)")
SPACE_BETWEEN_HAN = re.compile(r"(?<=[\u3400-\u9fff])[ \t\u3000]+(?=[\u3400-\u9fff])")
UNSEEN = re.compile(r"[\u200b-\u200f\u2060\ufeff\u00ad]")
CLAUSE = re.compile(r"[\n,。;!?]")
AROUND = 6


def plain(text: str) -> str:
    """The text as the rules read it: wide forms made narrow, capitals small, no gaps within Chinese."""
    narrow = unicodedata.normalize("NFKC", UNSEEN.sub("", text)).lower()
    return SPACE_BETWEEN_HAN.sub("", narrow)


def _is_denied(text: str, start: int, end: int) -> bool:
    return bool(DENIED.search(text[max(0, start - 24) : start]) or DENIED_AFTER.match(text[end : end + 12]))


def found_by_patterns(text: str, rule: HoldRule) -> list[str]:
    """What a plain text says that this rule holds, each turn once, in the order of the text."""
    matches = (match for pattern in COMPILED.get(rule, ()) for match in pattern.finditer(text))
    spans = sorted(
        match.span() for match in matches if not WAIVED.search(text[max(0, match.start() - 12) : match.start()])
    )
    found: list[tuple[int, int]] = []
    for start, end in spans:
        if found and start < found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return list(dict.fromkeys(text[start:end].strip() for start, end in found))


def says(text: str, word: str) -> str:
    """The word with a little of its clause, or "" where a plain text has it not or denies it.

    A Latin word counts as a whole word.
    """
    sought = re.escape(plain(word).strip())
    if sought.isascii():
        sought = rf"\b{sought}s?\b"
    for match in re.finditer(sought, text):
        start, end = match.span()
        if start < end and not _is_denied(text, start, end):
            before = CLAUSE.split(text[max(0, start - AROUND) : start])[-1]
            return (before + text[start:end] + CLAUSE.split(text[end : end + AROUND])[0]).strip()
    return ""
