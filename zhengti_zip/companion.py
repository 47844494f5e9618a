"""A second process that gets ready to draw a PDF while this one finds out what is to be drawn.

    with companion() as draw:              # a child imports WeasyPrint and draws a page for practice …
        source = read(file)                # … meanwhile
        build(source, folder, stem, draw=draw)

Half of the time from an empty process to a PDF goes into imports and into what is used for the first time;
none of it depends on the form. The child is guarded like one of a batch: whatever becomes of it, and where
there is none, the PDF is drawn in this process, with the same bytes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any

from zhengti_zip.batch.guard import Guard
from zhengti_zip.batch.worker import Call, Failure, read_frame, write_frame
from zhengti_zip.processors import cores

if TYPE_CHECKING:  # whatever is imported above keeps the child from starting
    from zhengti_zip.drawing import Draw
    from zhengti_zip.originals import Attachment
    from zhengti_zip.table import FormTable


@contextmanager
def companion(wanted: bool = True) -> Iterator[Draw]:
    """Where to draw a PDF; when the block ends, by whatever way, no process is left.

    Args:
        wanted: whether there will be a PDF at all.
    """
    if not (wanted and cores() > 1):
        from zhengti_zip.drawing import draw_here

        yield draw_here
        return
    child = Companion()
    try:
        child.get_ready()
        yield child.draw
    finally:
        child.close()


class Companion(Guard):
    """A child that gets ready unasked, draws one PDF and is not replaced when it is lost."""

    def __init__(self) -> None:
        super().__init__()
        self._folder = ""

    def get_ready(self) -> None:
        """Start the child and let it practise; nobody waits for that."""
        try:
            self._is_ready()
            # The child's interpreter starts while these are imported.
            import tempfile

            from zhengti_zip.drawing import practise

            self._folder = tempfile.mkdtemp(prefix="zhengti-")
        except (OSError, ValueError):  # too many processes, no interpreter to be found, no temporary files
            self.stop()
        else:
            self._ask(practise, self._folder)

    def draw(self, table: FormTable, draft: bool, attachments: Sequence[Attachment]) -> Callable[[], bytes]:
        """Let the child begin; what it fails to do is done here by whoever waits for it."""
        from zhengti_zip.drawing import draw_here, drawn
        from zhengti_zip.errors import ZhengtiError

        self._ask(drawn, (table, draft, attachments))

        def wait() -> bytes:
            self._answer()  # that it has practised
            answer = self._answer()
            self.hang_up()
            if isinstance(answer, ZhengtiError):
                raise answer
            return answer if isinstance(answer, bytes) else draw_here(table, draft, attachments)()

        return wait

    def close(self) -> None:
        """End the child, busy or not, and remove what it left behind."""
        self.stop()
        if self._folder:
            import shutil

            shutil.rmtree(self._folder, ignore_errors=True)

    def _ask(self, function: Callable[[Any], Any], argument: Any) -> None:
        """Ask the child, if there is one, for something; that it is lost shows when it should answer."""
        if self._child is not None and self._child.stdin is not None:
            with suppress(OSError):
                write_frame(self._child.stdin, Call(function, argument, 0))

    def _answer(self) -> Any:
        """What the child says to the next thing it was asked for, or a :class:`Failure`."""
        if self._child is not None and self._child.stdout is not None:
            with suppress(EOFError, OSError):
                return read_frame(self._child.stdout)
        self.stop()
        return Failure("worker_killed")
