extension LambdaComposite {
    /// Functions as expressions of others, with the names of their parameters; layers without weights are functions that return one.
    static let lines = """
        tf.to_float(x): tf.cast(x, 'float32')
        tf.to_int32(x): tf.cast(x, 'int32')
        tf.to_int64(x): tf.cast(x, 'int64')
        tf.nn.silu(features, beta=1.0): features * tf.sigmoid(beta * features)
        tf.nn.batch_normalization(x, mean, variance, offset, scale, variance_epsilon): (x - mean) / tf.sqrt(variance + variance_epsilon) * (1.0 if scale is None else scale) + (0.0 if offset is None else offset)
        K.batch_normalization(x, mean, var, beta, gamma, axis=-1, epsilon=0.001): tf.nn.batch_normalization(x, mean, var, beta, gamma, epsilon)
        K.pool2d(x, pool_size, strides=(1,1), padding='valid', data_format=None, pool_mode='max'): tf.nn.pool(x, pool_size, 'MAX' if pool_mode == 'max' else 'AVG', strides, padding, data_format)
        K.resize_volumes(x, depth_factor, height_factor, width_factor, data_format='channels_last'): K.repeat_elements(K.repeat_elements(K.repeat_elements(x, depth_factor, 1), height_factor, 2), width_factor, 3)
        tf.batch_gather(params, indices): tf.gather(params, indices, batch_dims=len(indices.shape) - 1)
        tf.debugging.check_numerics(tensor, message=''): tensor
        tf.linalg.normalize(tensor, ord='euclidean', axis=None): [tensor / tf.norm(tensor, ord, axis, True), tf.norm(tensor, ord, axis, True)]
        tf.linalg.set_diag(input, diagonal): input * (1.0 - tf.eye(input.shape[-2], input.shape[-1])) + tf.linalg.diag(diagonal)
        tf.linalg.det(input): input[..., 0, 0] if input.shape[-1] == 1 else input[..., 0, 0] * input[..., 1, 1] - input[..., 0, 1] * input[..., 1, 0] if input.shape[-1] == 2 else tf.reduce_sum(input[..., 0, :] * tf.linalg.cross(input[..., 1, :], input[..., 2, :]), -1)
        tf.image.rgb_to_yuv(images): tf.tensordot(images, [[0.299, -0.14714119, 0.61497538], [0.587, -0.28886916, -0.51496512], [0.114, 0.43601035, -0.10001026]], 1)
        tf.image.yuv_to_rgb(images): tf.tensordot(images, [[1.0, 1.0, 1.0], [0.0, -0.394642334, 2.03206185], [1.13988303, -0.58062185, 0.0]], 1)
        tf.image.rgb_to_yiq(images): tf.tensordot(images, [[0.299, 0.59590059, 0.21153661], [0.587, -0.27455667, -0.52273617], [0.114, -0.32134392, 0.31119955]], 1)
        tf.image.adjust_saturation(image, saturation_factor): (lambda y: tf.image.hsv_to_rgb(tf.concat([y[..., :1], tf.clip_by_value(y[..., 1:2] * saturation_factor, 0.0, 1.0), y[..., 2:]], -1)))(tf.image.rgb_to_hsv(image))
        tf.image.adjust_hue(image, delta): (lambda y: tf.image.hsv_to_rgb(tf.concat([tf.math.floormod(y[..., :1] + delta, 1.0), y[..., 1:]], -1)))(tf.image.rgb_to_hsv(image))
        tf.image.total_variation(images): tf.reduce_sum(tf.abs(images[:, 1:] - images[:, :-1]), [1, 2, 3]) + tf.reduce_sum(tf.abs(images[:, :, 1:] - images[:, :, :-1]), [1, 2, 3])
        tf.image.image_gradients(image): [tf.pad(image[:, 1:] - image[:, :-1], [[0, 0], [0, 1], [0, 0], [0, 0]]), tf.pad(image[:, :, 1:] - image[:, :, :-1], [[0, 0], [0, 0], [0, 1], [0, 0]])]
        tf.image.extract_patches(images, sizes, strides, rates, padding): ops.image.extract_patches(images, sizes[1:3], strides[1:3], rates[1], 'same' if padding == 'SAME' else 'valid')
        tf.extract_image_patches(images, ksizes, strides, rates, padding): tf.image.extract_patches(images, ksizes, strides, rates, padding)
        tf.image.extract_image_patches(images, ksizes, strides, rates, padding): tf.image.extract_patches(images, ksizes, strides, rates, padding)
        tf.image.resize_with_pad(image, target_height, target_width, method='bilinear'): (lambda h, w: tf.image.pad_to_bounding_box(tf.image.resize(image, [int(h), int(w)], method), int(max(0.0, (target_height - h) / 2)), int(max(0.0, (target_width - w) / 2)), target_height, target_width))(image.shape[1] / max(image.shape[1] / target_height, image.shape[2] / target_width), image.shape[2] / max(image.shape[1] / target_height, image.shape[2] / target_width))
        tf.signal.mfccs_from_log_mel_spectrograms(log_mel_spectrograms): tf.signal.dct(log_mel_spectrograms) / math.sqrt(2.0 * log_mel_spectrograms.shape[-1])
        tf.signal.hann_window(window_length, periodic=True, dtype='float32'): 0.5 - 0.5 * tf.cos(tf.range(0.0, float(window_length)) * (2 * math.pi / (window_length - (0 if periodic and window_length % 2 == 0 else 1))))
        tf.signal.hamming_window(window_length, periodic=True, dtype='float32'): 0.54 - 0.46 * tf.cos(tf.range(0.0, float(window_length)) * (2 * math.pi / (window_length - (0 if periodic and window_length % 2 == 0 else 1))))
        keras.losses.cosine_similarity(y_true, y_pred, axis=-1): -tf.reduce_sum(tf.nn.l2_normalize(y_true, axis) * tf.nn.l2_normalize(y_pred, axis), axis)
        keras.losses.mse(y_true, y_pred): tf.reduce_mean(tf.square(y_pred - y_true), -1)
        keras.losses.mean_squared_error(y_true, y_pred): tf.reduce_mean(tf.square(y_pred - y_true), -1)
        keras.losses.mae(y_true, y_pred): tf.reduce_mean(tf.abs(y_pred - y_true), -1)
        keras.losses.mean_absolute_error(y_true, y_pred): tf.reduce_mean(tf.abs(y_pred - y_true), -1)
        keras.layers.Flatten(data_format=None): lambda x: K.batch_flatten(x)
        keras.layers.Reshape(target_shape): lambda x: tf.reshape(x, [-1] + list(target_shape))
        keras.layers.Permute(dims): lambda x: tf.transpose(x, [0] + list(dims))
        keras.layers.RepeatVector(n): lambda x: K.repeat(x, n)
        keras.layers.Activation(activation): lambda x: keras.activations.get(activation)(x)
        keras.layers.ReLU(max_value=None, negative_slope=0.0, threshold=0.0): lambda x: K.relu(x, negative_slope, max_value, threshold)
        keras.layers.LeakyReLU(alpha=0.3): lambda x: tf.nn.leaky_relu(x, alpha)
        keras.layers.ELU(alpha=1.0): lambda x: K.elu(x, alpha)
        keras.layers.Softmax(axis=-1): lambda x: tf.nn.softmax(x, axis)
        keras.layers.Dropout(rate, noise_shape=None, seed=None): lambda x: x
        keras.layers.Lambda(function, output_shape=None): function
        keras.layers.Concatenate(axis=-1): lambda x: tf.concat(x, axis)
        keras.layers.concatenate(inputs, axis=-1): tf.concat(inputs, axis)
        keras.layers.Add(): lambda x: tf.add_n(x)
        keras.layers.add(inputs): tf.add_n(inputs)
        keras.layers.Subtract(): lambda x: x[0] - x[1]
        keras.layers.subtract(inputs): inputs[0] - inputs[1]
        keras.layers.Multiply(): lambda x: x[0] * x[1] if len(x) == 2 else x[0] * x[1] * x[2] if len(x) == 3 else x[0] * x[1] * x[2] * x[3]
        keras.layers.multiply(inputs): keras.layers.Multiply()(inputs)
        keras.layers.Average(): lambda x: tf.add_n(x) / len(x)
        keras.layers.average(inputs): tf.add_n(inputs) / len(inputs)
        keras.layers.Dot(axes, normalize=False): lambda x: K.batch_dot(K.l2_normalize(x[0], axes if isinstance(axes, int) else axes[0]), K.l2_normalize(x[1], axes if isinstance(axes, int) else axes[1]), axes) if normalize else K.batch_dot(x[0], x[1], axes)
        keras.layers.GlobalAveragePooling1D(data_format=None): lambda x: tf.reduce_mean(x, 1)
        keras.layers.GlobalMaxPooling1D(data_format=None): lambda x: tf.reduce_max(x, 1)
        keras.layers.GlobalAveragePooling2D(data_format=None, keepdims=False): lambda x: tf.reduce_mean(x, [1, 2], keepdims)
        keras.layers.GlobalMaxPooling2D(data_format=None, keepdims=False): lambda x: tf.reduce_max(x, [1, 2], keepdims)
        keras.layers.MaxPooling2D(pool_size=(2,2), strides=None, padding='valid', data_format=None): lambda x: tf.nn.max_pool2d(x, pool_size, pool_size if strides is None else strides, padding)
        keras.layers.MaxPool2D(pool_size=(2,2), strides=None, padding='valid', data_format=None): lambda x: tf.nn.max_pool2d(x, pool_size, pool_size if strides is None else strides, padding)
        keras.layers.AveragePooling2D(pool_size=(2,2), strides=None, padding='valid', data_format=None): lambda x: tf.nn.avg_pool2d(x, pool_size, pool_size if strides is None else strides, padding)
        keras.layers.UpSampling2D(size=(2,2), data_format=None, interpolation='nearest'): lambda x: K.resize_images(x, size if isinstance(size, int) else size[0], size if isinstance(size, int) else size[1], 'channels_last', interpolation)
        """
}
