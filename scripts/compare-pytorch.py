#!/usr/bin/env python3
"""Compares the speed of a training step with PyTorch's, on this machine, in turn.

    scripts/compare-pytorch.py --config configs/bench-cnn.yaml
    scripts/compare-pytorch.py --config configs/bench-cnn.yaml --learner backprop,fa,frsf --rounds 5 --threads 2
    scripts/compare-pytorch.py --config configs/bench-cnn.yaml --learner backprop --threads 1 --processes 2

Builds the network of an experiment file in PyTorch from 'bpfree config show --layers --json', with the same batch size, loss and
optimizer, channels last, and lets both train on random images in turn. PyTorch runs in processes of its own at the settings that make
it fastest: --peer-settings shows them. backprop is PyTorch's own; fa, usf and frsf are custom autograd functions; row-rnn is nn.RNN.
Other learners have no counterpart there and are compared with PyTorch's backprop. Needs Python 3.8 and torch 1.13 or later.
"""
import argparse
import json
import os
import pathlib
import statistics
import subprocess
import sys

PROJECT = pathlib.Path(__file__).resolve().parent.parent
PEER = PROJECT / "scripts" / "pytorch_peer.py"
COUNTERPARTS = ("backprop", "fa", "usf", "frsf")
STEADY = 1.25  # highest to lowest ratio of rounds that nothing else has disturbed much


def fail(message):
    sys.exit(f"compare-pytorch: error: {message}")


def at_once(commands, given):
    """What each command prints as JSON, all running at the same time; given: a pair of standard input and environment for each."""
    running = [subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment)
               for command, (_, environment) in zip(commands, given)]
    for process, (text, _) in zip(running, given):  # all begin before the first is waited for
        process.stdin.write(text)
        process.stdin.close()
    printed = [process.stdout.read() for process in running]
    for process in running:
        if process.wait() != 0:
            sys.exit(process.returncode)  # it has said why
    return [json.loads(each) for each in printed]


def bpfree(*arguments):
    return at_once([[str(PROJECT / "scripts" / "bpfree"), *arguments]], [("", None)])[0]


def peer_settings(threads, process=0, processes=1):
    """The environment in which PyTorch is fastest: threads bound to cores, and as many in its BLAS as elsewhere.

    Unbound, two threads lose a quarter and more; OpenBLAS takes all processors unless it is told. A thread alone is bound only where
    several processes would else meet on one core.
    """
    settings = {"OMP_NUM_THREADS": str(threads), "OPENBLAS_NUM_THREADS": str(threads), "MKL_NUM_THREADS": str(threads)}
    if processes > 1:
        settings.update(OMP_PROC_BIND="true", OMP_PLACES=f"{{{process * threads}:{threads}}}")
    elif threads > 1:
        settings.update(OMP_PROC_BIND="true", OMP_PLACES="cores")
    return settings


def total(figures):
    """Several processes at once as one: images of all of them in a second, processor time of a step of one."""
    return sum(each["imagesPerSecond"] for each in figures), statistics.mean(each["cpuMillisPerStep"] for each in figures)


def compare(arguments, learner):
    counterpart = learner if learner in COUNTERPARTS else "backprop"
    overrides = [part for each in arguments.set + [f"learner={{type: {learner}}}"] for part in ("--set", each)]
    shown = ("config", "show", "--json", "--config", arguments.config, *overrides)
    experiment = bpfree(*shown, "--layers")
    asked = json.dumps({"experiment": experiment, "architecture": bpfree(*shown)["model"]["architecture"], "learner": counterpart,
                        "threads": arguments.threads, "seconds": arguments.seconds})
    bench = [str(PROJECT / "scripts" / "bpfree"), "bench", "--config", arguments.config, "--threads", str(arguments.threads), "--seconds",
             str(arguments.seconds), "--json", *overrides]
    several = range(arguments.processes)
    ours, theirs, ratios, ours_cpu, theirs_cpu, percents = [], [], [], [], [], []
    while len(ratios) < arguments.rounds or len(ratios) < arguments.most_rounds and max(ratios) > STEADY * min(ratios):
        figures = at_once([bench for _ in several], [("", None) for _ in several])
        images, cpu = total(figures)
        ours.append(images)
        ours_cpu.append(cpu)
        percents.append(figures[0]["percentOfPeak"])
        peers = at_once([[sys.executable, str(PEER)] for _ in several],
                        [(asked, {**os.environ, **peer_settings(arguments.threads, each, arguments.processes)}) for each in several])
        images, cpu = total(peers)
        theirs.append(images)
        theirs_cpu.append(cpu)
        ratios.append(ours[-1] / theirs[-1])
    cpu_ratios = [b / a for a, b in zip(ours_cpu, theirs_cpu)]
    return {
        "experiment": experiment["name"], "learner": experiment["learner"]["type"], "batchSize": experiment["training"]["batchSize"],
        "pytorchLearner": counterpart, "threads": arguments.threads, "processes": arguments.processes, "rounds": len(ratios),
        "bpfreeImagesPerSecond": statistics.median(ours), "pytorchImagesPerSecond": statistics.median(theirs),
        "ratio": statistics.median(ratios), "ratioLowest": min(ratios), "ratioHighest": max(ratios),
        "bpfreeCpuMillisPerStep": statistics.median(ours_cpu), "pytorchCpuMillisPerStep": statistics.median(theirs_cpu),
        "cpuRatio": statistics.median(cpu_ratios), "percentOfPeak": statistics.median(percents),
        "peakMemoryBytes": figures[0]["peakMemoryBytes"], "pytorch": peers[0]["pytorch"],
        "pytorchSettings": peer_settings(arguments.threads, 0, arguments.processes),
    }


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--config", help="the experiment file")
    parser.add_argument("--learner", default="backprop,fa,frsf", help="learners, separated by commas (default: %(default)s)")
    parser.add_argument("--set", action="append", default=[], metavar="PATH=VALUE", help="overrides a setting; repeatable")
    parser.add_argument("--threads", type=int, help="of each process (default: as many as bpfree takes)")
    parser.add_argument("--processes", type=int, default=1, metavar="N", help="so many of each program at once; images are added up")
    parser.add_argument("--peer-settings", action="store_true", help="print the environment that PyTorch gets, and end")
    parser.add_argument("--rounds", type=int, default=3, help="measurements of each, in turn (default: %(default)s)")
    parser.add_argument("--most-rounds", type=int, default=0,
                        help=f"further rounds, up to so many in all, while the highest ratio is more than {STEADY:g} times the lowest")
    parser.add_argument("--seconds", type=float, default=10, help="of each measurement (default: %(default)s)")
    parser.add_argument("--json", action="store_true", help="print one JSON object a learner")
    arguments = parser.parse_args()
    if arguments.threads is None:
        arguments.threads = bpfree("doctor", "--warm-cache", "--json")["threads"]
    if arguments.rounds < 1 or arguments.seconds <= 0 or arguments.threads < 1 or arguments.processes < 1:
        fail("--rounds, --threads and --processes must be at least 1, --seconds above 0")
    if arguments.peer_settings:
        for process in range(arguments.processes):
            print(" ".join(f"{name}={value}" for name, value in peer_settings(arguments.threads, process, arguments.processes).items()))
        return
    if not arguments.config:
        fail("--config is missing: the experiment file, such as configs/bench-cnn.yaml")
    if not arguments.json:
        print(f"Images a second, and their ratio (lowest to highest of {arguments.rounds} rounds of {arguments.seconds:g} s); the same from "
              f"processor times, which other\nprograms disturb less. Threads: {arguments.threads}, processes: {arguments.processes}.")
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
