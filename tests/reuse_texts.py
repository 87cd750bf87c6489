"""Invented texts for the tests of the copy detector: whole, copied, edited, with every answer known."""

import random

VOWELS, CONSONANTS = "aeiou", "bdfgklmnprstvz"


def vocabulary(n=900, seed=1):
    """Invented words, none like another in more than a letter by chance."""
    rng = random.Random(seed)
    return sorted(
        {
            "".join(rng.choice(CONSONANTS) + rng.choice(VOWELS) for _ in range(rng.randint(1, 4)))
            for _ in range(n)
        }
    )


def story(rng, words, n=120):
    """A story of n words in sentences."""
    out = [rng.choice(words) for _ in range(n)]
    for i in range(0, n, 12):
        out[i] = out[i].capitalize()
        if i:
            out[i - 1] += "."
    return " ".join(out) + "."


def edited(text, rng, words, share):
    """A copy with about this share of its words replaced, dropped or added to."""
    out = []
    for word in text.split():
        if rng.random() >= share:
            out.append(word)
        elif rng.random() < 0.6:
            out.append(rng.choice(words))
        elif rng.random() < 0.5:
            out.extend((word, rng.choice(words)))
    return " ".join(out)


def newsroom(stories=30, seed=7):
    """A corpus and its truth.

    Returns
    -------
    documents : dict of str to str
    copies : set of (str, str)
        Ids of every two documents that share a passage, sorted.
    """
    rng, words = random.Random(seed), vocabulary()
    documents, copies = {}, set()
    for n in range(stories):
        whole = story(rng, words)
        documents[f"s{n:02d}"] = whole
        if n % 3 == 0:
            documents[f"s{n:02d}-rerun"] = "By our reporter. " + edited(whole, rng, words, 0.05)
            copies.add((f"s{n:02d}", f"s{n:02d}-rerun"))
        if n % 3 == 1:
            part = " ".join(whole.split()[30:80])
            documents[f"s{n:02d}-roundup"] = (
                f"{story(rng, words, 60)} {part} {story(rng, words, 40)}"
            )
            copies.add((f"s{n:02d}", f"s{n:02d}-roundup"))
    return documents, copies
