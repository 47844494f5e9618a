"""Hands a workbook in over the JSON API, waits until it is examined and printed, and saves the PDF. Standard library only.

    python scripts/example_client.py http://127.0.0.1:8000 表.xlsx 表.pdf
    python scripts/example_client.py 填报链接 表.xlsx 表.pdf 校验码

The first is for a desk. The second is for a department of an office: its link, and its one-time code. The version is
uploaded, not handed in; hand it in on the page, or by POST /api/v1/my/hand-in (docs/web-api.md).
"""

from __future__ import annotations

import json
import secrets
import sys
import time
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

SECONDS = 300
"""How long the work on one file may take, with all others that wait."""


class Client:
    """Calls of one server, with the token of a session.

    Args:
        server: its address, e.g. ``http://127.0.0.1:8000``.
        link, code: of a department; "" at a desk.
    """

    def __init__(self, server: str, link: str = "", code: str = "") -> None:
        self._server, self._headers = server, {}
        token = self.call("POST", "session", {"link": link, "code": code})["token"]
        self._headers = {"Authorization": f"Bearer {token}"}

    def call(self, method: str, path: str, data: dict[str, Any] | None = None) -> Any:
        """The answer to a call with JSON."""
        body = None if data is None else json.dumps(data).encode()
        return json.loads(self._sent(method, path, body, "application/json"))

    def upload(self, path: str, file: Path) -> Any:
        """The answer to a form with one file."""
        boundary = secrets.token_hex(16)
        head = f'--{boundary}\r\nContent-Disposition: form-data; name="file"; filename="{file.name}"\r\n\r\n'
        body = head.encode() + file.read_bytes() + f"\r\n--{boundary}--\r\n".encode()
        return json.loads(self._sent("POST", path, body, f"multipart/form-data; boundary={boundary}"))

    def fetch(self, path: str) -> bytes:
        """The bytes of a file."""
        return self._sent("GET", path, None, "")

    def wait(self, job: str) -> None:
        """Wait until a job has ended."""
        end = time.monotonic() + SECONDS
        while (state := self.call("GET", f"jobs/{job}"))["state"] not in ("done", "failed"):
            if time.monotonic() > end:
                raise SystemExit(f"{SECONDS} 秒内没有处理完，请稍后再试")
            time.sleep(0.5)
        if state["state"] == "failed":
            raise SystemExit(f"{state['message']}\n{state['remedy']}")

    def _sent(self, method: str, path: str, body: bytes | None, kind: str) -> bytes:
        headers = {**self._headers, "Content-Type": kind} if body is not None else self._headers
        try:
            with urlopen(Request(f"{self._server}/api/v1/{path}", body, headers, method=method)) as answer:
                content: bytes = answer.read()
                return content
        except HTTPError as error:  # the answer says what is wrong and what to do
            told = json.loads(error.read())
            raise SystemExit(f"{told['message']}\n{told['remedy']}") from error


def main(address: str, workbook: Path, pdf: Path, code: str = "") -> None:
    """Upload, wait, tell what was found, save the PDF."""
    parts = urlsplit(address)
    client = Client(f"{parts.scheme}://{parts.netloc}", address if code else "", code)
    made = client.upload("my/versions" if code else "files", workbook)
    identity = made["file_id"] if code else made["id"]
    client.wait(client.call("GET", f"files/{identity}")["job_id"])
    found = client.call("GET", f"files/{identity}")["examination"]
    if found["unreadable"]:
        raise SystemExit(f"{found['unreadable']['message']}\n{found['unreadable']['remedy']}")
    print(
        f"总分 {found['total'] or '算不出'}，等级 {found['grade'] or '无'}，错误 {found['counts']['error']} 处"
    )
    for problem in found["problems"]:
        print(f"{problem['sheet'] or ''} {problem['cell'] or ''}：{problem['message']}；{problem['remedy']}")
    pdf.write_bytes(client.fetch(f"files/{identity}/artifacts/pdf"))


if __name__ == "__main__":
    if not 4 <= len(sys.argv) <= 5:
        raise SystemExit(__doc__)
    main(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]), *sys.argv[4:])
