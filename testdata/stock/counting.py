"""Counts the operators of `.tflite` files, as they stand in the file and as a run executes them."""

import collections


class Counting:
    """The operators of one file; `schema` is the generated module of TensorFlow or LiteRT."""

    def __init__(self, content, schema):
        self.builtins = {
            value: name for name, value in vars(schema.BuiltinOperator).items()
            if not name.startswith("_")
        }
        self.model = schema.ModelT.InitFromObj(schema.Model.GetRootAs(content, 0))
        self.codes = [
            max(x.builtinCode, x.deprecatedBuiltinCode) for x in self.model.operatorCodes]

    def name(self, operator):
        return self.builtins[self.codes[operator.opcodeIndex]]

    @property
    def names(self):
        """How often each operator stands in the file."""
        return collections.Counter(
            self.name(operator)
            for subgraph in self.model.subgraphs for operator in subgraph.operators or [])

    def executed(self, index=0):
        """The operators that a run of a subgraph executes.

        A loop executes its body in every round, of which there are as many as the smallest
        constant that its condition compares with; one if there is no constant.
        """
        count = 0
        for operator in self.model.subgraphs[index].operators or []:
            count += 1
            if self.name(operator) == "WHILE":
                options = operator.builtinOptions
                rounds = self.rounds(options.condSubgraphIndex)
                count += rounds * self.executed(options.bodySubgraphIndex)
                count += (rounds + 1) * self.executed(options.condSubgraphIndex)
        return count

    def rounds(self, index):
        subgraph = self.model.subgraphs[index]
        limits = [
            self.integer(subgraph.tensors[operator.inputs[1]])
            for operator in subgraph.operators if self.name(operator) == "LESS"
        ]
        return min((x for x in limits if x is not None), default=1)

    def integer(self, tensor):
        """The value of a constant with one int32 element, or None."""
        data = self.model.buffers[tensor.buffer].data
        if data is None or len(data) != 4:
            return None
        return int.from_bytes(bytes(bytearray(data)), "little", signed=True)
