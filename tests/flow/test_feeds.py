"""Files with fact-checks are read one by one, each within its limits."""

from pathlib import Path

from sayso.core.settings import Limits
from sayso.flow.feeds import read_feeds

LINE = (
    '{"@type":"ClaimReview","claimReviewed":"The dam broke","author":"Lantern","url":"https://x.example/1"}'
)


def test_a_folder_gives_what_became_of_each_file(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(f"{LINE}\n{LINE.replace('/1', '/2')}\n", encoding="utf-8")
    (tmp_path / "b.json").write_text("{}", encoding="utf-8")
    (tmp_path / "c.pdf").write_bytes(b"%PDF-1.7")
    found = list(read_feeds([tmp_path, tmp_path / "none.json"], Limits()))
    assert [len(one.reviews) for one in found] == [2, 0, 0, 0]
    codes = [[problem.code for problem in one.problems] for one in found]
    assert codes == [[], ["no-reviews"], ["unknown-type"], ["no-such-file"]]
    assert [one.sha256 is None for one in found] == [False, False, False, True]


def test_a_file_above_the_limit_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text(LINE + " " * 1_100_000, encoding="utf-8")
    [found] = read_feeds([tmp_path / "a.json"], Limits(megabytes=1))
    assert found.reviews == ()
    assert [problem.code for problem in found.problems] == ["too-large"]
