# What is told at the end: medians, their ratio to the floor of the same run, and the bars they are held against.
# shellcheck shell=bash

tell() {
    echo "# Measured"
    echo
    echo "$(describe_machine). Load when it ended: $(cut -d' ' -f1-3 /proc/loadavg). Medians; all processes share the machine, so compare within a table."
    if wanted deploy; then tell_deployments; fi
    if wanted transports; then tell_transports; fi
    if wanted nodes; then tell_nodes; fi
    if wanted fleet || wanted start; then tell_figures; fi
}

tell_deployments() {
    local columns=""
    for size in $sizes; do columns+=" $size |"; done
    echo
    echo "One new version of a 20 MB service ($files files, $((packed / 1024)) KB as tar.zst) to so many instances on this machine,"
    echo "seconds until every one answers with it (in brackets: times the floor); median of $rounds."
    echo
    echo "| instances |$columns bar | |"
    echo "|---|$(printf -- '---|%.0s' $sizes)---|---|"
    way "floor: a local script, $(nproc) at a time" floor ""
    way "**Slipway**, \`deploy --wait\` until it ends" slipway 1.15
    way "Slipway, until the last instance answers" "slipway, last answer" ""
    way "**Slipway**, prepared ahead" prepared 0.25
    way "Slipway, prepared ahead, until the last instance answers" "prepared, last answer" ""
    way "parallel ssh pipe" ssh ""
    way "Ansible $(ansible --version 2>/dev/null | sed -n '1s/.*core \([0-9.]*\).*/(core \1)/p'), ordinary playbook, 50 forks, pipelining" ansible ""
    echo
    tell_rivals
}

# way TEXT NAME BAR: a row, with the verdict where there is a bar.
way() {
    local text=$1 what=$2 bar=$3 row missed=() unknown="" seconds floor
    row="| $text |"
    for size in $sizes; do
        seconds=$(median "$what" "$size") floor=$(median floor "$size")
        if [[ -z $seconds ]]; then row+=" – |" unknown=yes; continue; fi
        row+=" $(awk -v a="$seconds" -v b="$floor" 'BEGIN { printf "%.2f (%.2f×)", a, a / b }') |"
        if [[ -n $bar ]] && is_more "$(ratio "$seconds" "$floor")" "$bar"; then missed+=("$size: $(ratio "$(ratio "$seconds" "$floor")" "$bar") × the bar"); fi
    done
    if [[ -z $bar ]]; then echo "$row | |"; elif [[ -n $unknown ]]; then echo "$row ≤ $bar × | not measured |"; else echo "$row ≤ $bar × | $(verdict "${missed[@]}") |"; fi
}

tell_rivals() {
    local against=() rival
    for size in $sizes; do
        for rival in ssh ansible; do
            if [[ -z $(median $rival "$size") || -z $(median slipway "$size") ]]; then continue; fi
            against+=("$rival at $size: $(ratio "$(median $rival "$size")" "$(median slipway "$size")") ×")
        done
    done
    if ((${#against[@]})); then printf 'Slipway is faster than %s (bar: ahead of all, ≥ 10 × Ansible).\n' "$(join_by "; " "${against[@]}")"; fi
}

tell_figures() {
    echo
    echo "| what | measured | bar | |"
    echo "|---|---|---|---|"
    if wanted fleet; then
        figure "server memory for each of $agents agents, TLS" "fleet memory" "$agents" 64 KB 1
        figure "$agents agents: a command is acknowledged by all" "fleet acknowledged" "$agents" 1 s 2
        figure "$agents agents: the deployment, from the request to its end" "fleet deployment" "$agents" "" s 2
        figure "$agents agents connect, all at once" "fleet connected" "$agents" "" s 1
        figure "connections lost" "fleet lost" "$agents" 0 "" 0
    fi
    if wanted start; then
        figure "server: start to ready, warm" "server ready" 1 1.5 s 2
        figure "server: memory, idle" "server memory" 1 200 MB 0
        figure "\`slipway --help\`" "slipway --help" 1 0.010 ms 1
        figure "\`slipway status\`" "slipway status" 1 0.040 ms 1
        figure "(to compare: starting /bin/true the same way)" "nothing (/bin/true)" 1 "" ms 1
        figure "agent at rest: memory" "agent memory" 1 25 MB 1
        figure "agent at rest: processor, over 30 s" "agent processor" 1 0.1 "% of a core" 3
        figure "server killed in mid-deployment: start to ready" "killed server ready" 1 1.5 s 2
        figure "server killed in mid-deployment: from ready until it moves on" "killed server moves on" 1 1 s 2
    fi
}

# figure TEXT NAME SIZE BAR UNIT DECIMALS
figure() {
    local text=$1 value bar=$4 unit=$5 decimals=$6 factor=1 shown="" word=""
    value=$(median "$2" "$3")
    [[ -n $value ]] || return 0
    if [[ $unit == ms ]]; then factor=1000; fi
    if [[ -n $bar ]]; then
        shown="≤ $(awk -v v="$bar" -v f=$factor 'BEGIN { print v * f }') $unit" word=PASS
        if is_more "$value" "$bar"; then word="missed: $(ratio "$value" "$bar") × the bar"; fi
    fi
    echo "| $text | $(awk -v v="$value" -v f=$factor -v d="$decimals" 'BEGIN { printf "%.*f", d, v * f }') $unit | $shown | $word |"
}

verdict() { if (($# == 0)); then echo PASS; else echo "missed at $(join_by ", at " "$@")"; fi; }

# median NAME SIZE: of what was noted; nothing where nothing was.
median() {
    awk -F'\t' -v what="$1" -v size="$2" '$1 == what && $2 == size { print $3 }' "$work/measured" | sort -n |
        awk '{ v[NR] = $1 } END { if (NR) print NR % 2 ? v[(NR + 1) / 2] : (v[NR / 2] + v[NR / 2 + 1]) / 2 }'
}

ratio() { awk -v a="$1" -v b="$2" 'BEGIN { if (b > 0) printf "%.2f", a / b; else print "?" }'; }
is_more() { awk -v a="$1" -v b="$2" 'BEGIN { exit !(a > b) }'; }
join_by() { local by=$1 text=${2-}; shift "$(($# < 2 ? $# : 2))"; printf '%s' "$text" "${@/#/$by}"; }

describe_machine() {
    local model memory
    model=$(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -n 1)
    memory=$(awk '/^MemTotal:/ { printf "%.0f", $2 / 1024 / 1024 }' /proc/meminfo)
    echo "$(nproc) cores of ${model:-an unnamed processor}, $memory GB, $(. /etc/os-release && echo "$PRETTY_NAME"), $(date -u +%Y-%m-%d)"
}
