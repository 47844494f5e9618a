"""Which input each comment of a reviewed file hangs on."""

from __future__ import annotations

from collections.abc import Sequence

from zhengti_zip.review.cell_values import PathOf
from zhengti_zip.review.reviewed_text import ReviewedParagraph
from zhengti_zip.submission.paths import NO_PATH, InputPath


class CommentTargets:
    """Collects the targets of comments: the first input a comment touches, else the text beside it.

    Attributes:
        found: by comment id, the path of the input (empty for none) and the text beside it.
    """

    def __init__(self, path_of: PathOf) -> None:
        self._path_of = path_of
        self.found: dict[str, tuple[InputPath, str]] = {}

    def note(
        self,
        paragraphs: Sequence[ReviewedParagraph],
        text: str,
        only: InputPath = NO_PATH,
        is_shared: bool = False,
    ) -> None:
        """Note all comments in some paragraphs.

        Args:
            text: what is printed there.
            only: the only input printed there; empty when there are none or several.
            is_shared: whether several inputs are printed in one paragraph, even if only one still has a control.
        """
        for paragraph in paragraphs:
            paths = {path for path in map(self._path_of, paragraph.runs) if path}
            beside = only or (paths.pop() if len(paths) == 1 and not is_shared else NO_PATH)
            for run in paragraph.runs:
                for comment in run.comments:
                    known, known_text = self.found.get(comment, (NO_PATH, ""))
                    if not known:
                        self.found[comment] = (self._path_of(run) or beside, known_text or text)

    def note_by_place(self, comment: str, path: InputPath, text: str) -> None:
        """Note the input at the place of a comment that no control has told."""
        if not self.found[comment][0]:
            self.found[comment] = (path, text)
