"""The words that offices write for the terms of a list, and those of them that say less than the term."""

from __future__ import annotations

SYNONYMS: dict[str, tuple[str, ...]] = {
    # What offices write for a legal value; the value's own names need no entry.
    "property_company": ("物业", "物业管理公司", "物业管理", "物业服务企业", "物业企业"),
    "community_service": ("社区服务", "服务中心"),
    "social_organisation": ("社会团体", "新社会组织"),
    "government": ("党政机关", "机关单位"),
    "public_institution": ("事业",),
    "other": ("其他", "其它", "其它单位"),
    "collective": ("集体所有制", "集体企业"),
    "private": (
        "民营企业",
        "私营",
        "私企",
        "民企",
        "私营企业",
        "非公",
        "非公企业",
        "非公有制",
        "非公有制企业",
    ),
    "state": ("国企", "国营", "国有企业"),
    "foreign": ("外企", "外资企业"),
    "mixed": ("混合所有制", "国有控股"),
    "shareholding": ("股份制企业", "股份有限公司", "有限责任公司", "有限公司", "股份合作制"),
    "hmt": ("港澳台", "港澳台企业", "港澳台商投资企业"),
    "non_enterprise": ("民办非企业单位", "民非", "社会服务机构"),
    "operating": ("正常", "在营", "营业", "经营", "存续", "在业", "开业", "在册", "存续(在营、开业、在册)"),
    "shell": ("空壳企业", "空壳公司"),
    "closed": ("停业", "歇业", "关闭", "注销", "已注销", "吊销", "已吊销", "倒闭"),
    "independent": ("独立", "独立党支部", "独立支部", "独立组建", "单建", "单独"),
    "joint": ("联合党支部", "联合支部", "联合组建", "联建"),
    "residential": ("居民区党支部", "居民区党总支", "社区党支部", "社区党总支", "社区", "村党支部"),
    "commercial": ("商业广场党支部", "商业区", "商业区党支部"),
    "temporary": ("临时党支部",),
    "outside": ("外地", "外地党支部", "外市", "外省市"),
    "male": ("男性",),
    "female": ("女性",),
    "full": ("正式",),
    "probationary": ("预备",),
    "liaison": ("联络员", "党建工作联络员"),
    "instructor": ("指导员", "党建工作指导员"),
    "industry": ("行业统建党支部",),
    "district": ("区域统建党支部", "区域联建"),
    "functional": ("功能型党支部", "功能性党支部"),
    "committee": ("基层党委", "党的委员会"),
    "general_branch": ("总支", "总支部", "党总支部", "社区党总支"),
    "branch": ("支部",),
    "group": ("小组",),
}

NEAR: dict[str, frozenset[str]] = {
    "private": frozenset(["非公", "非公企业", "非公有制", "非公有制企业"]),
    "mixed": frozenset(["国有控股"]),
    "shareholding": frozenset(["股份有限公司", "有限责任公司", "有限公司", "股份合作制"]),
    "non_enterprise": frozenset(["社会服务机构"]),
    "closed": frozenset(["吊销", "已吊销", "倒闭"]),
    "residential": frozenset(["社区党总支", "居民区党总支", "社区", "村党支部"]),
    "district": frozenset(["区域联建"]),
}
"""Of those words, by term, the ones that mean something near to it and not the same: whoever loads them is told."""
