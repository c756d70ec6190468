# Options, the work folder, processes, ports and clocks.
# shellcheck shell=bash
bench=$PWD/bench
ways="floor slipway prepared ssh ansible" rounds=3 sizes="1 10 50" agents=10000 long="" quick="" sections=()
work="" pids=() databases=() next_port=$((20000 + RANDOM % 8000))

read_options() {
    while (($#)); do
        case $1 in
            deploy | fleet | nodes | transports | start | judging) sections+=("$1") ;;
            --rounds) rounds=$2; shift ;;
            --instances) sizes=$2; shift ;;
            --ways) ways=$2; shift ;;
            --agents) agents=$2; shift ;;
            --quick) rounds=1 agents=1000 quick=yes ;;
            --long) long=yes ;;
            *) sed -n '2,/^set/{/^#/s/^# \{0,1\}//p}' "$bench/run" >&2; exit 2 ;;
        esac
        shift
    done
    if ((${#sections[@]} == 0)); then sections=(deploy fleet nodes transports start judging); fi
}

wanted() { [[ " ${sections[*]} " == *" $1 "* ]]; }

export LC_ALL=C.UTF-8
begin() {
    work=$(mktemp -d "${TMPDIR:-/tmp}/slipway-bench.XXXXXX")
    trap clean_up EXIT
    trap 'exit 130' INT
    trap 'exit 143' TERM
    # Root may raise it further; others get what they are allowed.
    ulimit -n 100000 2>/dev/null || ulimit -n "$(ulimit -Hn)"
    # Nothing of whoever runs this: no saved login, no token of another server.
    export XDG_CONFIG_HOME=$work/config SLIPWAY_SERVER="" SLIPWAY_TOKEN="" DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
    : >"$work/measured"
    mkdir -p "$bench/results"
}

clean_up() {
    local status=$?
    trap - EXIT
    trap '' INT TERM
    close_connections
    if ((${#pids[@]})); then end "${pids[@]}"; fi
    end_services
    # Where something went wrong, the logs stay.
    if ((${#databases[@]})); then rm -rf "${databases[@]}"; fi
    if ((status == 0 || status == 130)); then rm -rf "$work"; else echo "What there was is in $work." >&2; fi
    exit "$status"
}

# Agents leave their services running on purpose, and the other ways of deploying have nobody who would end theirs.
# Every process whose working folder is inside ours was started by this run.
end_services() {
    local link left=()
    for link in /proc/[0-9]*/cwd; do
        if [[ $(readlink "$link" 2>/dev/null) == "$work"/* ]]; then link=${link#/proc/}; left+=("${link%/cwd}"); fi
    done
    if ((${#left[@]})); then end "${left[@]}"; fi
}

# Asks processes to end, waits for them, and after five seconds asks no more. What has ended is forgotten: its number may become somebody else's.
end() {
    local pid tries
    for pid in "$@"; do if is_alive "$pid"; then kill "$pid" 2>/dev/null || true; fi; done
    for pid in "$@"; do
        for ((tries = 0; tries < 500; tries++)); do is_alive "$pid" || break; nap 0.01; done
        if is_alive "$pid"; then kill -KILL "$pid" 2>/dev/null || true; fi
        unset "pids[$pid]"
    done
}

# The process that was just started in the background is ours to end.
started() { pids[$!]=$!; disown "$!"; }

say() { echo "$*" >&2; }
give_up() { say "$*"; exit 1; }

since() { awk -v a="$1" -v b="$EPOCHREALTIME" 'BEGIN { printf "%.3f", b - a }'; }
later() { awk -v a="$1" -v b="$2" 'BEGIN { printf "%.3f", b - a }'; }

# timed WHAT SIZE COMMAND...: runs it and notes how long it took; when it began is in $clock.
timed() {
    local what=$1 size=$2 seconds status=0
    shift 2
    clock=$EPOCHREALTIME
    "$@" || status=$?
    seconds=$(since "$clock")
    if ((status)); then say "   $what ($size): failed with exit code $status"; return "$status"; fi
    note "$what" "$size" "$seconds"
}

# note WHAT SIZE VALUE: one measurement; what is told at the end is the median of those with the same name.
note() {
    printf '%s\t%s\t%s\n' "$1" "$2" "$3" >>"$work/measured"
    say "   $1 ($2): $3"
}

# Below the range that outgoing connections are given, so that a service that restarts finds its port still free.
free_ports() {
    local count=$1 found=()
    while ((${#found[@]} < count)); do
        next_port=$((next_port + 1))
        if ! is_open "$next_port"; then found+=("$next_port"); fi
    done
    ports=("${found[@]}")
}

is_open() { (: <>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

# What one measurement has left to do (files to be written to the disk, old versions to be deleted) must not be paid for by the next.
calm() {
    timeout 30 sync -f "$work" || true
    nap "${1:-1}"
}

until_true() {
    local sentence=$1 tries
    shift
    for ((tries = 0; tries < 1200; tries++)); do
        if "$@" >/dev/null 2>&1; then return; fi
        nap 0.1
    done
    give_up "Waited in vain until $sentence."
}

# Native programs need a C toolchain to link.
linker() {
    if command -v clang >/dev/null; then echo clang; elif command -v gcc >/dev/null && command -v objcopy >/dev/null; then echo gcc; else echo none; fi
}
