using Slipway.FakeGate.Json;
using Slipway.FakeGate.World;

namespace Slipway.FakeGate.Stages.Deploying;

/// <summary>What a stage that makes a server group is about.</summary>
internal sealed record Deployment(string Account, string Region, string Provider, Moniker Moniker, string? Source, string? Created)
{
    public static Deployment Of(Turn turn)
    {
        var region = turn.Context.Inner("availabilityZones").Select(zone => zone.Key).FirstOrDefault()
            ?? turn.Text("region")
            ?? throw new PlanningException("IllegalArgumentException", "availabilityZones must name a region");
        var moniker = new Moniker(turn.Text("application") ?? turn.Execution.Application, Given("stack"), Given("freeFormDetails"), 0);
        return new(
            turn.Text("account") ?? turn.Text("credentials") ?? throw new PlanningException("IllegalArgumentException", "account must be given"),
            region,
            turn.Text("cloudProvider") ?? "aws",
            moniker,
            turn.Context.Inner("source").Text("serverGroupName"),
            turn.Context.Inner("deploy.server.groups").List(region) is [var created, ..] ? created : null);

        string? Given(string key) => turn.Text(key) is { Length: > 0 } text ? text : null;
    }
}
