"""IN: how bulk data comes into the worker's memory."""

from __future__ import annotations

from dag_lint.flow.effects import Effect, names
from dag_lint.flow.facts import Grade, Kind
from dag_lint.flow.things import Tag

_PATHS = (0, "filepath_or_buffer", "path", "source", "io", "path_or_buf", "filename", "path_or_paths", "file")
_SQL = (0, "sql", "query", "hql", "sql_query", "statement", "operation")


def _frame(library: str) -> Effect:
    return Effect(Tag.FRAME, Kind.IN, f"reads {{what}} into {library}", "frame", name=library, what=_PATHS)


def _query_frame(library: str) -> Effect:
    return Effect(
        Tag.FRAME, Kind.IN, f"reads {{what}} into {library}", "query", name=library, what=_SQL, query=True
    )


_KEYS = (0, "key", "object_name", "blob_name", "file_path")


def _object(tag: Tag, what: tuple[int | str, ...] = _KEYS) -> Effect:
    return Effect(tag, Kind.IN, "reads {what} whole", "object", what=what)


_DOWNLOAD = Effect(Tag.PATH, Kind.IN, "downloads {what}", "object", slight=True)
_ANSWER = Effect(Tag.RESPONSE, Kind.IN, "requests {what}", "http", Grade.FETCHED, what=(0, "url", "endpoint"))
_VERB_ANSWER = _ANSWER._replace(what=(1, "url", 0))
_QUERIED = Effect(Tag.ROWS, Kind.IN, "fetches {what}", "rows", what=_SQL, query=True)
_DUCKED = Effect(
    Tag.RELATION, Kind.IN, "queries {what} with duckdb", "query", name="duckdb", what=(0, "query"), query=True
)

# fetchone() in a while loop
ROW_BY_ROW = Effect(Tag.ROW, Kind.IN, "fetches {what} row by row", "row", what=(), query=True)

# clickhouse_driver's execute() gives the rows at once
CLICKHOUSE_EXECUTE = Effect(Tag.ROWS, Kind.IN, "fetches {what}", "rows", what=(0, "query"), query=True)

FAMILIES: tuple[tuple[str, str, Effect], ...] = (
    # module, start of the function's name, effect: every reader of a library reads alike
    ("pandas", "read_sql", _query_frame("pandas")),
    ("pandas", "read_gbq", _query_frame("pandas")),
    ("pandas", "read_", _frame("pandas")),
    ("geopandas", "read_postgis", _query_frame("geopandas")),
    ("geopandas", "read_", _frame("geopandas")),
    ("polars", "read_database", _query_frame("polars")),
    ("polars", "read_", _frame("polars")),
    ("polars", "scan_", _frame("polars")),
    ("dask.dataframe", "read_", _frame("dask")),
    ("cudf", "read_", _frame("cudf")),
    ("vaex", "open", _frame("vaex")),
    ("awswrangler.athena", "read_sql", _query_frame("pandas")),
    ("awswrangler.s3", "read_", _frame("pandas")),
    ("awswrangler", "read_sql", _query_frame("pandas")),
    ("pyarrow.parquet", "read_", _frame("pyarrow")),
    ("pyarrow.parquet", "ParquetFile", _frame("pyarrow")),
    ("pyarrow.parquet", "ParquetDataset", _frame("pyarrow")),
    ("pyarrow.csv", "read_", _frame("pyarrow")),
    ("pyarrow.json", "read_", _frame("pyarrow")),
    ("pyarrow.orc", "read_", _frame("pyarrow")),
    ("pyarrow.feather", "read_", _frame("pyarrow")),
    ("pyarrow.dataset", "dataset", _frame("pyarrow")),
    ("fastparquet", "ParquetFile", _frame("fastparquet")),
    ("connectorx", "read_sql", _query_frame("connectorx")),
    ("pyreadstat", "read_", _frame("pyreadstat")),
    ("xarray", "open_", _frame("xarray")),
    ("petl", "from", _frame("petl")),
    ("duckdb", "read_", _frame("duckdb")._replace(gives=Tag.RELATION)),
)

ALIASES: dict[str, str] = {
    # the same interface under other names
    "fireducks.pandas": "pandas",
    "modin.pandas": "pandas",
    "pandas.io.gbq": "pandas",
    "pandas.io.sql": "pandas",
    "pandas.io.parsers": "pandas",
    "pandas_gbq": "pandas",
    "opensearchpy.helpers": "elasticsearch.helpers",
    "simplejson": "json",
    "ujson": "json",
    "orjson": "json",
    "rapidjson": "json",
    "lxml.etree": "xml.etree.ElementTree",
    "xml.etree.cElementTree": "xml.etree.ElementTree",
    "defusedxml.ElementTree": "xml.etree.ElementTree",
    "unicodecsv": "csv",
    "tensorflow.keras": "keras",
    "tensorflow.python.keras": "keras",
}

FUNCTIONS: dict[str, Effect] = {
    "deltalake.DeltaTable": _frame("deltalake")._replace(gives=Tag.RELATION),
    "duckdb.sql": _DUCKED,
    "duckdb.query": _DUCKED,
    "duckdb.execute": _DUCKED,
    "numpy.load": _frame("numpy"),
    "numpy.loadtxt": _frame("numpy"),
    "numpy.genfromtxt": _frame("numpy"),
    "openpyxl.load_workbook": _frame("openpyxl")._replace(gives=Tag.DOCUMENT),
    "xlrd.open_workbook": _frame("xlrd")._replace(gives=Tag.DOCUMENT),
    "datasets.load_dataset": _frame("datasets"),
    "yfinance.download": Effect(Tag.FRAME, Kind.IN, "downloads {what} into pandas", "frame"),
    "yfinance.Ticker": Effect(Tag.UNKNOWN),
    # HTTP: one answer is not bulk by itself
    "requests.get": _ANSWER,
    "requests.post": _ANSWER,
    "requests.request": _VERB_ANSWER,
    "httpx.get": _ANSWER,
    "httpx.post": _ANSWER,
    "httpx.request": _VERB_ANSWER,
    "urllib.request.urlopen": _ANSWER._replace(gives=Tag.STREAM),
    "urllib2.urlopen": _ANSWER._replace(gives=Tag.STREAM),
    "urllib.request.urlretrieve": _DOWNLOAD,
    "urllib.urlretrieve": _DOWNLOAD,
    "wget.download": _DOWNLOAD,
    "gdown.download": _DOWNLOAD,
    "smart_open.open": Effect(Tag.STREAM, Kind.IN, "reads {what} whole", "object"),
    # search and document databases
    "elasticsearch.helpers.scan": Effect(Tag.ROWS, Kind.IN, "scrolls through an index", "rows"),
    # google sheets
    "gspread_dataframe.get_as_dataframe": Effect(
        Tag.FRAME, Kind.IN, "reads a whole sheet into pandas", "frame", Grade.FETCHED
    ),
}

METHODS: dict[Tag, dict[str, Effect]] = {
    Tag.HOOK: {
        "get_pandas_df": _query_frame("pandas"),
        "get_pandas_df_by_chunks": _query_frame("pandas"),
        "get_df": _query_frame("pandas"),
        "get_df_by_chunks": _query_frame("pandas"),
        "get_polars_df": _query_frame("polars"),
        "get_records": _QUERIED,
        "make_query": _QUERIED,
        "list": Effect(Tag.SMALL),
    },
    Tag.CONNECTION: {
        "query_dataframe": _query_frame("pandas"),
        "query_df": _query_frame("pandas"),
        "fetch": _QUERIED,
        "execute_iter": _QUERIED,
    },
    Tag.DUCK: {"sql": _DUCKED, "query": _DUCKED, "execute": _DUCKED, "table": _DUCKED},
    Tag.CURSOR: {
        "fetchall": _QUERIED,
        "fetchmany": _QUERIED,
        "fetch_pandas_all": _query_frame("pandas"),
        "fetch_pandas_batches": _query_frame("pandas"),
        "fetch_arrow_all": _query_frame("pyarrow"),
        "all": _QUERIED,
        "mappings": Effect(Tag.CURSOR),
        "scalars": Effect(Tag.CURSOR),
        "partitions": _QUERIED,
        "yield_per": Effect(Tag.CURSOR),
        "fetchone": Effect(Tag.ROW, drops=True),
        "first": Effect(Tag.ROW, drops=True),
        "one": Effect(Tag.ROW, drops=True),
        "scalar": Effect(Tag.ROW, drops=True),
        "one_or_none": Effect(Tag.ROW, drops=True),
        "fetch_dataframe": _query_frame("pandas"),
        "as_pandas": _query_frame("pandas"),
    },
    Tag.SELECTION: {
        "all": Effect(Tag.ROWS, Kind.IN, "fetches {what} by the ORM", "rows", Grade.FETCHED, what=()),
        "yield_per": Effect(Tag.ROWS, Kind.IN, "fetches {what} by the ORM", "rows", Grade.FETCHED, what=()),
        **dict.fromkeys(names("first one one_or_none count scalar delete"), Effect(Tag.SMALL, drops=True)),
    },
    Tag.WAREHOUSE: {
        "query": Effect(Tag.JOB),
        "query_and_wait": Effect(Tag.JOB),
        "list_rows": Effect(Tag.JOB),
        "get_job": Effect(Tag.JOB),
    },
    Tag.JOB: {
        "result": Effect(Tag.JOB),
        "to_dataframe": _query_frame("pandas"),
        "to_arrow": _query_frame("pyarrow"),
        "to_geodataframe": _query_frame("geopandas"),
    },
    Tag.COLLECTION: {
        "find": Effect(Tag.ROWS, Kind.IN, "fetches documents of {what}", "rows", what=()),
        "aggregate": Effect(Tag.ROWS, Kind.IN, "fetches documents of {what}", "rows", Grade.FETCHED, what=()),
        "search": Effect(Tag.DOCUMENT, Kind.IN, "searches {what}", "http", Grade.FETCHED, what=("index", 0)),
        "scroll": Effect(Tag.DOCUMENT, Kind.IN, "scrolls through {what}", "http", Grade.FETCHED, what=()),
        "stream": Effect(Tag.ROWS, Kind.IN, "fetches documents of {what}", "rows", what=()),
        "find_one": Effect(Tag.SMALL, drops=True),
        "count_documents": Effect(Tag.SMALL, drops=True),
    },
    Tag.STORE: {
        "read_key": _object(Tag.BYTES),
        "select_key": Effect(Tag.TEXT),
        "read_file": _object(Tag.BYTES, (1, "blob_name", 0)),
        "get_object": _object(Tag.STREAM, ("Key", 1, "object_name")),
        "download_file": _DOWNLOAD._replace(what=("Key", "key", "object_name", 1, 0)),
        "download_fileobj": _DOWNLOAD._replace(what=("Key", 0)),
        "retrieve_file": _DOWNLOAD,
        "fget_object": _DOWNLOAD._replace(what=(1, "object_name")),
        "get_file": _DOWNLOAD,
        "getfo": _DOWNLOAD,
        "get": _DOWNLOAD,
        "retrbinary": _DOWNLOAD,
        "retrieveFile": _DOWNLOAD._replace(what=(1,)),
        "download_as_byte_array": _object(Tag.BYTES, (1, "object_name")),
        "download": _DOWNLOAD._replace(gives=Tag.BYTES, what=("object_name", 1)),
        "cat": _object(Tag.BYTES),
        "cat_file": _object(Tag.BYTES),
        "open": _object(Tag.STREAM),
        "read": _object(Tag.STREAM),
    },
    Tag.OBJECT: {
        "get": _object(Tag.STREAM, ()),
        "download_as_bytes": _object(Tag.BYTES, ()),
        "download_as_string": _object(Tag.BYTES, ()),
        "download_as_text": _object(Tag.BYTES, ()),
        "download_blob": _object(Tag.STREAM, ()),
        "download_file": _object(Tag.STREAM, ()),
        "download_to_filename": _DOWNLOAD._replace(what=()),
        "download_to_file": _DOWNLOAD._replace(what=()),
        "download_fileobj": _DOWNLOAD._replace(what=()),
        "read_bytes": _object(Tag.BYTES, ()),
        "read_text": _object(Tag.BYTES, ()),
    },
    Tag.HTTP: {
        **dict.fromkeys(("get", "post", "put", "patch", "delete", "run", "urlopen"), _ANSWER),
        "request": _VERB_ANSWER,
        "run_with_advanced_retry": _ANSWER,
    },
    Tag.STREAM: {
        "read": Effect(Tag.BYTES),
        "readall": Effect(Tag.BYTES),
        "readlines": Effect(Tag.ROWS),
        "content_as_text": Effect(Tag.BYTES),
        "iter_lines": Effect(Tag.ROWS),
        "get": Effect(Tag.STREAM),
    },
    Tag.RESPONSE: {
        "json": Effect(Tag.DOCUMENT),
        "read": Effect(Tag.BYTES),
        "iter_content": Effect(Tag.BYTES),
        "iter_lines": Effect(Tag.ROWS),
        "text": Effect(Tag.BYTES),
    },
    Tag.SHEET: {
        "get_all_records": Effect(Tag.ROWS, Kind.IN, "reads a whole sheet", "rows", Grade.FETCHED, what=()),
        "get_all_values": Effect(Tag.ROWS, Kind.IN, "reads a whole sheet", "rows", Grade.FETCHED, what=()),
        "get_values": Effect(Tag.ROWS, Kind.IN, "reads a sheet", "rows", Grade.FETCHED, what=()),
        "get": Effect(Tag.ROWS, Kind.IN, "reads a sheet", "rows", Grade.FETCHED, what=()),
        "get_as_df": Effect(
            Tag.FRAME, Kind.IN, "reads a whole sheet into pandas", "frame", Grade.FETCHED, what=()
        ),
    },
    Tag.RELATION: {
        **{
            name: Effect(Tag.FRAME, name="pandas")
            for name in names(
                "df fetchdf to_df fetch_df pl arrow fetch_arrow_table to_arrow_table to_pandas fetchnumpy"
                " to_pyarrow_table"
            )
        },
        "fetchall": Effect(Tag.ROWS),
        "fetchmany": Effect(Tag.ROWS),
        "fetchone": Effect(Tag.ROW, drops=True),
    },
    Tag.SPARK_FRAME: {
        "toPandas": Effect(Tag.FRAME, Kind.IN, "collects {what} into pandas", "spark", what=()),
        "collect": Effect(Tag.ROWS, Kind.IN, "collects {what} into the driver", "spark", what=()),
        "toLocalIterator": Effect(Tag.ROWS, Kind.IN, "collects {what} into the driver", "spark", what=()),
    },
}

# What iterating over a thing fetches.
ITERATED: dict[Tag, Effect] = {
    Tag.CURSOR: _QUERIED,
    Tag.JOB: _QUERIED,
    Tag.SELECTION: Effect(Tag.ROWS, Kind.IN, "fetches {what} by the ORM", "rows", Grade.FETCHED),
    Tag.CONSUMER: Effect(Tag.ROWS, Kind.IN, "consumes messages", "rows"),
}

# How the methods of a client library start that ask for something.
ASKING: tuple[str, ...] = (
    "get", "list", "query", "search", "fetch", "find", "read", "run_report", "execute", "batch_get", "retrieve",
    "download", "conversations_", "users_", "klines", "fetch_",
)  # fmt: skip
SERVICE_ANSWER = Effect(Tag.DOCUMENT, Kind.IN, "asks {what}", "http", Grade.FETCHED)

ANYWHERE: dict[str, Effect] = {
    # names that belong to one kind of thing only, whatever made the receiver
    "get_pandas_df": _query_frame("pandas"),
    "get_polars_df": _query_frame("polars"),
    "get_records": _QUERIED,
    "fetchall": _QUERIED,
    "fetchmany": _QUERIED,
    "fetch_pandas_all": _query_frame("pandas"),
    "query_dataframe": _query_frame("pandas"),
    "to_dataframe": _query_frame("pandas"),
    "read_key": _object(Tag.BYTES),
    "download_as_bytes": _object(Tag.BYTES, ()),
    "download_as_string": _object(Tag.BYTES, ()),
    "toPandas": Effect(Tag.FRAME, Kind.IN, "collects {what} into pandas", "spark", what=()),
    "get_all_records": Effect(Tag.ROWS, Kind.IN, "reads a whole sheet", "rows", Grade.FETCHED, what=()),
    "get_all_values": Effect(Tag.ROWS, Kind.IN, "reads a whole sheet", "rows", Grade.FETCHED, what=()),
    "get_as_df": Effect(
        Tag.FRAME, Kind.IN, "reads a whole sheet into pandas", "frame", Grade.FETCHED, what=()
    ),
}

# Endings by which a local file is taken for data, not for a configuration or a statement.
DATA_ENDINGS: tuple[str, ...] = (
    ".csv", ".tsv", ".jsonl", ".ndjson", ".parquet", ".xml", ".gz", ".zip", ".xlsx", ".avro", ".dat",
    ".psv",
)  # fmt: skip
# Endings of documents that are as often small.
DOCUMENT_ENDINGS: tuple[str, ...] = (".json", ".txt", ".html", ".log")

# How the target of a writer is called.
TARGETS: tuple[str, ...] = ("path_or_buf", "path", "excel_writer", "file", "buf", "filename", "buffer")
