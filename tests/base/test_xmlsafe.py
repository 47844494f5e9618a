"""XML of other people's files: what is harmless is read whatever its encoding, the rest is refused in words."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from xml.etree import ElementTree

import pytest

from tests.support import is_chinese
from zhengti_zip.base import xmlsafe
from zhengti_zip.base.errors import InputError
from zhengti_zip.base.xmlsafe import SafeXml

FILE = Path("部门.xlsx")
HEAD = '<?xml version="1.0" encoding="{}" standalone="yes"?>'


def whole(content: bytes) -> str | None:
    return SafeXml(FILE).parse(content).text


def vetted(content: bytes) -> str | None:
    """As any other parser sees a part that was let through, e.g. openpyxl's."""
    try:
        return ElementTree.fromstring(SafeXml(FILE).vetted(content)).text
    except ElementTree.ParseError as error:
        raise InputError(f"{FILE}", "已损坏") from error


both_ways = pytest.mark.parametrize("way", [whole, vetted])
Way = Callable[[bytes], str | None]


@both_ways
@pytest.mark.parametrize(
    "content",
    [
        "<a>甲</a>".encode(),
        (HEAD.format("UTF-8") + "<a>甲</a>").encode(),
        (HEAD.format("UTF-8") + "<a>甲</a>").encode("utf-8-sig"),
        (HEAD.format("UTF-16") + "<a>甲</a>").encode("utf-16"),
        (HEAD.format("UTF-16") + "<a>甲</a>").encode("utf-16-le"),
        (HEAD.format("UTF-16") + "<a>甲</a>").encode("utf-16-be"),
        b'<a xmlns="urn:x">&#x7532;</a>',
        "<a><![CDATA[甲]]></a>".encode(),
    ],
)
def test_harmless_xml_is_read(way: Way, content: bytes) -> None:
    assert way(content) == "甲"


@both_ways
@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<a>",
        b"<a/><a/>",
        b"\0",
        b"<a>\0</a>",
        b"<a>&#0;</a>",
        b"<a>&#xD800;</a>",
        b"<a>&unknown;</a>",
        (HEAD.format("GBK") + "<a>甲</a>").encode("gbk"),
        (HEAD.format("UTF-32") + "<a>甲</a>").encode("utf-32"),
        b"\xff\xfe<\0a",
    ],
)
def test_damaged_xml_is_refused_in_words(way: Way, content: bytes) -> None:
    with pytest.raises(InputError) as caught:
        way(content)
    assert str(FILE) in caught.value.message
    assert is_chinese(caught.value.remedy)


def test_elements_nested_too_deep_are_damage() -> None:
    with pytest.raises(InputError, match="已损坏"):
        whole(b"<a>" * 300 + b"</a>" * 300)


DOCUMENT_TYPES = [
    '<!DOCTYPE a [<!ENTITY e "甲">]><a>&e;</a>',
    '<!DOCTYPE a [<!ENTITY e SYSTEM "file:///etc/hostname">]><a>&e;</a>',
    '<!DOCTYPE a [<!ENTITY % e SYSTEM "http://localhost:9/x"> %e;]><a/>',
    '<!DOCTYPE a SYSTEM "x.dtd"><a/>',
    "<!-- x --><?y z?>\n<!DOCTYPE a><a/>",
    f'<!DOCTYPE a [<!ENTITY b "{"b" * 1000}">]><a>{"&b;" * 1000}</a>',
]


@both_ways
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("text", DOCUMENT_TYPES)
def test_document_types_are_refused_in_every_encoding(way: Way, encoding: str, text: str) -> None:
    name = "UTF-16" if "16" in encoding else "UTF-8"
    with pytest.raises(InputError, match="DTD"):
        way((HEAD.format(name) + text).encode(encoding))


@both_ways
def test_an_encoding_that_hides_the_document_type_is_not_believed(way: Way) -> None:
    hidden = HEAD.format("UTF-7").encode() + '<!DOCTYPE a [<!ENTITY e "x">]><a>&e;</a>'.encode("utf-7")
    with pytest.raises(InputError):
        way(hidden)


@pytest.fixture
def asked() -> Iterator[tuple[int, list[str]]]:
    """A server of this machine that remembers what it was asked for."""
    paths: list[str] = []

    class Remember(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            paths.append(self.path)
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Nothing on stderr."""

    server = HTTPServer(("127.0.0.1", 0), Remember)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield server.server_port, paths
    server.shutdown()
    thread.join()
    server.server_close()


@both_ways
def test_nothing_is_fetched(way: Way, asked: tuple[int, list[str]]) -> None:
    port, paths = asked
    place = f"http://127.0.0.1:{port}/x"
    included = f'<a xmlns:i="http://www.w3.org/2001/XInclude">甲<i:include href="{place}"/></a>'
    assert way(included.encode()) == "甲"
    assert way(f'<?xml-stylesheet href="{place}"?><a>甲</a>'.encode()) == "甲"
    with pytest.raises(InputError):
        way(f'<!DOCTYPE a SYSTEM "{place}"><a/>'.encode())
    assert not paths


def test_all_parts_of_a_file_share_one_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xmlsafe, "MAX_MARKUP", 10)
    reader = SafeXml(FILE)
    reader.parse(b'<a b=""><c/></a>')  # three tags, one attribute counted twice
    reader.parse(b'<a b=""><c/></a>')
    with pytest.raises(InputError, match="过多"):
        reader.parse(b"<a/>")
    SafeXml(FILE).parse(b"<a/>")


def test_a_part_of_the_largest_size(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xmlsafe, "MAX_XML_BYTES", 100)
    SafeXml(FILE).parse(b"<a/>" + b" " * 96)
    with pytest.raises(InputError, match="过多"):
        SafeXml(FILE).parse(b"<a/>" + b" " * 97)
