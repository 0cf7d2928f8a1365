"""An import stands where a reader would look for it."""

from __future__ import annotations

import pytest
from mended import fixable, mended

from dag_lint.settings import Settings

TEXT = "DAG('a', schedule='@daily', start_date='2024-01-01', catchup=False)\n"
SINCE = "DAG('a', schedule='@daily', start_date=datetime(2024, 1, 1), catchup=False)\n"

PLACES = {
    "among its kind, in order": (
        "import os\n\nimport numpy\nimport yaml\nfrom airflow import DAG\n",
        "import os\n\nimport numpy\nimport pendulum\nimport yaml\nfrom airflow import DAG\n",
    ),
    "before the first of its kind": (
        "import os\n\nfrom airflow import DAG\n",
        "import os\n\nimport pendulum\nfrom airflow import DAG\n",
    ),
    "where plain and from are mixed": (
        "from airflow import DAG\nimport numpy\nfrom shop import names\n",
        "from airflow import DAG\nimport numpy\nimport pendulum\nfrom shop import names\n",
    ),
    "behind a docstring and the future": (
        '"""Loads."""\n\nfrom __future__ import annotations\n\nfrom airflow import DAG  # noqa\n',
        '"""Loads."""\n\nfrom __future__ import annotations\n\nimport pendulum\nfrom airflow import DAG  # noqa\n',
    ),
    "below the comment at the top": (
        "# Copyright\n\n# ours\nfrom airflow import DAG\n",
        "# Copyright\n\n# ours\nimport pendulum\nfrom airflow import DAG\n",
    ),
}


@pytest.mark.parametrize(("before", "after"), PLACES.values(), ids=PLACES)
def test_a_module_is_imported_among_its_kind(before: str, after: str) -> None:
    dag = TEXT.replace("'2024-01-01'", "pendulum.datetime(2024, 1, 1, tz='UTC')")
    assert mended(before + TEXT, "DAG114") == after + dag


NAMES = {
    "in order": (
        "from datetime import date, datetime, tzinfo\n",
        "from datetime import date, datetime, timezone, tzinfo\n",
    ),
    "at the end, without an order": (
        "from datetime import tzinfo, datetime\n",
        "from datetime import tzinfo, datetime, timezone\n",
    ),
    "without spaces": (
        "from datetime import datetime,timedelta\n",
        "from datetime import datetime,timedelta,timezone\n",
    ),
    "first": (
        "from datetime import datetime, \\\n    timedelta\n",
        "from datetime import datetime, \\\n    timedelta, timezone\n",
    ),
    "one name a line": (
        "from datetime import (\n    datetime,  # dates\n    timedelta,\n)\n",
        "from datetime import (\n    datetime,  # dates\n    timedelta,\n    timezone,\n)\n",
    ),
    "several names a line": (
        "from datetime import (\n    datetime, timedelta\n)\n",
        "from datetime import (\n    datetime, timedelta, timezone\n)\n",
    ),
    "another name": (
        "from datetime import datetime as datetime\n",
        "from datetime import datetime as datetime, timezone\n",
    ),
    "a comment": (
        "from datetime import datetime  # noqa: DTZ\n",
        "from datetime import datetime, timezone  # noqa: DTZ\n",
    ),
}


@pytest.mark.parametrize(("before", "after"), NAMES.values(), ids=NAMES)
def test_a_name_joins_the_names_that_are_there(before: str, after: str) -> None:
    dag = "from airflow import DAG\n" + SINCE
    mended_dag = dag.replace("1, 1)", "1, 1, tzinfo=timezone.utc)")
    assert mended(before + dag, "DAG103") == after + mended_dag


def test_zoneinfo_comes_into_the_standard_library() -> None:
    before = (
        "import os\nfrom datetime import datetime\nfrom typing import Any\n\nfrom airflow import DAG\n"
        + SINCE
    )
    after = before.replace("import Any\n", "import Any\nfrom zoneinfo import ZoneInfo\n")
    after = after.replace("1, 1)", "1, 1, tzinfo=ZoneInfo('Asia/Tokyo'))")
    assert mended(before, "DAG103", Settings(fix_timezone="Asia/Tokyo")) == after


def test_a_section_of_its_own_where_there_is_none() -> None:
    before = "from shop.dates import datetime\nfrom airflow import DAG\n" + TEXT
    text = "from airflow import DAG\nimport pendulum\n" + TEXT
    assert mended(text, "DAG114").startswith("from airflow import DAG\nimport pendulum\nDAG(")
    assert mended(before, "DAG114").startswith("import pendulum\nfrom shop.dates import datetime\n")


LEFT_ALONE = {
    "under a condition": "try:\n    from airflow import DAG\nexcept ImportError:\n    from airflow.sdk import DAG\n",
    "the name is taken": "from airflow import DAG\nfrom shop import pendulum\n",
    "the name is used before it is bound": "from airflow import DAG\nprint(pendulum)\n",
}


@pytest.mark.parametrize("head", LEFT_ALONE.values(), ids=LEFT_ALONE)
def test_where_nobody_can_tell_the_place_or_the_name_there_is_no_fix(head: str) -> None:
    assert fixable(head + TEXT, "DAG114") == []


def test_an_import_that_others_may_take_from_here_stays() -> None:
    text = "from datetime import date\nimport pendulum\nfrom airflow import DAG\n__all__ = ['date']\n"
    dag = TEXT.replace("'2024-01-01'", "date(2024, 1, 1)")
    assert mended(text + dag, "DAG114").startswith("from datetime import date\n")


def test_an_import_with_a_comment_stays() -> None:
    text = "from datetime import date  # noqa: DTZ\nimport pendulum\nfrom airflow import DAG\n"
    dag = TEXT.replace("'2024-01-01'", "date(2024, 1, 1)")
    assert mended(text + dag, "DAG114").startswith("from datetime import date  # noqa: DTZ\n")
