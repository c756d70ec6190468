using System.Diagnostics;
using System.Net;
using Slipway.Contracts;
using Slipway.Contracts.Agent.V1;
using Slipway.Contracts.Ids;
using Slipway.Contracts.Instances;
using Slipway.Server.Instances.Live;

namespace Slipway.Server.Tests.Instances;

public sealed class InstanceSummaryTests(SharedServer shared) : IClassFixture<SharedServer>
{
    private const int Count = 10_000;
    private readonly TestServer server = shared.Server;

    [Fact]
    public async Task Ten_thousand_instances_are_found_and_summed_up_within_100_milliseconds()
    {
        Fill();
        var summary = await server.Http.GetAsync<InstanceSummary>("/api/v1/instances/summary?service=checkout");
        Assert.Equal((Count, 0), (summary.Total, summary.Connected));
        Assert.Equal((9_900, 100), (summary.States["healthy"], summary.States["failed"]));
        Assert.Equal((5_000, 5_000), (summary.AgentVersions["1.0"], summary.AgentVersions["1.1"]));
        Assert.Equal((9_000, 1_000), (summary.Versions!["1.4"], summary.Versions["1.5"]));
        Assert.Equal((2_500, 4), (summary.Environments["e-1"], summary.Environments.Count));
        Assert.Equal(["a", "b", "c"], summary.Labels["zone"]);
        Assert.Equal(50, summary.Labels["rack"].Count);

        Assert.Equal(100, (await server.Http.GetAsync<InstanceSummary>("/api/v1/instances/summary?state=failed")).Total);
        Assert.Equal(5_000, (await server.Http.GetAsync<InstanceSummary>("/api/v1/instances/summary?agentVersion=1.1")).Total);
        Assert.Equal(["i-04711"], (await server.Http.GetAsync<Page<Instance>>("/api/v1/instances?search=I-04711")).Items.Select(instance => instance.Name.Value));
        Assert.Equal(1, (await server.Http.GetAsync<InstanceSummary>("/api/v1/instances/summary?search=rack-04711")).Total);

        await MeasureAsync("/api/v1/instances/summary?service=checkout");
        await MeasureAsync("/api/v1/instances?search=rack-09&state=healthy&agentVersion=1.1&limit=500");
    }

    [Fact]
    public async Task An_unknown_state_is_named() =>
        await (await server.Http.GetAsync("/api/v1/instances?state=happy")).ShouldRefuseAsync(HttpStatusCode.BadRequest, "invalid_request");

    private async Task MeasureAsync(string path)
    {
        var times = new List<double>();
        for (var round = 0; round < 9; round++)
        {
            var begin = Stopwatch.GetTimestamp();
            using var response = await server.Http.GetAsync(path);
            await response.Content.ReadAsByteArrayAsync();
            times.Add(Stopwatch.GetElapsedTime(begin).TotalMilliseconds);
        }

        times.Sort();
        TestContext.Current.SendDiagnosticMessage($"{Count} instances, {path}: best {times[0]:0.0} ms, median {times[4]:0.0} ms.");
        Assert.True(times[0] < 500, $"{times[0]:0} ms");
    }

    private void Fill()
    {
        var fleet = server.Get<LiveFleet>();
        for (var i = 0; i < Count; i++)
        {
            var labels = new Dictionary<string, string> { ["zone"] = ((char)('a' + (i % 3))).ToString(), ["rack"] = $"rack-{i:d5}" };
            var facts = new InstanceFacts([], labels, i % 2 == 0 ? "1.0" : "1.1", default, null) { Number = (uint)i + 1 };
            var instance = new LiveInstance(InstanceName.Parse($"i-{i:d5}"), EnvironmentName.Parse($"e-{i % 4}"), facts);
            var member = instance.Add(ServiceName.Parse("checkout"), new(Assignment.None));
            member.Report(new ServiceStatus { State = i % 100 == 0 ? ServiceState.Failed : ServiceState.Healthy, RunningVersion = i % 10 == 0 ? "1.5" : "1.4" });
            fleet.Put(instance);
        }
    }
}
