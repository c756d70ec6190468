# The simulated fleet over one node and over three, on one PostgreSQL that is started for it. Everything shares this machine's cores: nodes, database and agents.
# shellcheck shell=bash
fleet_of=()

measure_nodes() {
    local programs count
    programs=$(compgen -G '/usr/lib/postgresql/*/bin' | tail -n 1)
    [[ -n $programs ]] || { say "Nodes: PostgreSQL is not installed: not measured."; return; }
    # One process holds the simulated agents' connections.
    local most=$(($(ulimit -n) - 1000))
    for count in 1 3; do
        fleet_of[count]=$((agents * count < most ? agents * count : most))
        ((fleet_of[count] == agents * count)) || say "Nodes: no more than ${fleet_of[count]} agents, because only $(ulimit -n) files may be open (raise ulimit -Hn)"
        measure_cluster "$count" "${fleet_of[count]}" "$programs"
    done
}

# measure_cluster NODES AGENTS PROGRAMS
measure_cluster() {
    local count=$1 fleet=$2 urls=() servers=() i
    say "Nodes: $fleet simulated agents over $count, on PostgreSQL, TLS"
    get_simulated "$fleet" || return 0
    start_database "$3"
    export ConnectionStrings__Slipway="Host=127.0.0.1;Port=$database_port;Username=postgres;Database=postgres"
    for ((i = 0; i < count; i++)); do
        server_port=""
        start_server https "$work/cluster-$count-$i"
        if ((i == 0)); then until_ready; else until_true "the node is ready" is_ready; fi
        urls+=("$SLIPWAY_SERVER") servers+=("$server")
    done
    SLIPWAY_SERVER=${urls[0]} simulate "$count nodes" "$fleet" --server-pid "$(join_by , "${servers[@]}")" --more-servers "$(join_by , "${urls[@]:1}")"
    end "${servers[@]}"
    unset ConnectionStrings__Slipway
    end "$database"
}

# start_database PROGRAMS: empty, with its ordinary settings but for the number of connections.
start_database() {
    local programs=$1 folder as=()
    folder=$(mktemp -d "${TMPDIR:-/tmp}/slipway-bench-db.XXXXXX")
    databases+=("$folder")
    if [[ $(id -u) == 0 ]]; then chown postgres "$folder"; as=(setpriv --reuid=postgres --regid=postgres --init-groups --); fi
    (cd / && "${as[@]}" "$programs/initdb" -D "$folder" -U postgres -A trust -E UTF8 --locale=C) >"$work/initdb.log" 2>&1 || { cat "$work/initdb.log" >&2; give_up "PostgreSQL could not be set up."; }
    free_ports 1
    database_port=${ports[0]}
    (cd / && exec "${as[@]}" "$programs/postgres" -D "$folder" -p "$database_port" -k "$folder" -h 127.0.0.1 -c max_connections=200) >"$work/database.log" 2>&1 </dev/null &
    database=$!
    started
    until_true "PostgreSQL answers" "$programs/pg_isready" -h 127.0.0.1 -p "$database_port" -q
}

tell_nodes() {
    local count fleet
    echo
    echo "Simulated agents over TLS on nodes that share one PostgreSQL, all on this machine:"
    echo
    echo "| nodes | agents | node memory for each | all acknowledge a command | deployment, from the request to its end | all connect at once | lost |"
    echo "|---|---|---|---|---|---|---|"
    for count in 1 3; do
        fleet=${fleet_of[count]:-}
        [[ -n $(median "$count nodes memory" "$fleet") ]] || continue
        echo "| $count | $fleet | $(median "$count nodes memory" "$fleet") KB | $(median "$count nodes acknowledged" "$fleet") s | $(median "$count nodes deployment" "$fleet") s | $(median "$count nodes connected" "$fleet") s | $(median "$count nodes lost" "$fleet") |"
    done
}
