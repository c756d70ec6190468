# From asking for a deployment until agents have heard of it and have acted: over SNS and SQS (an emulator) and over the connection that agents hold.
# The simulated agents, the server and the emulator share the machine's cores.
# shellcheck shell=bash
queues="1:200 50:20 500:6"

measure_transports() {
    local pair count turns transport port
    say "Transports: SNS and SQS against the connection"
    get_simulated 500 || return 0
    port=$((next_port++))
    samples/aws-emulator/start --install || give_up "The emulator of AWS can not be had from npm."
    samples/aws-emulator/start "$port" >"$work/aws.log" 2>&1 </dev/null &
    pids+=($!)
    export AWS_ENDPOINT_URL=http://127.0.0.1:$port AWS_ACCESS_KEY_ID=bench AWS_SECRET_ACCESS_KEY=bench AWS_REGION=us-east-1 AWS_EC2_METADATA_DISABLED=true Slipway__Aws__Topic=slipway
    until_true "the emulator of AWS answers" curl -sf -o /dev/null "$AWS_ENDPOINT_URL/health"
    for pair in $queues; do
        count=${pair%:*} turns=${pair#*:}
        for transport in direct aws; do measure_transport "$transport" "$count" "$turns"; done
    done
    unset AWS_ENDPOINT_URL Slipway__Aws__Topic
}

# measure_transport TRANSPORT AGENTS ROUNDS: on a server of its own, so that neither meets the other's instances.
measure_transport() {
    local transport=$1 count=$2 turns=$3 report=$work/transport-$1-$2.json figure published
    server_port=""
    start_server http "$work/transport-$transport-$count"
    until_ready
    "$simulated" --transport "$transport" --agents "$count" --rounds "$turns" --floor --json >"$report" 2>"$work/transport.err" ||
        { cat "$work/transport.err" "$report" >&2; say "   Not every agent acknowledged every command."; }
    for figure in toldMedian toldWorst actedMedian actedWorst floorMedian floorWorst; do note "$transport $figure" "$count" "$(number $figure "$report")"; done
    published=$(curl -sf "$SLIPWAY_SERVER/metrics" | awk '/^slipway_broker_messages_published_total/ { print $2 }')
    note "$transport published" "$count" "$(awk -v all="${published:-0}" -v turns="$turns" 'BEGIN { printf "%.1f", all / turns }')"
    stop_server
}

tell_transports() {
    local pair count transport
    echo
    echo "From asking for a deployment (all at once) until an agent has heard its first command, and until it has switched and said so; milliseconds, every agent of every"
    echo "round but the first. SNS and SQS are an emulator: one plain message takes it $(median "aws floorMedian" 1) ms (p99 $(median "aws floorWorst" 1) ms)."
    echo
    echo "| agents | transport | told: median | p99 | acted: median | p99 | SNS messages a deployment |"
    echo "|---|---|---|---|---|---|---|"
    for pair in $queues; do
        count=${pair%:*}
        for transport in direct aws; do
            echo "| $count | $transport | $(median "$transport toldMedian" "$count") | $(median "$transport toldWorst" "$count") | $(median "$transport actedMedian" "$count") | $(median "$transport actedWorst" "$count") | $(median "$transport published" "$count") |"
        done
    done
}
