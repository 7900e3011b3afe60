"""Records recurrent operators in all their forms; see record/litert.py."""

import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../record"))
from litert import In, Var, generator, np, operators, table

case = operators(__file__)
rng = generator("recurrent")
BATCH, STEPS, INPUTS, CELLS = 2, 4, 3, 5
RELU, TANH = 1, 4


def c(*shape, scale=0.5):
    return (scale * rng.normal(0, 1, shape)).astype(np.float32)


def direction(outputs=CELLS, coupled=False, peephole=False, projection=False):
    """The 17 weights of one direction of an LSTM."""
    outputs = outputs if projection else CELLS
    kernels = [None if coupled else c(CELLS, INPUTS)] + [c(CELLS, INPUTS) for _ in range(3)]
    recurrent = [None if coupled else c(CELLS, outputs)] + [c(CELLS, outputs) for _ in range(3)]
    peepholes = [(None if coupled and not i else c(CELLS)) if peephole else None for i in range(3)]
    biases = [None if coupled else c(CELLS)] + [c(CELLS) for _ in range(3)]
    projections = [c(outputs, CELLS), c(outputs)] if projection else [None, None]
    return kernels + recurrent + peepholes + biases + projections


def states(outputs=CELLS, batch=BATCH):
    return [Var((batch, outputs)), Var((batch, CELLS))]


def sequence(**forms):
    normalized, coupled = forms.pop("normalized", False), forms.get("coupled", False)
    outputs = 4 if forms.get("projection") else CELLS
    x = In(rng.normal(0, 1, (BATCH, STEPS, INPUTS)))
    factors = [None if coupled and not i else c(CELLS, scale=1) for i in range(4)] if normalized else []
    return [x] + direction(outputs, **forms) + states(outputs) + factors


for name, forms, clips in [
    ("plain", {}, {}),
    ("clip", {}, {"cellClip": 0.3}),
    ("coupled", {"coupled": True}, {}),
    ("peephole", {"peephole": True}, {}),
    ("projection", {"projection": True}, {"projClip": 0.4}),
    ("normalized", {"normalized": True}, {}),
    ("everything", {"peephole": True, "projection": True, "normalized": True, "coupled": True}, {"cellClip": 0.8}),
]:
    options = table("UnidirectionalSequenceLSTMOptions", fusedActivationFunction=TANH, **clips)
    case(f"sequence_lstm_{name}", "UNIDIRECTIONAL_SEQUENCE_LSTM", sequence(**forms), options=options)
operands = sequence()
operands[0] = In(rng.normal(0, 1, (STEPS, BATCH, INPUTS)))
options = table("UnidirectionalSequenceLSTMOptions", fusedActivationFunction=RELU, timeMajor=True)
case("sequence_lstm_time_major_relu", "UNIDIRECTIONAL_SEQUENCE_LSTM", operands, options=options)
step = [In(rng.normal(0, 1, (BATCH, INPUTS)))]
case("lstm_step", "LSTM", step + direction(peephole=True) + states(), options=table("LSTMOptions", fusedActivationFunction=TANH))
basic = [step[0], In(rng.normal(0, 1, (BATCH, CELLS))), c(4 * CELLS, INPUTS + CELLS), c(4 * CELLS), In(rng.normal(0, 1, (BATCH, CELLS)))]
options = table("LSTMOptions", fusedActivationFunction=TANH, kernelType=1)
case("lstm_basic", "LSTM", basic, ["float32"] * 4, options, version=2)

for name, merged, second, weights in [
    ("merged", True, False, False), ("two_outputs", False, False, False),
    ("stacked", True, True, False), ("auxiliary", False, True, True),
]:
    # LiteRT overwrites rows of the second record of merged results.
    batch = 1 if merged else BATCH
    x = In(rng.normal(0, 1, (batch, STEPS, INPUTS)))
    other = In(rng.normal(0, 1, (batch, STEPS, 2 if weights else INPUTS))) if second else None
    extra = [c(CELLS, 2) for _ in range(8)] if weights else [None] * 8
    options = table("BidirectionalSequenceLSTMOptions", fusedActivationFunction=TANH, mergeOutputs=merged, timeMajor=False)
    case(
        f"bidirectional_lstm_{name}", "BIDIRECTIONAL_SEQUENCE_LSTM",
        [x] + direction() + direction() + states(batch=batch) + states(batch=batch) + [other] + extra,
        ["float32"] * (1 if merged else 2), options)
    if second and not weights:
        continue
    cell = [c(CELLS, INPUTS), c(CELLS, CELLS), c(CELLS), Var((batch, CELLS))]
    last = [c(CELLS, INPUTS), c(CELLS, CELLS), c(CELLS), Var((batch, CELLS))]
    extra = [c(CELLS, 2), c(CELLS, 2)] if weights else [None, None]
    options = table("BidirectionalSequenceRNNOptions", fusedActivationFunction=TANH, mergeOutputs=merged, timeMajor=False)
    case(
        f"bidirectional_rnn_{name}", "BIDIRECTIONAL_SEQUENCE_RNN", [x] + cell + last + [other] + extra,
        ["float32"] * (1 if merged else 2), options)
cell = [c(CELLS, INPUTS), c(CELLS, CELLS), c(CELLS), Var((BATCH, CELLS))]
case("rnn_step", "RNN", step + cell, options=table("RNNOptions", fusedActivationFunction=RELU))
x = In(rng.normal(0, 1, (BATCH, STEPS, INPUTS)))
case("sequence_rnn", "UNIDIRECTIONAL_SEQUENCE_RNN", [x] + cell, options=table("SequenceRNNOptions", fusedActivationFunction=TANH))
for rank in (1, 2):
    weights = [c(6, INPUTS), c(6, 4), c(6 // rank), Var((BATCH, 24))]
    case(f"svdf_rank{rank}", "SVDF", step + weights, options=table("SVDFOptions", rank=rank, fusedActivationFunction=RELU))
