#!/usr/bin/env python3
"""Compares the speed of a training step with PyTorch's, on this machine, in turn.

    scripts/compare-pytorch.py --config configs/bench-cnn.yaml
    scripts/compare-pytorch.py --config configs/bench-cnn.yaml --learner backprop,fa,frsf --rounds 5 --threads 2

Builds the network of an experiment file in PyTorch from 'bpfree config show --layers --json', with the same batch size, loss and
optimizer, channels last, and lets both train on random images in turn. backprop is PyTorch's own; fa, usf and frsf are custom autograd
functions. Other learners have no counterpart there and are compared with PyTorch's backprop. Needs Python 3.8 and torch 1.13 or later.
"""
import argparse
import json
import math
import pathlib
import statistics
import subprocess
import sys
import time

PROJECT = pathlib.Path(__file__).resolve().parent.parent
COUNTERPARTS = ("backprop", "fa", "usf", "frsf")
STEADY = 1.25  # highest to lowest ratio of rounds that nothing else has disturbed much


def fail(message):
    sys.exit(f"compare-pytorch: error: {message}")


try:
    import torch
    import torch.nn.functional as F
except ImportError:
    fail("this Python has no torch. Install it (Debian: python3-torch; else: pip install torch) and call the script with that Python.")


def bpfree(*arguments):
    done = subprocess.run([str(PROJECT / "scripts" / "bpfree"), *arguments], stdout=subprocess.PIPE, text=True, check=False)
    if done.returncode != 0:
        sys.exit(done.returncode)  # bpfree has said why
    return json.loads(done.stdout)


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
            weight = self.weight(layer["units"], shape[1])
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
            return lambda x: x.mean((2, 3))
        if kind == "flatten":
            return lambda x: x.flatten(1)
        if kind == "dropout":
            return lambda x: F.dropout(x, layer["rate"])
        if kind == "identity":
            return lambda x: x
        if kind == "add":
            return lambda *all_of_them: sum(all_of_them[1:], all_of_them[0])
        fail(f"layers of type {kind} are not built by this script")

    def forward(self, x):
        values, above = {}, x
        for layer, step in zip(self.layers, self.steps):
            above = step(*[values[name] for name in layer["inputs"]]) if layer["inputs"] else step(above)
            values[layer["name"]] = above
        return above


class Training:
    """Steps of training on one random batch."""

    def __init__(self, experiment, learner):
        torch.manual_seed(experiment["seed"])
        size, channels = image_shape(experiment)
        batch = experiment["training"]["batchSize"]
        self.images = (torch.rand(batch, channels, size, size) - 0.5).to(memory_format=torch.channels_last)
        self.labels = torch.randint(0, 10, (batch,))
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


# ------------------------------------------------------------------------------------------------------------- comparison


def compare(arguments, learner):
    counterpart = learner if learner in COUNTERPARTS else "backprop"
    override = [] if learner is None else ["--set", f"learner={{type: {learner}}}"]
    overrides = [part for each in arguments.set for part in ("--set", each)] + override
    experiment = bpfree("config", "show", "--layers", "--json", "--config", arguments.config, *overrides)
    torch.set_num_threads(arguments.threads)
    training = Training(experiment, counterpart)
    ours, theirs, ratios, ours_cpu, theirs_cpu, percents = [], [], [], [], [], []
    while len(ratios) < arguments.rounds or len(ratios) < arguments.most_rounds and max(ratios) > STEADY * min(ratios):
        figures = bpfree("bench", "--config", arguments.config, "--threads", str(arguments.threads), "--seconds",
                         str(arguments.seconds), "--json", *overrides)
        ours.append(figures["imagesPerSecond"])
        ours_cpu.append(figures["cpuMillisPerStep"])
        percents.append(figures["percentOfPeak"])
        images, cpu = training.measure(arguments.seconds)
        theirs.append(images)
        theirs_cpu.append(cpu)
        ratios.append(ours[-1] / theirs[-1])
    cpu_ratios = [b / a for a, b in zip(ours_cpu, theirs_cpu)]
    return {
        "experiment": experiment["name"], "learner": experiment["learner"]["type"], "batchSize": experiment["training"]["batchSize"],
        "pytorchLearner": counterpart, "threads": arguments.threads, "rounds": len(ratios),
        "bpfreeImagesPerSecond": statistics.median(ours), "pytorchImagesPerSecond": statistics.median(theirs),
        "ratio": statistics.median(ratios), "ratioLowest": min(ratios), "ratioHighest": max(ratios),
        "bpfreeCpuMillisPerStep": statistics.median(ours_cpu), "pytorchCpuMillisPerStep": statistics.median(theirs_cpu),
        "cpuRatio": statistics.median(cpu_ratios),
        "percentOfPeak": statistics.median(percents), "peakMemoryBytes": figures["peakMemoryBytes"], "pytorch": torch.__version__,
    }


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--config", required=True, help="the experiment file")
    parser.add_argument("--learner", default="backprop,fa,frsf", help="learners, separated by commas (default: %(default)s)")
    parser.add_argument("--set", action="append", default=[], metavar="PATH=VALUE", help="overrides a setting; repeatable")
    parser.add_argument("--threads", type=int, help="of both programs (default: as many as bpfree takes)")
    parser.add_argument("--rounds", type=int, default=3, help="measurements of each, in turn (default: %(default)s)")
    parser.add_argument("--most-rounds", type=int, default=0,
                        help=f"further rounds, up to so many in all, while the highest ratio is more than {STEADY:g} times the lowest")
    parser.add_argument("--seconds", type=float, default=10, help="of each measurement (default: %(default)s)")
    parser.add_argument("--json", action="store_true", help="print one JSON object a learner")
    arguments = parser.parse_args()
    if arguments.threads is None:
        arguments.threads = bpfree("doctor", "--warm-cache", "--json")["threads"]
    if arguments.rounds < 1 or arguments.seconds <= 0 or arguments.threads < 1:
        fail("--rounds and --threads must be at least 1, --seconds above 0")
    if not arguments.json:
        print(f"Images a second, and their ratio (lowest to highest of {arguments.rounds} rounds of {arguments.seconds:g} s); the same from "
              f"processor times, which other\nprograms disturb less. Threads: {arguments.threads}, PyTorch {torch.__version__}.")
        print(f"{'learner':<28}{'bpfree':>8}{'PyTorch':>9}  {'ratio':<22}by processor time")
    for learner in arguments.learner.split(","):
        found = compare(arguments, learner.strip())
        if arguments.json:
            print(json.dumps(found), flush=True)
        else:
            beside = "" if found["learner"] == found["pytorchLearner"] else f" (PyTorch: {found['pytorchLearner']})"
            ratio = f"{found['ratio']:.2f} ({found['ratioLowest']:.2f} to {found['ratioHighest']:.2f})"
            print(f"{found['learner'] + beside:<28}{found['bpfreeImagesPerSecond']:>8.0f}{found['pytorchImagesPerSecond']:>9.0f}  {ratio:<22}"
                  f"{found['cpuRatio']:.2f}", flush=True)


if __name__ == "__main__":
    main()
