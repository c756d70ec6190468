using Slipway.Contracts.Ids;
using Slipway.Server.Instances.Live;

namespace Slipway.Server.Tests.Instances;

public sealed class LiveFleetTests
{
    [Fact]
    public async Task Whoever_lists_while_instances_join_hides_none_of_them()
    {
        var fleet = new LiveFleet();
        var listed = 0;
        using var stop = new CancellationTokenSource();
        var reading = Task.Run(() =>
        {
            while (!stop.IsCancellationRequested)
            {
                _ = fleet.Instances.Count;
                Interlocked.Increment(ref listed);
            }
        });

        for (var number = 1; number <= 500; number++)
        {
            var before = Volatile.Read(ref listed);
            fleet.Put(new(InstanceName.Parse($"i-{number}"), EnvironmentName.Parse("dev"), new([], new Dictionary<string, string>(), "1.0", default, null) { Number = (uint)number }));
            SpinWait.SpinUntil(() => Volatile.Read(ref listed) > before + 1);
            Assert.Equal(number, fleet.Instances.Count);
        }

        await stop.CancelAsync();
        await reading;
    }
}
