using Orleans.Concurrency;
using Slipway.Server.Engine;

namespace Slipway.Server.Targets;

/// <summary>The one place that decides which deployment of a target runs. The key is service/environment.</summary>
internal interface ITargetGrain : IGrainWithStringKey
{
    /// <summary>Queues a deployment; a newer one supersedes an older queued one. The argument is a <see cref="DeploymentOrder"/> as JSON; the answer a Deployment.</summary>
    Task<GrainAnswer> RequestAsync(string order);

    /// <summary>Takes the target back: a running deployment takes itself back, else the previous version is deployed at once.</summary>
    Task<GrainAnswer> RollBackAsync(string request, string by, string id);

    /// <summary>Takes back a deployment that has succeeded, as long as it is what the target runs and nothing else is being deployed. Asked again it finds the first. Answers the deployment that does it; null: none does.</summary>
    Task<string?> TakeBackAsync(string deployment, string reason);

    /// <summary>Starts what runs anew, in the target's strategy. The argument is a RestartRequest as JSON; the answer a Deployment.</summary>
    Task<GrainAnswer> RestartAsync(string request, string by, string id);

    /// <summary>
    /// Starts the queued deployment if nothing runs. Safe to call at any time. Nobody waits for it: a deployment that has ended would wait for its target
    /// while the target waits for the deployment to be rolled back.
    /// </summary>
    [OneWay]
    Task AdvanceAsync();

    /// <summary>Something happened on instances that the running deployment may wait for.</summary>
    [OneWay]
    Task InstancesChangedAsync();
}
