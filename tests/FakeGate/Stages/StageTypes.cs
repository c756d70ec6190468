using Slipway.FakeGate.Executions;
using Slipway.FakeGate.Json;
using Slipway.FakeGate.Stages.Canary;
using Slipway.FakeGate.Stages.Deploying;
using Slipway.FakeGate.Stages.RollingBack;
using Slipway.FakeGate.Stages.ServerGroups;

namespace Slipway.FakeGate.Stages;

/// <summary>Every stage type there is, by name.</summary>
internal sealed class StageTypes
{
    private readonly Dictionary<string, IStageType> types = new IStageType[]
    {
        new Bake(), new FindImage(), new FindImageFromTags(),
        new Deploy(), new CreateServerGroup(), new CloneServerGroup(), new EvaluateDeploymentHealth(),
        new EnableServerGroup(), new DisableServerGroup(), new DestroyServerGroup(), new ResizeServerGroup(),
        new ShrinkCluster(), new DisableCluster(), new ScaleDownCluster(),
        new CaptureSourceServerGroupCapacity(), new ApplySourceServerGroupCapacity(),
        new RollbackCluster(), new RollbackServerGroup(),
        new KayentaCanary(), new DeployCanaryServerGroups(), new RunCanaryIntervals(), new RunCanary(), new CleanupCanaryClusters(),
        new Wait(), new ManualJudgment(), new CheckPreconditions(), new EvaluateVariables(), new PipelineStage(),
        new SavePipeline(), new ApplicationJob("createApplication"), new ApplicationJob("updateApplication"), new ApplicationJob("deleteApplication"),
    }.ToDictionary(type => type.Name);

    /// <summary>Null: Orca has no such type.</summary>
    public IStageType? For(Execution execution, Stage stage) =>
        execution.Trigger.Truth("dryRun") == true ? DryRun.Instance : types.GetValueOrDefault(stage.Type);
}
