using Slipway.Client.Http;
using Slipway.Contracts;
using Slipway.Contracts.Deployments;
using Slipway.Contracts.Ids;
using Slipway.Contracts.Targets;
using Slipway.Contracts.Verdicts;

namespace Slipway.Client.Targets;

/// <summary>Services in environments: what runs there.</summary>
public sealed class TargetsClient
{
    private readonly ApiConnection connection;

    internal TargetsClient(ApiConnection connection) => this.connection = connection;

    public Task<IReadOnlyList<Target>> ListAsync(ServiceName? service = null, EnvironmentName? environment = null, CancellationToken cancellation = default) =>
        connection.AllAsync(
            () => new Query("targets").Add("service", service?.Value).Add("environment", environment?.Value),
            ContractsJson.Default.PageTarget,
            cancellation);

    public Task<Target> GetAsync(TargetId target, CancellationToken cancellation = default) =>
        connection.GetAsync($"targets/{target.Key}", ContractsJson.Default.Target, cancellation);

    /// <summary>What runs side by side where instances come and go with their version; empty where they run agents.</summary>
    public Task<InstanceGroups> GetGroupsAsync(TargetId target, CancellationToken cancellation = default) =>
        connection.GetAsync($"targets/{target.Key}/groups", ContractsJson.Default.InstanceGroups, cancellation);

    public Task<Target> HoldAsync(TargetId target, string reason, CancellationToken cancellation = default) =>
        connection.PutAsync(
            $"targets/{target.Key}/hold", new PlaceHold { Reason = reason }, ContractsJson.Default.PlaceHold, ContractsJson.Default.Target, cancellation);

    public Task UnholdAsync(TargetId target, CancellationToken cancellation = default) =>
        connection.DeleteAsync($"targets/{target.Key}/hold", cancellation);

    /// <summary>A new deployment of what runs, which starts it anew.</summary>
    public Task<Deployment> RestartAsync(TargetId target, RestartRequest request, CancellationToken cancellation = default) =>
        connection.PostAsync(
            $"targets/{target.Key}/restart", request with { DryRun = false }, ContractsJson.Default.RestartRequest, ContractsJson.Default.Deployment, cancellation);

    /// <summary>How rules would have judged past deployments. Changes nothing.</summary>
    public Task<ReplayReport> ReplayAsync(TargetId target, ReplayRequest request, CancellationToken cancellation = default) =>
        connection.PostAsync($"targets/{target.Key}/replay", request, ContractsJson.Default.ReplayRequest, ContractsJson.Default.ReplayReport, cancellation);

    /// <summary>The running deployment, which takes itself back, or a new one to the version before.</summary>
    public Task<Deployment> RollBackAsync(TargetId target, RollbackRequest request, CancellationToken cancellation = default) =>
        connection.PostAsync(
            $"targets/{target.Key}/rollback", request, ContractsJson.Default.RollbackRequest, ContractsJson.Default.Deployment, cancellation);
}
