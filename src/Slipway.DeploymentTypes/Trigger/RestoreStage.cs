using Slipway.Contracts.Agent.V1;
using Slipway.Contracts.Deployments;

namespace Slipway.DeploymentTypes.Trigger;

/// <summary>The fast lane back: the previous version on everything that was changed, at the same time. It is still unpacked there.</summary>
internal sealed class RestoreStage(IFleet fleet)
{
    public async Task<StageResult> RunAsync(StageRun run, CancellationToken cancellation)
    {
        if (run.Memory is null)
        {
            await fleet.AssignAsync(run.Target, run.Stage.Instances, run.Previous, run.Key, run.Fence, cancellation);
            return new StageResult.Waiting(TimeSpan.Zero) { Memory = StageMemory.Begun };
        }

        var statuses = await fleet.StatusAsync(run.Target, run.Stage.Instances, cancellation);
        InstanceProgress[] progress = [.. statuses.Select(status => InstanceView.Progress(run, status))];
        if (statuses.FirstOrDefault(InstanceView.HasFailed) is { } failed && run.Previous is not null)
            return InstanceView.Failure(failed, $"{failed.Instance} did not take {run.Previous.Version} back") with { Instances = progress };

        var overdue = run.Now - run.StartedAt > Absence.Grace;
        var open = statuses.Where(status => !IsRestored(run, status) && (status.Connected || !overdue)).ToList();
        if (open is [])
            return new StageResult.Succeeded { Instances = progress };

        var nobodyThere = open.TrueForAll(status => !status.Connected);
        return new StageResult.Waiting(nobodyThere ? run.StartedAt + Absence.Grace - run.Now + TimeSpan.FromMilliseconds(1) : TimeSpan.FromSeconds(5))
        {
            Note = $"waiting for {Absence.Names(open)}",
            Memory = run.Memory,
            Instances = progress,
        };
    }

    private static bool IsRestored(StageRun run, FleetStatus status) => run.Previous is null
        ? status.IsCurrent && status.Reported!.State is ServiceState.Stopped or ServiceState.Absent
        : InstanceView.IsHealthy(status);
}
