#!/bin/sh
# Runs the cells of a plan on this machine, each in a process of its own with one thread, as many at once as bpfree takes threads
# (OMP_NUM_THREADS, else the processors that this shell may use); then tells how they stand. The same command again goes on with what is not done.
# usage: scripts/sweep-local.sh PLAN [N] [OPTION of 'bpfree sweep run']...      N: how many at once
set -eu
project=$(CDPATH='' cd -- "$(dirname -- "$(readlink -f -- "$0")")/.." && pwd -P)
if [ $# -lt 1 ] || [ "$1" = --help ] || [ "$1" = -h ]; then
    echo "usage: scripts/sweep-local.sh PLAN [N] [OPTION of 'bpfree sweep run']..."
    [ $# -ge 1 ] || exit 2
    exit 0
fi
plan=$1
shift
parallel=
case ${1:-} in
    '' | *[!0-9]*) ;;
    *) parallel=$1; shift ;;
esac
code=0
"$project/scripts/bpfree" sweep run "$plan" ${parallel:+--parallel "$parallel"} "$@" || code=$?
runs=runs
while [ $# -gt 0 ]; do
    [ "$1" != --runs ] || runs=${2:-runs}
    shift
done
"$project/scripts/bpfree" sweep status "$plan" --runs "$runs"
exit "$code"
