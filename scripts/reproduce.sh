#!/bin/sh
# Runs the sweeps over all families of learners and writes their tables into README.md, between the lines <!-- reproduce --> and
# <!-- /reproduce -->, as 'sweep collect' prints them. The same command again, after any end, goes on where it was.
# Cells run side by side with one thread each, so times of an image are longer than those of a run that has the machine for itself.
set -eu

usage() {
    cat <<'END'
usage: scripts/reproduce.sh [OPTION]...
  --quick             one epoch of a part of the images, two seeds: about 20 minutes on two cores; without it many hours
  --parallel N        cells at once, each with one thread (default: as many as bpfree takes threads)
  --only NAME         this sweep of configs/sweeps alone; repeatable (default: all of the families)
  --set PATH=VALUE    a value of every cell, such as data.trainLimit=500; repeatable
  --seeds LIST        seeds of every cell, such as 1,2
  --readme FILE       where the tables go (default: README.md of the project)
  --runs DIR          the folder of runs, plans in its folder 'reproduce' (default: runs)
Data is looked for as every command does: $BPFREE_DATA, else ~/.cache/bpfree; 'bpfree data get' fetches it.
END
}

fail() {
    echo "reproduce.sh: error: $1" >&2
    exit "${2:-2}"
}

project=$(CDPATH='' cd -- "$(dirname -- "$(readlink -f -- "$0")")/.." && pwd -P)
readme=$project/README.md
runs=runs
parallel=
sweeps=
seeds=
settings=
given=$*
quick=
while [ $# -gt 0 ]; do
    case $1 in
        -h | --help) usage; exit 0 ;;
        --quick) quick=yes; shift; continue ;;
        --parallel | --only | --set | --seeds | --readme | --runs) ;;
        *) fail "unknown option $1; see scripts/reproduce.sh --help" ;;
    esac
    [ $# -ge 2 ] || fail "$1 needs a value"
    case $1 in
        --parallel) parallel=${2:-none} ;;
        --only) sweeps="$sweeps $2" ;;
        --set) settings="$settings --set $2" ;;
        --seeds) seeds=$2 ;;
        --readme) readme=$2 ;;
        --runs) runs=$2 ;;
    esac
    shift 2
done
bpfree() {
    "$project/scripts/bpfree" "$@"
}

# Java knows affinity, control groups and OMP_NUM_THREADS; nothing here decides about them a second time.
if [ -z "$parallel" ]; then
    facts=$(bpfree doctor --warm-cache --json)
    parallel=$(printf '%s\n' "$facts" | sed -n 's/.*"threads" *: *\([0-9]*\).*/\1/p')
fi
case $parallel in '' | *[!0-9]* | 0) fail "--parallel $parallel: expected a number above 0" ;; esac
[ -f "$readme" ] || fail "there is no $readme"
grep -q '^<!-- reproduce -->$' "$readme" && grep -q '^<!-- /reproduce -->$' "$readme" ||
    fail "$readme has no lines <!-- reproduce --> and <!-- /reproduce --> to write between"
sweeps=${sweeps:-families-fashion-mnist families-cifar10 families-svhn families-one-network spiking-one-network}
kind=full
if [ -n "$quick" ]; then
    kind=quick
    seeds=${seeds:-1,2}
    settings="--set training.epochs=1 --set data.trainLimit=8000 --set data.testLimit=2000 --set probes.alignmentEvery=20$settings"
fi

title() {
    case $1 in
        families-fashion-mnist) echo "Fashion-MNIST, LeNet with tanh" ;;
        families-cifar10) echo "CIFAR-10, LeNet with tanh" ;;
        families-svhn) echo "SVHN, LeNet with tanh" ;;
        families-one-network) echo "One network that every family can learn, Fashion-MNIST" ;;
        spiking-one-network) echo "Layers of the same width with neurons of their own, Fashion-MNIST" ;;
        *) echo "$1" ;;
    esac
}

# All plans first: a problem of the last one is told before the first one has run for hours.
plans=$runs/reproduce
mkdir -p "$plans"
for sweep in $sweeps; do
    file=$project/configs/sweeps/$sweep.yaml
    plan=$plans/$sweep-$kind.jsonl
    [ -f "$file" ] || fail "there is no $file"
    estimate=--estimate
    [ ! -f "$plan" ] || estimate=--no-estimate
    echo "== $sweep"
    # shellcheck disable=SC2086 # settings holds several options
    bpfree sweep plan "$file" -o "$plan" --threads 1 $estimate $settings ${seeds:+--seeds "$seeds"} ||
        fail "$sweep cannot be planned; where $plan is of another version or other options, move it away" $?
done
echo "== $parallel cells at once"

for sweep in $sweeps; do
    echo "== $sweep"
    code=0
    "$project/scripts/sweep-local.sh" "$plans/$sweep-$kind.jsonl" "$parallel" --threads "$parallel" --runs "$runs" || code=$?
    case $code in
        0 | 1 | 4) ;; # cells that diverged or failed stand in the table as such
        *) fail "stopped; the same command goes on" "$code" ;;
    esac
done

block=$plans/$kind.md
{
    echo "Written by \`scripts/reproduce.sh${given:+ $given}\` from the results of its runs. The angle is that of the updates to"
    echo "backpropagation's at the last probe. Times are those of $parallel runs at once. Most rates are choices that nobody has tuned, so a"
    echo "low row says that a learner did not get far with them in this time, not what it can reach; nor is a row of backpropagation a tuned baseline."
    for sweep in $sweeps; do
        echo
        echo "**$(title "$sweep")** ([\`$sweep.yaml\`](configs/sweeps/$sweep.yaml))"
        echo
        bpfree sweep collect "$plans/$sweep-$kind.jsonl" --format means --runs "$runs"
    done
} >"$block.tmp"
mv "$block.tmp" "$block"
awk -v block="$block" '
    /^<!-- \/reproduce -->$/ { inside = 0 }
    !inside { print }
    /^<!-- reproduce -->$/ { inside = 1; while ((getline line < block) > 0) print line }
' "$readme" >"$readme.tmp"
mv "$readme.tmp" "$readme"
echo "== tables: $readme"

for sweep in $sweeps; do
    open=$(bpfree sweep plan "$plans/$sweep-$kind.jsonl" --only failed,interrupted,missing,running --runs "$runs")
    [ -z "$open" ] || fail "cells $open of $sweep are not done; the same command tries them again" 1
done
