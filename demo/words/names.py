"""Made-up people: family and given names with their spelling in Latin letters."""

from __future__ import annotations

from random import Random
from typing import NamedTuple


class PersonName(NamedTuple):
    zh: str
    en: str


SURNAMES = """
王 Wang 李 Li 张 Zhang 刘 Liu 陈 Chen 杨 Yang 赵 Zhao 黄 Huang 周 Zhou 吴 Wu 徐 Xu 孙 Sun 胡 Hu 朱 Zhu 高 Gao
林 Lin 何 He 郭 Guo 马 Ma 罗 Luo 梁 Liang 宋 Song 郑 Zheng 谢 Xie 韩 Han 唐 Tang 冯 Feng 于 Yu 董 Dong 萧 Xiao
程 Cheng 曹 Cao 袁 Yuan 邓 Deng 许 Xu 傅 Fu 沈 Shen 彭 Peng 吕 Lyu 苏 Su 卢 Lu 蒋 Jiang 蔡 Cai 贾 Jia 丁 Ding
魏 Wei 薛 Xue 叶 Ye 阎 Yan 余 Yu 潘 Pan 杜 Du 戴 Dai 夏 Xia 钟 Zhong 汪 Wang 田 Tian 任 Ren 姜 Jiang 范 Fan
方 Fang 石 Shi 姚 Yao 谭 Tan 廖 Liao 邹 Zou
"""

GIVEN_NAMES = """
思远 Siyuan 雨桐 Yutong 浩然 Haoran 欣怡 Xinyi 子轩 Zixuan 梦瑶 Mengyao 俊杰 Junjie 佳慧 Jiahui 宇航 Yuhang
诗涵 Shihan 文博 Wenbo 晓雯 Xiaowen 天佑 Tianyou 静怡 Jingyi 志强 Zhiqiang 雅琴 Yaqin 明轩 Mingxuan
若琳 Ruolin 嘉豪 Jiahao 语嫣 Yuyan 泽宇 Zeyu 心怡 Xinyi 立新 Lixin 丽娟 Lijuan 建华 Jianhua 秀兰 Xiulan
国平 Guoping 玉梅 Yumei 永康 Yongkang 海燕 Haiyan 德明 Deming 春霞 Chunxia 晨曦 Chenxi 可欣 Kexin
奕辰 Yichen 婉清 Wanqing 锦程 Jincheng 书瑶 Shuyao 鹏飞 Pengfei 乐怡 Leyi 启航 Qihang 芷若 Zhiruo
承志 Chengzhi 映雪 Yingxue 逸飞 Yifei 沐阳 Muyang 凌云 Lingyun 采薇 Caiwei 昊天 Haotian 念慈 Nianci
修文 Xiuwen 雪晴 Xueqing 博文 Bowen 依诺 Yinuo 川 Chuan 敏 Min 磊 Lei 婷 Ting 鑫 Xin 蕾 Lei 凯 Kai 倩 Qian
涛 Tao 颖 Ying 洋 Yang 琳 Lin 峰 Feng 洁 Jie 睿 Rui 璐 Lu 杰 Jie 悦 Yue 翔 Xiang 薇 Wei 毅 Yi 娜 Na 斌 Bin
岚 Lan 彦霖 Yanlin 语桐 Yutong 景行 Jingxing 知夏 Zhixia
"""


def _pairs(names: str) -> list[tuple[str, str]]:
    words = names.split()
    return list(zip(words[::2], words[1::2], strict=True))


def people(random: Random, number: int, *, taken: set[str]) -> list[PersonName]:
    """Made-up people whose Chinese names are not taken yet; each name is used once."""
    surnames, given = _pairs(SURNAMES), _pairs(GIVEN_NAMES)
    found: list[PersonName] = []
    while len(found) < number:
        family, family_en = random.choice(surnames)
        name, name_en = random.choice(given)
        person = PersonName(family + name, f"{family_en} {name_en}")
        if person.zh not in taken:
            taken.add(person.zh)
            found.append(person)
    return found
