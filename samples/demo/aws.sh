# What ./demo --aws adds to the story: commands through SNS and SQS, artifacts in S3, all of it an emulator on this machine. Uses the parts of stage.sh.
# shellcheck shell=bash
bucket=slipway-artifacts

# Before the server: it and the agents find AWS through AWS' own environment variables.
start_aws() {
    local port
    port=$(node "$tools/free-ports.mjs" 1 4566)
    say "an emulator of AWS (fauxqs, from npm)"
    samples/aws-emulator/start --install || give_up "The emulator of AWS can not be had from npm."
    samples/aws-emulator/start "$port" >"$work/aws.log" 2>&1 </dev/null &
    pids+=($!)
    node "$tools/wait-for.mjs" "http://127.0.0.1:$port/health" 30 || give_up "The emulator of AWS did not get ready: $(tail -n 5 "$work/aws.log")"
    export AWS_ENDPOINT_URL=http://127.0.0.1:$port AWS_ACCESS_KEY_ID=demo AWS_SECRET_ACCESS_KEY=demo AWS_REGION=us-east-1 AWS_EC2_METADATA_DISABLED=true
    http PUT "$AWS_ENDPOINT_URL/$bucket" >/dev/null || give_up "No bucket could be made."
    server_settings=(--Slipway:Aws:Topic slipway --Slipway:Aws:Bucket "$bucket")
    join_options=(--transport aws)
    say "SNS, SQS and S3 at $AWS_ENDPOINT_URL, with a bucket called $bucket"
}

tell_of_aws() {
    chapter "How it travelled"
    claim "every agent listens to a queue of its own" api_says "instances?limit=100" "page => page.items.length === 6 && page.items.every(i => i.transport === 'aws' && !i.transportTrouble)"
    claim "no artifact lies on the server; all are in the bucket" artifacts_are_in_the_bucket
    say "$(http GET "$SLIPWAY_SERVER/metrics" | awk '/^slipway_broker_messages_published_total/ { print $2 }') messages were published in all, for six agents and every step above"
    claim "the doctor finds nothing wrong on an instance" "$out/slipway-agent" doctor --data "$work/production-1"
}

artifacts_are_in_the_bucket() {
    local kept
    kept=$(find "$work/server/artifacts" -type f | wc -l)
    [[ $kept == 0 ]] || { echo "$kept files are on the server"; return 1; }
    http GET "$AWS_ENDPOINT_URL/$bucket?list-type=2&prefix=artifacts/" | grep -q '<Key>artifacts/[0-9a-f]\{64\}<' || { echo "the bucket has none"; return 1; }
}

http() { node -e "fetch('$2', { method: '$1' }).then(async a => { console.log(await a.text()); if (!a.ok) process.exit(1); })"; }
