"""Records the fixtures of EinsumDense; see record/keras3.py."""

import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../../record"))
from keras3 import L, recorder

case, _ = recorder(__file__)
case("matrix", lambda: L.EinsumDense("ab,bc->ac", output_shape=5, bias_axes="c"), (4,))
case("last_axis", lambda: L.EinsumDense("abc,cd->abd", output_shape=(None, 5), bias_axes="d", activation="relu"), (3, 4), parts=True)
case("two_bias_axes", lambda: L.EinsumDense("abc,cde->abde", output_shape=(None, 2, 3), bias_axes="de"), (3, 4))
case("contracts_two_axes", lambda: L.EinsumDense("abcd,cde->abe", output_shape=(None, 5), bias_axes="e"), (3, 2, 4))
case("ellipsis", lambda: L.EinsumDense("...x,xy->...y", output_shape=5, bias_axes="y"), (3, 2, 4))
case("middle_axis", lambda: L.EinsumDense("abc,bd->adc", output_shape=(5, None), bias_axes="d"), (3, 4))
case("no_bias", lambda: L.EinsumDense("abc,cd->abd", output_shape=(3, 5)), (3, 4))
case("shared_axis", lambda: L.EinsumDense("abc,bcd->abd", output_shape=(3, 5), bias_axes="bd"), (3, 4))
case("permuted_output", lambda: L.EinsumDense("abc,cd->adb", output_shape=(5, 3)), (3, 4))
case("long_output", lambda: L.EinsumDense("abc,cd->abd", output_shape=(3, 5, 9), bias_axes="d"), (3, 4))
case("long_output_ellipsis", lambda: L.EinsumDense("...x,xy->...y", output_shape=(3, 5), bias_axes="y"), (7, 4))
case("free_length", lambda: L.EinsumDense("abc,cd->abd", output_shape=(None, 5), bias_axes="d"), (-6, 4))
