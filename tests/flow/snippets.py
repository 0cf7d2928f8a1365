"""Reading a snippet in tests: what the flow room says of the function `f`."""

from __future__ import annotations

import textwrap
from types import SimpleNamespace
from typing import TYPE_CHECKING

import libcst as cst
from syntactic import SyntacticSurroundings

from dag_lint.flow.examiner import Examiner
from dag_lint.flow.verdict import judge

if TYPE_CHECKING:
    from pathlib import Path

    from dag_lint.flow import CallableFlow, Evidence

IMPORTS = """
import asyncio, csv, gzip, io, json, os, shutil, subprocess, tempfile, time, zipfile
from pathlib import Path
import boto3, duckdb, pandas as pd, polars as pl, psycopg2, requests
from airflow.providers.amazon.aws.hooks.s3 import S3Hook
from airflow.providers.postgres.hooks.postgres import PostgresHook
"""


def examine(
    code: str,
    name: str = "f",
    *,
    class_name: str | None = None,
    path: Path | None = None,
    heavy: tuple[str, ...] = (),
    light: tuple[str, ...] = (),
) -> CallableFlow:
    """The flow through a function, or a method, of a module."""
    module = cst.parse_module(IMPORTS + textwrap.dedent(code))
    surroundings = SyntacticSurroundings(module, path)
    found = surroundings.method(class_name, name) if class_name else surroundings.function(name)
    assert found is not None
    settings = SimpleNamespace(heavy_calls=frozenset(heavy), light_calls=frozenset(light))
    return Examiner(settings).examine(found.node, surroundings, class_name)


def facts(code: str, **options: object) -> list[str]:
    """The evidence as lines: `IN reads a.csv into pandas`; slight work with a `~`."""
    return [spoken(evidence) for evidence in examine(code, **options).evidence]  # type: ignore[arg-type]


def spoken(evidence: Evidence) -> str:
    """One fact as a line."""
    return f"{evidence.kind.name}{'~' if evidence.slight else ''} {evidence.words}"


def is_heavy(code: str, **options: object) -> bool:
    """Whether a flow is judged heavy."""
    return judge(examine(code, **options)) is not None  # type: ignore[arg-type]
