using Slipway.Contracts.Ids;

namespace Slipway.Server.Deployments;

/// <summary>What follows from a new version.</summary>
internal interface IAutomaticDeployments
{
    /// <summary>
    /// Called after a version was published: targets that take its branch by themselves get a deployment (unless on hold),
    /// and where the service says so it is prepared ahead on every instance. Never throws: what fails is due and tried again. Safe to repeat.
    /// </summary>
    Task VersionPublishedAsync(ServiceName service, VersionName version, CancellationToken cancellation);

    /// <summary>Does what is still due, because a server died or failed after a version was stored.</summary>
    Task CatchUpAsync(CancellationToken cancellation);
}
