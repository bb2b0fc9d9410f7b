"""The rules of the smallest times: which words in which order name a day, a month, a unit, a repetition."""

from sayso.claims.timedays import (
    read_day_range,
    read_days_of_month,
    read_dotted,
    read_full_numeric,
    read_lone_month,
    read_month_of_year,
    read_month_then_count,
    read_named_day,
    read_plain_month,
    read_relative_month,
    read_short_numeric,
    read_weekday,
    read_weekday_and_date,
    read_weekday_of_week,
    read_year_and_month,
)
from sayso.claims.timepoints import (
    read_attributive_year,
    read_bracketed_year,
    read_century,
    read_decade,
    read_deictic,
    read_feast,
    read_fiscal_year,
    read_lone_year,
    read_ordinal_quarter,
    read_quarter,
    read_reference_word,
    read_season,
    read_sure_year,
    read_this_date,
    read_up_to_now,
    read_year_with_years,
)
from sayso.claims.timeunits import (
    read_all_weekends,
    read_day_named,
    read_duration,
    read_each_unit,
    read_each_weekday,
    read_relative_unit,
    read_relative_units,
    read_relative_units_after_count,
    read_repeated,
    read_weekend,
    read_whole_unit,
    read_within_next,
)
from sayso.claims.timewords import Rules

_D = "(?: d | ord )"
_MON = "(?: month (?: dot (?= the | d | ord | y | comma | dash ) )? | lowmonth )"
_YEAR = "(?: comma? (?: of | in )? (?: the unit )? y )"
_WD = "(?: (?: this | next | last | following )? (?: weekday | wd ) dot? comma? (?: dash | open )? )"
_LISTED = f"(?: comma (?: the )? {_D} ){{0,8}} comma? (?: and | or ) (?: the )? {_D}"
_TO = "(?: dash | to | until )"
_NEAR = (
    "(?: in | of | since | until | during | by | before | after | from | to | between | phase | dash | and"
    " | or | starting | than | about )"
)
_SHIFT = "(?: last | next | this | following | same | that )"
_BOUND = (
    "(?: almost | about | over | (?: no | not )? (?: more | less ) than | at (?: least | most ) | up to )"
)
_COUNT = "(?: (?: d | n | dec ) (?: and a half )? | a? some | a? couple of | a | half a )"
# "The fall of the city" is no season, "the fall of 2020" and "of last year" is one.
_NO_EVENT = "(?! of (?! y | (?: the )? (?: last | next | this | following | same | that ) unit ) )"
ATOMS = Rules(
    ("d (?: dash month dash | slash month slash ) y", read_full_numeric),
    ("y (?: dash month dash | slash month slash ) d", read_full_numeric),
    ("month (?: dash d dash | slash d slash ) y", read_full_numeric),
    ("d dash y dash month", read_full_numeric),
    ("d (?: slash d slash | dash d dash ) y", read_full_numeric),
    ("d (?: slash d slash | dash d dash ) (?: d | n ) (?! dash | slash )", read_full_numeric),
    ("y (?: dash d dash | slash d slash | d ) d", read_full_numeric),
    ("ymd", read_dotted),
    (
        f"(?: from | between )? (?: the )? {_D} {_TO} (?: the )? {_D} (?: unit )? of? {_MON} {_YEAR}?",
        read_day_range,
    ),
    (f"between (?: the )? {_D} and (?: the )? {_D} of? {_MON} {_YEAR}?", read_day_range),
    (f"(?: from | on )? {_MON} (?: the )? {_D} {_TO} (?: the )? {_D} {_YEAR}?", read_day_range),
    (f"between {_MON} (?: the )? {_D} and (?: the )? {_D} {_YEAR}?", read_day_range),
    (f"{_D} {_LISTED} of? {_MON} {_YEAR}?", read_days_of_month),
    (f"{_MON} {_D} {_LISTED} {_YEAR}?", read_days_of_month),
    (f"{_WD}? (?: the )? {_D} (?: unit )? of? (?: the )? {_MON} {_YEAR}?", read_named_day),
    (f"next (?: the )? {_D} of? {_MON} {_YEAR}?", read_named_day),
    (f"{_WD}? {_MON} dash? (?: the )? {_D} {_YEAR} close?", read_named_day),
    (f"(?<= in ) {_MON} (?: the )? d (?! th )", read_month_then_count),
    (f"{_WD}? {_MON} (?: dash | slash )? (?: the )? {_D} close?", read_named_day),
    (f"{_MON} (?: {_YEAR} | (?: dash | slash ) y )", read_month_of_year),
    (f"y {_MON}", read_month_of_year),
    (f"{_SHIFT} month (?! d | ord | the ord )", read_relative_month),
    ("(?: this | next | last )? (?: weekday | wd ) (?: d slash d | dec )", read_weekday_and_date),
    ("d slash d comma y", read_short_numeric),
    ("(?<= on | from | between | to | until | by | since ) d slash d (?! slash )", read_short_numeric),
    ("d slash d (?= (?: dash | to | until | and | comma ) d slash d )", read_short_numeric),
    ("(?<= d slash d dash | d slash d and ) d slash d (?! slash )", read_short_numeric),
    ("(?<= d slash d to | d slash d until | d slash d comma ) d slash d (?! slash )", read_short_numeric),
    (
        "(?: weekday | wd ) (?: comma )? (?: the )? (?: ord | d ) (?! slash | dash? unit | times )",
        read_weekday,
    ),
    ("(?: weekday | wd ) of (?: last | next | this ) unit", read_weekday_of_week),
    ("(?: on )? (?: weekday | wd ) of the (?: last | next | following | same ) unit", read_weekday_of_week),
    (
        "(?: the )? (?: last | next | this | following ) unit comma? on? (?: weekday | wd )",
        read_weekday_of_week,
    ),
    ("(?: this last | last | next | this | following ) (?: weekday | wd )", read_weekday_of_week),
    ("weekday", read_weekday),
    ("each (?: other )? (?: weekday | wd )", read_each_weekday),
    ("weekdays", read_each_weekday),
    ("q d (?: of | dash )? y", read_quarter),
    ("h d (?: of | dash )? y", read_quarter),
    ("y dash? (?: q | h ) d", read_quarter),
    ("q d", read_quarter),
    ("(?: the )? ord unit (?: of (?: y | (?: the | this ) unit ) )?", read_ordinal_quarter),
    ("(?: the )? ord dash? unit", read_century),
    ("apostrophe? (?: y | n | d ) s", read_decade),
    ("season (?: of )? y", read_season),
    (f"(?: last | next | this ) season {_NO_EVENT}", read_season),
    (f"(?<= in | of | by | phase ) (?: the )? season {_NO_EVENT}", read_season),
    (f"(?<= during | since | until ) (?: the )? season {_NO_EVENT}", read_season),
    ("feast (?: eve | unit )? comma? (?: of | in )? y", read_feast),
    ("(?: last | next | this )? feast (?: eve | unit )?", read_feast),
    ("new unit (?: apostrophe s )? (?: eve | unit ) (?: comma? (?: of )? y )?", read_feast),
    ("(?<= before | after | since | until | by ) new unit", read_feast),
    ("(?: fiscal | school ) unit y?", read_fiscal_year),
    ("fy (?: y | d | n )", read_fiscal_year),
    ("repeated", read_repeated),
    ("(?: each | all ) unit", read_all_weekends),
    ("each (?: other | d | ord | n )? unit", read_each_unit),
    ("(?: once | d times? ) a unit", read_each_unit),
    (
        "(?: the )? (?: same | next | following | that | last ) unit",
        read_day_named,
    ),
    (
        f"{_SHIFT} (?: fiscal | school )? unit (?! of (?: month | y | the | last | this | next | when ) )",
        read_relative_unit,
    ),
    ("within (?: the )? next (?: d | n ) unit", read_within_next),
    (
        (
            "(?: last | next | following ) (?: a )? (?: d | n | some ) unit"
            " (?! of (?: month | y | the | last | this ) )"
        ),
        read_relative_units,
    ),
    ("(?: d | n ) (?: last | next | following ) unit", read_relative_units_after_count),
    ("(?: the )? unit (?: before | after ) deictic", read_deictic),
    ("this date", read_this_date),
    ("(?<! month | y | d | unit | up ) (?: to | until ) date (?! from )", read_up_to_now),
    ("deictic", read_deictic),
    (
        (
            f"{_BOUND}? {_COUNT} dash? unit (?: (?: and | comma )? (?: d | n ) unit ){{0,3}}"
            " (?: and (?: a )? half )?"
        ),
        read_duration,
    ),
    ("(?: all | another ) unit", read_whole_unit),
    ("(?: the )? unit", read_weekend),
    ("ref", read_reference_word),
    ("y dash d (?! dash | slash )", read_year_and_month),
    ("y (?: comma y ){0,8} (?: comma? (?: and | or ) y )", read_year_with_years),
    ("unit y", read_sure_year),
    ("(?<= in | of | by | to | on ) y", read_lone_year),
    ("(?<= the ) y", read_attributive_year),
    ("(?<= open ) y (?= close )", read_bracketed_year),
    (
        "(?<= since | until | during | from | before | after | between | phase | and | than ) y",
        read_lone_year,
    ),
    ("y (?= (?: dash | to | until | and ) y (?! dash ) )", read_lone_year),
    ("(?<= y dash | y until ) y (?! dash )", read_lone_year),
    (f"(?<= {_NEAR} ) month", read_lone_month),
    ("month (?= (?: dash | to | until ) (?: the )? month )", read_lone_month),
    ("month", read_plain_month),
)
