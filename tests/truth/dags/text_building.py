"""Strings as people build them."""
from datetime import datetime

from airflow import DAG
from airflow.providers.standard.operators.bash import BashOperator
from airflow.providers.standard.operators.empty import EmptyOperator

ENV, TEAM, VERSION = "dev", "Data Platform", 7
parts = {"team": TEAM.lower().replace(" ", "_"), "version": VERSION}

with DAG(
    "text_%(team)s_v%(version)02d" % parts,
    start_date=datetime(2024, 1, 1),
    schedule="{minute} {hour} * * *".format(minute=30, hour=VERSION),
    catchup=False,
) as dag:
    EmptyOperator(task_id=f"{ENV.upper()}_{VERSION:03d}_{VERSION / 2:.1f}")
    EmptyOperator(task_id="{0}-{1}-{0}".format("a", "b"))
    EmptyOperator(task_id="%s_%d_%5.2f" % ("pct", 3, 1.5) if False else "%s_%d" % ("pct", 3))
    EmptyOperator(task_id="_".join(word.capitalize() for word in TEAM.split()))
    EmptyOperator(task_id="s3://bucket/path/file.tar.gz".rsplit("/", 1)[-1].split(".")[0])
    EmptyOperator(task_id="abcdef"[1:4] + "abcdef"[::-2] + "x" * 3)
    EmptyOperator(task_id="a,b;c".replace(";", ",").partition(",")[2].strip().title().replace(",", "."))
    EmptyOperator(task_id="7".zfill(3) + "-" + "ab".ljust(4, "_") + str(True) + str(None))
    width = 4
    EmptyOperator(task_id=f"{VERSION:0{width}d}_{'r'!s}_{ENV:_>5}")
    BashOperator(task_id="concat" "enated", bash_command="echo " "one")
    EmptyOperator(task_id="-".join(map(str, [1, 2.5, "x"])))
    EmptyOperator(task_id="prefix_name".removeprefix("prefix_") + "name_suffix".removesuffix("_suffix"))
    line = "k1=v1&k2=v2"
    EmptyOperator(task_id="_".join(pair.split("=")[1] for pair in line.split("&")))
