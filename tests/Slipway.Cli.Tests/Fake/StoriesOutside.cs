using Slipway.Contracts.Deployments;

namespace Slipway.Cli.Tests.Fake;

/// <summary>How deployments go whose work is done by another system.</summary>
internal static class StoriesOutside
{
    public static readonly StageLink Link = new("Execution in Spinnaker", "https://deck.example.com/#/applications/checkout/executions/details/01JQXW3Z8M0000000000000000");

    public static readonly ApprovalQuestion Question = new() { Text = "Deploy this version?\nLook at the dashboard first.", Choices = ["all regions", "eu-only"], Roles = ["release"] };

    private static readonly string[] Names = ["start", "approve", "deploy"];

    public static FakeDeployment Succeeds => new(
        Sample.Deployment(DeploymentStatus.Running),
        Sample.Deployment(DeploymentStatus.Succeeded) with { Sequence = 11, Plan = Sample.Plan() },
        [
            Sample.Event(1, "created", "alice asked for 2.0.", new { type = "created", plan = new { stages = Names.Take(1).Select(name => new { name }) } }),
            Sample.Event(2, "started", "Started: 1.9 → 2.0", new { type = "started", plan = new { stages = Names.Select(name => new { name }) } }),
            Sample.Event(3, "stageSucceeded", "Start done in 0.4 s", Shows(0)),
            Sample.Event(4, "stageNoted", "Approve goes on", Shows(1, question: Question)),
            Sample.Event(5, "stageNoted", "Approve goes on", Shows(1, question: Question)),
            Sample.Event(6, "approvalAnswered", "bob approved Approve (eu-only): looks good"),
            Sample.Event(7, "stageNoted", "Deploy goes on", Shows(2, Region(StageStatus.Running, Sample.Step("Create server group", 1, StageStatus.Running)))),
            Sample.Event(8, "stageNoted", "Deploy goes on", Shows(2, Region(
                StageStatus.Running,
                Sample.Step("Create server group", 1, StageStatus.Succeeded),
                Sample.Step("Tag server group", 1, StageStatus.Succeeded) with { FinishedAt = FrozenTime.Now.AddSeconds(-39.9) },
                Sample.Step("Wait for up instances", 1, StageStatus.Running),
                Sample.Step("Look at one of them", 2, StageStatus.Running)))),
            Sample.Event(9, "stageNoted", "Deploy goes on", Shows(2, Region(
                StageStatus.Running,
                Sample.Step("Create server group", 1, StageStatus.Succeeded),
                Sample.Step("Wait for up instances", 1, StageStatus.Running)))),
            Sample.Event(10, "stageSucceeded", "Deploy done in 40.1 s", Shows(2, Region(
                StageStatus.Succeeded,
                Sample.Step("Create server group", 1, StageStatus.Succeeded),
                Sample.Step("Wait for up instances", 1, StageStatus.Succeeded)))),
            Sample.Event(11, "finished", "checkout 2.0 runs in production"),
        ]);

    /// <summary>The same two steps in two regions, which have the same names.</summary>
    public static StageStep[] Region(StageStatus status, params StageStep[] steps) =>
        [Sample.Step("Deploy in us-east-1", 0, status, "checkout-production-v002 in us-east-1: 1 up, 0 down, 1 starting"), .. steps];

    private static object Shows(int stage, StageStep[]? steps = null, ApprovalQuestion? question = null) => new
    {
        type = "stageNoted",
        stage,
        shown = new StageShown { Link = Link, Steps = steps ?? [], Question = question },
    };
}
