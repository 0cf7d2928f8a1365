"""What cannot be known stays unknown, and says what is known of it."""

from __future__ import annotations

import pytest
from evaluated import UNKNOWN, ending, known, value_of

from dag_lint.known import Mapping, Moving, Naive, Sequence, Unknown

FLAG = "import os\nflag = os.environ.get('X')\n"

CHANGED_ONE_WAY = [
    "x = 1\nif flag:\n    x = 2",
    "if flag:\n    x = 1\nelse:\n    x = 2",
    "x = 1 if flag else 2",
    "x = flag or 1",
    "x = flag and 1",
    "x = not flag",
    "x = flag == 'a'",
    "x = [1][flag]",
    "x = {'a': 1}[flag]",
    "x = 1\nfor i in flag:\n    x = 2",
    "x = 0\nwhile flag:\n    x += 1",
    "def f():\n    if flag:\n        return 1\n    return 2\nx = f()",
    "match flag:\n    case 'a':\n        x = 1\n    case _:\n        x = 2",
    "x = undefined_name",
    "x = (lambda: flag)()",
    "from elsewhere import thing\nx = thing(1)",
    "import elsewhere\nx = elsewhere.thing.other",
    "def f(a):\n    return a\nx = f(*flag)",
    "def f(a):\n    return a\nx = f(**flag)",
    "x = [1]\nif flag:\n    x.append(2)",
    "x = {'a': 1}\nif flag:\n    x['a'] = 2",
    "x = {'a': 1}\nx[flag] = 2",
    "x = {**flag, 'a': 1}",
    "a, x = flag",
    "x = int(flag)",
    "x = len(flag)",
    "x = sorted([1, flag])",
    "x = max(1, flag)",
    "x = [i for i in [1, 2] if i == flag]",
    "x = '%d' % flag",
    "x = range(flag)",
    "class A:\n    pass\nif flag:\n    A.k = 1\nx = A.k",
    "x = 5 + 'a'",
    "x = [][0]",
    "x = {}['a']",
    "x = 1 / 0",
    "x = None.a",
]


@pytest.mark.parametrize("code", CHANGED_ONE_WAY)
def test_a_value_that_hangs_on_the_unknown_is_unknown(code: str) -> None:
    assert known(FLAG + code) == UNKNOWN


@pytest.mark.parametrize(
    "code",
    [
        "x = 1\nif flag:\n    y = 2",
        "if flag:\n    x = 1\nelse:\n    x = 1",
        "x = 1\nif flag:\n    raise ValueError\n",
        "x = 2\nif flag:\n    x = 3\n    raise ValueError\nx = x - 1",
        "x = 1 if flag else 1",
        "try:\n    x = 1\nexcept Exception:\n    y = 2",
        "def f():\n    if flag:\n        return 1\n    return 1\nx = f()",
        "x = 1\nwith flag:\n    pass",
    ],
)
def test_both_ways_may_agree(code: str) -> None:
    assert known(FLAG + code) == 1


@pytest.mark.parametrize(
    ("code", "end"),
    [
        ("x = f'{flag}/run.sh'", "/run.sh"),
        ("x = flag + '.sh'", ".sh"),
        ("x = '%s/a.sh' % flag", "/a.sh"),
        ("x = '{}/a.sh'.format(flag)", "/a.sh"),
        ("x = os.path.join(flag, 'a.sh')", "/a.sh"),
        ("x = (flag + '.sh ').rstrip()", ".sh"),
        ("x = (flag + '.SH').lower()", ".sh"),
        ("x = '-'.join([flag, 'a'])", "-a"),
        ("x = f'{flag:>5}a'", "a"),
        ("x = f'{flag!r}a'", "a"),
        ("x = '%(a)s%(b)s' % {'a': flag, 'b': 'end'}", "end"),
        ("x = (flag + 'ab').removeprefix('q')", "ab"),
    ],
)
def test_the_end_of_a_string_may_be_known(code: str, end: str) -> None:
    assert ending(FLAG + code) == end


def test_questions_to_a_partly_known_string_are_answered_by_its_end() -> None:
    assert known(FLAG + "x = (flag + '.sh').endswith('.sh')") is True
    assert known(FLAG + "x = flag + 'a' == 'b'") is False
    assert known("x = __name__ == '__main__'") == UNKNOWN


def test_lists_and_dicts_may_hold_more() -> None:
    more = value_of(FLAG + "x = [1, *flag]")
    assert isinstance(more, Sequence)
    assert more.open_ended
    keys = value_of(FLAG + "x = {'a': 1, **flag}")
    assert isinstance(keys, Mapping)
    assert keys.open_ended


def test_an_unknown_value_remembers_the_call_that_made_it() -> None:
    value = value_of("from airflow.models import Variable\nx = Variable.get('k')")
    assert isinstance(value, Unknown)
    assert value.origin == "airflow.models.Variable.get"


def test_the_type_checker_s_branch_is_not_taken() -> None:
    assert known("from typing import TYPE_CHECKING\nx = 1\nif TYPE_CHECKING:\n    x = 2") == 1


@pytest.mark.parametrize(
    "code",
    [
        "from datetime import datetime\nx = datetime.now()",
        "import datetime\nx = datetime.datetime.utcnow() - datetime.timedelta(days=1)",
        "import pendulum\nx = pendulum.today('UTC').add(days=-1)",
        "import pendulum\nx = pendulum.now().subtract(days=2).replace(hour=0)",
        "from airflow.utils.dates import days_ago\nx = days_ago(3)",
        "from datetime import datetime, time\nx = datetime.combine(datetime.today(), time(1))",
        "from airflow.utils import timezone\nx = timezone.utcnow()",
    ],
)
def test_a_clock_makes_a_moving_value(code: str) -> None:
    assert isinstance(value_of(code), Moving)


@pytest.mark.parametrize(
    "code",
    [
        "from datetime import datetime\nx = datetime(int(flag), 1, 1)",
        "from datetime import datetime\nx = datetime.strptime(flag, '%Y-%m-%d')",
        "from datetime import datetime\nx = datetime(2024, 1, 1).replace(year=int(flag))",
        "from datetime import datetime\nx = datetime.fromtimestamp(0)",
    ],
)
def test_a_date_may_be_known_to_be_naive_only(code: str) -> None:
    assert isinstance(value_of(FLAG + code), Naive)


@pytest.mark.parametrize(
    ("code", "instant"),
    [
        ("import pendulum\nx = pendulum.datetime(2024, 1, 1, tz='Asia/Seoul')", "2024-01-01T00:00:00+09:00"),
        ("import pendulum\nx = pendulum.datetime(2024, 1, 1)", "2024-01-01T00:00:00+00:00"),
        ("import pendulum\nx = pendulum.parse('2024-01-01')", "2024-01-01T00:00:00+00:00"),
        ("import pendulum\nx = pendulum.timezone('Asia/Seoul').datetime(2024, 1, 1)", "2024-01-01T00:00:00+09:00"),
        ("import pendulum\nx = pendulum.datetime(2024, 1, 1).add(months=1)", "2024-02-01T00:00:00+00:00"),
        ("import pendulum\nx = pendulum.datetime(2024, 1, 1).in_timezone('Asia/Seoul')", "2024-01-01T09:00:00+09:00"),
        ("import pytz, datetime\nx = pytz.timezone('Asia/Seoul').localize(datetime.datetime(2024, 1, 1))",
         "2024-01-01T00:00:00+09:00"),
        ("import pytz, datetime\nx = datetime.datetime(2024, 1, 1, tzinfo=pytz.timezone('Asia/Seoul'))",
         "2024-01-01T00:00:00+08:28"),
        ("import pytz, datetime\nx = datetime.datetime(2024, 1, 1, tzinfo=pytz.utc)", "2024-01-01T00:00:00+00:00"),
        ("from airflow.utils.timezone import datetime\nx = datetime(2024, 1, 1)", "2024-01-01T00:00:00+00:00"),
        ("import datetime\nfrom airflow.sdk import timezone\nx = timezone.make_aware(datetime.datetime(2024, 1, 1))",
         "2024-01-01T00:00:00+00:00"),
        ("from datetime import datetime\nfrom dateutil.relativedelta import relativedelta\n"
         "x = datetime(2024, 1, 31) + relativedelta(months=1)", "2024-02-29T00:00:00"),
        ("import pendulum\nx = pendulum.datetime(2024, 1, 1) - pendulum.duration(days=1)", "2023-12-31T00:00:00+00:00"),
    ],
)  # fmt: skip
def test_dates_are_the_instants_that_the_libraries_make(code: str, instant: str) -> None:
    assert known(code).isoformat() == instant


@pytest.mark.parametrize(
    "code",
    [
        "x = 9 ** 9 ** 9",
        "x = 'a' * 10 ** 9",
        "x = [0] * 10 ** 9",
        "x = '%0999999999d' % 1",
        "x = f'{1:999999999d}'",
        "x = '{:>999999999}'.format(1)",
        "x = 'a'.zfill(10 ** 9)",
        "x = ('a' * 999).replace('a', 'b' * 99999)",
        "x = 1 << 10 ** 9",
        "x = 10 ** 400 * 10 ** 400",
        "x = list(range(10 ** 9))",
        "def f(n):\n    return g(n)\ndef g(n):\n    return f(n)\nx = f(1)",
        "def f(n):\n    return f(n + 1)\nx = f(1)",
        "x = [a for a in range(9999) for b in range(9999) for c in range(9999)]",
        "import itertools\nx = list(itertools.product(range(999), range(999), range(999)))",
        "x = int('9' * 50) ** 19",
        "import re\nx = re.sub('(a+)+b', '', 'a' * 100)",
        "x = 1" + "0" * 200,
        "from datetime import datetime, timedelta\nx = datetime(9999, 1, 1) + timedelta(days=10 ** 6)",
    ],
)
def test_what_takes_long_or_grows_large_is_never_computed(code: str) -> None:
    assert known(code) == UNKNOWN


def test_an_endless_loop_ends_with_the_fuel() -> None:
    assert known("x = 1\ny = 0\nwhile True:\n    y += 1") == 1


def test_names_bound_after_the_fuel_ran_out_are_not_known() -> None:
    assert value_of("y = 0\nwhile True:\n    y += 1\nx = 1") is None
