"""Records the instance normalization of keras-contrib; see record/keras2.py.

Needs `pip install tensorflow-cpu==2.11.1 h5py "numpy<1.24"` and the folder `keras_contrib` of the repository
keras-team/keras-contrib in PYTHONPATH, which is in no package registry.
"""

import importlib.util
import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../record"))
from keras2 import keras, recorder

# The package itself imports what later versions of Keras do not have.
folder = next(p for p in os.environ["PYTHONPATH"].split(os.pathsep) if os.path.isdir(p + "/keras_contrib"))
spec = importlib.util.spec_from_file_location(
    "instancenormalization", folder + "/keras_contrib/layers/normalization/instancenormalization.py")
module = importlib.util.module_from_spec(spec)
spec.loader.exec_module(module)
Normalization = module.InstanceNormalization
keras.utils.get_custom_objects()["InstanceNormalization"] = Normalization

_, graph = recorder(__file__)
graph("sample", lambda x: Normalization()(x), (5, 6, 4))
graph("channels", lambda x: Normalization(axis=-1, epsilon=0.2)(x), (5, 6, 4), whole=True)
graph("channels_first", lambda x: Normalization(axis=1, center=False)(x), (4, 5, 6))
graph("sequence", lambda x: Normalization(axis=2, scale=False)(x), (7, 4))
