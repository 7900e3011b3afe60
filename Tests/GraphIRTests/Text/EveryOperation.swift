/// A graph in text form with every operation of the IR.
enum EveryOperation {
    static let text = """
        graph "every operation"
        input x: float32[?,8,8,4]
        input v: float32[1,4,8,8,3] "volume" @port "v in"
        input i: int32[1,5]
        constant w: float32[6,3,3,4] = random(1)
        constant b: float32[6] = [1.0, -0.5, 1e-05, 3.4e+38, inf, 0.1]
        conv = conv2D(x, w, b) {strides: 2x1, padding: same, activation: relu6} @layer "conv"
        constant dw: float32[1,3,3,8] = random(2, 0.5, 2)
        dwise = depthwiseConv2D(x, dw) {dilations: 2x2}
        constant tw: float32[5,2,2,4] = fill(0.25)
        up = transposeConv2D(x, tw) {strides: 2x2, size: 16x16}
        input q: float32[?,?,?,4]
        grown = transposeConv2D(q, tw) {strides: 2x2, size: -1x-1, margin: 0x0}
        constant w3: float32[2,2,2,3,4] = random(3)
        conv3 = conv3D(v, w3) {padding: same, strides: 1x2x1}
        constant tw3: float32[1,2,2,5,3] = random(4)
        up3 = transposeConv3D(v, tw3) {strides: 1x2x2, size: 4x16x16, activation: relu}
        constant fw: float32[7,4] = random(5)
        dense = fullyConnected(x, fw) {activation: reluN1To1}
        product = batchMatMul(x, x) {adjointB: true}
        pooled = pool2D(x) {kind: max, window: 2x2, strides: 2x2}
        constant g: float32[4] = random(6)
        bn = batchNormalization(x, g, g, g, g) {axis: 3, epsilon: 0.001}
        r = relu(x)
        sum = add(x, g) {activation: relu}
        bool = less(x, g)
        leaky = leakyReLU(x) {alpha: 0.3}
        pr = prelu(x, g)
        ge = gelu(x) {approximate: true}
        ge2 = gelu(x)
        soft = softmax(x)
        logsoft = logSoftmax(x)
        l2 = l2Normalization(x)
        lrn = localResponseNormalization(x) {radius: 2, bias: 1.0, alpha: 1e-04, beta: 0.75}
        mean = reduce(x) {kind: mean, axes: [1, 2]}
        total = reduce(x) {kind: sum, axes: [], keepDimensions: true}
        arg = argExtremum(x) {kind: max, axis: 3, outputType: int64}
        top, index = topK(x) {k: 2} : float32[?,8,8,2] "top values" @layer "top", int32[?,8,8,2]
        running = cumulativeSum(x) {axis: 1, exclusive: true, reverse: true}
        flat = reshape(x) {shape: [-1, 256]} @in "model/flatten" @by "some-pass"
        split = reshapeLike(q, x) {target: [[0, 0], [0, 1], [1, 2], [2], [-1]]}
        turned = transpose(x) {permutation: [0, 3, 1, 2]}
        joined = concatenate(x, x) {axis: 3}
        padded = pad(x) {amounts: [[0, 0], [1, 1], [0, 2], [0, 0]], value: -1.5}
        mirrored = mirrorPad(x) {amounts: [[0, 0], [1, 1], [0, 2], [0, 0]], mode: reflect}
        part = slice(x) {begin: [0, 1, 0, 0], sizes: [-1, 2, 8, 4], strides: [1, 2, 1, 1]}
        tail = boundedSlice(q) {begin: [0, 1, -3, 0], end: [2147483647, -1, 2147483647, 2], strides: [1, 1, 2, 1]}
        picked = gather(x, i) {axis: 1, batchDimensions: 0}
        hot = oneHot(i) {depth: 3, on: 1.0, off: 0.0}
        places = positions(q) {axis: 2}
        extents = shapeOf(q)
        ints = cast(x) {to: int32}
        rounded = changeStorage(x) @stored int8(0.1:3)
        chosen = select(bool, x, g)
        larger = resize(x) {kind: bilinear, size: 16x16, coordinates: halfPixel}
        enlarged = resize(q) {kind: nearest, size: [times, 2x3], coordinates: halfPixel}
        tiled = tile(x) {multiples: [1, 2, 1, 1]}
        spread = broadcast(g) {shape: [2, 4]}
        wide = broadcastLike(g, q) {target: [[1, 1], [1, 2], [4]]}
        back = reverse(x) {axes: [1]}
        constant counts: int32[3] = [0, 2, 4]
        input seq: float32[3,4,2]
        partly = reverseSequence(seq, counts) {axis: 1, batchAxis: 0}
        d2s = depthToSpace(x) {blockSize: 2}
        s2d = spaceToDepth(x) {blockSize: 2}
        input s: float32[2,?,3]
        constant lk: float32[20,3] = random(6)
        constant lr: float32[20,5] = random(7)
        constant lb: float32[20] = random(8)
        memory, cell = lstm(s, lk, lr, lb) {activation: relu}
        constant rk: float32[5,3] = random(9)
        constant rr: float32[5,5] = random(10)
        constant rb: float32[5] = random(11)
        plain = simpleRNN(s, rk, rr, rb, cell) {activation: tanh}
        output conv "first"
        output conv "again"
        output x "input too"
        output g "constant too"
        """
}
