"""Dates get their zone in the way that the file makes its dates; and they are left alone where more depends on them."""

from __future__ import annotations

import ast

import pytest
from mended import fixable, mended

from dag_lint.settings import Settings

DAG = "from airflow import DAG\n"
USE = "DAG('a', schedule='0 9 * * *', start_date={}, catchup=False)\n"


def check(before: str, after: str, code: str = "DAG103", **settings: str) -> None:
    found = mended(before, code, Settings(**settings))  # type: ignore[arg-type]
    assert found == after
    ast.parse(after)


IDIOMS = {
    "a class": (
        "from datetime import datetime\n\n" + DAG + USE.format("datetime(2024, 1, 1)"),
        "from datetime import datetime, timezone\n\n"
        + DAG
        + USE.format("datetime(2024, 1, 1, tzinfo=timezone.utc)"),
    ),
    "a class and its zone": (
        "from datetime import datetime, timezone\n" + DAG + USE.format("datetime(2024, 1, 1)"),
        "from datetime import datetime, timezone\n"
        + DAG
        + USE.format("datetime(2024, 1, 1, tzinfo=timezone.utc)"),
    ),
    "names in order": (
        "from datetime import date, datetime, timezone as tz\n" + DAG + USE.format("datetime(2024, 1, 1)"),
        "from datetime import date, datetime, timezone as tz\n"
        + DAG
        + USE.format("datetime(2024, 1, 1, tzinfo=tz.utc)"),
    ),
    "a module": (
        "import datetime\n" + DAG + USE.format("datetime.datetime(2024, 1, 1)"),
        "import datetime\n" + DAG + USE.format("datetime.datetime(2024, 1, 1, tzinfo=datetime.timezone.utc)"),
    ),
    "a module by another name": (
        "import datetime as dt\n" + DAG + USE.format("dt.datetime(2024, 1, 1)"),
        "import datetime as dt\n" + DAG + USE.format("dt.datetime(2024, 1, 1, tzinfo=dt.timezone.utc)"),
    ),
    "zoneinfo": (
        "from datetime import datetime\nfrom zoneinfo import ZoneInfo\n"
        + DAG
        + USE.format("datetime(2024, 1, 1)")
        + "Z = ZoneInfo('UTC')\n",
        "from datetime import datetime\nfrom zoneinfo import ZoneInfo\n"
        + DAG
        + USE.format("datetime(2024, 1, 1, tzinfo=ZoneInfo('UTC'))")
        + "Z = ZoneInfo('UTC')\n",
    ),
    "Airflow's timezone": (
        "from datetime import datetime\n"
        + DAG
        + "from airflow.utils import timezone\n"
        + USE.format("datetime(2024, 1, 1)"),
        "from datetime import datetime\n"
        + DAG
        + "from airflow.utils import timezone\n"
        + USE.format("datetime(2024, 1, 1, tzinfo=timezone.utc)"),
    ),
    "timezone is something else": (
        "from datetime import datetime\n\nfrom shop import timezone\n"
        + DAG
        + USE.format("datetime(2024, 1, 1)"),
        "from datetime import datetime\nfrom zoneinfo import ZoneInfo\n\nfrom shop import timezone\n"
        + DAG
        + USE.format("datetime(2024, 1, 1, tzinfo=ZoneInfo('UTC'))"),
    ),
    "pendulum": (
        "from datetime import datetime\n\nimport pendulum\n"
        + DAG
        + USE.format("datetime(2024, 1, 1)")
        + "P = pendulum.now\n",
        "import pendulum\n"
        + DAG
        + USE.format("pendulum.datetime(2024, 1, 1, tz='UTC')")
        + "P = pendulum.now\n",
    ),
    "pendulum, and the other class is needed": (
        "from datetime import datetime, timedelta\nimport pendulum as p\n"
        + DAG
        + USE.format("datetime(2024, 1, 1)")
        + "datetime.now()\n",
        "from datetime import datetime, timedelta\nimport pendulum as p\n"
        + DAG
        + USE.format("p.datetime(2024, 1, 1, tz='UTC')")
        + "datetime.now()\n",
    ),
    "pendulum, one name of several": (
        "from datetime import (\n    datetime,\n    timedelta,\n)\nimport pendulum\n"
        + DAG
        + USE.format("datetime(2024, 1, 1)")
        + "timedelta(1)\n",
        "from datetime import (\n    timedelta,\n)\nimport pendulum\n"
        + DAG
        + USE.format("pendulum.datetime(2024, 1, 1, tz='UTC')")
        + "timedelta(1)\n",
    ),
    "pendulum.naive": (
        "import pendulum\n" + DAG + USE.format("pendulum.naive(2024, 1, 1)"),
        "import pendulum\n" + DAG + USE.format("pendulum.datetime(2024, 1, 1, tz='UTC')"),
    ),
    "tzinfo=None": (
        "import datetime\n" + DAG + USE.format("datetime.datetime(2024, 1, 1, tzinfo=None)"),
        "import datetime\n" + DAG + USE.format("datetime.datetime(2024, 1, 1, tzinfo=datetime.timezone.utc)"),
    ),
    "strptime": (
        "from datetime import datetime\n" + DAG + USE.format("datetime.strptime('2024-01-01', '%Y-%m-%d')"),
        "from datetime import datetime, timezone\n"
        + DAG
        + USE.format("datetime.strptime('2024-01-01', '%Y-%m-%d').replace(tzinfo=timezone.utc)"),
    ),
    "arithmetic": (
        "from datetime import datetime, timedelta\n"
        + DAG
        + USE.format("datetime(2024, 1, 1) + timedelta(days=1)"),
        "from datetime import datetime, timedelta, timezone\n"
        + DAG
        + USE.format("datetime(2024, 1, 1, tzinfo=timezone.utc) + timedelta(days=1)"),
    ),
    "one number a line": (
        "import datetime\n" + DAG + USE.format("datetime.datetime(\n    2024,\n    1,\n    1,  # first\n)"),
        "import datetime\n"
        + DAG
        + USE.format(
            "datetime.datetime(\n    2024,\n    1,\n    1,  # first\n    tzinfo=datetime.timezone.utc,\n)"
        ),
    ),
    "through a name": (
        "import datetime\n" + DAG + "START = datetime.datetime(2024, 1, 1)\n" + USE.format("START") * 2,
        "import datetime\n"
        + DAG
        + "START = datetime.datetime(2024, 1, 1, tzinfo=datetime.timezone.utc)\n"
        + USE.format("START") * 2,
    ),
    "in default_args": (
        "import datetime\n"
        + DAG
        + "DAG('a', schedule='@daily', default_args=dict(start_date=datetime.datetime(2024, 1, 1)), catchup=False)\n",
        "import datetime\n"
        + DAG
        + "DAG('a', schedule='@daily', default_args=dict(start_date=datetime.datetime(2024, 1, 1, tzinfo=datetime.timezone.utc)), catchup=False)\n",
    ),
}


@pytest.mark.parametrize(("before", "after"), IDIOMS.values(), ids=IDIOMS)
def test_a_date_gets_its_zone_in_the_idiom_of_the_file(before: str, after: str) -> None:
    check(before, after)


MORE_DEPENDS_ON_IT = {
    "compared": "import datetime\n"
    + DAG
    + "START = datetime.datetime(2024, 1, 1)\nif START < datetime.datetime.now():\n    pass\n"
    + USE.format("START"),
    "handed to a function": "import datetime\n"
    + DAG
    + "START = datetime.datetime(2024, 1, 1)\nprint(START)\n"
    + USE.format("START"),
    "bound twice": "import datetime\n"
    + DAG
    + "START = None\nSTART = datetime.datetime(2024, 1, 1)\n"
    + USE.format("START"),
    "read from the dict": "import datetime\n"
    + DAG
    + "ARGS = {'start_date': datetime.datetime(2024, 1, 1)}\nprint(ARGS['start_date'])\nDAG('a', schedule='@daily', default_args=ARGS, catchup=False)\n",
    "made in a function": "import datetime\n"
    + DAG
    + "def start():\n    return datetime.datetime(2024, 1, 1)\n\n\n"
    + USE.format("start()"),
    "no name for a zone": "from datetime import datetime\n"
    + DAG
    + "timezone = ZoneInfo = 1\n"
    + USE.format("datetime(2024, 1, 1)"),
}


@pytest.mark.parametrize("text", MORE_DEPENDS_ON_IT.values(), ids=MORE_DEPENDS_ON_IT)
def test_a_date_on_which_more_depends_is_left_alone(text: str) -> None:
    ast.parse(text)
    assert fixable(text, "DAG103") == []


def test_the_zone_is_a_setting() -> None:
    before = "from datetime import datetime\n" + DAG + USE.format("datetime(2024, 1, 1)")
    after = "from datetime import datetime\nfrom zoneinfo import ZoneInfo\n" + DAG
    check(
        before,
        after + USE.format("datetime(2024, 1, 1, tzinfo=ZoneInfo('Asia/Seoul'))"),
        fix_timezone="Asia/Seoul",
    )


def test_without_the_setting_it_is_the_zone_that_airflow_reads_the_date_in() -> None:
    before = "import pendulum\nfrom datetime import datetime\n" + DAG + USE.format("datetime(2024, 1, 1)")
    after = "import pendulum\n" + DAG + USE.format("pendulum.datetime(2024, 1, 1, tz='Asia/Seoul')")
    check(before, after, default_timezone="Asia/Seoul")


WRITTEN = {
    "pendulum is imported where nothing makes dates": (
        DAG + USE.format("'2024-01-01'"),
        "import pendulum\n" + DAG + USE.format("pendulum.datetime(2024, 1, 1, tz='UTC')"),
    ),
    "a time of day": (
        "import pendulum\n" + DAG + USE.format("'2024-01-01T06:30:00'"),
        "import pendulum\n" + DAG + USE.format("pendulum.datetime(2024, 1, 1, 6, 30, tz='UTC')"),
    ),
    "a date beside datetime": (
        "from datetime import date, datetime\n" + DAG + USE.format("date(2024, 1, 1)") + "datetime.now()\n",
        "from datetime import datetime, timezone\n"
        + DAG
        + USE.format("datetime(2024, 1, 1, tzinfo=timezone.utc)")
        + "datetime.now()\n",
    ),
    "a date whose class nobody else needs": (
        "from datetime import date\n\nimport pendulum\n" + DAG + USE.format("date(2024, 1, 1)"),
        "import pendulum\n" + DAG + USE.format("pendulum.datetime(2024, 1, 1, tz='UTC')"),
    ),
}


@pytest.mark.parametrize(("before", "after"), WRITTEN.values(), ids=WRITTEN)
def test_a_date_is_written_for_what_is_none(before: str, after: str) -> None:
    check(before, after, "DAG114")


@pytest.mark.parametrize(
    "value", ["'soon'", "20240101", "'2024-01-01T00:00:00+09:00'", "'2024' + '-01-01'[:0]"]
)
def test_what_is_no_date_of_its_own_is_left_alone(value: str) -> None:
    assert fixable(DAG + USE.format(value), "DAG114") == []


PYTZ = {
    "the zone stays as it is written": (
        "from datetime import datetime\nimport pytz\n"
        + DAG
        + "ZONE = 'Asia/Seoul'\n"
        + USE.format("datetime(2024, 1, 1, tzinfo=pytz.timezone(ZONE))"),
        "from datetime import datetime\nfrom zoneinfo import ZoneInfo\n"
        + DAG
        + "ZONE = 'Asia/Seoul'\n"
        + USE.format("datetime(2024, 1, 1, tzinfo=ZoneInfo(ZONE))"),
    ),
    "pendulum": (
        "from datetime import datetime\nimport pendulum\nimport pytz\n"
        + DAG
        + USE.format("datetime(2024, 1, 1, tzinfo=pytz.timezone('Asia/Seoul'))"),
        "from datetime import datetime\nimport pendulum\n"
        + DAG
        + USE.format("datetime(2024, 1, 1, tzinfo=pendulum.timezone('Asia/Seoul'))"),
    ),
    "a name that is a tzinfo everywhere": (
        "from datetime import datetime\n\nimport pytz\n"
        + DAG
        + "KST = pytz.timezone('Asia/Seoul')\n"
        + USE.format("datetime(2024, 1, 1, tzinfo=KST)") * 2,
        "from datetime import datetime\nfrom zoneinfo import ZoneInfo\n\n"
        + DAG
        + "KST = ZoneInfo('Asia/Seoul')\n"
        + USE.format("datetime(2024, 1, 1, tzinfo=KST)") * 2,
    ),
    "a name that localizes too": (
        "from datetime import datetime\nimport pytz\n"
        + DAG
        + "KST = pytz.timezone('Asia/Seoul')\nKST.localize(datetime.now())\n"
        + USE.format("datetime(2024, 1, 1, tzinfo=KST)"),
        "from datetime import datetime\nfrom zoneinfo import ZoneInfo\nimport pytz\n"
        + DAG
        + "KST = pytz.timezone('Asia/Seoul')\nKST.localize(datetime.now())\n"
        + USE.format("datetime(2024, 1, 1, tzinfo=ZoneInfo('Asia/Seoul'))"),
    ),
}


@pytest.mark.parametrize(("before", "after"), PYTZ.values(), ids=PYTZ)
def test_a_zone_of_pytz_becomes_one_that_is_right_at_any_date(before: str, after: str) -> None:
    check(before, after, "DAG111")


def test_names_that_stand_for_each_other_are_survived() -> None:
    text = (
        "import datetime\n" + DAG + "START = datetime.datetime(2024, 1, 1)\n"
        "if DAG:\n    B = None\nA = START or B\nB = A\n" + USE.format("START")
    )
    assert fixable(text, "DAG103") == []
