using Slipway.DeploymentTypes.Trigger;
using Slipway.Server.Checks.Signals;
using Slipway.Server.Instances.Live;

namespace Slipway.Server.Checks.Verdicts;

/// <summary>Begins to judge deployments.</summary>
internal sealed class DeploymentJudges(LiveFleet fleet, SignalDesk desk, VerdictStore store)
{
    public async Task<DeploymentJudge> BeginAsync(VerdictQuestion question, CancellationToken cancellation) =>
        new(question, fleet, desk, await store.EarlierAsync(question.Target, cancellation));
}
