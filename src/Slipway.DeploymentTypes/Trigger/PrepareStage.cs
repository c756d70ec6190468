using Slipway.Contracts.Agent.V1;
using Slipway.Contracts.Deployments;

namespace Slipway.DeploymentTypes.Trigger;

/// <summary>Fetch, verify, unpack everywhere before anything is switched. An instance that stays away is left out: it converges when it returns.</summary>
internal sealed class PrepareStage(IFleet fleet)
{
    public async Task<StageResult> RunAsync(StageRun run, CancellationToken cancellation)
    {
        if (run.Memory is null)
        {
            await fleet.PrepareAsync(run.Target, run.Stage.Instances, run.Release, run.Key, cancellation);
            return new StageResult.Waiting(TimeSpan.Zero) { Memory = StageMemory.Begun };
        }

        var statuses = await fleet.StatusAsync(run.Target, run.Stage.Instances, cancellation);
        InstanceProgress[] progress = [.. statuses.Select(status => Progress(run, status))];
        var failed = statuses.FirstOrDefault(status => IsAbout(run, status) && status.Prepare!.State == PrepareState.PrepareFailed && status.Prepare.Cause == run.Key);
        if (failed is not null)
        {
            return new StageResult.Failed(failed.Prepare!.ReasonCode, $"{failed.Instance} could not prepare {run.Release.Version}: {failed.Prepare.Reason}")
            {
                Instance = failed.Instance,
                Instances = progress,
            };
        }

        // What was asked and what was answered is kept in memory only: a server that was started meanwhile asks again.
        if (statuses.Where(status => !IsAbout(run, status) && status.AskedToPrepare != run.Key).Select(status => status.Instance).ToList() is { Count: > 0 } unasked)
            await fleet.PrepareAsync(run.Target, unasked, run.Release, run.Key, cancellation);

        var overdue = run.Now - run.StartedAt > Absence.Grace;
        var open = statuses.Where(status => !IsPrepared(run, status) && (status.Connected || !overdue)).ToList();
        if (open is [])
            return new StageResult.Succeeded { Instances = progress };

        return new StageResult.Waiting(open.TrueForAll(status => !status.Connected) ? run.StartedAt + Absence.Grace - run.Now + TimeSpan.FromMilliseconds(1) : TimeSpan.FromSeconds(5))
        {
            Note = $"waiting for {Absence.Names(open)} to fetch and unpack",
            Memory = run.Memory,
            Instances = progress,
        };
    }

    private static bool IsAbout(StageRun run, FleetStatus status) =>
        status.Prepare is { } prepare
        && prepare.Version == run.Release.Version.Value
        && prepare.ConfigRevision == (ulong)run.Release.ConfigRevision;

    private static bool IsPrepared(StageRun run, FleetStatus status) =>
        IsAbout(run, status) && status.Prepare!.State == PrepareState.PrepareDone;

    private static InstanceProgress Progress(StageRun run, FleetStatus status) => new()
    {
        Instance = status.Instance,
        Stage = run.Stage.Name,
        Step = IsPrepared(run, status) ? InstanceStep.Prepared
            : !status.Connected ? InstanceStep.Unreachable
            : IsAbout(run, status) && status.Prepare!.State == PrepareState.PrepareFailed ? InstanceStep.Failed
            : InstanceStep.Preparing,
        Version = status.Reported?.RunningVersion,
        Reason = IsAbout(run, status) && status.Prepare!.Reason is { Length: > 0 } reason ? reason : null,
        UpdatedAt = run.Now,
    };
}
