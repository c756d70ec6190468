using Slipway.Chaos.Checking;
using Slipway.Contracts.Services;

namespace Slipway.Chaos.Tests.Checking;

/// <summary>A history in which all is well: one canary of version 2 over two instances that ran version 1. Tests break one thing in it.</summary>
internal static class Story
{
    public const string First = "d-first";
    public const string Second = "d-second";

    public static History Good { get; } = new()
    {
        Asked = [Ask("k1", "1", First), Ask("k2", "2", Second)],
        Wares = [new("shop", "1", WareKind.Good), new("shop", "2", WareKind.Good), new("shop", "bad", WareKind.NeverHealthy)],
        Deployments = [Deployment(First, "1", "k1"), Deployment(Second, "2", "k2")],
        Targets = [new("shop", "dev", "2")],
        Instances = [Instance("dev-1"), Instance("dev-2")],
        Folders = [Folder("dev-1"), Folder("dev-2")],
    };

    public static Asked Ask(string key, string? version, params string[] answers) => new()
    {
        Key = key,
        Verb = Verb.Deploy,
        Service = "shop",
        Environment = "dev",
        Version = version,
        Attempts = [.. answers.Select(id => new Attempt(DateTimeOffset.UnixEpoch, 201, id, null, null))],
    };

    public static Attempt Refused(string code = "version_not_found") => new(DateTimeOffset.UnixEpoch, 409, null, code, null);

    public static Attempt NoAnswer() => new(DateTimeOffset.UnixEpoch, null, null, null, "connection reset");

    public static SeenDeployment Deployment(string id, string version, string key, string status = "succeeded") => With(new()
    {
        Id = id,
        Service = "shop",
        Environment = "dev",
        Version = version,
        Status = status,
        Sequence = 0,
        Reason = key,
        Strategy = new Canary { Batch = Amount.Count(1) },
        Stages = [new("prepare", "prepare", ["dev-1", "dev-2"]), new("canary-1", "activate", ["dev-1"]), new("batch-1", "activate", ["dev-2"])],
    },
        [
            Event("created"), Event("started"),
            Event("stageStarted", 0), Event("stageSucceeded", 0),
            Event("stageStarted", 1), Event("stageSucceeded", 1),
            Event("stageStarted", 2), Event("stageSucceeded", 2),
            Finished(status),
        ]);

    /// <summary>A version that failed at the first instance and was taken back.</summary>
    public static SeenDeployment TakenBack(string id, string version, string key) =>
        With(Deployment(id, version, key, "rolledBack") with { Stages = [.. Deployment(id, version, key).Stages, new("restore", "restore", ["dev-1"])] },
        [
            Event("created"), Event("started"),
            Event("stageStarted", 0), Event("stageSucceeded", 0),
            Event("stageStarted", 1), Event("stageFailed", 1),
            Event("rollbackStarted"), Event("stageStarted", 3), Event("stageSucceeded", 3),
            Finished("rolledBack"),
        ]);

    /// <summary>The deployment with these events, numbered as they come.</summary>
    public static SeenDeployment With(SeenDeployment deployment, IReadOnlyList<SeenEvent> events) =>
        deployment with { Events = [.. events.Select((happened, index) => happened with { Sequence = index + 1, Id = index + 1 })], Sequence = events.Count };

    public static SeenEvent Event(string type, int? stage = null) => new(0, 0, type, stage);

    public static SeenEvent Finished(string status) => new(0, 0, "finished", Status: status);

    public static SeenInstance Instance(string name, string version = "2", string state = "healthy", string? reason = null) =>
        new(name, "dev", true, [new("shop", version, version, state, reason)]);

    public static SeenFolder Folder(string instance) => new() { Instance = instance, Service = "shop", Current = "2", Versions = ["1", "2"], Starts = ["1", "2"], Processes = ["2"] };

    /// <summary>The history with another second deployment.</summary>
    public static History ChangeSecond(Func<SeenDeployment, SeenDeployment> change) => Good with { Deployments = [Good.Deployments[0], change(Good.Deployments[1])] };

    public static History ChangeFolder(Func<SeenFolder, SeenFolder> change) => Good with { Folders = [change(Good.Folders[0]), Good.Folders[1]] };

    public static History ChangeInstance(SeenInstance instance) => Good with { Instances = [instance, Good.Instances[1]] };
}
