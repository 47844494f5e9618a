"""``python -m zhengti_zip``: the same as the command ``zhengti-zip``."""

from __future__ import annotations

from zhengti_zip.cli import main

if __name__ == "__main__":
    main()
