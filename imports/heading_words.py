"""The words by which offices head the columns of their lists, the most usual first: that one heads the template."""

CHINESE = """
legal_name: 单位名称 企业名称 公司名称 单位全称 企业全称 用人单位 用人单位名称 企业 单位 公司 合作企业 合作单位
    名称 合作企业名称
name_en: 英文名称 英文名 外文名称
short_name: 简称 单位简称 企业简称
former_names: 曾用名 原名称 曾用名称 原单位名称
credit_code: 统一社会信用代码 信用代码 社会信用代码 组织机构代码 机构代码 税号 单位代码
nature: 单位性质 企业性质 性质 单位类型 企业类型
industry: 所属行业 行业 单位行业 行业类别 行业门类
province: 省份 省 所在省 所在省份 省市
city: 城市 市 所在城市 所在市 地市 所在地 地区
address: 地址 单位地址 企业地址 详细地址 通讯地址 办公地址 注册地址
website: 网址 官网 网站 单位网址 企业网址
staff_count: 职工人数 员工人数 员工数 职工总数 员工规模 单位规模 企业规模 规模 在岗职工数 在职人数
staff_counted_on: 人数统计日期 统计日期 职工人数日期 截至日期
level: 合作等级 等级 级别 合作级别 企业分级 合作层次
flags: 标识 资质 荣誉资质 企业资质 标签 企业标识
owner: 负责人 校内负责人 对接人 学校对接人 校方联系人 负责人工号 校内对接人
about: 企业简介 单位简介 主营业务 经营范围 简介 企业介绍 主营
contact_name: 联系人 联系人姓名 企业联系人 姓名 单位联系人 联络人
contact_title: 职务 联系人职务 职位 联系人职位
contact_department: 部门 联系人部门 所在部门
contact_phone: 联系电话 手机 手机号 联系人电话 联系方式 手机号码 联系人手机 联系人手机号 电话 移动电话
contact_landline: 座机 固定电话 办公电话 固话 联系人座机 单位电话 企业电话
contact_email: 邮箱 电子邮箱 电子邮件 联系人邮箱 联系邮箱
contact_wechat: 微信 微信号 联系人微信
need_kind: 需求类型 需求类别 合作类型 招聘类型
need_description: 需求内容 需求描述 需求 岗位 招聘岗位 需求岗位 岗位名称 人才需求
need_majors: 需求专业 专业 专业要求 所需专业 对口专业 招聘专业
need_headcount: 需求人数 招聘人数 人数 拟招人数 计划人数 岗位人数 需求数量
need_pay: 月薪 薪资 薪酬 工资 薪资待遇 待遇 月薪元
need_wanted_by: 到岗时间 需求时间 到岗日期 期望到岗时间 截止日期 需求截止日期
"""

ENGLISH = """
legal_name: Enterprise, Company, Company name, Enterprise name, Legal name, Name, Full registered name, Employer
name_en: English name, Name in English
short_name: Short name
former_names: Former names, Former name, Formerly
credit_code: Unified social credit code, Credit code, USCC, USCI
nature: Nature of unit, Nature, Ownership
industry: Industry, Sector
province: Province
city: City, Region
address: Address
website: Website, Web site, URL, Homepage
staff_count: Number of staff, Staff, Employees, Number of employees, Headcount of the company, Size
staff_counted_on: Staff counted on, Counted on
level: Level
flags: Flags, Marks
owner: Owner, Our liaison
about: What the enterprise does, About, Business
contact_name: Contact, Contact name, Contact person
contact_title: Position, Contact title, Job title, Contact position, Title
contact_department: Department, Contact department
contact_phone: Phone, Mobile, Contact phone, Mobile phone, Cell phone, Telephone
contact_landline: Landline, Contact landline, Office phone
contact_email: E-mail, Email, Contact e-mail, Contact email, Mail
contact_wechat: WeChat, Contact WeChat
need_kind: Kind of need, Need, Need kind
need_description: What is needed, Need description, Job, Posts
need_majors: Majors, Majors needed, Need majors
need_headcount: Number needed, Need number, Headcount, Number
need_pay: Monthly pay, Pay, Salary, Need pay
need_wanted_by: Wanted by, Need wanted by, Deadline
"""
