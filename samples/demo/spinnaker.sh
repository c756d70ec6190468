# The story of ./demo --spinnaker: baked images through a Spinnaker. What plays Spinnaker is tests/FakeGate, a double of its API in which a minute
# takes two seconds; everything else is real. Uses the parts of stage.sh.
# shellcheck shell=bash
gate=""

tell_of_spinnaker() {
    chapter "Building"
    build_programs
    build_gate

    chapter "A server, and a Spinnaker that it is connected to"
    start_server
    start_gate
    slipway connections put main --type spinnaker --set "gate=$gate" --set "deck=$gate" --set interval=500ms 2>&1 | without_advice
    slipway connections test main 2>&1 | without_advice

    chapter "A service, described in one file; its first version is baked for staging"
    slipway apply -f samples/baked/slipway.yaml 2>&1 | without_advice
    slipway publish storefront 1.0 2>&1 | without_advice
    slipway deploy storefront 1.0 --to staging --wait
    claim "1.0 serves in both regions of staging" serves staging 1.0 2
    claim "its images are kept with the version" api_says "services/storefront/versions/1.0" "v => v.references.length === 2"

    chapter "The same images go to production, once somebody has said yes"
    approve_meanwhile
    slipway deploy storefront 1.0 --to production --wait
    claim "nothing was baked for production" not_baked
    claim "1.0 serves in both regions of production" serves production 1.0 2

    chapter "Version 2 is made from an image whose instances never come up"
    curl_gate POST /_fake/neverUp '{"pattern":"storefront_2.0"}'
    slipway publish storefront 2.0 2>&1 | without_advice
    approve_meanwhile
    deploy_baked_that_fails 2.0
    claim "it was taken back: 1.0 serves in both regions" serves production 1.0 2
    claim "production is on hold until somebody deploys on purpose" api_says targets/storefront/production "t => t.hold"

    chapter "Somebody takes traffic away in Spinnaker itself, behind Slipway's back"
    curl_gate POST "/_fake/serverGroups/prod/us-east-1/$(serving_group us-east-1)/disable" '{}'
    until_true "the drift is seen" api_says targets/storefront/production "t => t.drift.length > 0"
    say "$(api targets/storefront/production "t => t.drift.join(' ')")"
    claim "Slipway has seen it" api_says targets/storefront/production "t => t.drift[0].startsWith('us-east-1')"
}

build_gate() {
    say "the double of Spinnaker"
    dotnet build tests/FakeGate -c Release -o "$work/gate" -p:RunAnalyzers=false -v quiet >"$work/gate.log" 2>&1 </dev/null || { tail -n 20 "$work/gate.log" >&2; give_up "The double of Spinnaker does not build."; }
}

start_gate() {
    local port
    port=$(node "$tools/free-ports.mjs" 1 8084)
    dotnet "$work/gate/slipway-fakegate.dll" --urls "http://127.0.0.1:$port" --speed 30 >"$work/gate.log" 2>&1 </dev/null &
    pids+=($!)
    gate=http://127.0.0.1:$port
    node "$tools/wait-for.mjs" "$gate/health" 30 || give_up "The double of Spinnaker did not get ready: $(tail -n 5 "$work/gate.log")"
    curl_gate PUT /_fake/applications/storefront '{}'
    say "a Spinnaker at $gate, in which a minute takes two seconds"
}

# Somebody else, who looks at what is asked and says yes.
approve_meanwhile() {
    (
        for ((tries = 0; tries < 600; tries++)); do
            id=$(api "deployments?service=storefront&environment=production&limit=1" "page => page.items[0]?.stages.some(s => s.question) ? page.items[0].id : ''" 2>/dev/null) || id=""
            if [[ -n $id ]]; then slipway approve "$id" --reason "looks good on staging" >/dev/null 2>&1 && exit; fi
            sleep 0.2
        done
    ) &
}

deploy_baked_that_fails() {
    local status=0
    slipway deploy storefront "$1" --to production --wait || status=$?
    if ((status == 130)); then exit 130; fi
    if ((status != 1)); then give_up "slipway deploy should have ended with exit code 1, it was $status."; fi
}

curl_gate() {
    node -e "fetch('$gate$2', { method: '$1', headers: { 'content-type': 'application/json' }, body: process.argv[1] }).then(a => { if (!a.ok) { console.error('$2: ' + a.status); process.exit(1); } })" "$3" ||
        give_up "The double of Spinnaker did not do as it was told."
}

# --- checks --------------------------------------------------------------------------------------------------------------------------

serving_group() { api targets/storefront/production/groups "g => g.groups.find(x => x.serving && x.location.endsWith('$1')).name"; }

serves() { api_says "targets/storefront/$1/groups" "g => { const s = g.groups.filter(x => x.serving); return s.length === $3 && s.every(x => x.version === '$2' && x.health.up > 0); }"; }

not_baked() { api_says "deployments?service=storefront&environment=production&limit=1" "page => !page.items[0].stages.some(s => s.kind === 'bake')"; }

# What is asked for may be seen a little later than it has happened.
api_says() {
    local tries
    for ((tries = 0; tries < 100; tries++)); do
        if [[ $(api "$1" "x => ($2)(x) ? 'yes' : JSON.stringify(x).slice(0, 400)") == yes ]]; then return; fi
        sleep 0.2
    done
    api "$1" "x => JSON.stringify(x).slice(0, 400)"
    return 1
}
