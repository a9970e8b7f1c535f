"""Which category a text belongs to, and how sure that is."""

from __future__ import annotations

import io

import numpy as np
import pytest

from huiyin.triage.rules import classifier, model_file, text_features
from huiyin.triage.rules.classifier import Guess, Model, TooFewExamples, train
from huiyin.triage.tests.letters import letters

UNSEEN = {
    "柳荫小区停水停电，供电所和自来水公司都不管": "水电",
    "柳荫小学老师收补课费，孩子入学报名难": "教育",
    "柳荫化工厂偷排污水，臭气污染河里": "环境",
}


@pytest.fixture(scope="module")
def model() -> Model:
    return train(*letters())


def test_unseen_texts_get_their_category(model: Model) -> None:
    assert {text: model.suggest(text).category for text in UNSEEN} == UNSEEN


def test_confidences_are_chances_and_the_best_comes_first(model: Model) -> None:
    guess = model.suggest("柳荫小区停水")

    assert len(guess.categories) == len(guess.confidences) == 3
    assert list(guess.confidences) == sorted(guess.confidences, reverse=True)
    assert sum(guess.confidences) == pytest.approx(1, abs=0.001)


def test_a_text_about_nothing_known_is_uncertain(model: Model) -> None:
    assert model.suggest("zzz").uncertain
    assert model.suggest("").uncertain
    assert Guess(("甲",), (0.59,)).uncertain
    assert not Guess(("甲",), (0.6,)).uncertain


def test_a_guess_names_words_of_the_text_that_spoke_for_it(model: Model) -> None:
    words = model.suggest("柳荫化工厂排放污水").words

    assert words
    assert all(word in "柳荫化工厂排放污水" for word in words)


def test_many_guesses_are_those_of_each_in_order(model: Model) -> None:
    guesses = model.suggest_many(list(UNSEEN))

    assert [g.category for g in guesses] == list(UNSEEN.values())
    assert [g.confidences for g in guesses] == [model.suggest(t).confidences for t in UNSEEN]


def test_two_classes_are_enough() -> None:
    texts, labels = letters()

    two = train(texts[:40], labels[:40])

    assert two.classes == ("教育", "水电")
    assert two.suggest("柳荫小区停水").category == "水电"
    assert len(two.suggest("柳荫小区停水").categories) == 2


def test_classes_of_fewer_than_five_texts_are_left_out_and_named() -> None:
    texts, labels = letters()

    model = train([*texts, "路灯不亮"], [*labels, "市政"])

    assert model.left_out == ("市政",)
    assert model.n == 60


def test_too_few_examples_are_refused_with_the_numbers_needed() -> None:
    texts, labels = letters()

    with pytest.raises(TooFewExamples, match="至少 20 条、两个类别"):
        train(texts[:10], labels[:10])
    with pytest.raises(TooFewExamples):
        train(texts[:20], labels[:20])


def test_as_many_labels_as_texts_are_needed() -> None:
    with pytest.raises(ValueError, match="条数不一致"):
        train(["停水"], [])


def test_a_saved_model_says_the_same(model: Model) -> None:
    again = model_file.from_bytes(model_file.to_bytes(model))

    for text in UNSEEN:
        assert again.suggest(text) == model.suggest(text)
    assert (again.classes, again.n, again.left_out) == (model.classes, 60, ())


def test_a_saved_model_holds_no_words_of_the_letters(model: Model) -> None:
    with np.load(io.BytesIO(model_file.to_bytes(model)), allow_pickle=False) as arrays:
        kinds = {name: arrays[name].dtype.kind for name in arrays.files}
        about = bytes(arrays["about"]).decode()

    assert set(kinds.values()) <= {"u", "f"}
    assert not [word for word in ("停水", "补课", "污水", "柳荫") if word in about]


@pytest.mark.parametrize("data", [b"", b"not a model", b"PK\x03\x04broken"])
def test_what_is_no_model_is_refused(data: bytes) -> None:
    with pytest.raises(model_file.UnreadableModel, match="重新训练"):
        model_file.from_bytes(data)


def test_a_model_of_another_version_is_refused(
    model: Model, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = model_file.to_bytes(model)
    monkeypatch.setattr(model_file, "VERSION", 99)

    with pytest.raises(model_file.UnreadableModel, match="其他版本"):
        model_file.from_bytes(data)


def test_training_twice_gives_the_same_model(model: Model) -> None:
    assert model_file.to_bytes(train(*letters())) == model_file.to_bytes(model)


def test_what_a_model_was_not_trained_on_leaves_no_trace_in_it() -> None:
    texts, labels = letters()
    secret = "玄铁重剑" * 3
    counts = text_features.count_all([*texts, secret, secret])
    inside = np.arange(60)

    model = classifier.train_counted(tuple(block.take(inside) for block in counts), labels)

    known = set(text_features.count_all(["玄铁重剑"])[0].hashes.tolist())
    known -= {h for block in text_features.count_all(texts) for h in block.hashes.tolist()}
    assert known
    assert not [m for m in model.machines if known & set(m.hashes[0].tolist())]


def test_the_same_word_counts_apart_in_head_and_whole() -> None:
    whole, words, head, tail = text_features.count_all(["停水"])

    assert not set(whole.hashes.tolist()) & set(head.hashes.tolist())
    assert not set(head.hashes.tolist()) & set(tail.hashes.tolist())
    assert len(words) == 1
