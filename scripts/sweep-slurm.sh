#!/bin/sh
# Runs the cells of a plan as a Slurm job array: one task a cell, the index of the cell its task number. The same command again submits
# only what is not done. Before its time limit a task gets a signal, writes a checkpoint and is put back into the queue.
set -eu

usage() {
    cat <<'END'
usage: scripts/sweep-slurm.sh PLAN [OPTION]... [-- SBATCH OPTION...]
  --throttle N       at most N tasks at the same time (default: as many as there is room for)
  --time T           time limit of a task, as sbatch takes it (default: 1:00:00)
  --cpus N           processors, and threads, of a task (default: 1)
  --only STATES      submit cells in these states (default: failed,interrupted,missing)
  --warn SECONDS     stop a task this long before its time limit (default: 90)
  --max-requeues N   how often a task may be put back into the queue (default: 10)
  --runs DIR         the folder above the sweep's own (default: runs)
  --data-dir DIR     folder with the datasets
  --dry-run          print the job script and the sbatch command; submit nothing
What follows -- goes to sbatch, for example -- --partition=cpu --mem=4G. JAVA_OPTS goes to the Java of every task.
END
}

fail() {
    echo "sweep-slurm.sh: error: $1" >&2
    exit 2
}

project=$(CDPATH='' cd -- "$(dirname -- "$(readlink -f -- "$0")")/.." && pwd -P)
plan=
throttle=
limit=1:00:00
cpus=1
only=failed,interrupted,missing
warn=90
requeues=10
runs=runs
data=
dry=
while [ $# -gt 0 ]; do
    case $1 in
        -h | --help) usage; exit 0 ;;
        --) shift; break ;;
        --dry-run) dry=yes; shift ;;
        --throttle | --time | --cpus | --only | --warn | --max-requeues | --runs | --data-dir)
            [ $# -ge 2 ] || fail "$1 needs a value"
            case $1 in
                --throttle) throttle=$2 ;;
                --time) limit=$2 ;;
                --cpus) cpus=$2 ;;
                --only) only=$2 ;;
                --warn) warn=$2 ;;
                --max-requeues) requeues=$2 ;;
                --runs) runs=$2 ;;
                --data-dir) data=$2 ;;
            esac
            shift 2
            ;;
        -*) fail "unknown option $1; --help lists them" ;;
        *)
            [ -z "$plan" ] || fail "one plan at a time: $plan, $1"
            plan=$1
            shift
            ;;
    esac
done
[ -n "$plan" ] || { usage >&2; exit 2; }
for number in "$cpus" "$warn" "$requeues" "${throttle:-1}"; do
    case $number in '' | *[!0-9]*) fail "'$number' is not a whole number" ;; esac
done
[ "$cpus" -ge 1 ] || fail "--cpus $cpus: expected at least 1"
[ -n "$dry" ] || command -v sbatch >/dev/null || fail "there is no sbatch here; scripts/sweep-local.sh runs a plan without Slurm"

# Whatever is wrong with the plan shows up here, once, and not in every task.
array=$("$project/scripts/bpfree" sweep plan "$plan" --only "$only" --runs "$runs")
if [ -z "$array" ]; then
    echo "no cell of $plan is $only; nothing was submitted" >&2
    exit 0
fi
# Tasks that start together would unpack the native libraries into one folder at the same time.
[ -n "$dry" ] || "$project/scripts/bpfree" doctor --warm-cache >/dev/null

name=$(sed -n '1s/.*"sweep":"\([^"]*\)".*/\1/p' "$plan")
logs=$runs/$name/logs
[ -n "$dry" ] || mkdir -p "$logs"
plan=$(CDPATH='' cd -- "$(dirname -- "$plan")" && pwd -P)/$(basename -- "$plan")

# The JAR as it is now: a task must not build it, should the sources change meanwhile.
BPFREE_JAVA=${JAVA_HOME:+$JAVA_HOME/bin/}java
BPFREE_JAR=$project/target/bpfree.jar
BPFREE_PLAN=$plan
BPFREE_RUNS=$runs
BPFREE_REQUEUES=$requeues
unset SLURM_RESTART_COUNT # of a job that submits jobs; the first start of a task has none
export BPFREE_JAVA BPFREE_JAR BPFREE_PLAN BPFREE_RUNS BPFREE_REQUEUES
if [ -n "$data" ]; then
    BPFREE_DATA=$data
    export BPFREE_DATA
fi

# Prints the job script that sbatch would get, and on standard error its environment and the command.
show() {
    {
        printf 'environment:'
        for variable in BPFREE_JAVA BPFREE_JAR BPFREE_PLAN BPFREE_RUNS BPFREE_REQUEUES ${BPFREE_DATA:+BPFREE_DATA}; do
            eval "printf \" %s='%s'\" \"$variable\" \"\$$variable\""
        done
        printf '\nsbatch'
        printf " '%s'" "$@"
        printf '\n'
    } >&2
    cat
}

submit=sbatch
[ -z "$dry" ] || submit=show
job=$("$submit" --parsable --job-name="$name" --array="$array${throttle:+%$throttle}" --time="$limit" --cpus-per-task="$cpus" \
    --requeue --signal="B:USR1@$warn" --open-mode=append --output="$logs/%A_%a.log" --export=ALL "$@" <<'TASK'
#!/bin/sh
# One cell. Slurm warns this shell, which asks Java to stop; Java then writes a checkpoint.
cell=$SLURM_ARRAY_TASK_ID
restarts=${SLURM_RESTART_COUNT:-0}
threads=${SLURM_CPUS_PER_TASK:-1}
export OMP_NUM_THREADS="$threads" OPENBLAS_NUM_THREADS="$threads" MKL_NUM_THREADS="$threads"
echo "$(date '+%F %T')  cell $cell on $(hostname), job $SLURM_JOB_ID, restart $restarts, $threads thread(s)"

set -f
# shellcheck disable=SC2086 # JAVA_OPTS holds several options
"$BPFREE_JAVA" -XX:+UseSerialGC -XX:ActiveProcessorCount="$threads" ${JAVA_OPTS:-} -jar "$BPFREE_JAR" \
    sweep run "$BPFREE_PLAN" --index "$cell" --threads "$threads" --runs "$BPFREE_RUNS" &
java=$!
warned=
trap 'warned=yes; kill -TERM "$java" 2>/dev/null' USR1
trap : TERM # Slurm sends it to Java as well; this shell stays to see how Java ends
wait "$java"
code=$?
while kill -0 "$java" 2>/dev/null; do # a signal ended the waiting, not Java
    wait "$java"
    code=$?
done

if [ -n "$warned" ] && { [ "$code" -eq 75 ] || [ "$code" -eq 143 ]; }; then
    if [ "$restarts" -lt "$BPFREE_REQUEUES" ]; then
        echo "$(date '+%F %T')  cell $cell reached its time limit; back into the queue, $((restarts + 1)) of at most $BPFREE_REQUEUES times"
        scontrol requeue "$SLURM_JOB_ID"
    else
        echo "$(date '+%F %T')  cell $cell reached its time limit; not put back into the queue, as it was $restarts times already"
    fi
    exit 75
fi
echo "$(date '+%F %T')  cell $cell ended with exit code $code"
exit "$code"
TASK
)
[ -z "$dry" ] || { printf '%s\n' "$job"; exit 0; }
echo "submitted job ${job%%;*}: cells $array of $plan, logs in $logs" >&2
echo "${job%%;*}"
