"""What an agency can be, and what of the city's data can be changed."""

from enum import StrEnum


class Kind(StrEnum):
    """An OPD, or what works under one."""

    AGENCY = "opd"
    DISTRICT = "kecamatan"
    VILLAGE = "kelurahan"
    UNIT = "upt"
    CLINIC = "puskesmas"
    HOSPITAL = "rsud"
    COUNTER = "counter"
    COMPANY = "perumda"


class Subject(StrEnum):
    """A table of the city's data."""

    AGENCY = "agency"
    CATEGORY = "category"
    ELSEWHERE = "elsewhere"
    EMERGENCY = "emergency"
    AREA = "area"
