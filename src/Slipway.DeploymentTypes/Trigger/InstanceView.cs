using Slipway.Contracts.Agent.V1;
using Slipway.Contracts.Deployments;

namespace Slipway.DeploymentTypes.Trigger;

/// <summary>What an instance's last word means for a stage.</summary>
internal static class InstanceView
{
    public static bool IsHealthy(FleetStatus status) => status.IsCurrent && status.Reported!.State == ServiceState.Healthy;

    public static bool HasFailed(FleetStatus status) => status.IsCurrent && status.Reported!.State is ServiceState.Failed or ServiceState.Unhealthy;

    /// <summary>The first failed one of this batch, else of those changed before it, which must stay healthy while the deployment runs.</summary>
    public static async Task<StageResult.Failed?> FirstFailureAsync(IFleet fleet, StageRun run, IReadOnlyList<FleetStatus> batch, CancellationToken cancellation)
    {
        if (batch.FirstOrDefault(HasFailed) is { } failed)
            return Failure(failed, $"{failed.Instance} on {run.Release.Version}");

        var earlier = await fleet.StatusAsync(run.Target, [.. TriggerPlan.Changed(run.Begun)], cancellation);
        return earlier.FirstOrDefault(HasFailed) is { } sick
            ? Failure(sick, $"{sick.Instance} was healthy on {run.Release.Version} and is no more")
            : null;
    }

    public static StageResult.Failed Failure(FleetStatus status, string what)
    {
        var report = status.Reported!;
        return new(
            report.ReasonCode is { Length: > 0 } code ? code : "unhealthy",
            report.Reason is { Length: > 0 } reason ? $"{what}: {reason}" : what + ".")
        {
            Instance = status.Instance,
            Evidence = [.. report.Evidence],
        };
    }

    public static InstanceProgress Progress(StageRun run, FleetStatus status) => new()
    {
        Instance = status.Instance,
        Stage = run.Stage.Name,
        Step = Step(status),
        Version = status.Reported?.RunningVersion is { Length: > 0 } version ? version : null,
        Reason = status.IsCurrent && status.Reported!.Reason is { Length: > 0 } reason ? reason : null,
        Evidence = HasFailed(status) ? [.. status.Reported!.Evidence] : [],
        UpdatedAt = run.Now,
    };

    private static InstanceStep Step(FleetStatus status)
    {
        if (!status.Connected)
            return InstanceStep.Unreachable;

        if (!status.IsCurrent)
            return InstanceStep.Pending;

        return status.Reported!.State switch
        {
            ServiceState.Preparing => InstanceStep.Preparing,
            ServiceState.Draining => InstanceStep.Draining,
            ServiceState.Stopping => InstanceStep.Stopping,
            ServiceState.Starting => InstanceStep.Starting,
            ServiceState.Checking => InstanceStep.Checking,
            ServiceState.Healthy => InstanceStep.Healthy,
            ServiceState.Failed or ServiceState.Unhealthy => InstanceStep.Failed,
            _ => InstanceStep.Pending,
        };
    }
}
