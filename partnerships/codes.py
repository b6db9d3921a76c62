"""The official code lists, as published; `services.codes` writes them to the database."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import resources

# GB/T 2260, province level.
PROVINCES = """
110000 北京市 Beijing
120000 天津市 Tianjin
130000 河北省 Hebei
140000 山西省 Shanxi
150000 内蒙古自治区 Inner Mongolia
210000 辽宁省 Liaoning
220000 吉林省 Jilin
230000 黑龙江省 Heilongjiang
310000 上海市 Shanghai
320000 江苏省 Jiangsu
330000 浙江省 Zhejiang
340000 安徽省 Anhui
350000 福建省 Fujian
360000 江西省 Jiangxi
370000 山东省 Shandong
410000 河南省 Henan
420000 湖北省 Hubei
430000 湖南省 Hunan
440000 广东省 Guangdong
450000 广西壮族自治区 Guangxi
460000 海南省 Hainan
500000 重庆市 Chongqing
510000 四川省 Sichuan
520000 贵州省 Guizhou
530000 云南省 Yunnan
540000 西藏自治区 Tibet (Xizang)
610000 陕西省 Shaanxi
620000 甘肃省 Gansu
630000 青海省 Qinghai
640000 宁夏回族自治区 Ningxia
650000 新疆维吾尔自治区 Xinjiang
710000 台湾省 Taiwan
810000 香港特别行政区 Hong Kong SAR
820000 澳门特别行政区 Macao SAR
"""

# Nature of unit in the graduate-employment system; 25 and 35 stand in older lists only.
NATURES = """
10 机关 Party and government organs
20 科研设计单位 Research and design institutes
21 高等教育单位 Higher-education units
22 中初教育单位 Secondary and primary education units
23 医疗卫生单位 Medical and health units
25 艰苦事业单位 Hardship public institutions
29 其他事业单位 Other public institutions
31 国有企业 State-owned enterprises
32 三资企业 Foreign-funded enterprises
35 艰苦行业企业 Enterprises of hardship industries
39 其他企业 Other (private) enterprises
40 部队 Armed forces
55 农村建制村 Administrative village
56 城镇社区 Urban community
99 其他 Other
"""
RETIRED_NATURES = {"25", "35"}

# Sections of GB/T 4754-2017 and the employment system's own code of each.
INDUSTRIES = """
A 11 农、林、牧、渔业 Agriculture, forestry, animal husbandry, fishery
B 21 采矿业 Mining
C 22 制造业 Manufacturing
D 23 电力、热力、燃气及水生产和供应业 Electricity, heat, gas and water supply
E 24 建筑业 Construction
F 31 批发和零售业 Wholesale and retail
G 32 交通运输、仓储和邮政业 Transport, storage and post
H 33 住宿和餐饮业 Accommodation and catering
I 34 信息传输、软件和信息技术服务业 Information transmission, software and IT services
J 35 金融业 Finance
K 36 房地产业 Real estate
L 37 租赁和商务服务业 Leasing and business services
M 38 科学研究和技术服务业 Scientific research and technical services
N 39 水利、环境和公共设施管理业 Water, environment and public facilities
O 41 居民服务、修理和其他服务业 Resident services, repair and other services
P 42 教育 Education
Q 43 卫生和社会工作 Health and social work
R 44 文化、体育和娱乐业 Culture, sports and entertainment
S 45 公共管理、社会保障和社会组织 Public administration, social security, social organisations
T 46 国际组织 International organisations
ARMY 80 军队 Armed forces
"""

INDUSTRY_EDITION = "GB/T 4754-2017"

# What colleges report of an enterprise besides its nature and size.
FLAGS = """
above_size 规上企业 Above designated size
listed 上市公司 Listed company
fortune_500 世界500强 Fortune Global 500
china_500 中国500强 Top 500 of China
specialised 专精特新企业 Specialised and innovative SME
high_tech 高新技术企业 High-tech enterprise
integration 产教融合型企业 Industry-education integration enterprise
alumni 校友企业 Alumni enterprise
"""

# Kinds of cooperation agreement; the two kinds of base off campus count as practice bases.
AGREEMENT_KINDS = """
strategic 战略合作协议 Strategic cooperation
specific 专项合作协议 Specific cooperation
practice_base 实践教学基地 Practice-teaching base
employment_base 就业实习基地 Employment and internship base
order_class 订单班 Order class
apprenticeship 现代学徒制 Modern apprenticeship
field_engineer 现场工程师培养 Field-engineer training
industry_college 产业学院 Industry college
training_base 实训基地 Practical-training base
mentors 产业导师 Industry mentors
textbooks 教材与资源建设 Textbooks and teaching resources
courses 课程开发 Course development
technical_service 技术服务 Technical service
staff_training 员工培训 Staff training
teacher_practice 教师企业实践 Teachers' enterprise practice
data_platform 数据与平台共建 Data and platforms built together
party_building 党建共建 Joint Party-building
supply_demand 供需对接就业育人项目 Supply-demand employment-education project
"""
BASE_KINDS = {"practice_base", "employment_base"}
FRAMEWORK_KINDS = {"strategic"}  # framework agreements: the president's meeting decides
USUAL_YEARS = {"strategic": 5, "practice_base": 3, "employment_base": 3, "industry_college": 5, "training_base": 5}


def rows(table: str, columns: int) -> list[list[str]]:
    """The lines of a table above, split into so many columns; the last holds the rest."""
    return [line.split(" ", columns - 1) for line in table.strip().splitlines()]


@dataclass(frozen=True)
class Division:
    """A division of GB/T 2260 with the years between which its code held; None where it holds still."""

    code: str
    name: str
    since: int | None
    until: int | None


_PROVINCE = re.compile(r'^(\d\d) province="')
_DIVISION = re.compile(r'^ +(\d{4}) county="(.+)"$')
_LIFE = re.compile(r"^(?:\[(\d*)-(\d*)\])?(.+)$")


def divisions() -> Iterator[Division]:
    """Prefectures and counties of GB/T 2260 from python-stdnum's table, retired ones too; a code's last name counts."""
    province = ""
    with resources.files("stdnum.cn").joinpath("loc.dat").open(encoding="utf-8") as lines:
        for line in lines:
            if head := _PROVINCE.match(line):
                province = head[1]
            elif (row := _DIVISION.match(line.rstrip())) and row[1] != "0000":
                life = _LIFE.match(row[2].split(",")[-1])
                if life:
                    since, until = (int(year) if year else None for year in life.groups()[:2])
                    yield Division(province + row[1], life[3], since, until)
