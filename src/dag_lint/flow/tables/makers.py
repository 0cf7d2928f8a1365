"""What a constructor makes: the things whose methods the other tables speak of. No evidence by itself."""

from __future__ import annotations

from dag_lint.flow.effects import Effect, names
from dag_lint.flow.things import Tag

_CONNECTION = Effect(Tag.CONNECTION)
_STORE = Effect(Tag.STORE)
_HTTP = Effect(Tag.HTTP)
_ORM = Effect(Tag.ORM)
_ELASTIC = Effect(Tag.COLLECTION, name="index")
_WAREHOUSE = Effect(Tag.WAREHOUSE)
_API = Effect(Tag.MODEL_API)

FUNCTIONS: dict[str, Effect] = {
    # databases
    "psycopg2.connect": _CONNECTION,
    "psycopg.connect": _CONNECTION,
    "psycopg.AsyncConnection.connect": _CONNECTION,
    "asyncpg.connect": _CONNECTION,
    "pg8000.connect": _CONNECTION,
    "pymysql.connect": _CONNECTION,
    "MySQLdb.connect": _CONNECTION,
    "mysql.connector.connect": _CONNECTION,
    "mariadb.connect": _CONNECTION,
    "sqlite3.connect": _CONNECTION,
    "pyodbc.connect": _CONNECTION,
    "pymssql.connect": _CONNECTION,
    "cx_Oracle.connect": _CONNECTION,
    "oracledb.connect": _CONNECTION,
    "jaydebeapi.connect": _CONNECTION,
    "snowflake.connector.connect": _CONNECTION,
    "databricks.sql.connect": _CONNECTION,
    "redshift_connector.connect": _CONNECTION,
    "trino.dbapi.connect": _CONNECTION,
    "prestodb.dbapi.connect": _CONNECTION,
    "pyathena.connect": _CONNECTION,
    "pyhive.hive.connect": _CONNECTION,
    "pyhive.hive.Connection": _CONNECTION,
    "pyhive.presto.connect": _CONNECTION,
    "impala.dbapi.connect": _CONNECTION,
    "vertica_python.connect": _CONNECTION,
    "teradatasql.connect": _CONNECTION,
    "hdbcli.dbapi.connect": _CONNECTION,
    "sqlalchemy.create_engine": _CONNECTION,
    "sqlalchemy.engine.create_engine": _CONNECTION,
    "sqlalchemy.ext.asyncio.create_async_engine": _CONNECTION,
    "sqlmodel.create_engine": _CONNECTION,
    "clickhouse_driver.Client": Effect(Tag.CONNECTION, name="clickhouse"),
    "clickhouse_driver.connect": _CONNECTION,
    "clickhouse_connect.get_client": Effect(Tag.CONNECTION, name="clickhouse"),
    "cassandra.cluster.Cluster": _CONNECTION,
    "neo4j.GraphDatabase.driver": _CONNECTION,
    "duckdb.connect": Effect(Tag.DUCK),
    "sqlalchemy.orm.Session": _ORM,
    "sqlalchemy.orm.sessionmaker": _ORM,
    "sqlalchemy.orm.scoped_session": _ORM,
    "sqlmodel.Session": _ORM,
    "airflow.settings.Session": _ORM,
    "airflow.utils.session.create_session": _ORM,
    "airflow.settings.engine": _CONNECTION,
    # document databases and search
    "pymongo.MongoClient": Effect(Tag.COLLECTION),
    "pymongo.mongo_client.MongoClient": Effect(Tag.COLLECTION),
    "motor.motor_asyncio.AsyncIOMotorClient": Effect(Tag.COLLECTION),
    "elasticsearch.Elasticsearch": _ELASTIC,
    "opensearchpy.OpenSearch": _ELASTIC,
    "google.cloud.firestore.Client": Effect(Tag.COLLECTION),
    # warehouses that answer with jobs
    "google.cloud.bigquery.Client": _WAREHOUSE,
    "pandas_gbq.Context": Effect(Tag.UNKNOWN),
    "boto3.resource": _STORE,
    "boto3.client": _STORE,
    "boto3.session.Session": _STORE,
    "boto3.Session": _STORE,
    "botocore.session.get_session": _STORE,
    "google.cloud.storage.Client": _STORE,
    "google.cloud.storage.Client.from_service_account_json": _STORE,
    "google.cloud.storage.Client.from_service_account_info": _STORE,
    "minio.Minio": _STORE,
    "s3fs.S3FileSystem": _STORE,
    "gcsfs.GCSFileSystem": _STORE,
    "fsspec.filesystem": _STORE,
    "azure.storage.blob.BlobServiceClient": _STORE,
    "azure.storage.blob.BlobServiceClient.from_connection_string": _STORE,
    "azure.storage.blob.BlobClient.from_connection_string": _STORE,
    "azure.storage.blob.ContainerClient.from_connection_string": _STORE,
    "azure.storage.filedatalake.DataLakeServiceClient": _STORE,
    "hdfs.InsecureClient": _STORE,
    "paramiko.SFTPClient.from_transport": _STORE,
    "pysftp.Connection": _STORE,
    "ftplib.FTP": _STORE,
    "ftplib.FTP_TLS": _STORE,
    "airflow.io.path.ObjectStoragePath": Effect(Tag.OBJECT),
    "airflow.sdk.ObjectStoragePath": Effect(Tag.OBJECT),
    "airflow.sdk.io.path.ObjectStoragePath": Effect(Tag.OBJECT),
    "pathlib.Path": Effect(Tag.PATH),
    # HTTP
    "requests.Session": _HTTP,
    "requests.session": _HTTP,
    "requests_html.HTMLSession": _HTTP,
    "httpx.Client": _HTTP,
    "httpx.AsyncClient": _HTTP,
    "aiohttp.ClientSession": _HTTP,
    "urllib3.PoolManager": _HTTP,
    "cloudscraper.create_scraper": _HTTP,
    # client libraries over somebody's API
    **dict.fromkeys(
        names(
            "googleapiclient.discovery.build google.analytics.data_v1beta.BetaAnalyticsDataClient"
            " google.ads.googleads.client.GoogleAdsClient.load_from_storage simple_salesforce.Salesforce"
            " notion_client.Client slack_sdk.WebClient slack_sdk.web.WebClient slack.WebClient tweepy.Client"
            " tweepy.API praw.Reddit hubspot.HubSpot jira.JIRA github.Github gitlab.Gitlab zenpy.Zenpy"
            " binance.client.Client binance.Client spotipy.Spotify shopify.Session zeep.Client"
            " woocommerce.API pyairtable.Api pyairtable.Table facebook_business.api.FacebookAdsApi.init"
        ),
        Effect(Tag.SERVICE),
    ),
    "kafka.KafkaConsumer": Effect(Tag.CONSUMER),
    "confluent_kafka.Consumer": Effect(Tag.CONSUMER),
    # sheets
    "gspread.authorize": Effect(Tag.SHEET),
    "gspread.service_account": Effect(Tag.SHEET),
    "gspread.service_account_from_dict": Effect(Tag.SHEET),
    "gspread.oauth": Effect(Tag.SHEET),
    "pygsheets.authorize": Effect(Tag.SHEET),
    # hosted language models: the work is elsewhere, a call for each item is ROWS
    "openai.OpenAI": _API,
    "openai.AsyncOpenAI": _API,
    "openai.AzureOpenAI": _API,
    "anthropic.Anthropic": _API,
    "google.generativeai.GenerativeModel": _API,
    "google.genai.Client": _API,
    "mistralai.Mistral": _API,
    "cohere.Client": _API,
    "langchain_openai.ChatOpenAI": _API,
    "langchain_openai.OpenAIEmbeddings": _API,
    "langchain.chat_models.ChatOpenAI": _API,
    # buffers and archives
    "io.StringIO": Effect(Tag.BUFFER),
    "io.BytesIO": Effect(Tag.BUFFER),
    "io.TextIOWrapper": Effect(Tag.BUFFER),
    "tempfile.NamedTemporaryFile": Effect(Tag.FILE, name="w"),
    "tempfile.TemporaryFile": Effect(Tag.FILE, name="w"),
    "tempfile.SpooledTemporaryFile": Effect(Tag.FILE, name="w"),
    "collections.defaultdict": Effect(Tag.SMALL),
    "collections.OrderedDict": Effect(Tag.SMALL),
    "collections.deque": Effect(Tag.SMALL),
    "collections.Counter": Effect(Tag.SMALL),
}

HOOKS: dict[str, Effect] = {
    # hooks whose client is no database; every other ...Hook is one
    "S3Hook": _STORE,
    "GCSHook": _STORE,
    "GoogleCloudStorageHook": _STORE,
    "WasbHook": _STORE,
    "AzureBlobStorageHook": _STORE,
    "AzureDataLakeHook": _STORE,
    "AzureDataLakeStorageV2Hook": _STORE,
    "AzureFileShareHook": _STORE,
    "SFTPHook": _STORE,
    "FTPHook": _STORE,
    "FTPSHook": _STORE,
    "SSHHook": Effect(Tag.STORE),
    "SambaHook": _STORE,
    "WebHDFSHook": _STORE,
    "HDFSHook": _STORE,
    "GoogleDriveHook": _STORE,
    "AwsBaseHook": _STORE,
    "AwsHook": _STORE,
    "AwsGenericHook": _STORE,
    "OSSHook": _STORE,
    "HttpHook": _HTTP,
    "MongoHook": Effect(Tag.COLLECTION),
    "ElasticsearchHook": _ELASTIC,
    "ElasticsearchPythonHook": _ELASTIC,
    "GSheetsHook": Effect(Tag.SHEET),
    "DuckDBHook": Effect(Tag.DUCK),
    "SalesforceHook": Effect(Tag.HOOK, name="salesforce"),
}

METHODS: dict[Tag, dict[str, Effect]] = {
    Tag.HOOK: {
        "get_conn": _CONNECTION,
        "get_connection": Effect(Tag.UNKNOWN),
        "get_uri": Effect(Tag.TEXT),
        "get_sqlalchemy_engine": _CONNECTION,
        "get_cursor": Effect(Tag.CURSOR),
        "get_client": _WAREHOUSE,
        "get_session": _ORM,
        "conn": _CONNECTION,
    },
    Tag.CONNECTION: {
        "cursor": Effect(Tag.CURSOR),
        "connect": _CONNECTION,
        "begin": _CONNECTION,
        "raw_connection": _CONNECTION,
        "get_conn": _CONNECTION,
        "execution_options": _CONNECTION,
        "session": _CONNECTION,
        "acquire": _CONNECTION,
    },
    Tag.DUCK: {"cursor": Effect(Tag.DUCK), "get_conn": Effect(Tag.DUCK)},
    Tag.ORM: {
        "query": Effect(Tag.SELECTION),
        "connection": _CONNECTION,
        "begin": _ORM,
        "get_bind": _CONNECTION,
    },
    Tag.STORE: {
        "get_conn": _STORE,
        "get_client_type": _STORE,
        "get_resource_type": _STORE,
        "get_session": _STORE,
        "resource": _STORE,
        "client": _STORE,
        "open_sftp": _STORE,
        "get_key": Effect(Tag.OBJECT),
        "Object": Effect(Tag.OBJECT, what=(1, "key", 0)),
        "Bucket": _STORE,
        "bucket": _STORE,
        "get_bucket": _STORE,
        "blob": Effect(Tag.OBJECT),
        "get_blob": Effect(Tag.OBJECT),
        "get_blob_client": Effect(Tag.OBJECT),
        "get_container_client": _STORE,
        "get_file_system_client": _STORE,
        "get_file_client": Effect(Tag.OBJECT),
    },
    Tag.OBJECT: {"get_blob_client": Effect(Tag.OBJECT)},
    Tag.HTTP: {"get_conn": _HTTP},
    Tag.SHEET: {
        name: Effect(Tag.SHEET)
        for name in names(
            "open open_by_key open_by_url worksheet worksheet_by_title get_worksheet get_worksheet_by_id"
            " sheet1 get_conn add_worksheet spreadsheets values"
        )
    },
    Tag.COLLECTION: {
        name: Effect(Tag.COLLECTION)
        for name in names("get_collection get_database get_conn collection document get_client client")
    },
    Tag.BUFFER: {"getvalue": Effect(Tag.BYTES), "read": Effect(Tag.BYTES), "getbuffer": Effect(Tag.BYTES)},
    Tag.SPARK: {"newSession": Effect(Tag.SPARK), "getOrCreate": Effect(Tag.SPARK)},
}

# The small world of builtins and wrappers that hand their argument on.
PASSING: frozenset[str] = frozenset(
    {
        "list", "tuple", "set", "dict", "iter", "sorted", "reversed", "bytes", "bytearray", "frozenset",
        "next", "repr", "contextlib.closing", "tqdm.tqdm", "tqdm.auto.tqdm",
        "itertools.chain.from_iterable", "itertools.islice", "more_itertools.chunked",
        "itertools.batched", "copy.copy", "copy.deepcopy", "sqlalchemy.text", "sqlalchemy.sql.text",
        "numpy.array", "numpy.asarray", "builtins.list", "contextlib.nullcontext", "codecs.getreader",
        "itertools.groupby", "textwrap.dedent", "os.path.abspath", "os.path.realpath", "os.fspath",
        "io.BufferedReader", "base64.b64decode", "base64.b64encode", "asyncio.run", "asyncio.to_thread",
        "asyncio.create_task", "asyncio.wait_for", "asyncio.as_completed",
    }
)  # fmt: skip

# Their result says nothing of the data any more.
DROPPING: frozenset[str] = frozenset(
    {
        "len", "sum", "min", "max", "any", "all", "bool", "type", "isinstance", "hasattr", "print",
        "hash", "id", "round", "abs",
    }
)  # fmt: skip
