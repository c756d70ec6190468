
namespace Slipway.DeploymentTypes.Trigger;

/// <summary>Watch what was changed so far for a while.</summary>
internal sealed class SoakStage(IFleet fleet)
{
    public async Task<StageResult> RunAsync(StageRun run, CancellationToken cancellation)
    {
        if (await InstanceView.FirstFailureAsync(fleet, run, [], cancellation) is { } failure)
            return failure;

        var left = run.StartedAt + run.Stage.Wait!.Value.Time - run.Now;
        return left <= TimeSpan.Zero
            ? new StageResult.Succeeded()
            : new StageResult.Waiting(left) { Note = "watching" };
    }
}
