using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;

namespace Slipway.Server.Tests.Deployments.Simulation;

/// <summary>
/// Random lives of targets on the real engine, the real store and a real database file. <c>SLIPWAY_SCHEDULES</c> says how many, <c>SLIPWAY_SEED</c> repeats one.
/// </summary>
public sealed class SimulationTests(ITestOutputHelper output)
{
    /// <summary>Half a minute on a quiet machine of two cores; SLIPWAY_SCHEDULES asks for more.</summary>
    private const int Default = 60;

    [Fact]
    public async Task Whatever_happens_every_target_settles_on_what_was_asked_for()
    {
        var watch = Stopwatch.StartNew();
        var seeds = new ConcurrentQueue<int>(Seeds());
        var (crashes, stale, done) = (0, 0, 0);
        await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => Task.Run(async () =>
        {
            using var database = new SimulationDatabase();
            while (seeds.TryDequeue(out var seed))
            {
                var schedule = await RunAsync(seed, database);
                Interlocked.Add(ref crashes, schedule.Crashes);
                Interlocked.Add(ref stale, schedule.Stale);
                Interlocked.Increment(ref done);
            }
        })));
        output.WriteLine($"{done} schedules with {crashes} crashes and {stale} writers that stepped back in {watch.Elapsed.TotalSeconds:0.0} s");
        Assert.True(crashes > 0 && stale > 0, "the schedules made no faults");
    }

    private static async Task<Schedule> RunAsync(int seed, SimulationDatabase database)
    {
        var schedule = new Schedule(seed, database, await database.NewTargetAsync(seed));
        try
        {
            await schedule.RunAsync();
            return schedule;
        }
        catch (Exception e)
        {
            throw new InvalidOperationException($"SLIPWAY_SEED={seed} repeats this: {e.Message}", e);
        }
    }

    private static IEnumerable<int> Seeds()
    {
        if (Number("SLIPWAY_SEED") is { } seed)
            return [seed];

        // Other schedules at every run; what fails prints its seed.
        var first = Environment.GetEnvironmentVariable("SLIPWAY_SCHEDULES") is null ? 1 : Random.Shared.Next(1, 1_000_000_000);
        return Enumerable.Range(first, Number("SLIPWAY_SCHEDULES") ?? Default);
    }

    private static int? Number(string variable) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
