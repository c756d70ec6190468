namespace Slipway.FakeGate.Stages;

/// <summary>What every stage becomes when the trigger says <c>dryRun</c>.</summary>
internal sealed class DryRun : IStageType
{
    public static DryRun Instance { get; } = new();

    public string Name => "dryRun";

    public IReadOnlyList<TaskSpec> Tasks(Turn turn) => [Turn.Step("dryRun")];
}
