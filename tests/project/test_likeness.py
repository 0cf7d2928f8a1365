"""Which id was probably meant."""

from __future__ import annotations

import pytest

from dag_lint.project.likeness import meant_by


@pytest.mark.parametrize(
    ("wanted", "known", "meant"),
    [
        ("load_order", ["load_orders", "report"], "load_orders"),
        ("Load-Orders", ["load_orders"], "load_orders"),
        ("loadorders", ["load_orders"], "load_orders"),
        ("load_oders", ["load_orders"], "load_orders"),
        ("load_eu", ["load_us"], None),
        ("load_2023", ["load_2024"], None),
        ("load_orders_v1", ["load_orders_v2"], None),
        ("load_orders_daily", ["load_orders_hourly"], None),
        ("load_orders", ["load_orders_daily"], None),
        ("load_order", ["load_orders", "load_order_s"], "load_orders"),
        ("load_order", ["load_orders", "load_border"], None),
        ("somebody_elses", ["load_orders"], None),
    ],
)
def test_it_is_a_slip_of_the_pen(wanted, known, meant):
    assert meant_by(wanted, known) == meant
