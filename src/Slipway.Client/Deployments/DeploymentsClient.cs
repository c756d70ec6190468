using Slipway.Client.Http;
using Slipway.Contracts;
using Slipway.Contracts.Deployments;
using Slipway.Contracts.Ids;
using Slipway.Contracts.Verdicts;

namespace Slipway.Client.Deployments;

/// <summary>Attempts to bring targets to versions.</summary>
public sealed class DeploymentsClient
{
    private readonly ApiConnection connection;

    internal DeploymentsClient(ApiConnection connection) => this.connection = connection;

    public Task<Deployment> StartAsync(DeploymentRequest request, CancellationToken cancellation = default) =>
        connection.PostAsync(
            "deployments", request with { DryRun = false }, ContractsJson.Default.DeploymentRequest, ContractsJson.Default.Deployment, cancellation);

    /// <summary>What <see cref="StartAsync"/> would do.</summary>
    public Task<Plan> PlanAsync(DeploymentRequest request, CancellationToken cancellation = default) =>
        connection.PostAsync(
            "deployments", request with { DryRun = true }, ContractsJson.Default.DeploymentRequest, ContractsJson.Default.Plan, cancellation);

    public Task<Deployment> GetAsync(DeploymentId id, CancellationToken cancellation = default) =>
        connection.GetAsync($"deployments/{id}", ContractsJson.Default.Deployment, cancellation);

    /// <summary>Whether its version is healthy, by what its instances measured.</summary>
    public Task<DeploymentVerdict> GetVerdictAsync(DeploymentId id, CancellationToken cancellation = default) =>
        connection.GetAsync($"deployments/{id}/verdict", ContractsJson.Default.DeploymentVerdict, cancellation);

    /// <summary>The newest first.</summary>
    public Task<Page<Deployment>> ListAsync(DeploymentFilter filter, int count, CancellationToken cancellation = default) =>
        connection.FirstAsync(
            () => new Query("deployments")
                .Add("service", filter.Service?.Value)
                .Add("environment", filter.Environment?.Value)
                .Add("status", filter.Status)
                .Add("version", filter.Version?.Value),
            count,
            ContractsJson.Default.PageDeployment,
            cancellation);

    public Task<IReadOnlyList<InstanceProgress>> ListInstancesAsync(DeploymentId id, CancellationToken cancellation = default) =>
        connection.AllAsync(() => new($"deployments/{id}/instances"), ContractsJson.Default.PageInstanceProgress, cancellation);

    public Task<Deployment> PauseAsync(DeploymentId id, string? reason, CancellationToken cancellation = default) =>
        ControlAsync(id, "pause", reason, cancellation);

    public Task<Deployment> ResumeAsync(DeploymentId id, string? reason, CancellationToken cancellation = default) =>
        ControlAsync(id, "resume", reason, cancellation);

    public Task<Deployment> CancelAsync(DeploymentId id, string? reason, CancellationToken cancellation = default) =>
        ControlAsync(id, "cancel", reason, cancellation);

    public Task<Deployment> RollBackAsync(DeploymentId id, string? reason, CancellationToken cancellation = default) =>
        ControlAsync(id, "rollback", reason, cancellation);

    /// <summary>Answers yes to what its running stage asks.</summary>
    public Task<Deployment> ApproveAsync(DeploymentId id, ApprovalRequest answer, CancellationToken cancellation = default) =>
        AnswerAsync(id, "approve", answer, cancellation);

    /// <summary>Answers no: what the deployment has changed is taken back.</summary>
    public Task<Deployment> RejectAsync(DeploymentId id, ApprovalRequest answer, CancellationToken cancellation = default) =>
        AnswerAsync(id, "reject", answer, cancellation);

    /// <summary>Its events after number <paramref name="after"/> and the instances that change, until it is finished.</summary>
    public IAsyncEnumerable<DeploymentUpdate> FollowAsync(DeploymentId id, long after = 0, CancellationToken cancellation = default) =>
        new DeploymentFollower(connection, id, after).FollowAsync(cancellation);

    private Task<Deployment> AnswerAsync(DeploymentId id, string verb, ApprovalRequest answer, CancellationToken cancellation) =>
        connection.PostAsync($"deployments/{id}/{verb}", answer, ContractsJson.Default.ApprovalRequest, ContractsJson.Default.Deployment, cancellation);

    private Task<Deployment> ControlAsync(DeploymentId id, string verb, string? reason, CancellationToken cancellation) =>
        connection.PostAsync(
            $"deployments/{id}/{verb}",
            new ControlRequest { Reason = reason },
            ContractsJson.Default.ControlRequest,
            ContractsJson.Default.Deployment,
            cancellation);
}
