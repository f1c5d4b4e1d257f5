"""Opens what `bpfree export --format pytorch` wrote, as a module of PyTorch (1.12 or later).

    from bpfree_model import load
    model = load("weights.pt")              # a torch.nn.Module in evaluation mode
    scores = model(model.normalize(pixels))  # pixels: [batch, channels, height, width], numbers 0..255

`torch.load("weights.pt")` alone gives the state dict. After further training,
`torch.save(model.state_dict(), "trained.pt")` writes what `bpfree train --init trained.pt` reads.
"""
import json
import math
import zipfile

import torch
from torch import nn
from torch.nn import functional as F


class Network(nn.Module):
    """A network of bpfree: nodes that read each other, in the order of the file."""

    def __init__(self, layout):
        super().__init__()
        self.nodes = layout["nodes"]
        shapes = {node["name"]: node["shape"] for node in self.nodes}
        for node in self.nodes:
            node["from"] = [shapes[name] for name in node["inputs"]]
            keys = node["parameters"]
            if keys:  # the first layer that has the parameters owns them
                node["module"] = keys[0].rsplit("/", 1)[0].replace(".", "_")
                if node["module"] not in self._modules:
                    self.add_module(node["module"], module(node))
            elif node["type"] not in WITHOUT_PARAMETERS:
                raise NotImplementedError(
                    "the layer '%s' of type %s has no counterpart in PyTorch" % (node["name"], node["type"]))
        self.normalization = layout["normalization"]

    def normalize(self, pixels):
        """Pixels 0..255, channels first, as the network was trained on them."""
        pixels = pixels.to(next(self.parameters()))  # its type and device
        scale, shift = (pixels.new_tensor(self.normalization[name]).reshape(-1, 1, 1) for name in ("scale", "shift"))
        return pixels * scale + shift

    def forward(self, images):
        values = {"input": images}
        for node in self.nodes[1:]:
            inputs = [values[name] for name in node["inputs"]]
            if node["parameters"]:
                value = weighted(node, self._modules[node["module"]], *inputs)
            else:
                value = WITHOUT_PARAMETERS[node["type"]](node, self.training, *inputs)
            values[node["name"]] = value
        return value


class Position(nn.Module):
    """Holds a vector for each token."""

    def __init__(self, shape):
        super().__init__()
        self.embedding = nn.Parameter(torch.zeros(shape))


def module(node):
    """What holds the parameters of a layer."""
    kind, settings, shape = node["type"], node["settings"], node["from"][0]
    if kind == "dense":
        return nn.Linear(shape[-1], settings["units"], settings["bias"])
    if kind == "conv":
        window = settings["window"]
        return nn.Conv2d(shape[2], settings["filters"], window["size"], window["stride"], bias=settings["bias"])
    if kind == "batch-norm":
        norm = nn.BatchNorm2d if len(shape) == 3 else nn.BatchNorm1d
        return norm(shape[-1], settings["epsilon"], settings["momentum"])
    if kind == "layer-norm":
        return nn.LayerNorm(shape[-1], settings["epsilon"])
    if kind == "position-embedding":
        return Position(shape)
    raise NotImplementedError("the layer '%s' of type %s has no counterpart in PyTorch" % (node["name"], kind))


def weighted(node, layer, x):
    """The output of a layer with parameters."""
    if node["type"] == "conv":
        window = node["settings"]["window"]
        return F.conv2d(padded(node, x, 0.0), layer.weight, layer.bias, window["stride"])
    if node["type"] == "batch-norm" and x.dim() == 3:  # tokens: features last
        return layer(x.transpose(1, 2)).transpose(1, 2)
    if node["type"] == "layer-norm" and x.dim() == 4:  # maps: over the channels of each pixel
        return layer(x.permute(0, 2, 3, 1)).permute(0, 3, 1, 2)
    if node["type"] == "position-embedding":
        return x + layer.embedding
    return layer(x)


def padded(node, x, value):
    """A map with the border that padding 'same' asks for; an odd pixel stands after it."""
    window = node["settings"]["window"]
    size, stride = window["size"], window["stride"]
    if not window["same"]:
        return x
    borders = []
    for extent in (x.shape[3], x.shape[2]):
        border = max((math.ceil(extent / stride) - 1) * stride + size - extent, 0)
        borders += [border // 2, border - border // 2]
    return F.pad(x, borders, value=value)


def max_pool(node, training, x):
    window = node["settings"]["window"]
    return F.max_pool2d(padded(node, x, -math.inf), window["size"], window["stride"])


def avg_pool(node, training, x):
    """The mean over the pixels inside the map."""
    window = node["settings"]["window"]
    sums = F.avg_pool2d(padded(node, x, 0.0), window["size"], window["stride"])
    share = F.avg_pool2d(padded(node, torch.ones_like(x), 0.0), window["size"], window["stride"])
    return sums / share


def sum_pool(node, training, x):
    size, weight = node["settings"]["size"], node["settings"]["weight"]
    return F.avg_pool2d(x, size, size) * (size * size * weight)


def global_avg_pool(node, training, x):
    return x.mean((2, 3)) if x.dim() == 4 else x.mean(1)


def padded_identity(node, training, x):
    stride, channels = node["settings"]["stride"], node["settings"]["channels"]
    return F.pad(x[:, :, ::stride, ::stride], (0, 0, 0, 0, 0, channels - x.shape[1]))


def row(node, training, x):
    """A row of a map, channel by channel, or a token."""
    index = node["settings"]["index"]
    return x[:, :, index].flatten(1) if x.dim() == 4 else x[:, index]


def dropout(node, training, x):
    rate, together = node["settings"]["rate"], node["settings"]["together"]
    if together == "VALUES":
        return F.dropout(x, rate, training)
    width = 1 if together == "CHANNELS" else x.shape[2]
    return x * F.dropout(x.new_ones(x.shape[0], x.shape[1], width, 1), rate, training)


def attention(node, training, queries, keys, values):
    heads = node["settings"]["heads"]
    batch, tokens, features = queries.shape
    q, k, v = (x.reshape(batch, tokens, heads, -1).transpose(1, 2) for x in (queries, keys, values))
    weights = torch.softmax(q @ k.transpose(2, 3) / math.sqrt(features / heads), dim=-1)
    return (weights @ v).transpose(1, 2).reshape(batch, tokens, features)


def add(node, training, *inputs):
    return sum(inputs[1:], inputs[0])


def multiply(node, training, *inputs):
    return math.prod(inputs[1:], start=inputs[0])


def concat(node, training, *inputs):
    return torch.cat(inputs, dim=1 if inputs[0].dim() == 4 else -1)


def of_one(function):
    return lambda node, training, x: function(x)


WITHOUT_PARAMETERS = {
    "input": of_one(lambda x: x),
    "identity": of_one(lambda x: x),
    "flatten": of_one(lambda x: x.flatten(1)),
    "tokens": of_one(lambda x: x.flatten(2).transpose(1, 2)),
    "tanh": of_one(torch.tanh),
    "relu": of_one(F.relu),
    "leaky-relu": of_one(lambda x: F.leaky_relu(x, 0.1)),
    "sigmoid": of_one(torch.sigmoid),
    "gelu": of_one(lambda x: F.gelu(x, approximate="tanh")),
    "hard-tanh": of_one(F.hardtanh),
    "clip": of_one(lambda x: x.clamp(0, 1)),
    "half-clip": of_one(lambda x: (x / 2).clamp(0, 1)),
    "elu": of_one(F.elu),
    "signum": of_one(torch.sign),
    "max-pool": max_pool,
    "avg-pool": avg_pool,
    "sum-pool": sum_pool,
    "global-avg-pool": global_avg_pool,
    "padded-identity": padded_identity,
    "row": row,
    "dropout": dropout,
    "attention": attention,
    "add": add,
    "multiply": multiply,
    "concat": concat,
}


def load(file):
    """The network in a file that `bpfree export --format pytorch` wrote, with its values, in evaluation mode."""
    with zipfile.ZipFile(file) as archive:
        names = [name for name in archive.namelist() if name.endswith("/layout.json")]
        if not names:
            raise ValueError("%s has no layout.json: bpfree export did not write it" % file)
        layout = json.loads(archive.read(names[0]).decode("utf-8"))
    values = torch.load(file, map_location="cpu")
    network = Network(layout)
    if any(value.dtype == torch.float64 for value in values.values()):
        network.double()
    network.load_state_dict(values)
    return network.eval()
