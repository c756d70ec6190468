# For the fetch scripts beside this file: gets a program from its registry into samples/<name>/fetched/<version>, once.
# shellcheck shell=bash
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[1]}")"
mkdir -p fetched

# once VERSION COMMAND...: runs `COMMAND... FOLDER` with a new folder that becomes fetched/VERSION only if it ended well.
once() {
    local version=$1
    shift
    if [[ -d fetched/$version ]]; then return; fi
    folder=fetched/.new-$version-$$
    rm -rf "$folder"
    mkdir -p "$folder"
    trap 'rm -rf "$folder"' EXIT
    "$@" "$folder"
    mv "$folder" "fetched/$version"
    echo "$PWD/fetched/$version"
}

# npm_package NAME VERSION FOLDER: the package's own files, nothing of what it depends on.
npm_package() {
    mkdir -p "$3"
    npm pack --loglevel=error --pack-destination "$3" "$1@$2" </dev/null >/dev/null
    tar -xzf "$3"/*.tgz -C "$3" --strip-components=1
    rm "$3"/*.tgz
}

# npm_program NAME VERSION FOLDER: the package with everything it depends on, in FOLDER/node_modules.
npm_program() {
    npm install --loglevel=error --prefix "$3" --no-save --no-audit --no-fund --ignore-scripts "$1@$2" </dev/null >/dev/null
}
