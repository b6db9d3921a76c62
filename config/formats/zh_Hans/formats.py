"""Dates and numbers as a Chinese office writes them."""

DATE_FORMAT = "Y年n月j日"
SHORT_DATE_FORMAT = "Y-m-d"
DATETIME_FORMAT = "Y年n月j日 H:i"
SHORT_DATETIME_FORMAT = "Y-m-d H:i"
MONTH_DAY_FORMAT = "n月j日"
TIME_FORMAT = "H:i"
NUMBER_GROUPING = 3
THOUSAND_SEPARATOR = ","
