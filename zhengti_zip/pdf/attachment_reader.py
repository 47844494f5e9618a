"""Takes the files out of a PDF. A program of its own, run by :mod:`zhengti_zip.pdf.extract` with limits.

A PDF of 50 KB can ask for gigabytes, in many ways that no library counts; so the system counts. It reads the PDF
from stdin and writes one line of JSON and then the contents to stdout. It imports nothing of this package.

Arguments: processor seconds, megabytes of memory, most files, most bytes of all files together.
"""

from __future__ import annotations

import json
import sys
from io import BytesIO


def set_limits(seconds: int, megabytes: int) -> None:
    """Have the system end this process when it takes more. Windows has no such limits; the caller waits so long only."""
    try:
        import resource
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        resource.setrlimit(resource.RLIMIT_AS, (megabytes << 20, megabytes << 20))


def attached(content: bytes, most_files: int, most_bytes: int) -> tuple[str, list[tuple[str, bytes]]]:
    """What is wrong with a PDF, or "", and the names and contents of its attachments."""
    import pikepdf

    found: list[tuple[str, bytes]] = []
    total = 0
    try:
        with pikepdf.open(BytesIO(content), suppress_warnings=True) as pdf:
            if pdf.is_encrypted:
                return "encrypted", []
            for number, (name, spec) in enumerate(pdf.attachments.items()):
                if number >= most_files:
                    return "many", []
                data = spec.get_file().read_bytes()
                total += len(data)
                if total > most_bytes:
                    return "large", []
                found.append((spec.filename or name, data))
    except pikepdf.PasswordError:
        return "encrypted", []
    except MemoryError:
        return "costly", []
    except Exception:  # a damaged PDF fails in countless ways
        return "damaged", []
    return "", found


def main() -> None:
    """Read, take out, write."""
    seconds, megabytes, most_files, most_bytes = map(int, sys.argv[1:])
    set_limits(seconds, megabytes)
    problem, files = attached(sys.stdin.buffer.read(), most_files, most_bytes)
    head = {"problem": problem, "files": [[name, len(data)] for name, data in files]}
    sys.stdout.buffer.write(json.dumps(head).encode("ascii") + b"\n")
    for _, data in files:
        sys.stdout.buffer.write(data)


if __name__ == "__main__":
    main()
