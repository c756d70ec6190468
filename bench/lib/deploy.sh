# One new version of a 20 MB service to N instances on this machine, in every way, from the same archive: from the moment before it begins until
# every instance answers with the new version. Ways take turns, so that a machine that is slower for a while is so for all of them.
# shellcheck shell=bash

measure_deployments() {
    say "Deployments: 20 MB to $sizes instances, $rounds rounds"
    make_payload
    start_server http "$work/server"
    until_ready
    start_sshd
    for size in $sizes; do
        say "  $size"
        begin_size
        for ((round = 0; round <= rounds; round++)); do
            if ((round == 0)); then say "   (not counted: the first version)"; cp "$work/measured" "$work/measured.before"; fi
            for way in $(in_turn "$round" $ways); do deploy_by "$way"; done
            if ((round == 0)); then mv "$work/measured.before" "$work/measured"; fi
        done
        end_agents
        rm -rf "$work/agents" "$work/floor" "$work/ssh" "$work/ansible"
    done
    stop_server
}

# Every round begins with another way.
in_turn() {
    local first=$1 i
    shift
    for ((i = 0; i < $#; i++)); do echo "${@:((first + i) % $# + 1):1}"; done
}

begin_size() {
    environment=n$size
    join_agents "$environment" "$size"
    local ports=()
    free_ports $((size * 3))
    floor_ports=("${ports[@]:0:size}") ssh_ports=("${ports[@]:size:size}") ansible_ports=("${ports[@]:2*size:size}")
}

# deploy_by WAY: makes a version that nobody has seen, deploys it, and believes nothing: every instance is asked.
deploy_by() {
    local way=$1 name version archive
    case $way in
        ssh) [[ -n $sshd_port ]] || return 0 ;;
        ansible) if [[ -z $sshd_port ]] || ! command -v ansible-playbook >/dev/null; then return 0; fi
            if ((size > 10 && round > 0)) && [[ -z $long || $round -gt 1 ]]; then return 0; fi
            if ((size > 10)) && [[ -z $long ]]; then return 0; fi ;;
    esac
    version=$way-$size-$round
    archive=$work/$version.tar.zst
    make_archive "$version" "$archive"
    "before_$way" "$version" "$archive"
    calm "$(awk -v n="$size" 'BEGIN { print 0.5 + n / 25 }')"
    timed "$way" "$size" "by_$way" "$version" "$archive"
    "after_$way" "$version"
    rm -f "$archive"
}

# --- the floor: a local script, as many instances at a time as there are cores --------------------------------------------------------

before_floor() { :; }
by_floor() {
    local i
    for ((i = 0; i < size; i++)); do printf '%s\0' "$work/floor/$i" "$2" "$1" "${floor_ports[i]}"; done |
        xargs -0 -n 4 -P "$(nproc)" "$bench/lib/install"
}
after_floor() { all_answer "$1" "${floor_ports[@]}"; forget_old "$1" floor; }

# --- Slipway: real agents, each with its own folder -----------------------------------------------------------------------------------

before_slipway() { publish "$1" "$2" service/slipway.yaml; }
by_slipway() { slipway deploy bench "$1" --to "$environment" --wait >"$work/deploy.log" 2>&1 || { cat "$work/deploy.log" >&2; return 1; }; }
after_slipway() { all_answer "$1" "${service_ports[@]}"; note_last_answer slipway; }

# Published and prepared before the clock starts; what is left is the switch.
before_prepared() {
    sed 's/^strategy:/prepare: { ahead: true }\n&/' "$bench/service/slipway.yaml" >"$work/ahead.yaml"
    publish "$1" "$2" "$work/ahead.yaml"
    # Nobody prepares for a target that has never been deployed to.
    if ((round > 0)); then until_true "$1 is prepared on every instance" all_prepared "$environment" "$size" "$1"; fi
}
by_prepared() { by_slipway "$@"; }
after_prepared() { all_answer "$1" "${service_ports[@]}"; note_last_answer prepared; }

publish() {
    (cd "$bench" && slipway apply -f "$3" && slipway publish bench "$1" "$2") >"$work/publish.log" 2>&1 || { cat "$work/publish.log" >&2; return 1; }
}

# The services know when they first answered; the command line ends a little later, when it has heard of the end.
note_last_answer() {
    local port last=0
    for port in "${service_ports[@]}"; do
        ask "$port" /first
        if awk -v a="$answer" -v b="$last" 'BEGIN { exit !(a > b) }'; then last=$answer; fi
    done
    note "$1, last answer" "$size" "$(later "$clock" "$last")"
}

# --- parallel ssh: a background ssh for every instance, the archive through it --------------------------------------------------------

before_ssh() { :; }
by_ssh() {
    local i waiting=() pid status=0
    for ((i = 0; i < size; i++)); do
        remote "$bench/lib/install" "$work/ssh/$i" - "$1" "${ssh_ports[i]}" <"$2" &
        waiting+=($!)
    done
    for pid in "${waiting[@]}"; do wait "$pid" || status=$?; done
    return "$status"
}
after_ssh() { all_answer "$1" "${ssh_ports[@]}"; forget_old "$1" ssh; }

remote() { ssh -F "$work/sshd/client" bench "$*"; }

# Our own, on a free port, for keys of this run only.
start_sshd() {
    sshd_port=""
    local program=/usr/sbin/sshd folder=$work/sshd
    if [[ ! -x $program || -z $(command -v ansible-playbook) ]] && [[ $(id -u) == 0 ]] && command -v apt-get >/dev/null; then
        DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends openssh-server openssh-client ansible >"$work/apt.log" 2>&1 </dev/null || true
    fi
    if [[ ! -x $program ]]; then say "   There is no sshd here: without parallel ssh and Ansible."; return; fi
    mkdir -p "$folder"
    if [[ $(id -u) == 0 ]]; then mkdir -p /run/sshd; fi
    ssh-keygen -q -t ed25519 -N "" -f "$folder/host"
    ssh-keygen -q -t ed25519 -N "" -f "$folder/key"
    free_ports 1
    # SHLVL: bash would read ~/.bashrc for every command, and what somebody has in there is not what is to be measured.
    cat >"$folder/config" <<CONFIG
SetEnv SHLVL=2
ListenAddress 127.0.0.1:${ports[0]}
HostKey $folder/host
AuthorizedKeysFile $folder/key.pub
PidFile none
StrictModes no
UsePAM no
PasswordAuthentication no
KbdInteractiveAuthentication no
PermitRootLogin prohibit-password
MaxStartups 500
MaxSessions 500
Subsystem sftp internal-sftp
CONFIG
    cat >"$folder/client" <<CONFIG
Host bench bench-*
  HostName 127.0.0.1
  Port ${ports[0]}
  User $(id -un)
  IdentityFile $folder/key
  IdentitiesOnly yes
  StrictHostKeyChecking no
  UserKnownHostsFile /dev/null
  LogLevel ERROR
CONFIG
    "$program" -D -e -f "$folder/config" >"$folder/log" 2>&1 </dev/null &
    started
    until_true "sshd answers" remote true
    sshd_port=${ports[0]}
}

# --- Ansible: the ordinary playbook, 50 forks, pipelining -----------------------------------------------------------------------------

before_ansible() {
    local i
    for ((i = 0; i < size; i++)); do
        mkdir -p "$work/ansible/$i"
        echo "bench-$i folder=$work/ansible/$i port=${ansible_ports[i]}"
    done >"$work/inventory"
}
by_ansible() {
    ANSIBLE_PIPELINING=1 ANSIBLE_FORKS=50 ANSIBLE_HOST_KEY_CHECKING=0 ANSIBLE_SSH_ARGS="-F $work/sshd/client -o ControlMaster=auto -o ControlPersist=60s" \
        ANSIBLE_SSH_CONTROL_PATH_DIR="$work/sshd" ANSIBLE_LOCAL_TEMP="$work/ansible/tmp" ANSIBLE_REMOTE_TEMP="$work/ansible/remote" ANSIBLE_PYTHON_INTERPRETER=/usr/bin/python3 \
        ansible-playbook -i "$work/inventory" "$bench/ansible/deploy.yml" \
        -e "version=$1 archive=$2 restart=$bench/lib/restart" >"$work/ansible.log" 2>&1 || { tail -n 20 "$work/ansible.log" >&2; return 1; }
}
after_ansible() { all_answer "$1" "${ansible_ports[@]}"; forget_old "$1" ansible; close_connections; }

# Ansible leaves its connections open for a minute; the next run, as one from CI would, begins without.
close_connections() {
    local connection
    for connection in "$work"/sshd/*; do
        if [[ -S $connection ]]; then ssh -F "$work/sshd/client" -o ControlPath="$connection" -O exit bench 2>/dev/null || true; fi
    done
}

# --- what is deployed -----------------------------------------------------------------------------------------------------------------

# Assemblies of the installed .NET shared framework, cut to 20 MB, the service itself and its template.
make_payload() {
    local folder=$work/payload framework file size=0 bytes
    mkdir -p "$folder"
    make_service "$folder/service"
    cp "$bench/service/service.conf.j2" "$folder"
    framework=$(dotnet --list-runtimes | sed -n 's/^Microsoft.NETCore.App \([^ ]*\) \[\(.*\)\]$/\2\/\1/p' | tail -n 1)
    for file in "$framework"/*.dll; do
        bytes=$(stat -c %s "$file")
        if ((size + bytes > 20 * 1024 * 1024)); then continue; fi
        cp "$file" "$folder"
        size=$((size + bytes))
    done
    make_archive none "$work/none.tar.zst"
    packed=$(stat -c %s "$work/none.tar.zst")
    files=$(find "$folder" -type f | wc -l)
    say "   $((size / 1024 / 1024)) MB in $files files, $((packed / 1024)) KB as tar.zst"
}

make_service() {
    local made=$PWD/out/bench/service options=()
    case $(linker) in
        none) cp "$bench/service/service.py" "$1"; return ;;
        gcc) options=(-p:CppCompilerAndLinker=gcc) ;;
    esac
    if [[ ! -x $made || $bench/service/Program.cs -nt $made ]]; then
        dotnet publish "$bench/service" -c Release --use-current-runtime -o "$PWD/out/bench" "${options[@]}" -p:RunAnalyzers=false -nodeReuse:false -v quiet >"$work/build.log" 2>&1 </dev/null ||
            { cat "$work/build.log" >&2; give_up "The service that is to be deployed does not build."; }
    fi
    cp "$made" "$1"
}

# Each with something of its own, so that nobody has seen it.
make_archive() {
    echo "$1" >"$work/payload/build"
    tar -C "$work/payload" -cf - . | zstd -q -3 -f -o "$2"
}

all_answer() {
    local version=$1 port
    shift
    for port in "$@"; do
        ask "$port" /version || answer=nothing
        [[ $answer == "$version" ]] || give_up "Port $port answers $answer, not $version."
    done
}

# Old versions go, as Slipway's agents delete theirs.
forget_old() {
    local folder
    for folder in "$work/$2"/*/versions/*; do if [[ ${folder##*/} != "$1" ]]; then rm -rf "$folder"; fi; done
}
