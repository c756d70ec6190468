using System.Net.Http.Headers;
using Slipway.Client.Http;
using Slipway.Contracts;
using Slipway.Contracts.Ids;
using Slipway.Contracts.Services;

namespace Slipway.Client.Services;

/// <summary>What is deployed as one unit.</summary>
public sealed class ServicesClient
{
    private readonly ApiConnection connection;

    internal ServicesClient(ApiConnection connection) => this.connection = connection;

    public Task<IReadOnlyList<Service>> ListAsync(CancellationToken cancellation = default) =>
        connection.AllAsync(() => new("services"), ContractsJson.Default.PageService, cancellation);

    public Task<Service> GetAsync(ServiceName service, CancellationToken cancellation = default) =>
        connection.GetAsync($"services/{service}", ContractsJson.Default.Service, cancellation);

    public Task DeleteAsync(ServiceName service, CancellationToken cancellation = default) =>
        connection.DeleteAsync($"services/{service}", cancellation);

    /// <summary>Creates or changes the service that the text of a slipway.yaml describes. The server reads it, so that there is one reader.</summary>
    public Task<ServiceApplied> ApplyAsync(ReadOnlyMemory<byte> yaml, bool dryRun, CancellationToken cancellation = default)
    {
        var key = Guid.NewGuid().ToString("N");
        return connection.CallAsync(
            () =>
            {
                var content = new ReadOnlyMemoryContent(yaml);
                content.Headers.ContentType = new MediaTypeHeaderValue("application/yaml");
                var request = connection.Request(HttpMethod.Post, dryRun ? "services?dryRun=true" : "services", content);
                request.Headers.Add("Idempotency-Key", key);
                return request;
            },
            ContractsJson.Default.ServiceApplied,
            cancellation);
    }
}
