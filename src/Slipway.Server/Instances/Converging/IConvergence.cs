using Slipway.Contracts.Ids;

namespace Slipway.Server.Instances.Converging;

/// <summary>Makes instances right that no deployment looked after.</summary>
internal interface IConvergence
{
    /// <summary>
    /// Called when a deployment has succeeded or been taken back: every instance of the target whose assignment is not the target's
    /// version and config is assigned them. Safe to repeat.
    /// </summary>
    Task RunAsync(TargetId target, CancellationToken cancellation);
}
