"""docs/problems.md shows every code with what the program really says."""

from __future__ import annotations

import re

import pytest

from tests.scoring.problem_examples import CODES, ELSEWHERE, PAGE, ROW, problems_of, written
from tests.support import is_chinese
from tests.test_docs import SOURCES, codes_in_the_program

ROWS = {
    match["code"]: match
    for line in PAGE.read_text(encoding="utf-8").split("\n")
    if (match := ROW.match(line))
}
PROGRAM = "".join(file.read_text(encoding="utf-8") for file in SOURCES)


@pytest.mark.parametrize("code", CODES)
def test_an_example_is_what_the_program_says(code: str) -> None:
    problems = [problem for problem in problems_of(code) if problem.code == code]
    assert len({problem.path for problem in problems}) == len(problems), "each input once"
    assert ROWS[code]["rest"] == written(problems[0])
    assert problems[0].severity.value in ROWS[code]["severity"]


@pytest.mark.parametrize("code", CODES)
def test_a_problem_names_its_input_and_a_remedy(code: str) -> None:
    problem = next(problem for problem in problems_of(code) if problem.code == code)
    assert is_chinese(problem.message)
    assert is_chinese(problem.remedy)
    assert problem.path or problem.place or code == "form_guessed", "only this concerns the file as a whole"


@pytest.mark.parametrize("code", CODES)
def test_the_mistake_of_an_example_is_the_only_problem(code: str) -> None:
    assert {problem.code for problem in problems_of(code)} == {code}


@pytest.mark.parametrize("code", sorted(ELSEWHERE))
def test_the_words_of_review_and_batch_are_the_programs(code: str) -> None:
    """What stands in quotes, and numbers, differ from case to case."""
    fixed = re.sub(
        r"“[^”]*”|[^ /]+[.](?:xlsx|docx|json|pdf)|[0-9]+", "\n", ROWS[code]["rest"].replace(" | ", "\n")
    )
    pieces = [
        piece for piece in re.split(r"[\s，。；：、（）]", fixed) if len(piece) >= 4 and is_chinese(piece)
    ]
    assert pieces
    assert [piece for piece in pieces if piece not in PROGRAM] == []


def test_every_code_has_its_row() -> None:
    assert set(ROWS) == set(CODES) | ELSEWHERE
    assert codes_in_the_program() <= set(ROWS)
