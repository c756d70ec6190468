# One instance of the deployed service: restart it, ask it. Built-in words of the shell wherever there is one: every process started would be paid for
# by the floor.
# shellcheck shell=bash

# A blocking read of something that never has anything to read is a sleep without a process.
exec {never}<> <(:)
nap() { read -rt "$1" -u "$never" || true; }

restart() {
    local folder=$1 old
    if [[ -f $folder/pid ]]; then
        old=$(<"$folder/pid")
        # Only if it is still ours: a number may have become somebody else's.
        if [[ /proc/$old/cwd/../../pid -ef $folder/pid ]] && kill "$old" 2>/dev/null; then while is_alive "$old"; do nap 0.001; done; fi
    fi
    cd "$folder/current"
    setsid ./service service.conf </dev/null >>../../log 2>&1 &
    echo $! >"$folder/pid"
    cd "$OLDPWD"
}

# A process that nobody has collected yet is as good as gone.
is_alive() {
    local stat
    { read -r stat <"/proc/$1/stat"; } 2>/dev/null && [[ ${stat##*) } != Z* ]]
}

# ask PORT PATH: the answer's last line is in $answer.
ask() {
    local connection line
    answer=
    { exec {connection}<>"/dev/tcp/127.0.0.1/$1"; } 2>/dev/null || return 1
    printf 'GET %s HTTP/1.0\r\n\r\n' "$2" >&"$connection"
    while IFS= read -r line <&"$connection" 2>/dev/null; do answer=$line; done
    exec {connection}>&-
}

until_answers() {
    local tries
    for ((tries = 0; tries < 30000; tries++)); do
        if ask "$1" /version && [[ $answer == "$2" ]]; then return; fi
        nap 0.002
    done
    echo "Port $1 does not answer $2 but '$answer'." >&2
    return 1
}
