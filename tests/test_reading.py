import os

import pytest

from dag_lint.reading import NotReadableError, decode_python, parse_toml, read_bytes


def test_a_regular_file_is_read(tmp_path):
    (tmp_path / "a").write_bytes(b"x" * 10)
    assert read_bytes(tmp_path / "a", limit=10) == b"x" * 10


def test_a_larger_file_is_refused(tmp_path):
    (tmp_path / "a").write_bytes(b"x" * 11)
    with pytest.raises(NotReadableError, match="larger than 10 bytes"):
        read_bytes(tmp_path / "a", limit=10)


@pytest.mark.parametrize("name", ["missing", "nul\0"])
def test_what_is_not_there_is_refused(tmp_path, name):
    with pytest.raises(NotReadableError):
        read_bytes(f"{tmp_path}/{name}")


def test_a_folder_is_refused(tmp_path):
    with pytest.raises(NotReadableError):
        read_bytes(tmp_path)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs FIFOs")
def test_a_fifo_that_nobody_writes_to_is_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "a")
    with pytest.raises(NotReadableError, match="not a regular file"):
        read_bytes(tmp_path / "a")


@pytest.mark.parametrize(
    ("content", "text"),
    [
        (b"a\r\nb\rc\n", "a\nb\nc\n"),
        (b"\xef\xbb\xbfa = 1\n", "a = 1\n"),
        ("# coding: euc-kr\nx = '매일'\n".encode("euc-kr"), "# coding: euc-kr\nx = '매일'\n"),
        ("x = '매일'\n".encode(), "x = '매일'\n"),
        (b"x = '\xff'\n", "x = 'ÿ'\n"),
        (b"# coding: nonsense\n\xff", "# coding: nonsense\nÿ"),
        (b"# coding: rot13\nx\n", "# coding: rot13\nx\n"),
        (b"\xef\xbb\xbf# coding: latin-1\nx\n", "# coding: latin-1\nx\n"),
        (b"", ""),
    ],
    ids=["newlines", "bom", "cookie", "utf-8", "latin-1", "unknown", "no text", "contradiction", "empty"],
)
def test_python_is_decoded_as_flake8_decodes_it(content, text):
    assert decode_python(content) == text


@pytest.mark.parametrize("content", [b"a = ", b"\xff", b"a = " + b"[" * 5000])
def test_toml_that_is_none_is_refused(content):
    with pytest.raises(NotReadableError):
        parse_toml(content)


def test_toml_may_begin_with_a_bom():
    assert parse_toml(b"\xef\xbb\xbfa = 1") == {"a": 1}
