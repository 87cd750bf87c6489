"""How long ``whosays new-case`` takes for a megabyte: in one text, and in many.

    python benchmarks/new_case_speed.py [CHARACTERS]

The words are those of the practice case's texts, most of them drawn anew, so that the statements stay statements and
few passages are shared. Times are of the processor, of one core.
"""

import random
import re
import sys
import tempfile
import time
from pathlib import Path

from whosays.base import paths
from whosays.newcase.pack import new_case


def stories(characters):
    """Texts like those of the practice case, with so many characters in all."""
    draw = random.Random("new case speed")
    models = [
        p.read_text(encoding="utf-8")
        for p in sorted((paths.data() / "ferry" / "texts").glob("*.txt"))
    ]
    words = sorted({word for text in models for word in re.findall(r"[a-z]{4,}", text)})
    words += [word[::-1] for word in words] + [
        a + b for a, b in zip(words, words[7:], strict=False)
    ]
    made = []
    while sum(map(len, made)) < characters:
        model = models[len(made) % len(models)]
        made.append(
            re.sub(
                r"\b(?!said)[a-z]{4,}\b",
                lambda m: draw.choice(words) if draw.random() < 0.92 else m[0],
                model,
            )
        )
    return made


def seconds(texts):
    """How long the first pass over texts takes, and what it made."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / "texts"
        place.mkdir()
        for number, text in enumerate(texts):
            (place / f"text-{number}.txt").write_text(text, encoding="utf-8")
        begin = time.process_time()
        made = new_case(Path(folder) / "case", place)
        return time.process_time() - begin, made.summary()


def main(characters=1_000_000):
    texts = stories(characters)
    for number, given in ((1, ["\n\n".join(texts)]), (len(texts), texts)):
        took, made = seconds(given)
        print(f"{sum(map(len, given)):,} characters in {number} texts: {took:.1f} s. {made}")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
