using Slipway.Contracts.Deployments;
using Slipway.Contracts.Ids;

namespace Slipway.Cli.Tests.Fake;

/// <summary>How deployments go.</summary>
internal static class Stories
{
    public static FakeDeployment Succeeds => new(
        Sample.Deployment(DeploymentStatus.Running),
        Sample.Deployment(DeploymentStatus.Succeeded) with { Sequence = 6 },
        [
            Sample.Event(1, "created", "alice asked for 2.0."),
            Sample.Event(2, "started", "Started: 3 stages."),
            Sample.Event(3, "stageStarted", "prepare: 3 instances."),
            Sample.Event(4, "stageSucceeded", "prepare is done."),
            Sample.Event(5, "stageStarted", "canary-1: web-1."),
            Sample.Event(6, "finished", "checkout 2.0 runs in production."),
        ])
    {
        Instances = new Dictionary<long, IReadOnlyList<InstanceProgress>>
        {
            [4] = [Sample.Progress("web-1", "prepare", InstanceStep.Prepared, "1.9")],
            [6] = [Sample.Progress("web-1", "canary-1", InstanceStep.Healthy, "2.0"), Sample.Progress("web-2", "batch-1", InstanceStep.Healthy, "2.0")],
        },
    };

    public static FakeDeployment IsTakenBack => new(
        Sample.Deployment(DeploymentStatus.Running),
        Sample.Deployment(DeploymentStatus.RolledBack) with
        {
            Sequence = 5,
            Failure = new Failure
            {
                Stage = "canary-1",
                Code = "unhealthy",
                Reason = "web-1 answered 500 to /healthz; 200-299 was expected.",
                Instance = InstanceName.Parse("web-1"),
                Evidence = ["listening on 8080", "\u001b[31mpanic:\u001b[0m no database", "goodbye"],
            },
        },
        [
            Sample.Event(1, "created", "alice asked for 2.0."),
            Sample.Event(2, "stageStarted", "canary-1: web-1."),
            Sample.Event(3, "stageFailed", "canary-1: web-1 answered 500 to /healthz."),
            Sample.Event(4, "rollbackStarted", "Going back to 1.9."),
            Sample.Event(5, "finished", "checkout is back on 1.9 in production."),
        ])
    {
        Instances = new Dictionary<long, IReadOnlyList<InstanceProgress>>
        {
            [3] = [Sample.Progress("web-1", "canary-1", InstanceStep.Failed, "2.0", "answered 500 to /healthz")],
        },
    };

    public static FakeDeployment NeverEnds => new(
        Sample.Deployment(DeploymentStatus.Running),
        Sample.Deployment(DeploymentStatus.Running),
        [Sample.Event(1, "created", "alice asked for 2.0.")])
    {
        Hangs = true,
    };
}
