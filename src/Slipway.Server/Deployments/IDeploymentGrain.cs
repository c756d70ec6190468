using Orleans.Concurrency;
using Slipway.Server.Engine;

namespace Slipway.Server.Deployments;

/// <summary>Walks one deployment. The key is its id. One activation in the whole cluster, fenced by its sequence.</summary>
internal interface IDeploymentGrain : IGrainWithStringKey
{
    /// <summary>Look whether there is something to do. Safe to call at any time.</summary>
    [OneWay]
    Task WakeAsync();

    Task<GrainAnswer> PauseAsync(string by, string? reason);

    Task<GrainAnswer> ResumeAsync(string by);

    Task<GrainAnswer> CancelAsync(string by, string? reason);

    /// <param name="request">The id of the request that takes the whole target back, if one does.</param>
    Task<GrainAnswer> RollBackAsync(string by, string? reason, string? request = null);

    /// <summary>Answers what a stage has asked. The last argument is an ApprovalRequest as JSON.</summary>
    Task<GrainAnswer> AnswerAsync(bool approve, string by, string request);

    /// <summary>Another system answers a declared check that has asked it.</summary>
    Task<GrainAnswer> AnswerCheckAsync(string stage, int attempt, bool pass, string by, string? reason);
}
