using Slipway.Contracts.Services;
using Slipway.Contracts.Verdicts;

namespace Slipway.DeploymentTypes.Trigger;

/// <summary>Wait for an answer on what was changed so far, as long as patience lasts.</summary>
internal sealed class VerdictStage(IFleet fleet, IVerdicts verdicts)
{
    public async Task<StageResult> RunAsync(StageRun run, CancellationToken cancellation)
    {
        if (await InstanceView.FirstFailureAsync(fleet, run, [], cancellation) is { } failure)
            return failure;

        if (await Judging.LookAsync(verdicts, run, cancellation) is not { } view || view.Answer == Answer.Pass)
            return new StageResult.Succeeded();

        if (Judging.Failure(run, view) is { } failed)
            return failed;

        var left = run.StartedAt + run.Stage.Wait!.Value.Time - run.Now;
        if (left > TimeSpan.Zero)
            return new StageResult.Waiting(left < Judging.Interval ? left : Judging.Interval) { Note = view.Sentence };

        return Judging.DefinitionOf(run).Inconclusive == WhenInconclusive.Fail
            ? new StageResult.Failed("verdict_inconclusive", $"There was no answer within {run.Stage.Wait}. {view.Sentence}")
            : new StageResult.Succeeded();
    }
}
