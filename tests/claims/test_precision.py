"""docs/precision.md counts what docs/precision.tsv judges."""

from __future__ import annotations

import csv
import re
from collections import Counter

import pytest
from document_claims import PROJECT, RULES

PAGE = (PROJECT / "docs" / "precision.md").read_text(encoding="utf-8")
ROW = re.compile(r"^\| (DAG\d{3}) \|(.*)\|$", re.MULTILINE)
COLUMNS = ("files", "findings", "read", "true", "arguable", "false", "candidates", "missed")
TABLE = {
    match[1]: dict(zip(COLUMNS, map(int, match[2].split("|")), strict=True)) for match in ROW.finditer(PAGE)
}


def judged() -> list[dict[str, str]]:
    with (PROJECT / "docs" / "precision.tsv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream, delimiter="\t", quoting=csv.QUOTE_NONE))


@pytest.mark.parametrize("code", TABLE)
def test_the_table_counts_the_judgements(code):
    count = Counter(row["judgement"] for row in judged() if row["code"] == code)
    row = TABLE[code]
    assert {name: row[name] for name in ("true", "arguable", "false", "missed")} == {
        name: count[name] for name in ("true", "arguable", "false", "missed")
    }
    assert row["read"] == count["true"] + count["arguable"] + count["false"]
    assert row["candidates"] == count["missed"] + count["silent"]
    assert row["read"] == min(row["findings"], 20)


def test_each_judgement_is_one_of_the_words_and_has_a_reason():
    for row in judged():
        assert row["judgement"] in ("true", "arguable", "false", "missed", "silent")
        assert row["reason"]
        assert row["code"] in RULES
        assert int(row["line"]) > 0


def test_no_place_is_judged_twice():
    places = Counter((row["code"], row["repository"], row["path"], row["line"]) for row in judged())
    assert [place for place, times in places.items() if times > 1] == []
