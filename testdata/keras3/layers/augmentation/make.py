"""Records the fixtures of the augmentation layers, which do nothing at inference; see record/keras3.py."""

import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../../record"))
from keras3 import L, recorder

case, _ = recorder(__file__)
for name, layer in {
    "aug_mix": lambda: L.AugMix((0, 1)),
    "rand_augment": lambda: L.RandAugment((0, 1)),
    "random_brightness": lambda: L.RandomBrightness(0.3, value_range=(0, 1)),
    "random_color_degeneration": lambda: L.RandomColorDegeneration(0.3),
    "random_color_jitter": lambda: L.RandomColorJitter((0, 1), 0.3),
    "random_contrast": lambda: L.RandomContrast(0.3),
    "random_elastic_transform": lambda: L.RandomElasticTransform(),
    "random_erasing": lambda: L.RandomErasing(),
    "random_flip": lambda: L.RandomFlip(),
    "random_gaussian_blur": lambda: L.RandomGaussianBlur(),
    "random_grayscale": lambda: L.RandomGrayscale(0.5),
    "random_hue": lambda: L.RandomHue(0.3, (0, 1)),
    "random_invert": lambda: L.RandomInvert(0.5, (0, 1)),
    "random_perspective": lambda: L.RandomPerspective(),
    "random_posterization": lambda: L.RandomPosterization(4),
    "random_rotation": lambda: L.RandomRotation(0.2),
    "random_saturation": lambda: L.RandomSaturation(0.3),
    "random_sharpness": lambda: L.RandomSharpness(0.3),
    "random_translation": lambda: L.RandomTranslation(0.2, 0.2),
    "random_zoom": lambda: L.RandomZoom(0.2),
    "mix_up": lambda: L.MixUp(),
    "cut_mix": lambda: L.CutMix(),
    "solarization": lambda: L.Solarization(value_range=(0, 1)),
    "random_crop": lambda: L.RandomCrop(3, 4),
}.items():
    case(name, layer, (6, 5, 3))
case("pipeline", lambda: L.Pipeline([L.Rescaling(0.5, offset=0.1), L.RandomFlip(), L.CenterCrop(3, 4)]), (6, 5, 3))
case("auto_contrast", lambda: L.AutoContrast(value_range=(0, 1)), (6, 5, 3))
case("auto_contrast_255", lambda: L.AutoContrast(), (6, 5, 3), scale=60)
# Keras does not read its own file.
case("random_shear", lambda: L.RandomShear(0.2, 0.2), (6, 5, 3), reload=False)
