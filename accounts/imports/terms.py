"""Words of the unit import. No Django here."""

from enum import StrEnum


class Column(StrEnum):
    """What a column of the file may mean."""

    NAME = "name"
    SHORT_NAME = "short_name"
    ENGLISH_NAME = "english_name"
    CREDIT_CODE = "credit_code"
    CHANNEL = "channel"
    INDUSTRY = "industry"
    AREA = "area"
    ADDRESS = "address"
    PHONE = "phone"
    WEBSITE = "website"
    HEADCOUNT = "headcount"
    INCOME = "income"
    BUSINESS = "business"
    TIER = "tier"
    OWNER = "owner"
    NOTE = "note"


class Fate(StrEnum):
    """What becomes of a row. A row with an error is only an error (12-decisions 29)."""

    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    DUPLICATE = "duplicate"
    ERROR = "error"


class Problem(StrEnum):
    """Why a cell is refused."""

    MISSING = "missing"
    TOO_LONG = "too_long"
    BAD_CHARACTERS = "bad_characters"
    CHECK_CHARACTER = "check_character"
    NOT_A_CODE = "not_a_code"
    NOT_A_NUMBER = "not_a_number"
    NEGATIVE = "negative"
    TOO_LARGE = "too_large"
    UNKNOWN_CHANNEL = "unknown_channel"
    UNKNOWN_TIER = "unknown_tier"
    UNKNOWN_OWNER = "unknown_owner"
    OWNER_NOT_YOURS = "owner_not_yours"
    NO_RIGHTS = "no_rights"
    NOT_A_PHONE = "not_a_phone"
    NOT_A_WEBSITE = "not_a_website"


class ImportState(StrEnum):
    """Where a file is on its way through the four steps."""

    UPLOADED = "uploaded"
    CHECKED = "checked"
    WRITING = "writing"
    WRITTEN = "written"
    STOPPED = "stopped"
    FAILED = "failed"


#: The first heading of each is the one our own files carry; the others are recognised. Compared after folding (see rules.heads).
HEADS: dict[Column, tuple[str, ...]] = {
    Column.NAME: ("单位名称", "name", "unit name", "unit", "名称", "客户名称", "企业名称", "单位全称", "公司名称", "account name"),
    Column.SHORT_NAME: ("简称", "short name", "单位简称", "abbreviation"),
    Column.ENGLISH_NAME: ("英文名称", "english name", "英文名"),
    Column.CREDIT_CODE: ("统一社会信用代码", "credit code", "unified social credit code", "信用代码", "uscc"),
    Column.CHANNEL: ("渠道类别", "channel", "渠道", "单位类别", "客户类别", "category"),
    Column.INDUSTRY: ("所属行业", "industry", "行业"),
    Column.AREA: ("区域", "area", "territory", "地区", "片区"),
    Column.ADDRESS: ("地址", "address", "单位地址", "联系地址", "通讯地址"),
    Column.PHONE: ("电话", "phone", "telephone", "联系电话", "单位电话", "电话号码", "tel"),
    Column.WEBSITE: ("网站", "website", "网址", "官网"),
    Column.HEADCOUNT: ("在职人数", "headcount", "人数", "职工人数", "员工人数", "employees"),
    Column.INCOME: ("人均年收入", "income", "per capita annual income", "per-capita annual income", "年收入", "annual income"),
    Column.BUSINESS: ("主营业务", "main business", "business", "主营"),
    Column.TIER: ("级别", "tier", "等级", "客户级别", "level"),
    Column.OWNER: ("负责人", "owner", "专员", "工号", "负责专员", "staff number"),
    Column.NOTE: ("备注", "note", "notes", "remark", "remarks", "说明", "comment"),
}  # fmt: skip

#: Columns without which a file cannot be read at all.
REQUIRED_COLUMNS = (Column.NAME,)

#: The heading of the column that the file of errors adds; ignored when that file is fed in again.
REASON_HEADS = ("原因", "reason", "错误说明", "錯誤說明")
