using System.Diagnostics;
using System.Text.Json.Nodes;

namespace Slipway.FakeGate.Tests;

public sealed class ClockTests
{
    [Fact]
    public async Task With_speed_everything_takes_less_and_times_stay_those_of_the_clock()
    {
        await using var gate = await Gate.StartAsync(new() { Speed = 2000 });
        using var client = new Client(gate.Url);
        gate.Configs.Save((JsonObject)JsonNode.Parse("""{"application":"shop","name":"P","stages":[{"refId":"1","requisiteStageRefIds":[],"type":"wait","name":"Wait","waitTime":600}]}""")!);
        var id = GateTests.Reference(await client.Post("/pipelines/shop/P"));

        var watch = Stopwatch.StartNew();
        JsonObject execution;
        do
            execution = (await client.Get($"/pipelines/{id}")).Object;
        while ((string)execution["status"]! != "SUCCEEDED" && watch.Elapsed < TimeSpan.FromSeconds(10));

        Assert.Equal("SUCCEEDED", (string?)execution["status"]);
        Assert.InRange(TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds() - (long)execution["endTime"]!, 0, 10_000);
        Assert.True((long)execution["endTime"]! - (long)execution["startTime"]! >= 300);
    }

    [Fact]
    public async Task Only_a_stepped_clock_is_moved_on()
    {
        await using var gate = await Gate.StartAsync();

        Assert.Throws<InvalidOperationException>(() => gate.Advance(TimeSpan.FromSeconds(1)));
    }
}
