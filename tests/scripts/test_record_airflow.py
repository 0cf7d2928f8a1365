"""The recorder reads classes out of wheels without importing them: here out of two made up for it."""

import importlib.util
import sys
import zipfile
from pathlib import Path

import pytest

SCRIPTS = Path(__file__).parent.parent.parent / "scripts"

OLD = {
    "airflow/providers/fruit/operators/juice.py": """
from airflow.models import BaseOperator

class JuiceOperator(BaseOperator):
    template_fields = ("recipe",)
    template_ext = (".juice",)

    def __init__(self, recipe, sugar=1, **kwargs):
        super().__init__(**kwargs)
""",
    "airflow/providers/fruit/operators/press.py": """
from airflow.providers.fruit.operators.juice import JuiceOperator
""",
}

NEW = {
    "airflow/providers/fruit/base.py": """
try:
    from airflow.sdk import BaseOperator
except ImportError:
    from airflow.models import BaseOperator

class FruitOperator(BaseOperator):
    template_fields = ["fruit_conn_id"]

    def __init__(self, *, fruit_conn_id, pulp=None, **kwargs):
        super().__init__(**kwargs)
""",
    "airflow/providers/fruit/operators/juice.py": """
from ..base import FruitOperator

FIELDS = ("recipe", "glass")

class JuiceOperator(FruitOperator):
    template_fields = (*FruitOperator.template_fields, *FIELDS)
    template_ext = (".juice", ".smoothie")

    def __init__(self, *, recipe, sugar=1, **kwargs):
        self.old = kwargs.pop("old_sugar", None)
        super().__init__(fruit_conn_id="x", **kwargs)

class SmoothieOperator(JuiceOperator):
    template_fields = [field for field in JuiceOperator.template_fields if field != "glass"]
    template_ext = compute()

PureeOperator = SmoothieOperator
""",
    "airflow/providers/fruit/sensors/ripe.py": """
from airflow.sdk.bases.sensor import BaseSensorOperator

class RipeSensor(BaseSensorOperator):
    template_fields = tuple({"tree"}.union(("branch",)))
""",
    "airflow/fruit/__init__.py": """
__deprecated_classes = {"juice_operator": {"JuiceOperator": "airflow.providers.fruit.operators.juice.JuiceOperator"}}
""",
    "airflow/providers/fruit/example_dags/example.py": """
from airflow.providers.fruit.operators.juice import JuiceOperator
""",
}


@pytest.fixture
def recorder(monkeypatch):
    monkeypatch.syspath_prepend(str(SCRIPTS))
    for name in ("static_classes", "record_airflow"):
        monkeypatch.delitem(sys.modules, name, raising=False)
    spec = importlib.util.spec_from_file_location("record_airflow", SCRIPTS / "record_airflow.py")
    module = importlib.util.module_from_spec(spec)
    monkeypatch.setitem(sys.modules, "record_airflow", module)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def lines(recorder, tmp_path):
    wheels = []
    for version, files in (("1.0.0", OLD), ("2.0.0", NEW)):
        path = tmp_path / f"apache_airflow_providers_fruit-{version}-py3-none-any.whl"
        with zipfile.ZipFile(path, "w") as archive:
            for name, text in files.items():
                archive.writestr(name, text)
        wheels.append(recorder.Wheel.at(path))
    return dict(line.split("\t", 1) for line in recorder.record(wheels))


def test_versions_are_one_class(lines):
    kind, fields, extensions, parameters = lines[
        "airflow.providers.fruit.operators.juice.JuiceOperator"
    ].split("\t")
    assert kind == "operator"
    assert fields.split() == ["fruit_conn_id@2.0.0..", "recipe", "glass@2.0.0.."]
    assert extensions.split() == [".juice", ".smoothie@2.0.0.."]
    assert parameters.split() == ["old_sugar", "pulp", "recipe!", "sugar"]


def test_what_cannot_be_read_is_said_to_be_unknown(lines, capsys):
    _, fields, extensions, _ = lines["airflow.providers.fruit.operators.juice.SmoothieOperator"].split("\t")
    assert fields.split() == ["fruit_conn_id", "recipe"]
    assert extensions == "?"


def test_sensors_are_told_apart(lines):
    kind, fields, _, _ = lines["airflow.providers.fruit.sensors.ripe.RipeSensor"].split("\t")
    assert kind == "sensor"
    assert set(fields.split()) == {"tree", "branch"}


def test_old_names_lead_to_the_new_home(lines):
    home = "=airflow.providers.fruit.operators.juice.JuiceOperator"
    assert lines["airflow.fruit.juice_operator.JuiceOperator"] == home
    assert lines["airflow.providers.fruit.operators.press.JuiceOperator"] == home
    assert lines["airflow.providers.fruit.operators.juice.PureeOperator"].endswith("SmoothieOperator")
    assert not any("example_dags" in path for path in lines)
