"""WORK: how data is worked on in the worker's memory."""

from __future__ import annotations

from dag_lint.flow.effects import Effect, names
from dag_lint.flow.facts import Kind
from dag_lint.flow.things import Tag


def _work(words: str, gives: Tag | None = None, topic: str = "frame", slight: bool = False) -> Effect:
    return Effect(gives, Kind.WORK, words, topic, slight=slight)


_FRAME_METHODS: dict[str, str] = {
    # method -> what it does to "it"
    "merge": "merges",
    "merge_asof": "merges",
    "join": "joins",
    "join_asof": "joins",
    "groupby": "groups",
    "group_by": "groups",
    "group_by_dynamic": "groups",
    "resample": "resamples",
    "rolling": "rolls over",
    "pivot": "pivots",
    "pivot_table": "pivots",
    "unstack": "pivots",
    "unpivot": "unpivots",
    "melt": "unpivots",
    "stack": "unpivots",
    "explode": "explodes",
    "apply": "transforms",
    "map": "transforms",
    "applymap": "transforms",
    "map_elements": "transforms",
    "map_rows": "transforms",
    "map_batches": "transforms",
    "transform": "transforms",
    "agg": "aggregates",
    "aggregate": "aggregates",
    "drop_duplicates": "deduplicates",
    "unique": "deduplicates",
    "sort_values": "sorts",
    "sort_index": "sorts",
    "sort": "sorts",
    "sort_by": "sorts",
    "nlargest": "sorts",
    "combine_first": "merges",
    "compare": "compares",
    "corr": "correlates",
    "cumsum": "accumulates",
    "shift": "shifts",
    "interpolate": "interpolates",
    "get_dummies": "encodes",
    "sjoin": "joins",
    "overlay": "joins",
    "dissolve": "groups",
    "to_crs": "reprojects",
}

# A light touch on single columns: it counts only together with a write, which counts by itself.
_SLIGHT = frozenset(
    {"cumsum", "shift", "unique", "nlargest", "drop_duplicates", "sort_values", "sort_index", "sort"}
)

# Methods of frames that give a number, a name or a few rows.
_SMALL_METHODS = (
    "head tail limit describe info memory_usage count sum mean min max median std var nunique idxmax idxmin"
    " item first_valid_index keys any all equals value_counts mode"
)
_SMALL_ATTRIBUTES = "shape columns empty size dtypes ndim dtype name schema height width"

_ROWS_OF_FRAME = (
    "to_dict to_records tolist to_list to_numpy to_pylist itertuples rows iter_rows to_dicts values"
)
_TEXT_OF_FRAME = "to_html to_markdown to_string to_latex"

METHODS: dict[Tag, dict[str, Effect]] = {
    Tag.FRAME: {
        **{
            name: _work(
                f"{verb} it",
                Tag.GROUPS if verb == "groups" else Tag.FRAME,
                slight=name in _SLIGHT,
            )
            for name, verb in _FRAME_METHODS.items()
        },
        **dict.fromkeys(names(_SMALL_METHODS), Effect(Tag.SMALL, drops=True)),
        **dict.fromkeys(names(_ROWS_OF_FRAME), Effect(Tag.ROWS)),
        **dict.fromkeys(names(_TEXT_OF_FRAME), Effect(Tag.TEXT)),
        "iterrows": Effect(Tag.ROWS),
        "items": Effect(Tag.ROWS),
        "iteritems": Effect(Tag.ROWS),
        "to_json": Effect(Tag.BYTES),
    },
    Tag.GROUPS: {
        "apply": _work("applies a function to its groups", Tag.FRAME),
        "agg": _work("aggregates it", Tag.FRAME),
        "aggregate": _work("aggregates it", Tag.FRAME),
        "transform": _work("transforms it", Tag.FRAME),
        "rolling": Effect(Tag.GROUPS),
        "resample": Effect(Tag.GROUPS),
    },
    Tag.RELATION: {
        "join": _work("joins it", Tag.RELATION, "query"),
        "aggregate": _work("aggregates it", Tag.RELATION, "query"),
        "order": _work("sorts it", Tag.RELATION, "query"),
    },
    Tag.ARCHIVE: {
        "extractall": _work("unpacks it", Tag.PATH, "object"),
        "extract": _work("unpacks it", Tag.PATH, "object"),
        "open": Effect(Tag.STREAM),
        "read": Effect(Tag.BYTES),
        "namelist": Effect(Tag.SMALL),
        "infolist": Effect(Tag.SMALL),
    },
    Tag.SOUP: {
        name: Effect(Tag.DOCUMENT)
        for name in names("find_all findAll select find select_one children xpath iter findall css getroot")
    },
}
ATTRIBUTES: dict[Tag, dict[str, Effect]] = {
    Tag.FRAME: {
        **dict.fromkeys(names(_SMALL_ATTRIBUTES), Effect(Tag.SMALL, drops=True)),
        "values": Effect(Tag.ROWS),
    },
    Tag.RESPONSE: {
        "content": Effect(Tag.BYTES),
        "text": Effect(Tag.BYTES),
        "raw": Effect(Tag.STREAM),
        "data": Effect(Tag.BYTES),
        "status_code": Effect(Tag.SMALL, drops=True),
        "status": Effect(Tag.SMALL, drops=True),
        "ok": Effect(Tag.SMALL, drops=True),
        "reason": Effect(Tag.SMALL, drops=True),
        "headers": Effect(Tag.SMALL, drops=True),
        "url": Effect(Tag.SMALL, drops=True),
        "links": Effect(Tag.SMALL, drops=True),
        "cookies": Effect(Tag.SMALL, drops=True),
    },
    Tag.STREAM: {"data": Effect(Tag.BYTES), "headers": Effect(Tag.SMALL, drops=True)},
    Tag.CURSOR: {
        "description": Effect(Tag.SMALL, drops=True),
        "rowcount": Effect(Tag.SMALL, drops=True),
        "lastrowid": Effect(Tag.SMALL, drops=True),
    },
    Tag.FILE: {"name": Effect(Tag.PATH), "file": Effect(Tag.FILE)},
    Tag.STORE: {"meta": Effect(Tag.STORE), "client": Effect(Tag.STORE)},
    Tag.SPARK: {"read": Effect(Tag.SPARK), "catalog": Effect(Tag.SMALL, drops=True)},
    Tag.SOUP: {"text": Effect(Tag.TEXT), "attrs": Effect(Tag.SMALL)},
}

FUNCTIONS: dict[str, Effect] = {
    "pandas.merge": _work("merges it", Tag.FRAME),
    "pandas.merge_asof": _work("merges it", Tag.FRAME),
    "pandas.merge_ordered": _work("merges it", Tag.FRAME),
    "pandas.pivot_table": _work("pivots it", Tag.FRAME),
    "pandas.crosstab": _work("pivots it", Tag.FRAME),
    "pandas.melt": _work("unpivots it", Tag.FRAME),
    "pandas.get_dummies": _work("encodes it", Tag.FRAME),
    "pandas.cut": _work("bins it", Tag.FRAME, slight=True),
    "pandas.qcut": _work("bins it", Tag.FRAME, slight=True),
    "numpy.where": Effect(Tag.FRAME),
    "numpy.concatenate": Effect(Tag.FRAME),
    "numpy.vstack": Effect(Tag.FRAME),
    "polars.SQLContext": Effect(Tag.RELATION),
    "geopandas.sjoin": _work("joins it", Tag.FRAME),
    "geopandas.overlay": _work("joins it", Tag.FRAME),
    "pandasql.sqldf": _work("queries it with pandasql", Tag.FRAME),
    "sklearn.model_selection.train_test_split": _work("splits it", Tag.FRAME, slight=True),
    # whole documents
    "json.loads": Effect(Tag.DOCUMENT),
    "json.load": Effect(Tag.DOCUMENT),
    "yaml.safe_load": Effect(Tag.DOCUMENT),
    "yaml.load": Effect(Tag.DOCUMENT),
    "xmltodict.parse": Effect(Tag.DOCUMENT),
    "xml.etree.ElementTree.parse": Effect(Tag.SOUP),
    "xml.etree.ElementTree.fromstring": Effect(Tag.SOUP),
    "xml.etree.ElementTree.XML": Effect(Tag.SOUP),
    "xml.etree.ElementTree.HTML": Effect(Tag.SOUP),
    "xml.etree.ElementTree.iterparse": Effect(Tag.SOUP),
    "xml.dom.minidom.parseString": Effect(Tag.SOUP),
    "lxml.html.fromstring": Effect(Tag.SOUP),
    "bs4.BeautifulSoup": Effect(Tag.SOUP),
    "feedparser.parse": Effect(Tag.DOCUMENT),
    "csv.reader": Effect(Tag.ROWS),
    "csv.DictReader": Effect(Tag.ROWS),
    "ijson.items": Effect(Tag.ROWS),
    "PyPDF2.PdfReader": Effect(Tag.DOCUMENT),
    "pypdf.PdfReader": Effect(Tag.DOCUMENT),
    "pdfplumber.open": Effect(Tag.DOCUMENT),
    # archives
    "zipfile.ZipFile": Effect(Tag.ARCHIVE),
    "tarfile.open": Effect(Tag.ARCHIVE),
    "gzip.GzipFile": Effect(Tag.STREAM),
    "gzip.open": Effect(Tag.STREAM),
    "gzip.decompress": Effect(Tag.BYTES),
    "gzip.compress": Effect(Tag.BYTES),
    "zlib.decompress": Effect(Tag.BYTES),
    "zlib.compress": Effect(Tag.BYTES),
    "bz2.compress": Effect(Tag.BYTES),
    "bz2.open": Effect(Tag.STREAM),
    "lzma.open": Effect(Tag.STREAM),
    "shutil.unpack_archive": _work("unpacks it", Tag.PATH, "object"),
    "shutil.make_archive": _work("packs it", Tag.PATH, "object"),
    "shutil.copyfileobj": Effect(Tag.UNKNOWN),
}

# Functions that make a frame of what they are given.
FRAME_MAKERS: dict[str, str] = {
    "pandas.DataFrame": "pandas",
    "pandas.DataFrame.from_dict": "pandas",
    "pandas.DataFrame.from_records": "pandas",
    "pandas.json_normalize": "pandas",
    "pandas.io.json.json_normalize": "pandas",
    "pandas.Series": "pandas",
    "polars.DataFrame": "polars",
    "polars.from_dicts": "polars",
    "polars.from_pandas": "polars",
    "polars.from_arrow": "polars",
    "polars.LazyFrame": "polars",
    "geopandas.GeoDataFrame": "geopandas",
    "geopandas.GeoDataFrame.from_features": "geopandas",
    "pyarrow.Table.from_pandas": "pyarrow",
    "pyarrow.Table.from_pylist": "pyarrow",
    "pyarrow.Table.from_pydict": "pyarrow",
    "pyarrow.table": "pyarrow",
    "dask.dataframe.from_pandas": "dask",
}

# Functions that put frames together.
CONCATENATORS: frozenset[str] = frozenset(
    {"pandas.concat", "polars.concat", "pyarrow.concat_tables", "dask.dataframe.concat", "geopandas.concat"}
)

# Functions of pandas that take a column and give a column: no work, the data goes on.
COLUMN_FUNCTIONS: frozenset[str] = frozenset(
    {
        "pandas.to_datetime",
        "pandas.to_numeric",
        "pandas.to_timedelta",
        "pandas.isna",
        "pandas.notna",
        "numpy.log",
    }
)

# Names that only frames have: they tell what an unknown receiver is.
FRAME_NAMES: frozenset[str] = frozenset(
    {
        "iterrows", "itertuples", "groupby", "drop_duplicates", "sort_values", "pivot_table",
        "reset_index", "set_index", "fillna", "dropna", "astype", "to_sql", "to_csv", "to_parquet",
        "to_excel", "to_gbq", "write_parquet", "write_csv", "write_database", "write_delta",
        "sink_parquet", "with_columns", "group_by", "to_feather", "iloc", "value_counts", "applymap",
    }
)  # fmt: skip

# The annotations of parameters that are frames.
FRAME_ANNOTATIONS: dict[str, str] = {
    "pandas.DataFrame": "pandas",
    "pandas.Series": "pandas",
    "polars.DataFrame": "polars",
    "polars.LazyFrame": "polars",
    "pyarrow.Table": "pyarrow",
    "geopandas.GeoDataFrame": "geopandas",
}
