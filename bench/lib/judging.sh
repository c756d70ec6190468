# The judge of health on made-up deployments, beside Kayenta's judge: bench/Slipway.Bench.Judging. It needs no server, and its figures (but for the cost) no quiet machine.
# shellcheck shell=bash

measure_judging() {
    local program=$PWD/out/bench/judging file=$bench/results/judging.md
    say "Judging: made-up deployments, healthy and faulty"
    dotnet publish bench/Slipway.Bench.Judging -c Release -o "$program" -p:RunAnalyzers=false -nodeReuse:false -v quiet >"$work/build.log" 2>&1 </dev/null ||
        { cat "$work/build.log" >&2; give_up "The bench of the judge does not build."; }
    # A quick run is too small to be published.
    if [[ -n $quick ]]; then file=$work/judging.md; fi
    "$program/Slipway.Bench.Judging" ${quick:+--quick} --cores 2 --out "$file"
}
