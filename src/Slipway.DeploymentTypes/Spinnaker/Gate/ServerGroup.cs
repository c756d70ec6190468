using System.Text.Json;
using Slipway.Contracts.Targets;

namespace Slipway.DeploymentTypes.Spinnaker.Gate;

/// <summary>One server group, as the list of an application shows it.</summary>
internal sealed class ServerGroup(JsonElement json)
{
    public string Name { get; } = json.Text("name") ?? "";

    public string Account { get; } = json.Text("account") ?? "";

    public string Region { get; } = json.Text("region") ?? "";

    public string Cluster { get; } = json.Text("cluster") ?? "";

    public string Provider { get; } = json.Text("cloudProvider") ?? json.Text("type") ?? "";

    /// <summary>Lists say isDisabled, details say disabled.</summary>
    public bool IsDisabled { get; } = json.Flag("isDisabled") || json.Flag("disabled");

    public DateTimeOffset? CreatedAt { get; } = json.Time("createdTime");

    public GroupCapacity Capacity { get; } = new(json.Field("capacity").Number("min"), json.Field("capacity").Number("max"), json.Field("capacity").Number("desired"));

    public GroupHealth Health { get; } = ReadHealth(json.Field("instanceCounts"));

    public string? Image { get; } =
        json.Field("image").Text("imageId") ?? json.Field("launchConfig").Text("imageId") ?? json.Field("launchTemplate").Field("launchTemplateData").Text("imageId") ?? json.Text("imageId");

    public string? BuildVersion { get; } = json.Field("buildInfo").Text("version");

    public IReadOnlyList<GroupInstance> Instances { get; } =
    [
        .. json.Items("instances").Select(instance => new GroupInstance
        {
            Id = instance.Text("id") ?? instance.Text("name") ?? "",
            Health = ReadHealth(instance.Text("healthState")),
            Zone = instance.Text("availabilityZone") ?? instance.Text("zone"),
            LaunchedAt = instance.Time("launchTime"),
        }),
    ];

    /// <summary>A map, or a list of {key, value}, by provider.</summary>
    public string? Tag(string key) => json.Field("tags") switch
    {
        { ValueKind: JsonValueKind.Array } list => list.EnumerateArray().FirstOrDefault(tag => tag.Text("key") == key).Text("value"),
        var map => map.Text(key),
    };

    private static GroupHealth ReadHealth(JsonElement? counts) => new(
        counts.Number("total"), counts.Number("up"), counts.Number("down"), counts.Number("starting"), counts.Number("outOfService"), counts.Number("unknown"));

    private static GroupInstanceHealth ReadHealth(string? state) => state switch
    {
        "Up" or "Succeeded" => GroupInstanceHealth.Up,
        "Down" or "Failed" => GroupInstanceHealth.Down,
        "Starting" => GroupInstanceHealth.Starting,
        "OutOfService" or "Draining" => GroupInstanceHealth.OutOfService,
        _ => GroupInstanceHealth.Unknown,
    };
}
