# Simulated agents on real connections over TLS with the server's own CA: bench/Slipway.Bench.Agents joins and connects them and deploys to all at once.
# They share the machine's cores with the server that is measured.
# shellcheck shell=bash

measure_fleet() {
    local program=$PWD/out/bench/agents report
    say "Fleet: $agents simulated agents over TLS"
    [[ -f bench/Slipway.Bench.Agents/Slipway.Bench.Agents.csproj ]] || { say "   bench/Slipway.Bench.Agents is missing."; return; }
    (($(ulimit -n) > agents + 500)) || { say "   Only $(ulimit -n) files may be open: not measured (raise ulimit -Hn)."; return; }
    dotnet publish bench/Slipway.Bench.Agents -c Release -o "$program" -p:RunAnalyzers=false -nodeReuse:false -v quiet >"$work/build.log" 2>&1 </dev/null ||
        { cat "$work/build.log" >&2; give_up "The simulated agents do not build."; }
    server_port=""
    start_server https "$work/fleet"
    until_ready
    report=$work/fleet.json
    "$program/Slipway.Bench.Agents" --agents "$agents" --rounds 5 --server-pid "$server" --json >"$report" 2>"$work/fleet.err" ||
        { cat "$work/fleet.err" "$report" >&2; say "   Not every agent acknowledged every command."; }
    note "fleet memory" "$agents" "$(number kilobytesPerAgent "$report")"
    note "fleet acknowledged" "$agents" "$(number acknowledgedSeconds "$report")"
    note "fleet deployment" "$agents" "$(number deploymentSeconds "$report")"
    note "fleet joined" "$agents" "$(number joinSeconds "$report")"
    note "fleet connected" "$agents" "$(number connectSeconds "$report")"
    note "fleet lost" "$agents" "$(number lost "$report")"
    stop_server
}

number() { sed -n "s/.*\"$1\": *\([0-9.]*\).*/\1/p" "$2"; }
