using Slipway.Contracts.Ids;
using Slipway.Contracts.Services;
using Slipway.Contracts.Verdicts;

namespace Slipway.Server.Api.Documentation;

/// <summary>What a verdict looks like.</summary>
internal static class VerdictExamples
{
    public static IEnumerable<object> Values(DeploymentId deployment, InstanceName instance, DateTimeOffset noon)
    {
        yield return new DeploymentVerdict
        {
            Deployment = deployment,
            Answer = Answer.Fail,
            Sentence = "Time of requests is 46 percent higher on the 2 changed instances than it would be.",
            Changed = 2,
            Unchanged = 4,
            ChangedAt = noon,
            JudgedAt = noon.AddMinutes(4),
            WatchedUntil = noon.AddMinutes(10),
            TakenBackBy = DeploymentId.Parse("d-5n8p3r6t0v"),
            Signals =
            [
                new()
                {
                    Signal = "requestTime",
                    Unit = "ms",
                    Answer = Answer.Fail,
                    Sentence = "Time of requests is 46 percent higher on the 2 changed instances than it would be.",
                    Effect = 0.46,
                    Low = 0.31,
                    High = 0.62,
                    Evidence = 11.2,
                    Boundary = 8.4,
                    CrossedAfter = 210,
                    Drawing = new()
                    {
                        Seconds = [-20, -10, 0, 10, 20],
                        Changed = [31, 30, 30, 44, 45],
                        Unchanged = [30, 31, 30, 31, 30],
                        Path = [null, null, 0, 5.1, 11.2],
                        ChangedQuantiles = [41, 43, 44, 46, 51, 60],
                        UnchangedQuantiles = [28, 29, 30, 31, 34, 40],
                    },
                },
            ],
            NewErrors = [new() { Template = "Could not reach <*> within <*>", Example = "Could not reach 10.0.3.7 within 250 ms", Count = 12, Instances = 2 }],
            Lines = new() { Instance = instance, Lines = ["Could not reach 10.0.3.7 within 250 ms"] },
        };
        yield return new ReplayRequest { Verdict = new() { Ignore = ["disk"] }, Limit = 20 };
        yield return new ReplayReport
        {
            Verdict = new() { Ignore = ["disk"] },
            Good = 18,
            GoodStopped = 0,
            Bad = 2,
            BadMissed = 1,
            Deployments =
            [
                new()
                {
                    Deployment = deployment,
                    Version = VersionName.Parse("1.4.3"),
                    CreatedAt = noon,
                    Good = false,
                    Before = Answer.Fail,
                    Now = Answer.Fail,
                    StoppedAfter = Duration.FromSeconds(210),
                    Sentence = "Time of requests is 46 percent higher on the 2 changed instances than it would be.",
                },
            ],
        };
    }
}
