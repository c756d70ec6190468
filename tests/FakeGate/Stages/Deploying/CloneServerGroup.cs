using Slipway.FakeGate.Json;

namespace Slipway.FakeGate.Stages.Deploying;

/// <summary>A new server group like an existing one, of its image or of another.</summary>
internal sealed class CloneServerGroup : IStageType
{
    private readonly CreateServerGroup create = new();

    public string Name => "cloneServerGroup";

    /// <summary>The clone is a deployment into the cluster of its source.</summary>
    public IReadOnlyList<TaskSpec> Tasks(Turn turn) => [new("determineSource", Fill), .. create.Tasks(turn)];

    public IReadOnlyList<Child> After(Turn turn) => create.After(turn);

    private static Result Fill(Turn turn)
    {
        var source = turn.Context.Inner("source");
        var (account, region, name) = (source.Text("account") ?? turn.Text("account") ?? "", source.Text("region") ?? turn.Text("region") ?? "", source.Text("serverGroupName") ?? source.Text("asgName") ?? "");
        if (turn.Around.World.State.Find(account, region, name) is not { } group)
            return Result.Fail("IllegalStateException", $"Server group {name} not found in {region}");

        return new Result.Succeeded(Wire.Object(
            ("account", turn.Text("account") ?? account),
            ("availabilityZones", turn.Context["availabilityZones"].Copy() ?? Wire.Object((region, Wire.Texts([region + "a"])))),
            ("application", group.Moniker.App),
            ("stack", group.Moniker.Stack),
            ("freeFormDetails", group.Moniker.Detail),
            ("imageId", turn.Text("imageId") ?? turn.Text("amiName") ?? group.Image.Id)));
    }
}
