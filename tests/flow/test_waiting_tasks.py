"""DAG302 through the whole pipeline: how waits are told."""

from __future__ import annotations

import pytest
from tasks import operator, said

from dag_lint.settings import Settings


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        ("10", "10 seconds"),
        ("90.5", "90.5 seconds"),
        ("120", "120 seconds (2 minutes)"),
        ("3600", "3600 seconds (1 hour)"),
        ("7200", "7200 seconds (2 hours)"),
    ],
)
def test_sleeps_are_spoken(seconds, words):
    code = f"""
    def nap():
        time.sleep({seconds})
    """
    assert f'"nap" sleeps {words} and holds' in said(code + operator("nap"))[0]


def test_the_shortest_sleep_is_a_setting():
    code = "def nap():\n    time.sleep(5)\n" + operator("nap")
    assert said(code) == []
    assert len(said(code, Settings(min_sleep=5))) == 1


def test_waiting_in_a_loop():
    code = """
    def nap(n):
        while n():
            time.sleep({0})
    """
    assert said(code.replace("{0}", "0.5") + operator("nap")) == []
    assert said(code.replace("{0}", "1") + operator("nap")) == []
    (seldom,) = said(code.replace("{0}", "5") + operator("nap"))
    assert "sleeps 5 seconds at a time in a while loop and holds" in seldom
    (unknown,) = said(code.replace("{0}", "n") + operator("nap"))
    assert "sleeps in a while loop and holds" in unknown


@pytest.mark.parametrize(
    ("sleeps", "messages"),
    [
        ((20, 20, 5), ['"nap" sleeps 20 seconds at 2 places and holds']),
        ((15, 600), ['"nap" sleeps 600 seconds (10 minutes), the longest of 2 waits and holds']),
    ],
)
def test_a_callable_that_waits_often_is_told_once(sleeps, messages):
    code = "def nap():\n" + "".join(f"    time.sleep({seconds})\n" for seconds in sleeps)
    found = said(code + operator("nap"))
    assert len(found) == 1
    assert messages[0] in found[0]


def test_a_random_wait_is_known_by_its_least():
    code = """
    import random
    def nap():
        time.sleep(random.uniform(180, 900))
        time.sleep(random.randint(1, 60))
    """
    (message,) = said(code + operator("nap"))
    assert message.startswith('DAG302 "nap" sleeps at least 180 seconds (3 minutes) and holds')


def test_trying_again_is_what_retries_are_for():
    code = """
    def ask(seconds):
        while True:
            try:
                return requests.get("https://a.example")
            except ValueError:
                time.sleep(5)
                time.sleep(seconds)
                time.sleep(30)
    """
    (message,) = said(code + operator("ask"))
    assert message.startswith(
        'DAG302 "ask" sleeps 30 seconds before it tries again, and holds its worker slot;'
    )


def test_waiting_for_a_page_of_its_own_browser_is_no_poll():
    code = """
    def look(seconds):
        from selenium import webdriver
        driver = webdriver.Chrome()
        while not driver.title:
            time.sleep(seconds)
            time.sleep(20)
        time.sleep({0})
    """
    assert [one[:6] for one in said(code.replace("{0}", "20") + operator("look"))] == ["DAG301"]
    assert [one[:6] for one in said(code.replace("{0}", "60") + operator("look"))] == ["DAG301", "DAG302"]


def test_a_sensor_that_sleeps_is_told_what_poke_is():
    code = """
    from airflow.sensors.base import BaseSensorOperator

    class Ready(BaseSensorOperator):
        def poke(self, context):
            while not requests.get("https://a.example").ok:
                time.sleep(5)
            return True
    """
    (message,) = said(code)
    assert message.endswith("return False: poke() is called again every poke_interval")
