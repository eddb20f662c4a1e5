#!/usr/bin/env bash
# Times whole processes: PDF to JSON against `pdftotext -layout` on the same files, one process for each file, with the
# same number of processes side by side, in turns so that both meet the same machine, without character recognition,
# which pdftotext has none of. Prints each round, the ratio of
# the fastest rounds, and the highest peak memory of skrivelse over the files.
#
#   benches/against.sh FILE.pdf...          with the binary that stands in target/release
#   PROCESSES=1 ROUNDS=9 benches/against.sh FILE.pdf...
#
# It needs pdftotext (poppler-utils); GNU time (time) is used for the memory where it is there.
set -euo pipefail

rounds=${ROUNDS:-5}
processes=${PROCESSES:-$(nproc)}
skrivelse=${SKRIVELSE:-$(dirname "$0")/../target/release/skrivelse}

if [ $# -eq 0 ]; then
    echo "usage: benches/against.sh FILE.pdf..." >&2
    exit 2
fi
if ! [ -x "$skrivelse" ]; then
    echo "$skrivelse is missing: run cargo build --release" >&2
    exit 2
fi
command -v pdftotext >/dev/null || { echo "pdftotext is missing: install poppler-utils" >&2; exit 2; }

# Both read every file, and neither's exit code matters: a file that one refuses it also refuses in time.
ours() { printf '%s\0' "$@" | xargs -0 -n 1 -P "$processes" sh -c '"$0" extract --ocr off --jobs 1 "$1" >/dev/null 2>&1 || true' "$skrivelse"; }
theirs() { printf '%s\0' "$@" | xargs -0 -n 1 -P "$processes" sh -c 'pdftotext -layout "$0" - >/dev/null 2>&1 || true'; }
batch() { "$skrivelse" extract --quiet --ocr off --jobs "$processes" "$@" >/dev/null 2>&1 || true; }

# The seconds that a command takes.
seconds() {
    local start end
    start=$(date +%s%N)
    "$@"
    end=$(date +%s%N)
    awk "BEGIN { printf \"%.3f\", ($end - $start) / 1e9 }"
}

fastest() { printf '%s\n' "$@" | sort -n | head -n 1; }

ours "$@" # Once unmeasured, so that all finds the files in memory.
a=() b=() c=()
printf '%d files, %d processes\nround  skrivelse  pdftotext  skrivelse in one process\n' $# "$processes"
for round in $(seq "$rounds"); do
    a+=("$(seconds ours "$@")")
    b+=("$(seconds theirs "$@")")
    c+=("$(seconds batch "$@")")
    printf '%5d  %9s  %9s  %9s\n' "$round" "${a[-1]}" "${b[-1]}" "${c[-1]}"
done
awk -v a="$(fastest "${a[@]}")" -v b="$(fastest "${b[@]}")" -v c="$(fastest "${c[@]}")" \
    'BEGIN { printf "fastest %9s  %9s  %9s\nratio to pdftotext: %.2f, in one process %.2f\n", a, b, c, a / b, c / b }'

if ! [ -x /usr/bin/time ]; then
    echo "peak memory is not measured: GNU time is missing"
    exit
fi
for file in "$@"; do
    printf '%s %s\n' "$(/usr/bin/time -f %M "$skrivelse" extract --quiet --ocr off "$file" 2>&1 >/dev/null | tail -n 1)" "$file"
done | sort -n | tail -n 1 | awk '{ printf "highest peak memory: %.0f MB, %s\n", $1 / 1024, $2 }'
