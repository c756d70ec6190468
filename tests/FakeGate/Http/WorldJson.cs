using System.Text.Json.Nodes;
using Slipway.FakeGate.Json;
using Slipway.FakeGate.Stages.ServerGroups;
using Slipway.FakeGate.World;

namespace Slipway.FakeGate.Http;

/// <summary>Server groups and instances as Clouddriver shows them. The list says <c>isDisabled</c>, the details say <c>disabled</c>.</summary>
internal static class WorldJson
{
    public static JsonObject Summary(ServerGroup group, DateTimeOffset at) => Common(group, at).Merge(Wire.Object(
        ("account", group.Account),
        ("application", group.Moniker.App),
        ("cluster", group.Cluster),
        ("isDisabled", group.Disabled),
        ("instances", Wire.Array(group.Instances.Select(instance => Summary(group, instance, at)))),
        ("instanceType", group.InstanceType),
        ("tags", Wire.Object([.. group.Tags.Select(tag => (tag.Key, (JsonNode?)tag.Value))])),
        ("labels", Wire.Object())));

    public static JsonObject Details(ServerGroup group, DateTimeOffset at) => Common(group, at).Merge(Wire.Object(
        ("disabled", group.Disabled),
        ("image", Wire.Object(("imageId", group.Image.Id), ("name", group.Image.Name))),
        ("instances", Wire.Array(group.Instances.Select(instance => Details(group, instance, at)))),
        ("labels", Wire.Object()),
        ("asg", Wire.Object(
            ("autoScalingGroupName", group.Name),
            ("minSize", group.Capacity.Min),
            ("maxSize", group.Capacity.Max),
            ("desiredCapacity", group.Capacity.Desired),
            ("suspendedProcesses", group.Disabled ? new JsonArray(Wire.Object(("processName", "AddToLoadBalancer"))) : []))),
        ("launchConfig", Wire.Object(("imageId", group.Image.Id), ("instanceType", group.InstanceType))),
        ("scalingPolicies", new JsonArray())));

    public static JsonObject Details(ServerGroup group, Instance instance, DateTimeOffset at) => Wire.Object(
        ("instanceId", instance.Id),
        ("name", instance.Id),
        ("cloudProvider", group.CloudProvider),
        ("providerType", group.CloudProvider),
        ("humanReadableName", instance.Id),
        ("health", Checks(group, instance, at)),
        ("healthState", group.HealthOf(instance, at).ToString()),
        ("launchTime", Wire.Millis(instance.Launched)),
        ("zone", instance.Zone),
        ("labels", Wire.Object()));

    private static JsonObject Common(ServerGroup group, DateTimeOffset at) => Wire.Object(
        ("name", group.Name),
        ("region", group.Region),
        ("cloudProvider", group.CloudProvider),
        ("type", group.CloudProvider),
        ("createdTime", Wire.Millis(group.Created)),
        ("capacity", Look.Of(group.Capacity).Merge(Wire.Object(("pinned", group.Pinned)))),
        ("instanceCounts", Wire.Object(
            ("total", group.Instances.Count),
            ("up", group.Count(Health.Up, at)),
            ("down", group.Count(Health.Down, at)),
            ("unknown", group.Count(Health.Unknown, at)),
            ("outOfService", group.Count(Health.OutOfService, at)),
            ("starting", group.Count(Health.Starting, at)))),
        ("buildInfo", Wire.Object(("images", Wire.Texts([group.Image.Name])))),
        ("moniker", Look.Of(group.Moniker, true)),
        ("loadBalancers", Wire.Texts(group.LoadBalancers)),
        ("targetGroups", Wire.Texts(group.TargetGroups)),
        ("securityGroups", Wire.Texts(group.SecurityGroups)),
        ("serverGroupManagers", new JsonArray()),
        ("vpcId", $"vpc-{group.Account}-{group.Region}"));

    private static JsonObject Summary(ServerGroup group, Instance instance, DateTimeOffset at) => Wire.Object(
        ("id", instance.Id),
        ("name", instance.Id),
        ("healthState", group.HealthOf(instance, at).ToString()),
        ("availabilityZone", instance.Zone),
        ("launchTime", Wire.Millis(instance.Launched)),
        ("health", Checks(group, instance, at)));

    /// <summary>The platform only knows that the machine runs; whether it serves, the load balancer knows.</summary>
    private static JsonArray Checks(ServerGroup group, Instance instance, DateTimeOffset at) =>
    [
        Wire.Object(("type", "Amazon"), ("healthClass", "platform"), ("instanceId", instance.Id), ("state", "Unknown")),
        Wire.Object(("type", "TargetGroup"), ("instanceId", instance.Id), ("state", group.HealthOf(instance, at).ToString())),
    ];
}
