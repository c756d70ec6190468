using System.Text.Json;
using Slipway.Contracts.Deployments;
using Slipway.Contracts.Environments;
using Slipway.Contracts.Ids;
using Slipway.Contracts.Instances;
using Slipway.Contracts.Services;
using Slipway.Contracts.Targets;

namespace Slipway.Cli.Tests.Fake;

/// <summary>Things that are like real ones.</summary>
internal static class Sample
{
    public static readonly DeploymentId Id = DeploymentId.Parse("d-7k2m9qwxyz");

    private static readonly JsonSerializerOptions Web = new(JsonSerializerDefaults.Web);

    private static readonly JsonElement NoData = JsonDocument.Parse("{}").RootElement;

    public static Service Service(string name) => new()
    {
        Name = ServiceName.Parse(name),
        Revision = 1,
        Definition = new ServiceDefinition { Service = ServiceName.Parse(name), Run = ["./" + name] },
        CreatedAt = FrozenTime.Now,
        UpdatedAt = FrozenTime.Now,
    };

    public static SlipwayEnvironment Environment(string name, int order) => new()
    {
        Name = EnvironmentName.Parse(name),
        Order = order,
        CreatedAt = FrozenTime.Now.AddDays(-10),
    };

    public static Target Target(string service, string environment, string? version, int healthy, int total, TimeSpan age) => new()
    {
        Service = ServiceName.Parse(service),
        Environment = EnvironmentName.Parse(environment),
        Version = version is null ? null : VersionName.Parse(version),
        DeployedAt = version is null ? null : FrozenTime.Now - age,
        DeployedBy = version is null ? null : "alice",
        Instances = new(total, total, healthy, total - healthy),
        RunningVersions = new Dictionary<string, int>().AsVersions(version, total),
    };

    public static Instance Instance(string name, string environment, string service, string version, string state = "healthy") => new()
    {
        Name = InstanceName.Parse(name),
        Environment = EnvironmentName.Parse(environment),
        Labels = new Dictionary<string, string>(),
        Connected = true,
        JoinedAt = FrozenTime.Now.AddDays(-3),
        Services = [new() { Service = ServiceName.Parse(service), AssignedVersion = version, RunningVersion = version, State = state, Since = FrozenTime.Now.AddHours(-2) }],
    };

    public static Plan Plan(params PlannedStage[] stages) => new()
    {
        Stages = stages,
        Changes = new PlanChanges { FromVersion = VersionName.Parse("1.9"), ToVersion = VersionName.Parse("2.0") },
    };

    public static PlannedStage Stage(string name, string description, params string[] instances) => new()
    {
        Name = name,
        Kind = name.Split('-')[0],
        Description = description,
        Instances = [.. instances.Select(InstanceName.Parse)],
        Deadline = Duration.FromMinutes(2),
    };

    public static Deployment Deployment(DeploymentStatus status) => new()
    {
        Id = Id,
        Service = ServiceName.Parse("checkout"),
        Environment = EnvironmentName.Parse("production"),
        Version = VersionName.Parse("2.0"),
        PreviousVersion = VersionName.Parse("1.9"),
        Strategy = new Canary(),
        Status = status,
        Plan = Plan(Stage("prepare", "Prepare 3 instances", "web-1", "web-2", "web-3"), Stage("canary-1", "Change web-1", "web-1"), Stage("batch-1", "Change the rest", "web-2", "web-3")),
        Stages = [],
        CreatedBy = "alice",
        CreatedAt = FrozenTime.Now.AddSeconds(-13),
        StartedAt = FrozenTime.Now.AddSeconds(-12.5),
        FinishedAt = status >= DeploymentStatus.Succeeded ? FrozenTime.Now : null,
        Sequence = 1,
    };

    public static DeploymentEvent Event(long sequence, string type, string message) => new()
    {
        Id = 100 + sequence,
        Deployment = Id,
        Service = ServiceName.Parse("checkout"),
        Environment = EnvironmentName.Parse("production"),
        Sequence = sequence,
        Type = type,
        Time = FrozenTime.Now.AddSeconds(-13 + sequence),
        Message = message,
        Data = NoData,
    };

    /// <summary>An event that says more than a sentence.</summary>
    public static DeploymentEvent Event(long sequence, string type, string message, object data) =>
        Event(sequence, type, message) with { Data = JsonSerializer.SerializeToElement(data, Web) };

    public static StageStep Step(string name, int depth, StageStatus status, string? note = null) => new()
    {
        Name = name,
        Depth = depth,
        Status = status,
        StartedAt = status == StageStatus.Pending ? null : FrozenTime.Now.AddSeconds(-40),
        FinishedAt = status is StageStatus.Succeeded or StageStatus.Failed ? FrozenTime.Now.AddSeconds(-10) : null,
        Note = note,
    };

    public static InstanceProgress Progress(string instance, string stage, InstanceStep step, string version, string? reason = null, params string[] evidence) => new()
    {
        Instance = InstanceName.Parse(instance),
        Stage = stage,
        Step = step,
        Version = version,
        Reason = reason,
        Evidence = evidence,
        UpdatedAt = FrozenTime.Now.AddSeconds(-5),
    };

    private static Dictionary<string, int> AsVersions(this Dictionary<string, int> versions, string? version, int count)
    {
        if (version is not null && count > 0)
            versions[version] = count;
        return versions;
    }
}
