using System.Text.Json.Serialization;
using Slipway.Contracts.Ids;

namespace Slipway.Contracts.Targets;

/// <summary>What runs for a target whose instances come and go with their version, as it was seen last.</summary>
public sealed record InstanceGroups
{
    /// <summary>When it was seen. Absent: not yet.</summary>
    public DateTimeOffset? ObservedAt { get; init; }

    /// <summary>Why it could not be seen since.</summary>
    public string? Trouble { get; init; }

    /// <summary>Since when nothing that serves has been seen down. Absent: something is, or nothing serves.</summary>
    public DateTimeOffset? HealthySince { get; init; }

    /// <summary>How what runs differs from what should, a sentence each.</summary>
    public IReadOnlyList<string> Drift { get; set; } = [];

    /// <summary>By location, newest first.</summary>
    public IReadOnlyList<InstanceGroup> Groups { get; set; } = [];
}

/// <summary>Instances made from one image, which are created, serve and go together: a server group, an auto-scaling group.</summary>
public sealed record InstanceGroup
{
    public required string Name { get; init; }

    /// <summary>Account and region, or whatever says where it is.</summary>
    public required string Location { get; init; }

    /// <summary>The version it runs, where that is known.</summary>
    public string? Version { get; init; }

    /// <summary>What it was made from.</summary>
    public string? Image { get; init; }

    /// <summary>Whether it gets traffic.</summary>
    public required bool Serving { get; init; }

    /// <summary>How many instances it is to have.</summary>
    public required GroupCapacity Capacity { get; init; }

    /// <summary>How many it has, by health.</summary>
    public required GroupHealth Health { get; init; }

    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>At most 500.</summary>
    public IReadOnlyList<GroupInstance> Instances { get; set; } = [];

    /// <summary>The deployment that made it, if Slipway did.</summary>
    public DeploymentId? Deployment { get; init; }

    /// <summary>Where it can be seen in the system that runs it.</summary>
    public string? Url { get; init; }
}

/// <summary>The bounds between which a group may scale, and where it should be now.</summary>
public sealed record GroupCapacity(int Min, int Max, int Desired);

/// <summary>A group's instances by health.</summary>
public sealed record GroupHealth(int Total, int Up, int Down, int Starting, int OutOfService, int Unknown);

/// <summary>One instance of a group.</summary>
public sealed record GroupInstance
{
    public required string Id { get; init; }

    public required GroupInstanceHealth Health { get; init; }

    public string? Zone { get; init; }

    public DateTimeOffset? LaunchedAt { get; init; }
}

/// <summary>How an instance of a group is, as the system that runs it says.</summary>
[JsonConverter(typeof(CamelCaseEnum<GroupInstanceHealth>))]
public enum GroupInstanceHealth
{
    Unknown,
    Starting,
    Up,
    Down,
    OutOfService,
}
