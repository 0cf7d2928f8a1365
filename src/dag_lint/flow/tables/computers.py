"""COMPUTE: what is heavy by itself, wherever its data comes from, and ROWS: one call for each item."""

from __future__ import annotations

from dag_lint.flow.effects import Effect
from dag_lint.flow.facts import Kind
from dag_lint.flow.things import Tag


def _compute(words: str, topic: str, gives: Tag = Tag.UNKNOWN) -> Effect:
    return Effect(gives, Kind.COMPUTE, words, topic)


_ESTIMATOR = Effect(Tag.ESTIMATOR)
_BROWSER = _compute("drives a browser", "browser")
_SPARK = _compute("runs a Spark driver", "spark", Tag.SPARK)
_POOL = _compute("runs a pool of workers", "pool", Tag.POOL)
_IMAGE = _compute("works on images with {name}", "media", Tag.MEDIA)
_AUDIO = _compute("works on audio with {name}", "media", Tag.MEDIA)
_VIDEO = _compute("works on video with {name}", "media", Tag.MEDIA)
_MODEL = _compute("runs a model with {name}", "inference", Tag.ESTIMATOR)
_INDEX = _compute("builds a vector index", "inference")

# Packages whose classes are estimators: what they make has fit() and predict().
ESTIMATOR_PACKAGES: frozenset[str] = frozenset(
    {
        "sklearn", "xgboost", "lightgbm", "catboost", "keras", "statsmodels", "prophet", "fbprophet",
        "pmdarima", "imblearn", "surprise", "implicit", "lightfm", "gensim", "autogluon", "tpot",
        "pycaret", "darts", "hmmlearn", "lifelines", "neuralprophet", "pytorch_lightning", "lightning",
        "sktime", "tslearn", "hdbscan", "umap", "sentence_transformers", "torch", "tensorflow",
    }
)  # fmt: skip
# Parts of those packages that are no estimators.
NOT_ESTIMATORS: tuple[str, ...] = (
    "sklearn.metrics", "sklearn.model_selection.train_test_split", "sklearn.datasets", "sklearn.utils",
    "torch.utils", "torch.cuda", "torch.device", "torch.load", "keras.utils", "keras.preprocessing",
    "tensorflow.config", "lightgbm.Dataset", "xgboost.DMatrix", "sklearn.set_config",
)  # fmt: skip

# Data sets that are shipped with the package.
TOY_DATA: tuple[str, ...] = ("sklearn.datasets.load_", "sklearn.datasets.make_")

FUNCTIONS: dict[str, Effect] = {
    # models that are loaded to predict
    "joblib.load": _ESTIMATOR,
    "sklearn.externals.joblib.load": _ESTIMATOR,
    "pickle.load": _ESTIMATOR,
    "pickle.loads": _ESTIMATOR,
    "cloudpickle.load": _ESTIMATOR,
    "dill.load": _ESTIMATOR,
    "torch.load": _ESTIMATOR,
    "keras.models.load_model": _ESTIMATOR,
    "mlflow.pyfunc.load_model": _ESTIMATOR,
    "mlflow.sklearn.load_model": _ESTIMATOR,
    "mlflow.xgboost.load_model": _ESTIMATOR,
    "mlflow.lightgbm.load_model": _ESTIMATOR,
    "mlflow.tensorflow.load_model": _ESTIMATOR,
    "mlflow.pytorch.load_model": _ESTIMATOR,
    "xgboost.train": _compute("trains a model with xgboost", "training", Tag.ESTIMATOR),
    "lightgbm.train": _compute("trains a model with lightgbm", "training", Tag.ESTIMATOR),
    "xgboost.cv": _compute("trains a model with xgboost", "training"),
    "sklearn.model_selection.cross_val_score": _compute("cross-validates a model", "training"),
    "sklearn.model_selection.cross_validate": _compute("cross-validates a model", "training"),
    "pmdarima.auto_arima": _compute("trains a model with pmdarima", "training", Tag.ESTIMATOR),
    "h2o.init": _compute("runs an H2O server", "training"),
    "optuna.create_study": _ESTIMATOR,
    "ultralytics.YOLO": _ESTIMATOR,
    "spacy.load": _MODEL,
    "whisper.load_model": _compute("transcribes with whisper", "media", Tag.ESTIMATOR),
    "faster_whisper.WhisperModel": _compute("transcribes with whisper", "media", Tag.ESTIMATOR),
    "transformers.pipeline": _MODEL._replace(words="runs a transformers pipeline"),
    "transformers.Trainer": _ESTIMATOR,
    "sentence_transformers.SentenceTransformer": _MODEL._replace(words="computes embeddings"),
    "langchain_huggingface.HuggingFaceEmbeddings": _MODEL._replace(words="computes embeddings"),
    "langchain_community.embeddings.HuggingFaceEmbeddings": _MODEL._replace(words="computes embeddings"),
    "FlagEmbedding.BGEM3FlagModel": _MODEL._replace(words="computes embeddings"),
    "ollama.chat": _MODEL._replace(words="runs a language model with ollama"),
    "ollama.generate": _MODEL._replace(words="runs a language model with ollama"),
    "llama_cpp.Llama": _MODEL._replace(words="runs a language model with llama.cpp"),
    "vllm.LLM": _MODEL._replace(words="runs a language model with vllm"),
    "langchain_community.vectorstores.FAISS.from_documents": _INDEX,
    "langchain_community.vectorstores.FAISS.from_texts": _INDEX,
    "langchain_community.vectorstores.Chroma.from_documents": _INDEX,
    "langchain_chroma.Chroma.from_documents": _INDEX,
    "langchain.vectorstores.FAISS.from_documents": _INDEX,
    "langchain.vectorstores.Chroma.from_documents": _INDEX,
    "llama_index.core.VectorStoreIndex.from_documents": _INDEX,
    "faiss.IndexFlatL2": _INDEX,
    "faiss.IndexFlatIP": _INDEX,
    # images, audio, video, maps
    "cv2.imread": _IMAGE,
    "cv2.VideoCapture": _VIDEO,
    "PIL.Image.open": _IMAGE,
    "imageio.imread": _IMAGE,
    "skimage.io.imread": _IMAGE,
    "pytesseract.image_to_string": _IMAGE,
    "pytesseract.image_to_data": _IMAGE,
    "easyocr.Reader": _IMAGE,
    "pdf2image.convert_from_path": _IMAGE,
    "pdf2image.convert_from_bytes": _IMAGE,
    "moviepy.editor.VideoFileClip": _VIDEO,
    "moviepy.VideoFileClip": _VIDEO,
    "ffmpeg.input": _VIDEO,
    "yt_dlp.YoutubeDL": _VIDEO,
    "pydub.AudioSegment.from_file": _AUDIO,
    "pydub.AudioSegment.from_mp3": _AUDIO,
    "librosa.load": _AUDIO,
    "soundfile.read": _AUDIO,
    "rasterio.open": _compute("works on rasters with {name}", "media", Tag.MEDIA),
    "osgeo.gdal.Open": _compute("works on rasters with {name}", "media", Tag.MEDIA),
    "osgeo.gdal.Warp": _compute("works on rasters with {name}", "media", Tag.MEDIA),
    "osgeo.gdal.Translate": _compute("works on rasters with {name}", "media", Tag.MEDIA),
    # Spark: the driver lives in the worker, whatever runs the executors
    "pyspark.SparkContext": _SPARK,
    "pyspark.context.SparkContext": _SPARK,
    "pyspark.SparkContext.getOrCreate": _SPARK,
    "pyspark.sql.SQLContext": Effect(Tag.SPARK),
    "pyspark.sql.HiveContext": Effect(Tag.SPARK),
    "pyspark.sql.SparkSession": _SPARK,
    "sedona.spark.SedonaContext.create": _SPARK,
    # browsers; webdriver.Remote runs elsewhere
    "selenium.webdriver.Chrome": _BROWSER,
    "selenium.webdriver.Firefox": _BROWSER,
    "selenium.webdriver.Edge": _BROWSER,
    "selenium.webdriver.Safari": _BROWSER,
    "selenium.webdriver.PhantomJS": _BROWSER,
    "selenium.webdriver.chrome.webdriver.WebDriver": _BROWSER,
    "undetected_chromedriver.Chrome": _BROWSER,
    "seleniumwire.webdriver.Chrome": _BROWSER,
    "seleniumbase.Driver": _BROWSER,
    "playwright.sync_api.sync_playwright": _BROWSER,
    "playwright.async_api.async_playwright": _BROWSER,
    "pyppeteer.launch": _BROWSER,
    "splinter.Browser": _BROWSER,
    "DrissionPage.ChromiumPage": _BROWSER,
    "scrapy.crawler.CrawlerProcess": _compute("runs a scrapy crawler", "browser"),
    # pools
    "concurrent.futures.ProcessPoolExecutor": _POOL._replace(words="runs a pool of processes"),
    "concurrent.futures.process.ProcessPoolExecutor": _POOL._replace(words="runs a pool of processes"),
    "concurrent.futures.ThreadPoolExecutor": _POOL._replace(words="runs a pool of threads"),
    "concurrent.futures.thread.ThreadPoolExecutor": _POOL._replace(words="runs a pool of threads"),
    "multiprocessing.Pool": _POOL._replace(words="runs a pool of processes"),
    "multiprocessing.pool.Pool": _POOL._replace(words="runs a pool of processes"),
    "multiprocessing.pool.ThreadPool": _POOL._replace(words="runs a pool of threads"),
    "multiprocessing.dummy.Pool": _POOL._replace(words="runs a pool of threads"),
    "multiprocess.Pool": _POOL._replace(words="runs a pool of processes"),
    "billiard.Pool": _POOL._replace(words="runs a pool of processes"),
    "joblib.Parallel": _POOL._replace(words="runs a pool of processes"),
    "dask.distributed.LocalCluster": _POOL._replace(words="runs a dask cluster"),
    "pandarallel.pandarallel.initialize": _POOL._replace(words="runs a pool of processes"),
}

METHODS: dict[Tag, dict[str, Effect]] = {
    Tag.ESTIMATOR: {
        "fit": _compute("trains {receiver}", "training", Tag.ESTIMATOR),
        "fit_transform": _compute("fits {receiver}", "training", Tag.FRAME),
        "fit_predict": _compute("trains {receiver}", "training", Tag.FRAME),
        "fit_generator": _compute("trains {receiver}", "training", Tag.ESTIMATOR),
        "partial_fit": _compute("trains {receiver}", "training", Tag.ESTIMATOR),
        "train": _compute("trains {receiver}", "training", Tag.ESTIMATOR),
        "train_model": _compute("trains {receiver}", "training", Tag.ESTIMATOR),
        "optimize": _compute("tunes {receiver}", "training"),
        "backward": _compute("trains a network", "training"),
        "predict": _compute("predicts with {receiver}", "inference", Tag.FRAME),
        "predict_proba": _compute("predicts with {receiver}", "inference", Tag.FRAME),
        "forecast": _compute("predicts with {receiver}", "inference", Tag.FRAME),
        "transcribe": _compute("transcribes with {receiver}", "media", Tag.UNKNOWN),
        "encode": _compute("computes embeddings", "inference", Tag.FRAME),
        "step": _compute("trains a network", "training"),
    },
}

# Names that mean training on whatever receiver: nothing else has them.
ANYWHERE: dict[str, Effect] = {
    "backward": _compute("trains a network", "training"),
    "fit_generator": _compute("trains a network", "training"),
    "train_on_batch": _compute("trains a network", "training"),
}

# First words of commands that are heavy in a child process of the worker.
COMMANDS: dict[str, str] = {
    "ffmpeg": "media",
    "ogr2ogr": "media",
    "gdalwarp": "media",
    "gdal_translate": "media",
    "gdal_merge.py": "media",
    "gdaladdo": "media",
    "raster2pgsql": "media",
    "shp2pgsql": "media",
    "osm2pgsql": "media",
    "tippecanoe": "media",
    "whisper": "media",
    "yt-dlp": "media",
    "youtube-dl": "media",
    "tesseract": "media",
    "blender": "media",
    "papermill": "training",
    "scrapy": "browser",
    "pg_dump": "named",
    "pg_restore": "named",
    "mysqldump": "named",
    "mongodump": "named",
    "mongorestore": "named",
    "mongoexport": "named",
}
# Words in the name of a Python script that a child process runs.
SCRIPTS: dict[str, str] = {
    "train": "training",
    "predict": "inference",
    "embed": "inference",
    "scrap": "browser",
    "crawl": "browser",
}
# Functions of these names load a model, or build an index, whatever class they belong to.
ENDINGS: dict[str, Effect] = {
    "from_documents": _INDEX,
    "from_texts": _INDEX,
    "from_pretrained": _MODEL,
}
# Names of libraries that, in the name of a function nobody can read, say what it does.
TELLING_WORDS: frozenset[str] = frozenset({"pandas", "polars", "pyspark", "sklearn", "tensorflow", "torch"})

RUNNERS: frozenset[str] = frozenset(
    {
        "subprocess.run", "subprocess.call", "subprocess.check_call", "subprocess.check_output",
        "subprocess.Popen", "subprocess.getoutput", "os.system", "os.popen",
        "asyncio.create_subprocess_shell", "sh.Command",
    }
)  # fmt: skip

# A chain on these names is a session that is being built; `.remote()` of Spark Connect runs elsewhere.
SPARK_BUILDERS: tuple[str, ...] = (
    "pyspark.sql.SparkSession.builder",
    "pyspark.sql.session.SparkSession.builder",
)
REMOTE_SPARK: frozenset[str] = frozenset({"remote"})

# Methods that send one statement or request; each in a loop over rows is ROWS.
STATEMENTS: dict[Tag, frozenset[str]] = {
    Tag.CURSOR: frozenset({"execute"}),
    Tag.CONNECTION: frozenset({"execute", "run", "query", "command"}),
    Tag.HOOK: frozenset({"run", "execute", "insert"}),
    Tag.ORM: frozenset({"execute"}),
    Tag.DUCK: frozenset({"execute", "sql"}),
    Tag.WAREHOUSE: frozenset({"query", "insert_rows_json"}),
    Tag.COLLECTION: frozenset(
        {
            "insert_one",
            "update_one",
            "replace_one",
            "find_one_and_update",
            "index",
            "update",
            "find_one",
            "delete_one",
        }
    ),
    Tag.SHEET: frozenset({"append_row", "update_cell", "insert_row", "update_acell"}),
}
# How the methods of a client library start that change something: each in a loop over rows is ROWS.
CHANGING: tuple[str, ...] = (
    "create",
    "update",
    "delete",
    "post",
    "send",
    "insert",
    "upsert",
    "add",
    "chat_",
    "patch",
)
# Statements that do work in the database for each item; what a loop of them does is no traffic of rows.
SERVER_WORK: tuple[str, ...] = (
    "alter", "create", "drop", "truncate", "vacuum", "analyze", "refresh", "grant", "revoke", "call",
    "copy", "exec", "set", "use", "begin", "commit", "optimize", "msck", "load", "export", "lock",
    "comment", "reindex", "attach", "detach", "show", "describe", "explain", "repair", "unload",
    "declare",
)  # fmt: skip

# Estimators that only prepare data: fitting them is work on a frame, no training.
PREPARERS: tuple[str, ...] = (
    "sklearn.preprocessing", "sklearn.impute", "sklearn.feature_extraction", "sklearn.compose",
    "sklearn.decomposition", "sklearn.feature_selection",
)  # fmt: skip
