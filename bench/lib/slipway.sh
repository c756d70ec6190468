# The parts of Slipway that measurements need.
# shellcheck shell=bash
server="" server_port="" data=""

get_programs() {
    out=${SLIPWAY_OUT:-}
    if [[ -z $out ]]; then ./build >&2; out=$PWD/out; fi
    out=$(cd "$out" && pwd)
    local program
    for program in slipway slipway-agent slipway-server; do [[ -x $out/$program ]] || give_up "There is no $program in $out."; done
}

slipway() { "$out/slipway" "$@"; }

# start_server SCHEME FOLDER: may be called again for the same folder, after the server ended or was killed.
start_server() {
    local scheme=$1
    data=$2
    if [[ -z $server_port ]]; then free_ports 1; server_port=${ports[0]}; fi
    Slipway__DataDirectory=$data "$out/slipway-server" --urls "$scheme://127.0.0.1:$server_port" >>"$data.log" 2>&1 </dev/null &
    server=$!
    started
    export SLIPWAY_SERVER=$scheme://127.0.0.1:$server_port
}

until_ready() {
    local tries
    for ((tries = 0; tries < 30000; tries++)); do
        if is_ready; then
            SLIPWAY_TOKEN=$(<"$data/admin-token")
            export SLIPWAY_TOKEN
            return
        fi
        is_alive "$server" || break
        nap 0.002
    done
    tail -n 20 "$data.log" >&2
    give_up "The server did not get ready."
}

# A port that is open is not enough: /health/ready has to answer 200. With TLS that takes more than a shell.
is_ready() {
    if [[ $SLIPWAY_SERVER == https:* ]]; then [[ $(curl -sk -o /dev/null -w '%{http_code}' "$SLIPWAY_SERVER/health/ready") == 200 ]]; return; fi
    local connection line=""
    { exec {connection}<>"/dev/tcp/127.0.0.1/$server_port"; } 2>/dev/null || return 1
    printf 'GET /health/ready HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n' >&"$connection"
    # A server that dies in the middle of its answer is not ready.
    IFS= read -r line <&"$connection" 2>/dev/null || true
    exec {connection}>&-
    [[ $line == *" 200 "* ]]
}

stop_server() { end "$server"; }

# join_agents ENVIRONMENT COUNT: their ports are in ${service_ports[@]}, their processes in ${agent_pids[@]}.
join_agents() {
    local environment=$1 count=$2 token i folder
    slipway environments create "$environment" >/dev/null
    token=$(slipway agents token --environment "$environment" --uses "$count" --json | field token)
    free_ports "$count"
    service_ports=("${ports[@]}") agent_pids=()
    for ((i = 0; i < count; i++)); do
        folder=$work/agents/$environment-$i
        mkdir -p "$folder"
        "$out/slipway-agent" join --server "$SLIPWAY_SERVER" --token "$token" --environment "$environment" --service bench \
            --name "$environment-$i" --label "port=${service_ports[i]}" --data "$folder" >"$folder.log" 2>&1 ||
            give_up "An agent could not join: $(tail -n 3 "$folder.log")"
        "$out/slipway-agent" run --data "$folder" >>"$folder.log" 2>&1 </dev/null &
        agent_pids+=($!)
        started
    done
    until_true "all $count agents of $environment are connected" all_connected "$environment" "$count"
}

end_agents() {
    end "${agent_pids[@]}"
    end_services
}

all_connected() { (($(api "instances?environment=$1&connected=true&limit=500" | count '"joinedAt"') == $2)); }

# Says so itself: the version is among those that are ready on every instance.
all_prepared() { (($(api "instances?environment=$1&limit=500" | count "\"preparedVersions\":\[[^]]*\"$3\"") == $2)); }

api() { curl -fsS -H "Authorization: Bearer $SLIPWAY_TOKEN" "$SLIPWAY_SERVER/api/v1/$1"; }
count() { grep -o "$1" | wc -l; }
# The first field of that name.
field() { grep -o "\"$1\": *\"[^\"]*\"" | sed -n '1s/.*: *"\(.*\)"/\1/p'; }
