# Simulated agents on real connections over TLS with the server's own CA: bench/Slipway.Bench.Agents joins and connects them and deploys to all at once.
# They share the machine's cores with the server that is measured.
# shellcheck shell=bash
simulated=$PWD/out/bench/agents/Slipway.Bench.Agents simulated_built=""

measure_fleet() {
    say "Fleet: $agents simulated agents over TLS"
    get_simulated "$agents" || return 0
    server_port=""
    start_server https "$work/fleet"
    until_ready
    simulate fleet "$agents" --server-pid "$server"
    stop_server
}

# get_simulated COUNT: builds them; fails where so many connections are not allowed.
get_simulated() {
    (($(ulimit -n) > $1 + 500)) || { say "   Only $(ulimit -n) files may be open: not measured (raise ulimit -Hn)."; return 1; }
    [[ -z $simulated_built ]] || return 0
    dotnet publish bench/Slipway.Bench.Agents -c Release -o "${simulated%/*}" -p:RunAnalyzers=false -nodeReuse:false -v quiet >"$work/build.log" 2>&1 </dev/null ||
        { cat "$work/build.log" >&2; give_up "The simulated agents do not build."; }
    simulated_built=yes
}

# simulate NAME COUNT WORDS...: notes what came out under that name.
simulate() {
    local name=$1 count=$2 report=$work/$1-$2.json
    shift 2
    "$simulated" --agents "$count" --rounds 5 --json "$@" >"$report" 2>"$report.err" ||
        { cat "$report.err" "$report" >&2; say "   Not every agent acknowledged every command."; }
    note "$name memory" "$count" "$(number kilobytesPerAgent "$report")"
    note "$name acknowledged" "$count" "$(number acknowledgedSeconds "$report")"
    note "$name deployment" "$count" "$(number deploymentSeconds "$report")"
    note "$name joined" "$count" "$(number joinSeconds "$report")"
    note "$name connected" "$count" "$(number connectSeconds "$report")"
    note "$name lost" "$count" "$(number lost "$report")"
}

number() { sed -n "s/.*\"$1\": *\([0-9.]*\).*/\1/p" "$2"; }
