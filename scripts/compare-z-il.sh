#!/bin/sh
# Prints two Markdown tables for the five model families: the time of an update of backpropagation, plain predictive coding (T = 20) and
# Z-IL, and how far Z-IL and each of its negative controls are from backpropagation.
# usage: scripts/compare-z-il.sh [SECONDS]     time to measure each of the ten pairs, default 5
set -eu
here=$(CDPATH='' cd -- "$(dirname -- "$(readlink -f -- "$0")")/.." && pwd -P)
seconds=${1:-5}
families="mlp alexnet row-rnn resnet-18 vit-tiny"

bpfree() {
    "$here/scripts/bpfree" "$@"
}

# bench FAMILY LEARNER: the figures of the learner beside backpropagation
bench() {
    bpfree bench --config "$here/configs/family-$1.yaml" --threads 1 --seconds "$seconds" --beside-backprop \
        --set "learner=$2" 2>/dev/null
}

field() {
    printf '%s\n' "$1" | awk -v name="$2" '$1 == name { print $2 }'
}

echo "| network | backprop, ms | predictive coding (T = 20), ms | Z-IL, ms | Z-IL / backprop | predictive coding / backprop |"
echo "|---|---|---|---|---|---|"
for family in $families; do
    inference=$(bench "$family" '{type: predictive-coding, rounds: 20, inferenceRate: 0.1, states: nodes}')
    zil=$(bench "$family" '{type: z-il}')
    echo "| $family | $(field "$zil" backpropStepMillis) | $(field "$inference" stepMillis) | $(field "$zil" stepMillis) |" \
        "$(field "$zil" backpropSteps) ($(field "$zil" backpropStepsQuarter) to $(field "$zil" backpropStepsThreeQuarters)) |" \
        "$(field "$inference" backpropSteps) |"
done
echo

# distance FAMILY SETTINGS: the largest difference of an update from the gradient, relative to the largest element of its tensor
distance() {
    bpfree verify --config "$here/configs/family-$1.yaml" --threads 1 --batches 1 --set training.precision=float64 \
        --set "learner={type: z-il, schedule: full, form: state$2}" 2>/dev/null |
        awk '/^[a-z]/ { updates = /^update equals/ }
             updates && ($1 == "holds" || $1 == "BROKEN") { if ($3 == "NaN" || worst == "NaN") worst = "NaN"; else if ($3 > worst + 0) worst = $3 }
             END { print worst == "" ? "not finite" : worst }' || true
}

echo "| network | Z-IL | without identity nodes | all layers in the last round | noise 0.01 on the states | gamma = 0.5 |"
echo "|---|---|---|---|---|---|"
for family in $families; do
    echo "| $family | $(distance "$family" '') | $(distance "$family" ', levelling: off') |" \
        "$(distance "$family" ', firing: last') | $(distance "$family" ', initialNoise: 0.01') | $(distance "$family" ', gamma: 0.5') |"
done
