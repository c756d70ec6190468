using System.Text.Json.Nodes;
using Slipway.FakeGate.Json;
using Slipway.FakeGate.Stages.ServerGroups;
using Slipway.FakeGate.Stages.Strategies;
using Slipway.FakeGate.World;

namespace Slipway.FakeGate.Stages.Deploying;

/// <summary>Makes one server group, waits until its instances are Up, and then does what the strategy says about the others.</summary>
internal sealed class CreateServerGroup : IStageType
{
    public string Name => "createServerGroup";

    public IReadOnlyList<TaskSpec> Tasks(Turn turn) => Strategy(turn).Creates ?
        [
            new("determineSourceServerGroup", Source.Determine),
            Turn.Step("determineHealthProviders"),
            new("createServerGroup", Create),
            new("monitorDeploy", Monitor),
            Turn.Step("forceCacheRefresh"),
            Turn.Step("tagServerGroup"),
            new("waitForUpInstances", UpInstances.Wait),
            Turn.Step("forceCacheRefresh"),
        ]
        : [new("determineSourceServerGroup", Source.Determine), Turn.Step("determineHealthProviders"), new("snapshotSourceServerGroup", Source.Snapshot)];

    public IReadOnlyList<Child> After(Turn turn) => Strategy(turn).After(turn, Deployment.Of(turn));

    public IReadOnlyList<Child> OnFailure(Turn turn) =>
        turn.Context["deploy.server.groups"] is null ? [] : Strategy(turn).OnFailure(turn, Deployment.Of(turn));

    private static Strategy Strategy(Turn turn) => Strategies.Strategy.Named(turn.Text("strategy"));

    private static Result Create(Turn turn)
    {
        var deployment = Deployment.Of(turn);
        if (!turn.Around.World.Accounts.Exists(account => account.Name == deployment.Account))
            return Result.Fail("IllegalArgumentException", $"No credentials found with name '{deployment.Account}'");

        if (ImageChoice.For(turn, deployment.Region) is not { } id)
            return Result.Fail("IllegalStateException", $"No image could be found in {deployment.Region}.");

        var image = turn.Around.World.State.Images.Find(known => known.Region == deployment.Region && (known.Id == id || known.Name == id));
        if (image is null)
            return Kato.Failed(turn, "AWS_DEPLOY", $"No AMI found in {deployment.Region} for {id}");

        var capacity = Strategy(turn).FirstCapacity(Wanted(turn, deployment));
        var group = turn.Around.World.Next(deployment.Account, deployment.Region, deployment.Moniker, image, capacity, turn.Now) with
        {
            CloudProvider = deployment.Provider,
            InstanceType = turn.Text("instanceType") ?? "m5.large",
            LoadBalancers = turn.Context.List("loadBalancers"),
            TargetGroups = turn.Context.List("targetGroups"),
            SecurityGroups = turn.Context.List("securityGroups"),
            Tags = turn.Context["tags"] is JsonObject tags ? tags.ToDictionary(tag => tag.Key, tag => tag.Value?.ToString() ?? "") : new Dictionary<string, string>(),
        };
        turn.Around.World.Change(turn.Now, turn.Around.World.State with { Groups = turn.Around.World.State.Groups.Add(group) });
        return Created(turn, deployment, group, image);
    }

    private static Result.Succeeded Created(Turn turn, Deployment deployment, ServerGroup group, Image image) => new(
        Kato.Task(turn, "CREATE_SERVER_GROUP", Wire.Object(
            ("serverGroupNames", Wire.Texts([$"{group.Region}:{group.Name}"])),
            ("serverGroupNameByRegion", Wire.Object((group.Region, group.Name))),
            ("messages", new JsonArray()),
            ("deployedNames", new JsonArray()),
            ("deployedNamesByLocation", Wire.Object()))).Merge(Wire.Object(
                ("amiName", image.Id),
                ("imageId", image.Id),
                ("deploy.account.name", deployment.Account),
                ("targetCapacity", Look.Of(Wanted(turn, deployment))),
                ("capacitySnapshot", Wire.Object(("minSize", group.Capacity.Min), ("desiredCapacity", group.Capacity.Desired), ("maxSize", group.Capacity.Max))))));

    private static Result Monitor(Turn turn)
    {
        var deployment = Deployment.Of(turn);
        var name = turn.Context.Objects("kato.tasks").Last().Objects("resultObjects").Last().Inner("serverGroupNameByRegion").Text(deployment.Region)!;
        return new Result.Succeeded(Wire.Object(("deploy.server.groups", Wire.Object((deployment.Region, Wire.Texts([name]))))));
    }

    /// <summary>Kept for strategies that grow to it in steps.</summary>
    private static Capacity Wanted(Turn turn, Deployment deployment)
    {
        var asked = Look.Capacity(turn.Context.Inner("capacity"), new(1, 1, 1));
        var fromSource = turn.Context.Truth("useSourceCapacity") == true || turn.Context.Truth("preferSourceCapacity") == true;
        return fromSource && turn.Around.World.State.Find(deployment.Account, deployment.Region, deployment.Source ?? "") is { } source ? source.Capacity : asked;
    }
}
