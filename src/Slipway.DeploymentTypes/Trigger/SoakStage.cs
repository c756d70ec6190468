using Slipway.Contracts.Agent.V1;

namespace Slipway.DeploymentTypes.Trigger;

/// <summary>
/// Watch what was changed so far for a while. Only uninterrupted healthy time counts: when an instance is started again by its agent or is not healthy for a
/// moment, the time begins anew. Failing for good ends the deployment as everywhere.
/// </summary>
internal sealed class SoakStage(IFleet fleet, IVerdicts verdicts)
{
    public async Task<StageResult> RunAsync(StageRun run, CancellationToken cancellation)
    {
        if (await InstanceView.FirstFailureAsync(fleet, run, [], cancellation) is { } failure)
            return failure;

        if (await Judging.FailureAsync(verdicts, run, cancellation) is { } judged)
            return judged;

        var statuses = await fleet.StatusAsync(run.Target, [.. TriggerPlan.Changed(run.Begun)], cancellation);
        var memory = Remember(run, statuses);
        var left = memory.Since + run.Stage.Wait!.Value.Time - run.Now;
        if (left > TimeSpan.Zero)
            return Wait(memory, Judging.IsJudged(run) && left > Judging.Interval ? Judging.Interval : left, memory.Because is { } because ? $"watching anew since {because}" : "watching");

        // Whoever is away may have been restarted meanwhile, and says so when it returns.
        var grace = left + Absence.Grace;
        return statuses.Any(status => !status.Connected) && grace > TimeSpan.Zero
            ? Wait(memory, grace, $"waiting for {Absence.Names(statuses.Where(status => !status.Connected))} to come back")
            : new StageResult.Succeeded();
    }

    private static SoakMemory Remember(StageRun run, IReadOnlyList<FleetStatus> statuses)
    {
        var restarts = statuses.Where(status => status.Connected).ToDictionary(status => status.Instance.Value, status => status.Reported?.Restarts ?? 0);
        if (SoakMemory.Read(run.Memory) is not { } before)
            return new(run.StartedAt, restarts, null);

        var alarm = statuses.FirstOrDefault(status => status.Connected && IsAlarm(status, before.Restarts));
        foreach (var (instance, count) in before.Restarts)
            restarts.TryAdd(instance, count);

        return alarm is null
            ? before with { Restarts = restarts }
            : new(run.Now, restarts, alarm.Reported!.State == ServiceState.Healthy ? $"{alarm.Instance} was started again" : $"{alarm.Instance} was not healthy");
    }

    private static bool IsAlarm(FleetStatus status, IReadOnlyDictionary<string, int> restarts) =>
        status.IsCurrent && (status.Reported!.State != ServiceState.Healthy || status.Reported.Restarts > restarts.GetValueOrDefault(status.Instance.Value, int.MaxValue));

    private static StageResult.Waiting Wait(SoakMemory memory, TimeSpan time, string note) => new(time) { Memory = memory.Write(), Note = note };
}
