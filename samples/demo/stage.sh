# Everything behind the story of ./demo: starts and ends the parts, and checks every claim through the public API.
# shellcheck shell=bash
out=${SLIPWAY_OUT:-$PWD/out}
tools=$PWD/samples/demo
stay=yes aws="" spinnaker="" server_settings=() join_options=() untrue=0 chapters=0 work="" server="" pids=() balancers=()

# --- beginning and end ---------------------------------------------------------------------------------------------------------------

begin() {
    local option
    for option in "$@"; do
        case $option in
            --exit) stay= ;;
            --aws) aws=yes ;;
            --spinnaker) spinnaker=yes ;;
            *) echo "Usage: ./demo [--aws | --spinnaker] [--exit]" >&2; exit 2 ;;
        esac
    done
    command -v node >/dev/null || give_up "The demo's sample service is written for Node 20, which is missing: https://nodejs.org"
    bold= dim= green= red= plain=
    if [[ -t 1 && -z ${NO_COLOR:-} ]]; then bold=$'\e[1m' dim=$'\e[2m' green=$'\e[32m' red=$'\e[31m' plain=$'\e[0m'; fi
    work=$(mktemp -d "${TMPDIR:-/tmp}/slipway-demo.XXXXXX")
    trap clean_up EXIT
    trap 'exit 130' INT
    trap 'exit 143' TERM
    # Nothing of whoever runs this: no saved login, no token of another server.
    export XDG_CONFIG_HOME=$work/config SLIPWAY_SERVER="" SLIPWAY_TOKEN=""
    echo "Everything of this demo lives in $work and goes away with it."
}

finish() {
    echo
    if ((untrue)); then echo "${red}$untrue of the claims above were not true.${plain} Logs: $work (kept)"; fi
    if [[ -z $stay ]]; then exit $((untrue > 0)); fi
    cat <<TEXT
Up until Ctrl-C:
  look and click  $SLIPWAY_SERVER   (sign in with $(<"$work/server/admin-token"))
  API             $SLIPWAY_SERVER/docs

Your turn, in another terminal:
  cd $PWD
  export SLIPWAY_SERVER=$SLIPWAY_SERVER
  export SLIPWAY_TOKEN=\$(cat $work/server/admin-token)
  ${out#"$PWD/"}/slipway status
  ${out#"$PWD/"}/slipway deploy $(if [[ -n $spinnaker ]]; then echo "storefront 1.0"; else echo "greeter v2"; fi) --to staging --wait
TEXT
    # Ends with Ctrl-C, or if the server goes away.
    wait "$server" || give_up "The server ended; its last words are in $work/server.log"
}

# The client and the agents first, then what the agents left running on purpose (an agent's end does not end its services), the server last.
clean_up() {
    local status=$? services
    trap - EXIT
    trap '' INT TERM
    if ((status == 130)); then printf '\nEnding the server, the agents and their services.\n'; fi
    if ((${#pids[@]})); then end "${pids[@]}"; fi
    mapfile -t services < <(services_left)
    if ((${#services[@]})); then end "${services[@]}"; fi
    if [[ -n $server ]]; then end "$server"; fi
    # Where something went wrong, the logs stay.
    if ((untrue == 0 && status != 1)); then rm -rf "$work"; fi
    exit "$status"
}

# Every process whose working folder is inside ours was started by an agent of ours.
services_left() {
    local link
    for link in /proc/[0-9]*/cwd; do
        if [[ $(readlink "$link" 2>/dev/null) == "$work"/* ]]; then link=${link#/proc/}; echo "${link%/cwd}"; fi
    done
}

# Asks processes to end, waits for them, and after five seconds asks no more.
end() {
    local pid tries
    kill "$@" 2>/dev/null || true
    for pid in "$@"; do
        for ((tries = 0; tries < 100; tries++)); do kill -0 "$pid" 2>/dev/null || break; sleep 0.05; done
        kill -KILL "$pid" 2>/dev/null || true
    done
}

# --- telling -------------------------------------------------------------------------------------------------------------------------

chapter() { chapters=$((chapters + 1)); printf '\n%s%s. %s%s\n' "$bold" "$chapters" "$1" "$plain"; }
say() { echo "   $*"; }

# claim SENTENCE CHECK...: a check prints what is wrong when it is.
claim() {
    local sentence=$1 wrong
    shift
    if wrong=$("$@" 2>&1); then echo "   ${green}✓${plain} $sentence"; return; fi
    untrue=$((untrue + 1))
    echo "   ${red}✗ not true: $sentence${plain} — ${wrong:-the check failed}"
}

give_up() { echo "$*" >&2; exit 1; }

# --- parts ---------------------------------------------------------------------------------------------------------------------------

# SLIPWAY_OUT names a folder with programs that are built already.
build_programs() { if [[ -z ${SLIPWAY_OUT:-} ]]; then ./build; else say "with the programs in $out"; fi; }

slipway() { "$out/slipway" "$@"; }

start_server() {
    local port begun
    port=$(node "$tools/free-ports.mjs" 1 8080)
    begun=$(now)
    Slipway__DataDirectory=$work/server "$out/slipway-server" --urls "http://127.0.0.1:$port" "${server_settings[@]}" >"$work/server.log" 2>&1 </dev/null &
    server=$!
    export SLIPWAY_SERVER=http://127.0.0.1:$port
    if ! node "$tools/wait-for.mjs" "$SLIPWAY_SERVER/health/ready" 30; then
        tail -n 20 "$work/server.log" >&2
        give_up "The server did not get ready."
    fi
    SLIPWAY_TOKEN=$(<"$work/server/admin-token")
    export SLIPWAY_TOKEN
    say "server at $SLIPWAY_SERVER, ready after $(since "$begun")"
}

# join_agents ENVIRONMENT COUNT: with a port for the service and one for load balancers, as somebody with a balancer would choose them.
join_agents() {
    local environment=$1 count=$2 token name ports number
    slipway environments create "$environment" >/dev/null 2>&1
    token=$(slipway agents token --environment "$environment" --uses "$count" --json | field token)
    for ((number = 1; number <= count; number++)); do
        name=$environment-$number
        read -r -a ports <<<"$(node "$tools/free-ports.mjs" 2)"
        "$out/slipway-agent" join --server "$SLIPWAY_SERVER" --token "$token" --environment "$environment" --service greeter \
            --name "$name" --label "port=${ports[0]}" --balancer "127.0.0.1:${ports[1]}" "${join_options[@]}" --data "$work/$name" >"$work/$name.log" 2>&1 ||
            give_up "$name could not join: $(tail -n 3 "$work/$name.log")"
        "$out/slipway-agent" run --data "$work/$name" >>"$work/$name.log" 2>&1 </dev/null &
        pids+=($!)
        if [[ $environment == production ]]; then balancers+=("${ports[0]}:${ports[1]}"); fi
    done
    until_true "all agents of $environment are connected" connected "$environment" "$count"
    say "$count agents joined $environment"
}

start_client() {
    echo idle >"$work/phase"
    node "$tools/client.mjs" "$work/counts.json" "$work/phase" "${balancers[@]}" >"$work/client.log" 2>&1 </dev/null &
    pids+=($!)
    until_true "the client gets answers" client_met idle v1
    say "from now on a client calls production, all the time"
}

# --- acts ----------------------------------------------------------------------------------------------------------------------------

describe() { slipway apply -f samples/greeter/slipway.yaml 2>&1 | without_advice; }

publish() {
    samples/greeter/make "$1" "$work/greeter-$1"
    slipway publish greeter "$1" "$work/greeter-$1" 2>&1 | without_advice
}

# The command line says what to do next; here the next thing is done anyway.
without_advice() { sed -e '/^Next: /d' -e 's/^/   /'; }

deploy() { slipway deploy greeter "$1" --to "$2" --wait; }

deploy_that_fails() {
    local status=0
    deploy "$@" || status=$?
    if ((status == 130)); then exit 130; fi
    if ((status != 1)); then give_up "slipway deploy should have ended with exit code 1, it was $status."; fi
}

watched_by_client() {
    echo "$1" >"$work/phase"
    "${@:2}"
    # The client notices a little later than the deployment does.
    until_true "the client counts on" client_calls_again
    echo idle >"$work/phase"
}

# --- checks: silent when true, else one line of what is wrong -------------------------------------------------------------------------

runs_everywhere() {
    api "targets/greeter/$1" "t => t.version === '$2' && t.instances.healthy === $3 && t.runningVersions['$2'] === $3 && Object.keys(t.runningVersions).length === 1
        ? '' : 'target: ' + JSON.stringify({ version: t.version, instances: t.instances, runningVersions: t.runningVersions })" | wrong_if_any
}

on_hold() { api "targets/greeter/$1" "t => t.hold ? '' : 'there is no hold'" | wrong_if_any; }

connected() { api "instances?environment=$1&connected=true" "page => page.items.length === $2 ? '' : page.items.length + ' are connected'" | wrong_if_any; }

newest_deployment() { api "deployments?service=greeter&environment=production&limit=1" 'page => page.items[0].id'; }

# The first stage that changes instances names one, and the next such stage began only after a soak had ended.
went_first_alone() {
    api "deployments/$(newest_deployment)" "d => {
        const first = d.plan.stages.find(s => s.kind !== 'prepare' && s.instances.length > 0);
        const soak = d.stages.find(s => d.plan.stages.find(p => p.name === s.name)?.wait);
        if (first.instances.length !== 1) return 'the first batch had ' + first.instances.length;
        if (!soak?.finishedAt) return 'there was no soak';
        const later = d.stages.filter(s => s.startedAt > soak.startedAt);
        return later.length > 0 && later.every(s => s.startedAt >= soak.finishedAt) ? '' : 'others began before the soak was over';
    }" | wrong_if_any
}

stopped_at_first_instance() {
    local id
    id=$(newest_deployment)
    api "deployments/$id" "d => d.status === 'rolledBack' && d.failure?.instance ? '' : 'status ' + d.status + ', failure ' + JSON.stringify(d.failure)" | wrong_if_any &&
        client_met "v3 and back" v2
}

client_saw_no_failure() { counted "$1" 'p => p.failures === 0 ? "" : `${p.failures} of ${p.requests} failed: ${JSON.stringify(p.reasons)}`'; }
client_met() { counted "$1" "p => $(printf '%s\n' "${@:2}" | sed "s/.*/(p.versions['&'] > 0)/" | paste -s -d '&' | sed 's/&/ \&\& /g') ? '' : 'it met ' + JSON.stringify(p.versions)"; }
client_never_met() { counts "phases => Object.values(phases).some(p => p.versions['$1']) ? 'it did' : ''" | wrong_if_any; }
client_was_busy() { counts 'phases => Object.values(phases).every(p => p.requests > 50) ? "" : JSON.stringify(phases)' | wrong_if_any; }

client_calls_again() {
    local before
    before=$(counts 'phases => Object.values(phases).reduce((sum, p) => sum + p.requests, 0)')
    sleep 0.3
    counts "phases => Object.values(phases).reduce((sum, p) => sum + p.requests, 0) > $before ? '' : 'it stopped'" | wrong_if_any
}

tell_figures() {
    local phase
    for phase in "v2 by canary" "v3 and back"; do
        say "$(counts "phases => { const p = phases['$phase']; return '$phase: ' + p.requests + ' requests, ' + p.failures + ' of them failed'; }")"
    done
    say "$(api "deployments/$(newest_deployment)/events" "page => {
        const time = type => Date.parse(page.items.find(e => e.type === type).time);
        const seconds = ms => (ms / 1000).toFixed(1) + ' s';
        return 'v3: found broken after ' + seconds(time('rollbackStarted') - time('started')) + ', v2 back after another ' + seconds(time('finished') - time('rollbackStarted'));
    }")"
}

# --- small tools ---------------------------------------------------------------------------------------------------------------------

api() { node "$tools/api.mjs" "$1" "$2"; }
field() { node -p "JSON.parse(require('fs').readFileSync(0, 'utf8')).$1"; }
counts() { node -p "($1)(JSON.parse(require('fs').readFileSync('$work/counts.json', 'utf8')))"; }
counted() { counts "phases => { const p = phases['$1']; return p ? ($2)(p) : 'the client saw nothing of it'; }" | wrong_if_any; }
wrong_if_any() { local wrong; wrong=$(cat); [[ -z $wrong ]] || { echo "$wrong"; return 1; }; }
now() { node -p 'Date.now()'; }
since() { node -p "((Date.now() - $1) / 1000).toFixed(1) + ' s'"; }

until_true() {
    local sentence=$1 tries
    shift
    for ((tries = 0; tries < 200; tries++)); do
        if "$@" >/dev/null 2>&1; then return; fi
        sleep 0.1
    done
    give_up "Waited in vain until $sentence: $("$@" 2>&1)"
}
