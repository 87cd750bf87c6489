"""Digests of right answers and sealed texts, so that a learner's copy gives no answer away at a
glance.

This keeps spoilers out of sight. It is no security: a closed question with four options
is four guesses, and whoever reads this file can unseal every text.
"""

import base64
import functools
import hashlib

# One check may cost about this many rounds of SHA-256: 20 to 40 ms here, under 100 ms on slow
# laptops.
ROUNDS_A_CHECK = 40_000


def salt_for(set_name: str, question_id: str) -> str:
    """The question's salt: looks random, and is the same on every machine as builds must be."""
    return hashlib.sha256(f"whosays/{set_name}/{question_id}".encode()).hexdigest()[:16]


def rounds_for(forms: int) -> int:
    """Rounds for one digest when a check computes about ``forms`` of them."""
    return max(100, min(10_000, ROUNDS_A_CHECK // max(1, forms)))


@functools.lru_cache(maxsize=8192)
def digest(salt: str, part: str, form: str, rounds: int) -> str:
    """Iterated, salted SHA-256 of the canonical form given for a part: 24 hex digits (96 bits).

    ``hashlib.pbkdf2_hmac`` is missing in Pyodide, so the iteration is spelled out.
    """
    seed = f"{salt}\x1f{part}\x1f{form}".encode("utf-8", "surrogatepass")
    value = hashlib.sha256(seed).digest()
    tail = salt.encode()
    for _ in range(rounds):
        value = hashlib.sha256(value + tail).digest()
    return value.hex()[:24]


def _keystream(salt, length):
    blocks = (hashlib.sha256(f"{salt}/{i}".encode()).digest() for i in range(length // 32 + 1))
    return b"".join(blocks)[:length]


def _crossed(data, salt):
    stream = _keystream(salt, len(data))
    return bytes(a ^ b for a, b in zip(data, stream, strict=True))


def seal(text: str, salt: str) -> str:
    """Obscure a text (a hint, a model answer): XOR with a stream from the salt, in base64."""
    return base64.b64encode(_crossed(text.encode("utf-8"), salt)).decode()


def unseal(sealed: str, salt: str) -> str:
    """The text that :func:`seal` obscured."""
    return _crossed(base64.b64decode(sealed), salt).decode("utf-8")
