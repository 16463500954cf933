"""Figures of the API. No Django here."""

#: A token is asked so many times a minute at most.
MOST_A_MINUTE = 120
#: Rows of a page, by default and at most.
PAGE, LONGEST_PAGE = 50, 200
#: A token lives so many days unless its owner says less.
LONGEST_LIFE = 365
#: Keys of repeated requests are kept so many days (12-decisions, 30).
KEEP_KEYS = 30
#: A body larger than this is refused.
MOST_BYTES = 65_536
#: Tokens of one person at most.
MOST_TOKENS = 10
PREFIX = "kam_"
