using Slipway.FakeGate.Executions;
using Slipway.FakeGate.Json;
using Slipway.FakeGate.Stages.Deploying;
using Slipway.FakeGate.Stages.ServerGroups;

namespace Slipway.FakeGate.Stages;

/// <summary>Every stage type there is, by name.</summary>
internal sealed class StageTypes
{
    private readonly Dictionary<string, IStageType> types = new IStageType[]
    {
        new Bake(), new Wait(), new ManualJudgment(), new SavePipeline(),
        new Deploy(), new CreateServerGroup(),
        new ShrinkCluster(), new DisableCluster(), new ScaleDownCluster(),
    }.ToDictionary(type => type.Name);

    /// <summary>Null: Orca has no such type.</summary>
    public IStageType? For(Execution execution, Stage stage) =>
        execution.Trigger.Truth("dryRun") == true ? DryRun.Instance : types.GetValueOrDefault(stage.Type);
}
