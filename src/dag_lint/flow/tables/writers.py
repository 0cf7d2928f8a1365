"""OUT: how data is carried out from the worker. Evidence only where bulk data flows into it."""

from __future__ import annotations

from dag_lint.flow.effects import Effect, names
from dag_lint.flow.facts import Kind
from dag_lint.flow.things import Tag


def _out(words: str, *data: int | str, topic: str = "frame") -> Effect:
    return Effect(Tag.UNKNOWN, Kind.OUT, words, topic, data=data)


_WRITES = _out("writes it with {name}")
_UPLOADS = "uploads it with {name}"

_FRAME_WRITERS = names(
    "to_sql to_gbq to_postgis to_clickhouse to_delta to_deltalake to_iceberg write_database write_delta"
    " sink_parquet sink_csv write_iceberg"
)
# These give the text back when they are not told a file.
FILE_WRITERS: frozenset[str] = frozenset(
    names(
        "to_csv to_parquet to_excel to_feather to_pickle to_json to_hdf to_orc to_stata to_xml to_file"
        " write_parquet write_csv write_excel write_json write_ndjson write_ipc write_avro to_zarr to_netcdf"
    )
)

FUNCTIONS: dict[str, Effect] = {
    "psycopg2.extras.execute_values": _out("writes it with {name}", 2, "argslist", topic="rows"),
    "psycopg2.extras.execute_batch": _out("writes it with {name}", 2, "argslist", topic="rows"),
    "pandas.to_gbq": _out("writes it with {name}", 0, "dataframe"),
    "pangres.upsert": _out("upserts it with pangres", 1, "df"),
    "pangres.aupsert": _out("upserts it with pangres", 1, "df"),
    "snowflake.connector.pandas_tools.write_pandas": _out("writes it with {name}", 1, "df"),
    "deltalake.write_deltalake": _out("writes it with {name}", 1, "data"),
    "deltalake.writer.write_deltalake": _out("writes it with {name}", 1, "data"),
    "pyarrow.parquet.write_table": _out("writes it with {name}", 0, "table"),
    "pyarrow.parquet.write_to_dataset": _out("writes it with {name}", 0, "table"),
    "pyarrow.csv.write_csv": _out("writes it with {name}", 0, "data"),
    "pyarrow.feather.write_feather": _out("writes it with {name}", 0, "df"),
    "fastparquet.write": _out("writes it with {name}", 1, "data"),
    "awswrangler.s3.to_parquet": _out("writes it with {name}", 0, "df"),
    "awswrangler.s3.to_csv": _out("writes it with {name}", 0, "df"),
    "awswrangler.s3.to_json": _out("writes it with {name}", 0, "df"),
    "awswrangler.postgresql.to_sql": _out("writes it with {name}", 0, "df"),
    "awswrangler.mysql.to_sql": _out("writes it with {name}", 0, "df"),
    "awswrangler.redshift.copy": _out("writes it with {name}", 0, "df"),
    "awswrangler.redshift.to_sql": _out("writes it with {name}", 0, "df"),
    "gspread_dataframe.set_with_dataframe": _out("writes it to a sheet", 1, "dataframe"),
    "elasticsearch.helpers.bulk": _out("indexes it in bulk", 1, "actions", topic="rows"),
    "elasticsearch.helpers.parallel_bulk": _out("indexes it in bulk", 1, "actions", topic="rows"),
    "elasticsearch.helpers.streaming_bulk": _out("indexes it in bulk", 1, "actions", topic="rows"),
    "numpy.save": _out("saves it", 1),
    "numpy.savez": _out("saves it"),
    "numpy.savetxt": _out("saves it", 1),
    "json.dump": _out("dumps it as JSON", 0, "obj", topic="document"),
    "yaml.dump": _out("dumps it as YAML", 0, topic="document"),
    "pickle.dump": _out("pickles it", 0, topic="document"),
    "joblib.dump": _out("pickles it", 0, topic="document"),
    "csv.writer": Effect(Tag.WRITER),
    "csv.DictWriter": Effect(Tag.WRITER),
    "shutil.copyfileobj": _out("writes it to disk", 0, "fsrc", topic="object"),
}

METHODS: dict[Tag, dict[str, Effect]] = {
    Tag.FRAME: {
        **dict.fromkeys(_FRAME_WRITERS, _WRITES),
        **dict.fromkeys(FILE_WRITERS, _WRITES),
    },
    Tag.RELATION: {
        **{
            name: _WRITES._replace(topic="query")
            for name in names("write_csv write_parquet to_csv to_parquet")
        },
        "insert_into": _WRITES._replace(topic="query"),
        "create": _WRITES._replace(topic="query"),
    },
    Tag.HOOK: {
        "insert_rows": _out("writes it with insert_rows", 1, "rows", topic="rows"),
        "bulk_insert_rows": _out("writes it with bulk_insert_rows", 1, "rows", topic="rows"),
        "insert_all": _out("writes it with insert_all", "rows", 3, topic="rows"),
        "bulk_load": _out("bulk-loads it", 1, "tmp_file", topic="object"),
    },
    Tag.CURSOR: {
        "executemany": _out("writes it with executemany", 1, "params", "seq_of_parameters", topic="rows"),
        "copy_from": _out("copies it into the database", 0, "file", topic="rows"),
        "copy_expert": _out("copies it into the database", 1, "file", topic="rows"),
        "write_row": _out("copies it into the database", 0, topic="rows"),
    },
    Tag.CONNECTION: {
        "insert_dataframe": _out("writes it with insert_dataframe", 1, "dataframe"),
        "insert_df": _out("writes it with insert_df", 1, "df"),
        "insert": _out("writes it with insert", 1, "data", topic="rows"),
        "executemany": _out("writes it with executemany", 1, topic="rows"),
        "copy_records_to_table": _out("copies it into the database", "records", topic="rows"),
        "bulk_copy": _out("copies it into the database", 1, topic="rows"),
    },
    Tag.DUCK: {
        "register": Effect(Tag.UNKNOWN),
        "append": _out("writes it into duckdb", 1),
        "executemany": _out("writes it with executemany", 1, topic="rows"),
    },
    Tag.ORM: {
        "add_all": _out("writes it with add_all", 0, topic="rows"),
        "bulk_insert_mappings": _out("writes it with {name}", 1, topic="rows"),
        "bulk_save_objects": _out("writes it with {name}", 0, topic="rows"),
        "bulk_update_mappings": _out("writes it with {name}", 1, topic="rows"),
    },
    Tag.COLLECTION: {
        "insert_many": _out("writes it with insert_many", 0, "documents", topic="rows"),
        "bulk_write": _out("writes it with bulk_write", 0, topic="rows"),
        "bulk": _out("indexes it in bulk", 0, "body", "operations", topic="rows"),
    },
    Tag.WAREHOUSE: {
        "load_table_from_dataframe": _out("loads it with {name}", 0, "dataframe"),
        "load_table_from_json": _out("loads it with {name}", 0, topic="rows"),
        "load_table_from_file": _out("loads it with {name}", 0, "file_obj", topic="object"),
        "insert_rows_json": _out("writes it with {name}", 1, "json_rows", topic="rows"),
        "insert_rows": _out("writes it with {name}", 1, "rows", topic="rows"),
        "insert_rows_from_dataframe": _out("writes it with {name}", 1, "dataframe"),
    },
    Tag.STORE: {
        name: _out(_UPLOADS, topic="object")
        for name in names(
            "load_file load_string load_bytes load_file_obj upload_file upload_fileobj put_object upload"
            " upload_blob store_file storeFile put putfo storbinary push_from_local fput_object pipe"
            " upload_from_string"
        )
    },
    Tag.OBJECT: {
        name: _out(_UPLOADS, topic="object")
        for name in names(
            "put upload_from_string upload_from_filename upload_from_file upload_file upload_fileobj"
            " upload_blob write_bytes write_text"
        )
    },
    Tag.FILE: {
        "write": _out("writes it to disk", 0, topic="object"),
        "writelines": _out("writes it to disk", 0, topic="object"),
    },
    Tag.PATH: {
        "write_bytes": _out("writes it to disk", 0, topic="object"),
        "write_text": _out("writes it to disk", 0, topic="object"),
    },
    Tag.WRITER: {
        "writerows": _out("writes it with csv", 0, topic="rows"),
        "writerow": _out("writes it with csv", 0, topic="rows"),
    },
    Tag.SHEET: {
        name: _out("writes it to a sheet", topic="rows")
        for name in names(
            "update append_rows insert_rows set_dataframe batch_update update_values append_values"
        )
    },
}

# Where a request carries its body: a large one leaves the worker too.
BODIES: tuple[int | str, ...] = ("json", "data", "content", "files")

# clickhouse_driver's execute() with rows behind the statement
CLICKHOUSE_EXECUTE = _out("writes it with execute", 1, "params", topic="rows")

ANYWHERE: dict[str, Effect] = {
    "executemany": _out("writes it with executemany", 1, topic="rows"),
    "insert_rows": _out("writes it with insert_rows", 1, "rows", topic="rows"),
    "insert_dataframe": _out("writes it with insert_dataframe", 1),
    "insert_many": _out("writes it with insert_many", 0, topic="rows"),
    "bulk_insert_mappings": _out("writes it with {name}", 1, topic="rows"),
    "load_table_from_dataframe": _out("loads it with {name}", 0),
    "load_table_from_json": _out("loads it with {name}", 0, topic="rows"),
    "insert_rows_json": _out("writes it with {name}", 1, topic="rows"),
    "write_pandas": _out("writes it with write_pandas", 1, "df"),
    "load_string": _out(_UPLOADS, 0, topic="object"),
    "load_bytes": _out(_UPLOADS, 0, topic="object"),
    "load_file_obj": _out(_UPLOADS, 0, topic="object"),
    "upload_from_string": _out(_UPLOADS, 0, topic="object"),
    "append_rows": _out("writes it to a sheet", 0, topic="rows"),
    "set_dataframe": _out("writes it to a sheet", 0),
    "upload_fileobj": _out(_UPLOADS, 0, topic="object"),
}

# How a function that cannot be read must start for its data to count as carried out by it.
WRITING_WORDS: tuple[str, ...] = (
    "save", "upload", "load", "insert", "write", "upsert", "store", "export", "persist", "dump",
    "append_to", "put_", "push_", "bulk", "ingest", "publish", "copy_",
)  # fmt: skip
NOT_WRITING: frozenset[str] = frozenset(
    {"load_model", "load_dotenv", "insert", "load", "loads", "store", "dumps"}
)

# The verbs of requests that send something.
SENDING: frozenset[str] = frozenset({"post", "put", "patch", "request"})
