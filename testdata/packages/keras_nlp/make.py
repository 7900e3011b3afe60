"""Records layers of keras-nlp, as keras-hub was called, with Keras 2; see record/keras2.py.

Needs `pip install tensorflow-cpu==2.13.1 keras-nlp==0.6.1 h5py "numpy<1.25"`.
"""

import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../record"))
from keras2 import L, recorder
import keras_nlp

H = keras_nlp.layers
_, graph = recorder(__file__)
words = dict(dtype="int32", below=11, parts=False)
graph("token_and_position", lambda x: H.TokenAndPositionEmbedding(11, 9, 6)(x), (7,), **words)
graph("sine", lambda x: x + H.SinePositionEncoding()(x), (7, 6))
graph("fnet", lambda x: H.FNetEncoder(8)(x), (7, 6), parts=False)
graph("encoder", lambda x: H.TransformerEncoder(8, 2, activation="gelu")(x), (7, 6), parts=False)
graph("decoder", lambda x: H.TransformerDecoder(8, 2)(x), (7, 6), parts=False)
graph("decoder_cross", lambda x, y: H.TransformerDecoder(8, 2, normalize_first=True)(x, y), (7, 6), (5, 6), parts=False)
