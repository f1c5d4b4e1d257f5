#!/usr/bin/env python3
"""Steps of training in PyTorch: reads an experiment as JSON from standard input, prints what was measured as JSON.

scripts/compare-pytorch.py starts it, each round in a process of its own with the environment in which PyTorch is fastest. Needs Python
3.8 and torch 1.13 or later.
"""
import json
import math
import sys
import time


SLOW_PRODUCTS = 3  # exit code


def fail(message, code=1):
    print(f"pytorch_peer: error: {message}", file=sys.stderr)
    sys.exit(code)


try:
    import torch
    import torch.nn.functional as F
except ImportError:
    fail("this Python has no torch. Install it (Debian: python3-torch; else: pip install torch) and call the script with that Python.")


# ---------------------------------------------------------------------------------------------------------------- learners


class LinearWithFeedback(torch.autograd.Function):
    """A dense layer whose error travels down through other weights."""

    @staticmethod
    def forward(ctx, x, weight, bias, feedback):
        ctx.save_for_backward(x, feedback)
        return F.linear(x, weight, bias)

    @staticmethod
    def backward(ctx, error):
        x, feedback = ctx.saved_tensors
        down = error @ feedback if ctx.needs_input_grad[0] else None
        return down, error.t() @ x, error.sum(0) if ctx.needs_input_grad[2] else None, None


class ConvWithFeedback(torch.autograd.Function):
    """A convolution whose error travels down through other kernels."""

    @staticmethod
    def forward(ctx, x, weight, bias, feedback, stride, padding):
        ctx.save_for_backward(x, weight, feedback)
        ctx.stride, ctx.padding = stride, padding
        return F.conv2d(x, weight, bias, stride, padding)

    @staticmethod
    def backward(ctx, error):
        x, weight, feedback = ctx.saved_tensors
        mask = (ctx.needs_input_grad[0], True, ctx.needs_input_grad[2])
        # One call gives both: the gradient of the kernels does not depend on the kernels that are passed.
        down, gradient, bias = torch.ops.aten.convolution_backward(
            error, x, feedback, [weight.shape[0]], [ctx.stride] * 2, [ctx.padding] * 2, [1, 1], False, [0, 0], 1, mask)
        return down, gradient, bias, None, None, None


class Feedback:
    """What stands in for weights: nothing (backprop), fixed random weights (fa), or signs with magnitudes (usf, frsf)."""

    def __init__(self, learner):
        self.learner = learner
        self.fixed = {}

    def of(self, weight):
        if self.learner == "backprop":
            return None
        drawn = self.fixed.get(weight)
        if drawn is None:
            bound = 1 / math.sqrt(weight[0].numel())
            drawn = torch.empty_like(weight).uniform_(-bound, bound)
            self.fixed[weight] = drawn = drawn if self.learner == "fa" else drawn.abs() if self.learner == "frsf" else bound
        return drawn if self.learner == "fa" else drawn * weight.detach().sign()


# ----------------------------------------------------------------------------------------------------------------- network


class Network(torch.nn.Module):
    """The layers of an experiment; every layer reads the one above or the named ones."""

    def __init__(self, layers, image, feedback):
        super().__init__()
        self.layers = layers
        self.feedback = feedback
        self.weights = torch.nn.ParameterList()
        self.norms = torch.nn.ModuleList()
        self.steps = []
        with torch.no_grad():
            self.grow(image)

    def grow(self, image):
        values, above = {}, image
        for number, layer in enumerate(self.layers):
            inputs = [values[name] for name in layer["inputs"]] if layer["inputs"] else [above]
            step = self.step(layer, [each.shape for each in inputs])
            self.steps.append(step)
            above = step(*inputs)
            values[layer["name"]] = above

    def weight(self, *shape):
        bound = math.sqrt(6 / (math.prod(shape[1:]) + shape[0] * math.prod(shape[2:])))
        tensor = torch.empty(shape).uniform_(-bound, bound)
        if len(shape) == 4:
            tensor = tensor.to(memory_format=torch.channels_last)
        self.weights.append(torch.nn.Parameter(tensor))
        return self.weights[-1]

    def bias(self, layer, size):
        if not layer.get("bias", True):
            return None
        self.weights.append(torch.nn.Parameter(torch.zeros(size)))
        return self.weights[-1]

    def step(self, layer, shapes):
        kind = layer["type"]
        shape = shapes[0]
        if layer.get("share"):
            fail(f"layer {layer['name'] or kind} shares parameters, which this script does not build")
        if kind == "conv":
            kernel, stride = layer["kernel"], layer["stride"]
            padding = kernel // 2 if layer["padding"] == "same" else 0
            if padding and kernel % 2 == 0:
                fail(f"a convolution with an even kernel ({kernel}) and padding same pads unevenly, which this script does not build")
            weight = self.weight(layer["filters"], shape[1], kernel, kernel)
            bias = self.bias(layer, layer["filters"])

            def conv(x):
                other = self.feedback.of(weight)
                return (F.conv2d(x, weight, bias, stride, padding) if other is None
                        else ConvWithFeedback.apply(x, weight, bias, other, stride, padding))
            return conv
        if kind == "dense":
            weight = self.weight(layer["units"], shape[-1])
            bias = self.bias(layer, layer["units"])

            def dense(x):
                other = self.feedback.of(weight)
                return F.linear(x, weight, bias) if other is None else LinearWithFeedback.apply(x, weight, bias, other)
            return dense
        if kind == "batch-norm":
            self.norms.append(torch.nn.BatchNorm2d(shape[1]) if len(shape) == 4 else torch.nn.BatchNorm1d(shape[1]))
            return self.norms[-1]
        if kind == "activation":
            functions = {"tanh": torch.tanh, "relu": F.relu, "leaky-relu": lambda x: F.leaky_relu(x, 0.1), "sigmoid": torch.sigmoid,
                         "gelu": F.gelu, "hard-tanh": F.hardtanh}
            if layer["function"] not in functions:
                fail(f"activation {layer['function']} is not among {', '.join(functions)}")
            return functions[layer["function"]]
        if kind in ("max-pool", "avg-pool"):
            pool = F.max_pool2d if kind == "max-pool" else F.avg_pool2d
            size, stride = layer["size"], layer.get("stride") or layer["size"]
            padding = (size - 1) // 2 if layer.get("padding") == "same" and size > stride else 0
            return lambda x: pool(x, size, stride, padding)
        if kind == "global-avg-pool":
            return lambda x: x.mean((2, 3)) if x.dim() == 4 else x.mean(1)
        if kind == "flatten":
            return lambda x: x.flatten(1)
        if kind == "dropout":
            return lambda x: F.dropout(x, layer["rate"])
        if kind == "identity":
            return lambda x: x
        if kind == "add":
            return lambda *all_of_them: sum(all_of_them[1:], all_of_them[0])
        if kind == "tokens":
            return lambda x: x.permute(0, 2, 3, 1).flatten(1, 2)
        if kind == "position-embedding":
            positions = torch.nn.Parameter(torch.randn(shape[1:]) / math.sqrt(shape[2]))
            self.weights.append(positions)
            return lambda x: x + positions
        if kind == "layer-norm":
            self.norms.append(torch.nn.LayerNorm(shape[-1], layer["epsilon"]))
            return self.norms[-1]
        if kind == "attention":
            return lambda q, k, v: attention(q, k, v, layer["heads"])
        fail(f"layers of type {kind} are not built by this script")

    def forward(self, x):
        values, above = {}, x
        for layer, step in zip(self.layers, self.steps):
            above = step(*[values[name] for name in layer["inputs"]]) if layer["inputs"] else step(above)
            values[layer["name"]] = above
        return above


def attention(queries, keys, values, heads):
    """Scaled products of heads beside one another: [batch, tokens, features] each."""
    def split(x):
        return x.unflatten(2, (heads, -1)).transpose(1, 2)
    q, k, v = split(queries), split(keys), split(values)
    weights = torch.softmax((q @ k.transpose(2, 3)) / math.sqrt(q.shape[-1]), -1)
    return (weights @ v).transpose(1, 2).flatten(2)


class RowRecurrence(torch.nn.Module):
    """The rows of an image, one after the other, through nn.RNN: PyTorch's own loop is faster than one made of layers."""

    def __init__(self, image, hidden, classes):
        super().__init__()
        self.rows = torch.nn.RNN(image.shape[1] * image.shape[3], hidden, batch_first=True)
        self.out = torch.nn.Linear(hidden, classes)

    def forward(self, x):
        return self.out(self.rows(x.permute(0, 2, 3, 1).flatten(2))[0][:, -1])


class Training:
    """Steps of training on one random batch."""

    def __init__(self, experiment, learner, architecture):
        torch.manual_seed(experiment["seed"])
        size, channels = image_shape(experiment)
        batch = experiment["training"]["batchSize"]
        self.images = (torch.rand(batch, channels, size, size) - 0.5).to(memory_format=torch.channels_last)
        self.labels = torch.randint(0, 10, (batch,))
        if architecture and architecture["type"] == "row-rnn" and learner == "backprop":
            self.network = RowRecurrence(self.images, architecture["hidden"], 10)
        else:
            self.network = Network(experiment["model"]["layers"], self.images, Feedback(learner))
        self.squared = experiment["loss"] == "squared-error"
        self.binary = experiment["loss"] == "binary-cross-entropy"
        settings = experiment["optimizer"]
        rate = 1e-6  # random labels must not drive the weights anywhere
        kinds = {
            "sgd": lambda p: torch.optim.SGD(p, rate, settings["momentum"], weight_decay=settings["weightDecay"]),
            "adam": lambda p: torch.optim.Adam(p, rate, weight_decay=settings["weightDecay"]),
            "adamw": lambda p: torch.optim.AdamW(p, rate, weight_decay=settings["weightDecay"]),
            "rmsprop": lambda p: torch.optim.RMSprop(p, rate),
        }
        if settings["type"] not in kinds:
            fail(f"optimizer {settings['type']} is not among {', '.join(kinds)}")
        self.optimizer = kinds[settings["type"]](self.network.parameters())

    def step(self):
        self.optimizer.zero_grad(set_to_none=True)
        scores = self.network(self.images)
        if self.squared:
            loss = 0.5 * (scores - F.one_hot(self.labels, scores.shape[1])).square().sum(1).mean()
        elif self.binary:
            targets = F.one_hot(self.labels, scores.shape[1]).to(scores.dtype)
            loss = F.binary_cross_entropy_with_logits(scores, targets, reduction="sum") / len(scores)
        else:
            loss = F.cross_entropy(scores, self.labels)
        loss.backward()
        self.optimizer.step()

    def measure(self, seconds):
        """Images a second, and the processor time of a step in milliseconds."""
        for _ in range(3):
            self.step()
        steps, begin, cpu = 0, time.perf_counter(), time.process_time()
        while steps < 3 or time.perf_counter() - begin < seconds:
            self.step()
            steps += 1
        elapsed = time.perf_counter() - begin
        return steps * len(self.labels) / elapsed, 1e3 * (time.process_time() - cpu) / steps


def image_shape(experiment):
    data = experiment["data"]
    if data["dataset"] == "synthetic":
        return data["synthetic"]["size"], data["synthetic"]["channels"]
    return (28, 1) if "mnist" in data["dataset"] else (32, 3)


def check_products():
    """A PyTorch beside the reference BLAS is thirty times slower than it can be, and a comparison with it says nothing."""
    a, b = torch.rand(512, 512), torch.rand(512, 512)
    times = []
    for _ in range(5):
        begin = time.perf_counter()
        a @ b
        times.append(time.perf_counter() - begin)
    billions = 2 * 512 ** 3 / min(times) / 1e9
    if billions < 8:
        fail(f"matrix products of this PyTorch reach {billions:.1f} billion operations a second: its BLAS is a slow one, and a comparison "
             "would flatter bpfree. Install an optimized BLAS (Debian: libopenblas0-pthread).", SLOW_PRODUCTS)


def main():
    asked = json.load(sys.stdin)
    torch.set_num_threads(asked["threads"])
    check_products()
    images, cpu = Training(asked["experiment"], asked["learner"], asked["architecture"]).measure(asked["seconds"])
    print(json.dumps({"imagesPerSecond": images, "cpuMillisPerStep": cpu, "pytorch": torch.__version__}))


if __name__ == "__main__":
    main()
