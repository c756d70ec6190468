using Slipway.Contracts.Deployments;
using Slipway.Contracts.Ids;

namespace Slipway.DeploymentTypes.Trigger;

/// <summary>Switch or restart a batch and wait until every instance of it is healthy on the release.</summary>
internal sealed class ActivateStage(IFleet fleet, IVerdicts verdicts)
{
    public async Task<StageResult> RunAsync(StageRun run, CancellationToken cancellation)
    {
        var statuses = await fleet.StatusAsync(run.Target, run.Stage.Instances, cancellation);
        if (run.Memory is not { } memory)
            return await BeginAsync(run, statuses, cancellation);

        var awaited = statuses.Where(status => !StageMemory.WasAbsent(memory, status.Instance)).ToList();
        InstanceProgress[] progress = [.. statuses.Select(status => InstanceView.Progress(run, status))];
        if (await InstanceView.FirstFailureAsync(fleet, run, awaited, cancellation) is { } failure)
            return failure with { Instances = progress };

        if (await Judging.FailureAsync(verdicts, run, cancellation) is { } judged)
            return judged with { Instances = progress };

        var open = awaited.Where(status => !InstanceView.IsHealthy(status)).ToList();
        return open is []
            ? new StageResult.Succeeded { Instances = progress }
            : new StageResult.Waiting(TimeSpan.FromSeconds(5))
            {
                Note = $"waiting for {Absence.Names(open)}",
                Memory = memory,
                Instances = progress,
            };
    }

    /// <summary>
    /// Instances that are away get a moment to return: right after a restart of the server all of them are. Those that stay away get their
    /// assignment too, but nobody waits for them; a batch in which nobody is there has proved nothing and fails.
    /// </summary>
    private async Task<StageResult> BeginAsync(StageRun run, IReadOnlyList<FleetStatus> statuses, CancellationToken cancellation)
    {
        InstanceName[] away = [.. statuses.Where(status => !status.Connected).Select(status => status.Instance)];
        var left = run.StartedAt + Absence.Grace - run.Now;
        if (away.Length > 0 && left > TimeSpan.Zero)
        {
            return new StageResult.Waiting(left)
            {
                Note = $"waiting for {Absence.Names(statuses.Where(status => !status.Connected))} to connect",
                Instances = [.. statuses.Select(status => InstanceView.Progress(run, status))],
            };
        }

        if (away.Length == statuses.Count)
            return new StageResult.Failed("unreachable", $"None of the {statuses.Count} instances of {run.Stage.Name} is connected.") { Instance = away[0] };

        if (run.Stage.Kind == TriggerPlan.RestartKind)
            await fleet.RestartAsync(run.Target, run.Stage.Instances, run.Release, run.Key, run.Fence, cancellation);
        else
            await fleet.AssignAsync(run.Target, run.Stage.Instances, run.Release, run.Key, run.Fence, cancellation);

        return new StageResult.Waiting(TimeSpan.Zero) { Memory = StageMemory.BegunWithout(away) };
    }
}
