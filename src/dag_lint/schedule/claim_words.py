"""The words by which a dag_id claims a frequency, and the words that take a claim back. Data only.

All words are in lower case. To teach the rule a new spelling, add it here.
"""

from __future__ import annotations


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


SECOND, MINUTE, HOUR, DAY, WEEK = 1.0, 60.0, 3600.0, 86400.0, 604800.0
YEAR = 365.2425 * DAY
MONTH, QUARTER = YEAR / 12, YEAR / 4

UNIT_SECONDS: dict[str, float] = {
    "second": SECOND,
    "minute": MINUTE,
    "hour": HOUR,
    "day": DAY,
    "week": WEEK,
    "month": MONTH,
    "quarter": QUARTER,
    "year": YEAR,
}

_UNIT_SPELLINGS: dict[str, str] = {
    "second": "second seconds sec secs secound secounds",
    "minute": "minute minutes min mins minuts minuite minuites minutos miute miutes",
    "hour": "hour hours hr hrs houre houres huor huors horus ours",
    "day": "day days dya dyas",
    "week": "week weeks wk wks weeek weeeks",
    "month": "month months mth mths monht monhts mounth mounths",
    "quarter": "quarter quarters qtr quater quaters",
    "year": "year years yr yrs",
}
UNITS: dict[str, str] = {word: unit for unit, words in _UNIT_SPELLINGS.items() for word in words.split()}

SHORT_UNITS: dict[str, str] = {"s": "second", "m": "minute", "h": "hour", "d": "day", "w": "week"}
"""Only glued to a number behind a word such as `every` or `cron`: `h3` and `1m` alone are no claim."""

EVERY = _words(
    """
    every each evry evey evrey eveery evrery
    """
)
"""Words that make a claim of any unit, with or without a number."""

RHYTHM_WORDS = _words(
    """
    cron crontab sched interval intervals freq frequency frequence run runs running period periodic
    periodically
    """
)
"""Words that make a claim only before a number and a unit; `schedule` and its misspellings are more."""

SHORT_ONLY = _words(
    """
    run runs running
    """
)
"""`run_12h` is a rhythm, `run_7_days` rather a length: these take hours and less."""

TRAILING = _words(
    """
    cron crontab schedule scheduled sched
    """
)
"""Also behind the number: `5_min_cron`."""

SCHEDULE = "schedule"
SCHEDULE_DISTANCE = 2
NOT_SCHEDULE = _words(
    """
    scheduler schedulers
    """
)

_ADVERB_SPELLINGS: dict[str, str] = {
    "minute": "minutely",
    "hour": "hourly houly hourley horuly hurly houlry hourlly",
    "day": """daily dayly dialy daliy dailly dailiy daiy everyday everday eveyday
        nightly nightely nighly nitely""",
    "week": "weekly weekley wekly weeekly weeky weely weekyl",
    "month": "monthly montly monthy mounthly monthley monhtly montlhy mothly",
    "quarter": "quarterly quaterly quartely quartly quarterley",
    "year": "yearly yearley yealy annual annually anually annualy",
}
ADVERBS: dict[str, str] = {word: unit for unit, words in _ADVERB_SPELLINGS.items() for word in words.split()}
UNIT_ADVERBS = {
    "minute": "minutely",
    "hour": "hourly",
    "day": "daily",
    "week": "weekly",
    "month": "monthly",
    "quarter": "quarterly",
    "year": "yearly",
}

BIWEEKLY = _words(
    """
    biweekly biweekley fortnightly fortnight
    """
)
"""Twice a week or every two weeks; cron cannot say the second, so weekly runs with a gate are usual."""

_ONE_TO_TWENTY = """one two three four five six seven eight nine ten eleven twelve thirteen fourteen
    fifteen sixteen seventeen eighteen nineteen twenty"""
NUMBER_WORDS: dict[str, int] = {
    **{word: number for number, word in enumerate(_ONE_TO_TWENTY.split(), start=1)},
    "thirty": 30,
    "fortyfive": 45,
    "sixty": 60,
}

COUNT_WORDS: dict[str, int] = {"once": 1, "twice": 2, "thrice": 3}

WEEKDAY_NAMES = _words(
    """
    monday tuesday wednesday thursday friday saturday sunday mondays tuesdays wednesdays thursdays
    fridays saturdays sundays
    """
)
TIMES_OF_DAY = _words(
    """
    morning evening night noon midnight afternoon
    """
)

TAKES_BACK_ADVERB = _words(
    """
    bi semi half multi multiple several intra non not no sub un tri demi quarter pseudo quasi ex mid
    last past prev previous next rolling window retention ttl keep older lookback top times
    """
)
"""Before an adverb: `half_hourly`, `non_daily`, `last_daily`, `several_times_daily`."""

TAKES_BACK_NUMBER = _words(
    """
    last past prev previous next rolling window retention ttl keep older lookback top sleep sleeps
    wait waits alive timeout delay delayed duration within max maximum first half intensive grace
    trial stay lasts lasting long hold holding for in after before since until till expire expires
    expiry
    """
)
"""Near a number and a unit: a length of time, not a rhythm."""

TAKES_BACK_AFTER = _words(
    """
    ago window lookback timeout delay retention ttl later ahead forecast forecasts old moving
    average avg mean candle candles kline klines bar bars ohlc ohlcv chart charts timeframe horizon
    limit tutorial course
    """
)
"""Behind a number and a unit."""

TAKES_BACK_ALL = _words(
    """
    kline klines candle candles candlestick candlesticks ohlc ohlcv timeframe
    """
)
"""Anywhere: the numbers are the data's."""

PROCESS_WORDS = _words(
    """
    dag dags job jobs pipeline pipelines sync syncs run runs runner load loads loader loading etl
    elt etls task tasks ingest ingestion ingestions update updates updater refresh refreshes export
    exports exporter import imports importer extract extraction extractor transform transformation
    process processing processor workflow workflows flow flows batch batches schedule scheduled
    scheduler trigger triggers cleanup cleaning clean cleaner maintenance monitor monitoring check
    checks checker send sender sending mail email emails notify notifier notification notifications
    alert alerts alerting test tests testing download downloader upload uploader fetch fetcher
    scrape scraper scraping crawl crawler pull push copy move archive archiver delete deletion purge
    purger prune build builder train training retrain compute computation calc calculate calculation
    generate generation publish publisher reboot restart dbt control controller orchestrator
    orchestration main master wrapper cron script automation collector collect collection validation
    migration replication stream
    """
)
"""Right behind an adverb they make it the rhythm of the DAG itself: `weekly_load`."""

PRODUCT_NOUNS = _words(
    """
    report reports reporting statement statements goal goals summary summaries kpi kpis agg
    aggregate aggregates aggregation aggregations rollup rollups snapshot snapshots cohort cohorts
    table tables partition partitions backup backups digest digests dashboard dashboards review
    invoice bill billing budget forecast forecasts newsletter closing close target targets plan
    recap
    """
)
"""Behind an adverb they may be refreshed more often than their name says: `monthly_statement` daily."""

MEASURE_NOUNS = _words(
    """
    weather api payment payments macro macros price prices metric metrics sales revenue revenues
    count counts user users stat stats statistic statistics rate rates data stock stocks currency
    transaction usage traffic cost costs spend spending climate temperature rainfall energy
    consumption production order customer inventory event series bar bars quote quotes return active
    dau mau wau average avg total totals max min timeseries puzzle quiz news mart fact facts dim
    grain feature features product ranking rank top chart charts trend trends level volume
    """
)
"""Behind an adverb it is the data that is daily, whatever the rhythm of the DAG."""

NOT_PLURAL = _words(
    """
    aws gcs gas sns sqs ecs eks rds kms ses dms postgres kubernetes redis jenkins pandas tableaus
    ads sas airbus status bus plus minus atlas canvas gis cms dns tls https js ts os ios ops devops
    mlops
    """
)

ENVIRONMENTS = _words(
    """
    prod production prd dev develop development stage staging stg qa uat test local sandbox
    """
)
"""Not a word of the name: `orders_daily_prod` ends with its adverb."""

KOREAN: dict[str, tuple[str, int]] = {
    **dict.fromkeys(("매분", "maebun"), ("minute", 1)),
    **dict.fromkeys(("매시간", "매시", "매시간마다", "maesigan", "maesi"), ("hour", 1)),
    **dict.fromkeys(("매일", "매일마다", "매일아침", "매일밤", "매일저녁", "날마다", "maeil"), ("day", 1)),
    **dict.fromkeys(("격일",), ("day", 2)),
    **dict.fromkeys(("매주", "매주마다", "maeju"), ("week", 1)),
    **dict.fromkeys(("매월", "매달", "매월마다", "maewol", "maedal"), ("month", 1)),
    **dict.fromkeys(("매분기", "maebungi"), ("quarter", 1)),
    **dict.fromkeys(("매년", "매해", "maenyeon", "maehae"), ("year", 1)),
}

KOREAN_UNITS: dict[str, str] = {
    "초": "second",
    "cho": "second",
    "분": "minute",
    "bun": "minute",
    "시간": "hour",
    "sigan": "hour",
    "일": "day",
    "il": "day",
    "주": "week",
    "주일": "week",
    "ju": "week",
    "개월": "month",
    "달": "month",
    "gaewol": "month",
    "dal": "month",
    "년": "year",
    "nyeon": "year",
}
KOREAN_NUMBERS: dict[str, int] = {
    "한": 1,
    "두": 2,
    "세": 3,
    "네": 4,
    "다섯": 5,
    "여섯": 6,
    "열": 10,
    "열두": 12,
}
KOREAN_EACH = ("마다", "mada")
KOREAN_EVERY = frozenset(("매", "mae"))
