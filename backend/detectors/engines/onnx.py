"""ONNX models on the CPU, one thread each, with outputs checked before anybody believes them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from detectors.engines.outputs import BrokenOutput
from detectors.engines.runtimes import runtime
from detectors.weights import MissingWeights, Problem

_REFUSALS = ("Fail", "InvalidProtobuf", "InvalidGraph", "InvalidArgument", "NotImplemented", "RuntimeException")
"""What onnxruntime raises for a file that it cannot load: classes of its own, with no common base but ``Exception``."""

FloatArray = npt.NDArray[np.float32]


class OnnxModel:
    """A model with one input. Two workers of one thread beat one worker of two, and a spinning pool burns the other
    worker's core, hence one thread and no spinning.

    Raises ``MissingWeights`` (unreadable) when onnxruntime refuses the file.
    """

    def __init__(self, path: Path) -> None:
        onnxruntime = runtime("onnxruntime")
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        options.add_session_config_entry("session.inter_op.allow_spinning", "0")
        options.log_severity_level = 3
        try:
            self._session: Any = onnxruntime.InferenceSession(
                path.read_bytes(), sess_options=options, providers=["CPUExecutionProvider"]
            )
        except tuple(getattr(onnxruntime.capi.onnxruntime_pybind11_state, name) for name in _REFUSALS) as error:
            raise MissingWeights(path.name, Problem.UNREADABLE) from error
        self._name = path.name
        self._input = self._session.get_inputs()[0].name

    def run(self, batch: FloatArray, *output_shapes: tuple[int, ...]) -> list[FloatArray]:
        """All outputs, in the model's order, for one input batch; ``output_shapes`` are the shapes they must have.

        Raises ``BrokenOutput`` when the number of outputs, a shape or a value is not what the caller relies on.
        """
        outputs = [np.asarray(output) for output in self._session.run(None, {self._input: batch})]
        shapes = tuple(output.shape for output in outputs)
        if shapes != output_shapes:
            raise BrokenOutput(f"{self._name} gave {shapes}, expected {output_shapes}")
        if not all(np.isfinite(output).all() for output in outputs):
            raise BrokenOutput(f"{self._name} gave values that are not numbers")
        return outputs
