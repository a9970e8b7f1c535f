"""Written-down hash constants: what is stored as a hash must not change with a library's version."""

from __future__ import annotations

from hashlib import blake2b

import numpy as np
import numpy.typing as npt

U64 = npt.NDArray[np.uint64]
_MASK = (1 << 64) - 1


def splitmix(seed: int, count: int) -> U64:
    """The first `count` values of the splitmix64 sequence of `seed`."""
    values = []
    for _ in range(count):
        seed = (seed + 0x9E3779B97F4A7C15) & _MASK
        z = seed
        z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & _MASK
        z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & _MASK
        values.append(z ^ (z >> 31))
    return np.array(values, dtype=np.uint64)


def mixed(values: U64) -> U64:
    """The splitmix64 finaliser, element by element (wraps at 64 bits)."""
    z = (values ^ (values >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    done: U64 = z ^ (z >> np.uint64(31))
    return done


def word_hash(word: str) -> int:
    """64 bits of one word."""
    return int.from_bytes(blake2b(word.encode(), digest_size=8).digest(), "little")
