"""Build the table of ordinary words: a capitalised word outside it belongs to a name."""

import argparse
import collections
import gzip
from pathlib import Path

from sayso.language.encoder.words import WORD
from training.data import read_records

# A word is ordinary when it stands in lower case at least twice, and not only as a slip or a homograph
# ("trump card"): one in eleven of its uses that are not forced upper by a sentence start.
LEAST_USES = 2
LEAST_SHARE = 0.09
LONGEST = 23  # letters; what is longer is a slip of the type
SENTENCE = "# text = "  # how a treebank gives the words of a sentence
SENTENCE_ENDS = frozenset(".!?:\u201c\u201d\"'\u2018\n\u2022-*\u2014")


POLNEAR = "attribution/polnear_train.jsonl.gz"
OPEN = (
    "pool/state_releases.jsonl.gz",
    "pool/wikinews.jsonl.gz",
    "contradiction/vitaminc_train.jsonl.gz",
)


def corpus(shared: Path, *, polnear: bool) -> list[str]:
    """Return every training text at hand, for the table needs many words: no dev text, no seeds."""
    texts: list[str] = []
    for path in (POLNEAR, *OPEN) if polnear else OPEN:
        records = read_records(shared / "data" / path)
        texts += [str(record.get("text") or record.get("evidence") or "") for record in records]
    with gzip.open(shared / "data/language/gmb.tsv.gz", "rt", encoding="utf-8") as lines:
        words = [line.split("\t")[0].strip() for line in lines]
    texts.append(" ".join(word or "\n" for word in words))
    for folder in ("ewt", "gum", "uner_ewt", "wikigold"):
        for file in sorted((shared / "data/language" / folder).rglob("*")):
            if not file.is_file() or "dev" in file.name:
                continue
            content = file.read_bytes()
            if file.suffix == ".gz":
                content = gzip.decompress(content)
            lines = content.decode().split("\n")
            texts += [line.removeprefix(SENTENCE) for line in lines if line.startswith(SENTENCE)]
    return texts


def count_cases(texts: list[str]) -> tuple[collections.Counter[str], collections.Counter[str]]:
    """Count each word in lower case, and capitalised inside a sentence where nothing forces the capital."""
    lower: collections.Counter[str] = collections.Counter()
    upper: collections.Counter[str] = collections.Counter()
    for text in texts:
        before = "\n"
        for found in WORD.finditer(text):
            word = found.group()
            if word[0].isalpha():
                if word[0].islower():
                    lower[word.lower()] += 1
                elif before not in SENTENCE_ENDS:
                    upper[word.lower()] += 1
            before = word[0]
    return lower, upper


def ordinary_words(texts: list[str]) -> list[str]:
    """Return the words that stay themselves when capitalised, in alphabetical order."""
    lower, upper = count_cases(texts)
    return sorted(
        word
        for word, uses in lower.items()
        if uses >= LEAST_USES
        and uses / (uses + upper[word]) >= LEAST_SHARE
        and word.isascii()
        and len(word) <= LONGEST
    )


def main() -> None:
    """Write the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--out", type=Path, default=Path("src/sayso/language/model/ordinary.txt"))
    parser.add_argument("--open", action="store_true", help="leave PolNeAR out, whose licence nobody states")
    arguments = parser.parse_args()
    texts = corpus(arguments.shared, polnear=not arguments.open)
    arguments.out.parent.mkdir(parents=True, exist_ok=True)
    arguments.out.write_text("\n".join(ordinary_words(texts)), encoding="utf-8")


if __name__ == "__main__":
    main()
