# What it costs to start and to have: the server, the command line, an agent that has nothing to do; and a server that is killed.
# shellcheck shell=bash

measure_starts() {
    say "Starts"
    server_port=""
    start_server http "$work/starts"
    until_ready
    stop_server
    for ((round = 1; round <= 5; round++)); do measure_server_start; done
    measure_command_line
    [[ -x $work/payload/service ]] || make_payload
    make_archive first "$work/first.tar.zst"
    make_archive second "$work/second.tar.zst"
    measure_agent_at_rest
    for ((round = 1; round <= rounds; round++)); do measure_killed_server; done
    stop_server
}

# The first start, which makes the database, keys and certificates, was before: this is the warm one.
measure_server_start() {
    if [[ -n $server ]]; then stop_server; fi
    clock=$EPOCHREALTIME
    start_server http "$work/starts"
    until_ready
    note "server ready" 1 "$(since "$clock")"
    nap 5
    note "server memory" 1 "$(memory "$server")"
}

measure_command_line() {
    measure_command "slipway --help" --help
    measure_command "slipway status" status
    # What any program costs here: as little as there is to start.
    measure_program "nothing (/bin/true)" /bin/true
}

measure_command() { measure_program "$1" "$out/slipway" "${@:2}"; }

measure_program() {
    local what=$1 i
    shift
    "$@" >/dev/null
    for ((i = 0; i < 30; i++)); do
        clock=$EPOCHREALTIME
        "$@" >/dev/null
        printf '%s\t1\t%s\n' "$what" "$(since "$clock")" >>"$work/measured"
    done
    say "   $what: $(median "$what" 1)"
}

# An agent that runs a service, asks for its health every five seconds and is connected.
measure_agent_at_rest() {
    local before
    size=1 round=0 environment=rest
    join_agents rest 1
    publish first "$work/first.tar.zst" service/slipway.yaml
    slipway deploy bench first --to rest --wait >"$work/deploy.log" 2>&1 || { cat "$work/deploy.log" >&2; return 1; }
    nap 5
    before=$(processor_time "${agent_pids[0]}")
    nap 30
    note "agent processor" 1 "$(awk -v a="$before" -v b="$(processor_time "${agent_pids[0]}")" 'BEGIN { printf "%.4f", (b - a) / 1e9 / 30 * 100 }')"
    note "agent memory" 1 "$(memory "${agent_pids[0]}")"
    end_agents
}

# One instance after the other; after the third the server is killed, and comes back.
measure_killed_server() {
    local version=killed-$round deployment ready next
    environment=kill$round size=10
    join_agents "$environment" 10
    cp "$work/second.tar.zst" "$work/$version.tar.zst"
    publish "$version" "$work/$version.tar.zst" service/slipway.yaml
    deployment=$(slipway deploy bench "$version" --to "$environment" --strategy rolling:1 --json | field id)
    until_true "three stages are done" enough_stages "$deployment" 3
    kill -KILL "$server"
    end "$server"
    clock=$EPOCHREALTIME
    start_server http "$work/starts"
    until_ready
    ready=$EPOCHREALTIME
    until_true "the deployment has ended" has_ended "$deployment"
    [[ $(api "deployments/$deployment" | field status) == succeeded ]] || say "   The deployment ended as $(api "deployments/$deployment" | field status)."
    all_answer "$version" "${service_ports[@]}"
    next=$(first_event_after "$deployment" "$clock")
    note "killed server ready" 1 "$(later "$clock" "$ready")"
    note "killed server moves on" 1 "$(later "$ready" "$next")"
    end_agents
}

enough_stages() { (($(api "deployments/$1/events?limit=500" | count '"type":"stageSucceeded"') >= $2)); }
# Its stages have a finishedAt too; the first status is its own.
has_ended() { [[ $(api "deployments/$1" | field status) =~ ^(succeeded|failed|rolledBack|cancelled|superseded)$ ]]; }

# The time of the deployment's first event after a moment, in seconds since 1970.
first_event_after() {
    local time seconds
    for time in $(api "deployments/$1/events?limit=500" | grep -o '"time":"[^"]*"' | cut -d'"' -f4); do
        seconds=$(date -d "$time" +%s.%N)
        if awk -v a="$seconds" -v b="$2" 'BEGIN { exit !(a > b) }'; then echo "$seconds"; return; fi
    done
    echo "$2"
}

# Resident memory in MB.
memory() { awk '/^VmRSS:/ { printf "%.1f", $2 / 1024 }' "/proc/$1/status"; }

# Nanoseconds of all its threads, those that ended left out.
processor_time() { cat "/proc/$1"/task/*/schedstat | awk '{ sum += $1 } END { printf "%.0f", sum }'; }
