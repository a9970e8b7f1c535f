"""Which texts say the same in almost the same words."""

from __future__ import annotations

import numpy as np
import pytest

from huiyin.triage.rules.near_copies import (
    BANDS,
    BUCKET_LIMIT,
    NEIGHBOURS,
    Pair,
    bigrams,
    find_near_copies,
    jaccard,
    normalised,
    signature,
    signatures,
)
from huiyin.triage.services.text_files import read_sheet
from huiyin.triage.tests.real_data import real_file

LEAK = "青禾小区三栋楼道主水管漏水，地面全是积水，老人出门怕滑倒，请尽快来人处理。"
LEAK_AGAIN = "青禾小区3栋楼道主水管漏水，地面全是积水，老人出门怕滑倒，请尽快派人来处理！"
NOISE = "南桥市场夜里一点还在放音响，孩子第二天要上学，报过警没有用。"


def test_a_text_is_compared_by_its_letters_and_digits_only() -> None:
    assert normalised(" ＡＢＣ，停 水\n了！") == "abc停水了"


def test_the_jaccard_index_counts_character_pairs() -> None:
    assert jaccard(bigrams("停水三天"), bigrams("停水三天了")) == 3 / 4
    assert jaccard(bigrams("停水"), bigrams("停电")) == 0.0
    assert jaccard(bigrams(""), bigrams("")) == 0.0


def test_a_reworded_copy_is_found_and_another_matter_is_not() -> None:
    found = find_near_copies([LEAK, NOISE, LEAK_AGAIN])

    assert [(p.a, p.b) for p in found.pairs] == [(0, 2)]
    assert found.pairs[0].jaccard == jaccard(bigrams(LEAK), bigrams(LEAK_AGAIN))
    assert found.clusters == ((0, 2),)
    assert not found.thinned


def test_the_same_letters_are_one_whatever_the_punctuation() -> None:
    found = find_near_copies(["停水三天了。", NOISE, "停水，三天了！", "停 水 三 天 了"])

    assert found.pairs == (Pair(0, 2, 1.0), Pair(0, 3, 1.0), Pair(2, 3, 1.0))
    assert found.clusters == ((0, 2, 3),)


def test_texts_without_letters_are_nobodys_copy() -> None:
    found = find_near_copies(["", "！！！", "  ", NOISE])

    assert found.pairs == ()
    assert signature("！！！") == []


def test_no_texts_give_no_pairs() -> None:
    assert find_near_copies([]).pairs == ()


def test_a_heap_of_equal_texts_is_one_cluster_with_a_short_list() -> None:
    size = BUCKET_LIMIT + 100

    found = find_near_copies([LEAK] * size)

    assert found.thinned
    assert found.clusters == (tuple(range(size)),)
    assert len(found.pairs) == sum(size - step for step in range(1, NEIGHBOURS + 1))


def test_clusters_may_ask_for_more_likeness_than_the_list() -> None:
    found = find_near_copies([LEAK, LEAK_AGAIN], threshold=0.4, cluster_threshold=1.0)

    assert len(found.pairs) == 1
    assert found.clusters == ()


@pytest.mark.parametrize("threshold", [0.1, 1.1])
def test_a_threshold_that_bands_cannot_keep_is_refused(threshold: float) -> None:
    with pytest.raises(ValueError, match="相似度阈值"):
        find_near_copies([LEAK], threshold=threshold)


def test_a_signature_is_forty_numbers_that_fit_a_database_integer() -> None:
    bands = signature(LEAK)

    assert len(bands) == BANDS == 40
    assert all(-(2**31) <= band < 2**31 for band in bands)
    assert bands == signature(
        "青禾小区三栋楼道主水管漏水;地面全是积水;老人出门怕滑倒;请尽快来人处理"
    )


def test_a_stored_signature_stays_what_it_was() -> None:
    # A change here is a new SIGNATURE_VERSION and a refill of what is stored.
    assert signature("停水三天了")[:4] == [1821606580, -1874818803, 1320180893, -2090955078]


def test_bands_of_copies_overlap_and_those_of_strangers_do_not() -> None:
    assert set(signature(LEAK)) & set(signature(LEAK_AGAIN))
    assert not set(signature(LEAK)) & set(signature(NOISE))


def test_many_signatures_are_those_of_each() -> None:
    assert signatures([LEAK, "", NOISE]) == [signature(LEAK), [], signature(NOISE)]


def test_progress_is_told_stage_by_stage() -> None:
    told: list[tuple[str, int, int]] = []

    find_near_copies([LEAK, NOISE], progress=lambda *step: told.append(step))

    assert told[0] == ("指纹", 2, 2)
    assert told[-1] == ("比对", BANDS, BANDS)


def test_real_messages_true_pairs_are_listed_and_few_false_ones() -> None:
    """Against brute force on sparse matrices: ≥ 95 % found, ≤ 5 % of the listed below 0.4."""
    from scipy.sparse import csr_matrix

    sheet = read_sheet(real_file("messages/messages.xlsx"), ("留言详情",))
    texts = sheet.column("留言详情")
    listed = {(p.a, p.b) for p in find_near_copies(texts).pairs}
    sets = [bigrams(text) for text in texts]
    codes, at = np.unique(np.concatenate(sets), return_inverse=True)
    bounds = np.concatenate([[0], np.cumsum([s.size for s in sets])])
    matrix = csr_matrix((np.ones(at.size, np.int32), at, bounds), (len(texts), codes.size))
    common = (matrix @ matrix.T).tocoo()
    sizes = np.diff(bounds)
    likeness = common.data / (sizes[common.row] + sizes[common.col] - common.data)
    upper = common.row < common.col
    by_force = {
        (int(a), int(b)): float(j)
        for a, b, j in zip(common.row[upper], common.col[upper], likeness[upper], strict=True)
        if j >= 0.4
    }
    true = {pair for pair, j in by_force.items() if j >= 0.6}

    assert len(true) == 192
    assert len(true & listed) / len(true) >= 0.95
    assert sum(pair not in by_force for pair in listed) / len(listed) <= 0.05
