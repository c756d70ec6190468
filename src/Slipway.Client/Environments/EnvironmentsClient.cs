using Slipway.Client.Http;
using Slipway.Contracts;
using Slipway.Contracts.Environments;
using Slipway.Contracts.Ids;

namespace Slipway.Client.Environments;

/// <summary>The places versions are promoted through.</summary>
public sealed class EnvironmentsClient
{
    private readonly ApiConnection connection;

    internal EnvironmentsClient(ApiConnection connection) => this.connection = connection;

    /// <summary>In the order of promotion.</summary>
    public async Task<IReadOnlyList<SlipwayEnvironment>> ListAsync(CancellationToken cancellation = default)
    {
        var environments = await connection.AllAsync(() => new("environments"), ContractsJson.Default.PageSlipwayEnvironment, cancellation);
        return [.. environments.OrderBy(e => e.Order).ThenBy(e => e.Name)];
    }

    public Task<SlipwayEnvironment> PutAsync(EnvironmentName name, PutEnvironment environment, CancellationToken cancellation = default) =>
        connection.PutAsync(
            $"environments/{name}", environment, ContractsJson.Default.PutEnvironment, ContractsJson.Default.SlipwayEnvironment, cancellation);

    public Task DeleteAsync(EnvironmentName name, CancellationToken cancellation = default) =>
        connection.DeleteAsync($"environments/{name}", cancellation);
}
