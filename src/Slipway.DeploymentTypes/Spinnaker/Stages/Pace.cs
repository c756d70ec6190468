using Slipway.DeploymentTypes.Spinnaker.Gate;

namespace Slipway.DeploymentTypes.Spinnaker.Stages;

/// <summary>When to look again: often at first, up to three times less often later, and never all at the same moment.</summary>
internal static class Pace
{
    public static TimeSpan Next(Installation installation, StageRun run)
    {
        var age = run.Now - run.StartedAt;
        var factor = age < TimeSpan.FromMinutes(1) ? 1.0 : age < TimeSpan.FromMinutes(10) ? 2.0 : 3.0;
        return installation.Interval * factor * Jitter(run);
    }

    /// <summary>While Spinnaker is away: its installation sees to it that few of these calls really reach it.</summary>
    public static TimeSpan WhileAway(Installation? installation, StageRun run) => (installation?.Interval ?? TimeSpan.FromSeconds(5)) * 2 * Jitter(run);

    /// <summary>0.85 to 1.15, other at every call.</summary>
    private static double Jitter(StageRun run) => 0.85 + (0.3 * (((uint)HashCode.Combine(run.Deployment.Value, run.Now.UtcTicks)) % 1000 / 1000.0));
}
