using Slipway.Bench.Agents;

if (Options.Parse(args) is not { } options)
{
    await Console.Error.WriteLineAsync("""
        Simulated agents on real connections: joins them, connects them, deploys to all of them at once, and says how long that took.
          --server URL --token T     (or SLIPWAY_SERVER, SLIPWAY_TOKEN; the token needs the scope admin)
          --agents 10000 --rounds 5 --server-pid PID[,PID…] --more-servers URL[,URL…] --delay-ms 0 --fail-per-thousand 0 --parallel 32 --transport direct|aws --floor --json --stay
        """);
    return 2;
}

using var fleet = new Fleet(options);
var report = new Report(options);
using var setup = new Setup(options);
await setup.PrepareAsync();
report.MemoryBefore = ServerMemory.Of(options.ServerProcesses);
report.JoinSeconds = await Stopwatches.TimeAsync(() => fleet.JoinAsync(setup));
report.ConnectSeconds = await Stopwatches.TimeAsync(fleet.ConnectAsync);
report.MemoryConnected = await ServerMemory.SettledAsync(options.ServerProcesses);
if (options.Floor && fleet.Aws is { } aws)
    report.Floor = await aws.FloorAsync(300);

for (var round = 1; round <= options.Rounds; round++)
{
    report.Add(await setup.DeployAsync(fleet, round));
    if (round == 1 && options.Rounds > 1)
    {
        fleet.Told.Forget();
        fleet.Acted.Forget();
    }
}

(report.Told, report.Acted) = (fleet.Told, fleet.Acted);

report.MemoryAfter = await ServerMemory.SettledAsync(options.ServerProcesses);
report.Lost = fleet.Lost;
report.Write();
if (options.Stay)
    while (await Console.In.ReadLineAsync() is not null)
    {
        // Until the input ends.
    }

return report.IsComplete ? 0 : 1;
