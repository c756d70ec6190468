using System.Globalization;
using Slipway.Chaos.Checking;

namespace Slipway.Chaos.Client;

/// <summary>
/// The two services of a run and their versions. One is the greeter of the samples, the other a script; both write down every start, outside of the
/// folders that Slipway knows.
/// </summary>
internal sealed class Wares(string folder, string starts)
{
    public const string Environment = "storm";
    private const string Greeter = "greeter";
    private const string Ticker = "ticker";
    private const int GoodOnes = 6;
    private const int BadOnes = 2;

    public static IReadOnlyList<string> Services { get; } = [Greeter, Ticker];

    public static IReadOnlyList<Ware> All { get; } =
    [
        .. Services.SelectMany(service => Enumerable.Range(1, GoodOnes).Select(number => new Ware(service, Name("good", number), WareKind.Good))),
        .. Services.SelectMany(service => Enumerable.Range(1, BadOnes).Select(number => new Ware(service, Name("never", number), WareKind.NeverHealthy))),
        .. Services.SelectMany(service => Enumerable.Range(1, BadOnes).Select(number => new Ware(service, Name("later", number), WareKind.CrashesLater))),
    ];

    /// <summary>slipway.yaml of a service.</summary>
    public string Definition(string service)
    {
        var path = Path.Combine(folder, service + ".yaml");
        File.WriteAllText(path, $$"""
            service: {{service}}
            run: {{(service == Greeter ? "node start.mjs" : "./start")}}
            health: { {{(service == Greeter ? "http: /healthz, " : "")}}interval: 1s, deadline: 6s, settle: 800ms }
            stop: { grace: 2s }
            drain: { wait: 0s, deadline: 1s }
            verdict: { dryRun: true }
            config:
              CHAOS_STARTS: {{starts}}
              LD_PRELOAD: ""
            """);
        return path;
    }

    /// <summary>The folder to publish.</summary>
    public string Make(Ware ware)
    {
        var made = Directory.CreateDirectory(Path.Combine(folder, $"{ware.Service}-{ware.Version}")).FullName;
        if (ware.Service == Greeter)
            MakeGreeter(ware, made);
        else
            MakeTicker(ware, made);
        return made;
    }

    /// <summary>The versions that a service on an instance has started, in their order.</summary>
    public IReadOnlyList<string> Starts(string instance, string service) =>
        Path.Combine(starts, $"{instance}-{service}") is var path && File.Exists(path) ? [.. File.ReadLines(path).Select(line => line.Split(' ')[0])] : [];

    private static string Name(string kind, int number) => string.Create(CultureInfo.InvariantCulture, $"{kind}-{number}");

    /// <summary>The sample's own program, started by a few lines that write the start down. It crashes once on each instance, if it is to crash at all: what is started again goes on.</summary>
    private static void MakeGreeter(Ware ware, string made)
    {
        File.Copy(Path.Combine(Repository.Sample("greeter"), "greeter.mjs"), Path.Combine(made, "greeter.mjs"), overwrite: true);
        File.WriteAllText(
            Path.Combine(made, "greeting.mjs"),
            ware.Kind == WareKind.NeverHealthy ? "export const greet = (name) => names[0];\n" : $"export const greet = (name) => `{ware.Version} greets ${{name}}`;\n");
        File.WriteAllText(Path.Combine(made, "start.mjs"), $$"""
            import { appendFileSync, existsSync, writeFileSync } from 'node:fs';
            const { CHAOS_STARTS, SLIPWAY_INSTANCE, SLIPWAY_SERVICE, SLIPWAY_VERSION } = process.env;
            const log = `${CHAOS_STARTS}/${SLIPWAY_INSTANCE}-${SLIPWAY_SERVICE}`;
            appendFileSync(log, `${SLIPWAY_VERSION} ${process.pid} ${new Date().toISOString()}\n`);
            const crashed = `${log}-${SLIPWAY_VERSION}-crashed`;
            if ({{(ware.Kind == WareKind.CrashesLater ? "true" : "false")}} && !existsSync(crashed)) {
              setTimeout(() => { writeFileSync(crashed, ''); process.exit(7); }, 2500);
            }
            await import('./greeter.mjs');

            """);
    }

    private static void MakeTicker(Ware ware, string made)
    {
        var program = Path.Combine(made, "start");
        var turn = ware.Kind switch
        {
            WareKind.NeverHealthy => "exit 3",
            WareKind.CrashesLater => "[ -e \"$crashed\" ] || { sleep 2; : >\"$crashed\"; exit 7; }",
            _ => ":",
        };
        File.WriteAllText(program, $$"""
            #!/bin/sh
            log="$CHAOS_STARTS/$SLIPWAY_INSTANCE-$SLIPWAY_SERVICE"
            echo "$SLIPWAY_VERSION $$ $(date -u +%FT%T.%3NZ)" >>"$log"
            crashed="$log-$SLIPWAY_VERSION-crashed"
            {{turn}}
            exec sleep 86400

            """);
        File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }
}
