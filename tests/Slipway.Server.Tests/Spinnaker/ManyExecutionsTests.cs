using System.Text.Json.Nodes;
using Microsoft.Extensions.Time.Testing;
using Slipway.DeploymentTypes.Spinnaker.Gate;
using Gate = Slipway.FakeGate.FakeGate;

namespace Slipway.Server.Tests.Spinnaker;

/// <summary>What following a thousand executions costs Spinnaker.</summary>
public sealed class ManyExecutionsTests
{
    private const int Many = 1_000;

    [Fact]
    public async Task A_thousand_executions_are_looked_at_in_twenty_calls_where_nothing_has_changed()
    {
        await using var gate = await Gate.StartAsync(new() { Time = new FakeTimeProvider(DateTimeOffset.UtcNow) });
        gate.Configs.SaveApplication("shop");
        gate.Configs.Save((JsonObject)JsonNode.Parse("""
            { "application": "shop", "name": "long", "limitConcurrent": false, "stages": [{ "refId": "1", "type": "wait", "name": "Wait", "waitTime": 36000 }] }
            """)!);
        var ids = Enumerable.Range(0, Many).Select(_ => gate.Executions.Start("shop", "long")).ToList();
        gate.Advance(TimeSpan.FromMinutes(1));
        using var installation = Open(gate);

        var first = await ReadAsync(installation, ids);
        var before = Calls(gate);
        var second = await ReadAsync(installation, ids);

        Assert.Equal(ids, first.Select(execution => execution!.Id));
        Assert.All(second, execution => Assert.Equal("RUNNING", execution!.Status.Name));

        // One batch may have begun with the first that asked, before the others were there.
        Assert.InRange(Calls(gate) - before, Many / 50, (Many / 50) + 5);
    }

    [Fact]
    public async Task While_Spinnaker_is_away_few_calls_try_it()
    {
        await using var gate = await Gate.StartAsync();
        using var installation = Open(gate);
        gate.Faults.Answer(new(FakeGate.Faults.Wrong.Login));

        for (var asked = 0; asked < 200; asked++)
            await Assert.ThrowsAsync<GateException>(() => installation.CallAsync((client, token) => client.ApplicationsAsync(token), CancellationToken.None));

        Assert.Equal(1, Calls(gate));
    }

    private static async Task<Execution?[]> ReadAsync(Installation installation, IEnumerable<string> ids) =>
        await Task.WhenAll(ids.Select(id => installation.Executions.ReadAsync(id, CancellationToken.None)));

    private static int Calls(Gate gate) => gate.Requests.ByPath.Values.Sum();

    private static Installation Open(Gate gate) => new(
        new()
        {
            Name = "main",
            Type = "spinnaker",
            Values = new Dictionary<string, string> { ["gate"] = gate.Url.ToString() },
            Secrets = new Dictionary<string, string>(),
            Revision = 1,
        },
        new FakeTimeProvider(DateTimeOffset.UtcNow));
}
