#!/usr/bin/env python3
"""Measures training steps of learners on networks beside PyTorch, and draws what a step costs over batch size, width, depth and T.

    scripts/benchmarks.py --readme README.md --plots .github/plots     # about 40 minutes on two cores
    scripts/benchmarks.py --only resnet-20 --rounds 5 --seconds 10     # prints the rows of one network
    scripts/benchmarks.py --only lenet --readme README.md              # measures these rows anew and leaves the others

Every row is a call of scripts/compare-pytorch.py, every picture one of 'bpfree bench --vary'. With --readme the table stands between
the lines <!-- benchmarks --> and <!-- /benchmarks --> of that file. Needs Python 3.8 and torch 1.13 or later.
"""
import argparse
import datetime
import json
import pathlib
import platform
import subprocess
import sys

PROJECT = pathlib.Path(__file__).resolve().parent.parent
BENCH = "configs/bench-cnn.yaml"
MANY = ["backprop", "fa", "usf", "brsf", "frsf", "dfa", "drtp", "kolen-pollack", "weight-mirror", "ekdaa", "z-il"]
FEW = ["backprop", "frsf", "ekdaa"]


def network(architecture, batch, dataset="cifar-10"):
    return [f"model={{architecture: {{type: {architecture}}}}}", f"training.batchSize={batch}", f"data.dataset={dataset}"]


# name, what it is, overrides of the experiment, learners
CELLS = [("bench-cnn", "bench CNN, batch 128", [], MANY)] + [
    (name, f"{title}, batch {batch}", network(name, batch), FEW)
    for name, title in (("ekdaa", "EKDAA's CIFAR-10 network"), ("resnet-20", "ResNet-20"), ("lenet", "LeNet, CIFAR-10"))
    for batch in (50, 128)
] + [("vgg-5", f"VGG-5, batch {batch}", network("vgg-5", batch), ["backprop", "ekdaa"]) for batch in (50, 128)
] + [("lenet-grey", f"LeNet, Fashion-MNIST, batch {batch}", network("lenet", batch, "fashion-mnist"), FEW) for batch in (50, 128)]

MLP = ["--set", "model={architecture: {type: residual-mlp}}"]
PICTURES = {
    "cost-batch-size": ["--vary", "training.batchSize=8,16,32,64,128,256", "--learners", "backprop,frsf,dfa,ekdaa,z-il"],
    "cost-width": MLP + ["--vary", "model.architecture.hidden=64,128,256,512,1024", "--learners", "backprop,frsf,dfa,z-il"],
    "cost-depth": MLP + ["--vary", "model.architecture.layers=2,4,8,16,32", "--learners", "backprop,frsf,dfa,z-il"],
    "cost-rounds": MLP + ["--set", "learner={type: predictive-coding}", "--vary", "learner.rounds=1,2,5,10,20,40"],
}


def fail(message):
    sys.exit(f"benchmarks: error: {message}")


def bpfree_threads():
    """How many threads bpfree takes by default: it knows affinity, control groups and OMP_NUM_THREADS."""
    done = subprocess.run([str(PROJECT / "scripts" / "bpfree"), "doctor", "--warm-cache", "--json"], stdout=subprocess.PIPE, text=True,
                          check=False)
    if done.returncode != 0:
        sys.exit(done.returncode)  # it has said why
    return json.loads(done.stdout)["threads"]


def compared(overrides, learner, arguments):
    command = [sys.executable, str(PROJECT / "scripts" / "compare-pytorch.py"), "--config", str(PROJECT / BENCH), "--json",
               "--learner", learner, "--threads", str(arguments.threads), "--rounds", str(arguments.rounds),
               "--most-rounds", str(arguments.most_rounds), "--seconds", str(arguments.seconds)]
    for each in overrides:
        command += ["--set", each]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=False)
    if done.returncode != 0:
        sys.exit(done.returncode)  # it has said why
    return json.loads(done.stdout)


def row(title, found):
    beside = "" if found["learner"] == found["pytorchLearner"] else " ¹"
    return (f"| {title} | `{found['learner']}`{beside} | {found['bpfreeImagesPerSecond']:.0f} | {found['pytorchImagesPerSecond']:.0f} | "
            f"{found['ratio']:.2f} ({found['ratioLowest']:.2f} to {found['ratioHighest']:.2f}) | {found['cpuRatio']:.2f} | "
            f"{found['percentOfPeak']:.0f} % | {found['peakMemoryBytes'] / 1e6:.0f} MB | {commit()} |")


def processor():
    try:
        lines = pathlib.Path("/proc/cpuinfo").read_text().splitlines()
        model = next(line.split(":")[1].strip() for line in lines if line.startswith("model name"))
        flags = next(line for line in lines if line.startswith("flags"))
        return model + (" with AVX-512" if "avx512f" in flags else " with AVX2" if "avx2" in flags else "")
    except (OSError, StopIteration):
        return platform.processor() or platform.machine()


def commit():
    done = subprocess.run(["git", "-C", str(PROJECT), "rev-parse", "--short=10", "HEAD"], stdout=subprocess.PIPE, text=True, check=False)
    return done.stdout.strip() or "unknown"


def head(arguments, pytorch):
    return [
        f"Written by `scripts/benchmarks.py`, last on {datetime.date.today():%d %B %Y}, each row at its commit: {processor()}, {arguments.threads} "
        f"threads, float32, images of the dataset's shape; PyTorch {pytorch}, channels-last, the same network, batch, loss and optimizer. "
        f"Both in turn, {arguments.rounds} to {arguments.most_rounds} rounds of {arguments.seconds:g} s, most where they differ most: median, lowest and highest ratio of a round, and the ratio "
        "of processor times, which other programs on the machine disturb less. Percent of peak: the operations of a backpropagation step "
        "by the definition of its layers beside a product of 1024x1024 matrices in the same process; Winograd's algorithm needs fewer. ¹ beside PyTorch's backpropagation, which has no such learner.",
        "",
        "| network | learner | images/s | PyTorch | ratio | by processor time | of peak | memory | commit |",
        "|---|---|---|---|---|---|---|---|---|",
    ]


def draw(folder, arguments):
    folder.mkdir(parents=True, exist_ok=True)
    for name, options in PICTURES.items():
        print(f"== {name}", file=sys.stderr, flush=True)
        done = subprocess.run([str(PROJECT / "scripts" / "bpfree"), "bench", "--config", str(PROJECT / BENCH), "--threads",
                               str(arguments.threads), "--seconds", "1", "--plot", str(folder / f"{name}.png"), *options],
                              check=False)
        if done.returncode != 0:
            sys.exit(done.returncode)


def replace(file, block):
    lines = file.read_text().split("\n")
    try:
        begin, end = lines.index("<!-- benchmarks -->"), lines.index("<!-- /benchmarks -->")
    except ValueError:
        fail(f"{file} has no lines <!-- benchmarks --> and <!-- /benchmarks --> to write between")
    file.write_text("\n".join(lines[: begin + 1] + block + lines[end:]))


def merged(file, rows):
    """The rows of the table in the file, with new ones in the place of those of the same network and learner."""
    def key(line):
        return tuple(line.split("|")[1:3])
    found = {key(line): line for line in file.read_text().split("\n")}
    found.update({key(line): line for line in rows})
    every = [(f" {title} ", f" `{learner}`{mark} ") for _, title, _, learners in CELLS for learner in learners for mark in ("", " ¹")]
    return [found[each] for each in every if each in found]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", action="append", choices=sorted({cell[0] for cell in CELLS}), help="this network alone; repeatable")
    parser.add_argument("--learner", help="this learner alone")
    parser.add_argument("--threads", type=int, help="of both programs (default: as many as bpfree takes)")
    parser.add_argument("--rounds", type=int, default=3, help="measurements of each, in turn (default: %(default)s)")
    parser.add_argument("--most-rounds", type=int, default=9, help="where rounds differ by more than a quarter (default: %(default)s)")
    parser.add_argument("--seconds", type=float, default=2, help="of each measurement (default: %(default)s)")
    parser.add_argument("--readme", type=pathlib.Path, help="file to write the table to; else it is printed")
    parser.add_argument("--plots", type=pathlib.Path, help="draws the pictures into this folder; without --readme nothing else")
    arguments = parser.parse_args()
    if arguments.threads is None:
        arguments.threads = bpfree_threads()
    if arguments.readme and "<!-- benchmarks -->" not in arguments.readme.read_text():
        fail(f"{arguments.readme} has no line <!-- benchmarks --> to write after")
    if arguments.plots:
        draw(arguments.plots, arguments)
        if not arguments.readme:
            return
    rows, pytorch = [], ""
    for name, title, overrides, learners in CELLS:
        if arguments.only and name not in arguments.only:
            continue
        for learner in learners:
            if arguments.learner and learner != arguments.learner:
                continue
            found = compared(overrides, learner, arguments)
            pytorch = found["pytorch"]
            rows.append(row(title, found))
            print(rows[-1], file=sys.stderr if arguments.readme else sys.stdout, flush=True)
    if arguments.readme:
        replace(arguments.readme, head(arguments, pytorch) + merged(arguments.readme, rows))


if __name__ == "__main__":
    main()
