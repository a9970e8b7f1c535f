"""A trained model as bytes: numpy arrays and JSON in one zip, versioned; nothing in it is executed.

Holds hashes and weights only, none of the residents' words.
"""

from __future__ import annotations

import io
import json
import zipfile
from typing import Any

import numpy as np

from huiyin.triage.rules.classifier import Machine, Model
from huiyin.triage.rules.text_features import BLOCKS, FEATURES_VERSION

FORMAT = "huiyin-triage-model"
VERSION = 1


class UnreadableModel(ValueError):
    """The bytes are no model, or one of another version."""


def to_bytes(model: Model) -> bytes:
    """The model in the format of VERSION; the same model gives the same suggestions back."""
    about = {
        "format": FORMAT,
        "version": VERSION,
        "features": FEATURES_VERSION,
        "classes": list(model.classes),
        "left_out": list(model.left_out),
        "n": model.n,
        "machines": len(model.machines),
    }
    arrays: dict[str, Any] = {
        "about": np.frombuffer(json.dumps(about, ensure_ascii=False).encode(), dtype=np.uint8),
        "calibration": model.calibration,
        "calibration_intercepts": model.calibration_intercepts,
    }
    for m, machine in enumerate(model.machines):
        arrays[f"{m}.intercepts"] = machine.intercepts
        for b in range(len(BLOCKS)):
            arrays[f"{m}.{b}.hashes"] = machine.hashes[b]
            arrays[f"{m}.{b}.weights"] = machine.weights[b].astype(np.float16)
            arrays[f"{m}.{b}.coefficients"] = machine.coefficients[b].astype(np.float16)
    out = io.BytesIO()
    np.savez_compressed(out, **arrays)
    return out.getvalue()


def from_bytes(data: bytes) -> Model:
    """Read what `to_bytes` wrote. Raises UnreadableModel with a sentence for the screen."""
    try:
        with np.load(io.BytesIO(data), allow_pickle=False) as arrays:
            about = json.loads(bytes(arrays["about"]))
            _check(about)
            machines = tuple(_machine(arrays, m) for m in range(about["machines"]))
            model = Model(
                tuple(about["classes"]),
                machines,
                arrays["calibration"],
                arrays["calibration_intercepts"],
                int(about["n"]),
                tuple(about["left_out"]),
            )
    except UnreadableModel:
        raise
    except (ValueError, KeyError, TypeError, OSError, EOFError, zipfile.BadZipFile) as error:
        raise UnreadableModel("这不是分类模型文件，或文件已损坏，请重新训练。") from error
    classes = len(model.classes)
    if model.calibration.shape != (classes, classes * len(machines)):
        raise UnreadableModel("分类模型文件不完整，请重新训练。")
    return model


def _check(about: dict[str, Any]) -> None:
    if about.get("format") != FORMAT:
        raise UnreadableModel("这不是分类模型文件。")
    if (about.get("version"), about.get("features")) != (VERSION, FEATURES_VERSION):
        raise UnreadableModel("分类模型由其他版本训练，请用本版本重新训练。")


def _machine(arrays: Any, m: int) -> Machine:
    blocks = range(len(BLOCKS))
    hashes = tuple(arrays[f"{m}.{b}.hashes"] for b in blocks)
    weights = tuple(arrays[f"{m}.{b}.weights"].astype(np.float32) for b in blocks)
    planes = tuple(arrays[f"{m}.{b}.coefficients"].astype(np.float32) for b in blocks)
    for known, weight, plane in zip(hashes, weights, planes, strict=True):
        if not known.shape[0] == weight.shape[0] == plane.shape[0]:
            raise UnreadableModel("分类模型文件不完整，请重新训练。")
    return Machine(hashes, weights, planes, arrays[f"{m}.intercepts"])
