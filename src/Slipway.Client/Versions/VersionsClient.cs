using Slipway.Client.Http;
using Slipway.Contracts;
using Slipway.Contracts.Ids;
using Slipway.Contracts.Versions;

namespace Slipway.Client.Versions;

/// <summary>The immutable builds of services.</summary>
public sealed class VersionsClient
{
    private readonly ApiConnection connection;

    internal VersionsClient(ApiConnection connection) => this.connection = connection;

    /// <summary>The newest first.</summary>
    public Task<Page<ServiceVersion>> ListAsync(ServiceName service, string? branch, int count, CancellationToken cancellation = default) =>
        connection.FirstAsync(
            () => new Query($"services/{service}/versions").Add("branch", branch), count, ContractsJson.Default.PageServiceVersion, cancellation);

    /// <summary>Null: there is no such version.</summary>
    public async Task<ServiceVersion?> FindAsync(ServiceName service, VersionName version, CancellationToken cancellation = default)
    {
        try
        {
            return await connection.GetAsync(
                $"services/{service}/versions/{Uri.EscapeDataString(version.Value)}", ContractsJson.Default.ServiceVersion, cancellation);
        }
        catch (ApiException e) when (e.Problem.Status == 404)
        {
            return null;
        }
    }

    public Task<ServiceVersion> PublishAsync(ServiceName service, PublishVersion version, CancellationToken cancellation = default) =>
        connection.PostAsync(
            $"services/{service}/versions", version, ContractsJson.Default.PublishVersion, ContractsJson.Default.ServiceVersion, cancellation);
}
