using Slipway.Client.Http;
using Slipway.Contracts;
using Slipway.Contracts.Connections;

namespace Slipway.Client.Connections;

/// <summary>How other systems that deploy for Slipway are reached. Secrets go in and never come out.</summary>
public sealed class ConnectionsClient
{
    private readonly ApiConnection connection;

    internal ConnectionsClient(ApiConnection connection) => this.connection = connection;

    /// <summary>By name.</summary>
    public async Task<IReadOnlyList<Connection>> ListAsync(CancellationToken cancellation = default) =>
        (await connection.GetAsync("connections", ContractsJson.Default.PageConnection, cancellation)).Items;

    /// <summary>What can be connected, and what has to be known for it.</summary>
    public async Task<IReadOnlyList<ConnectionType>> ListTypesAsync(CancellationToken cancellation = default) =>
        (await connection.GetAsync("connection-types", ContractsJson.Default.PageConnectionType, cancellation)).Items;

    /// <summary>Makes it or replaces its values; secrets that are not named stay.</summary>
    public Task<Connection> PutAsync(string name, PutConnection values, CancellationToken cancellation = default) =>
        connection.PutAsync(Path(name), values, ContractsJson.Default.PutConnection, ContractsJson.Default.Connection, cancellation);

    public Task DeleteAsync(string name, CancellationToken cancellation = default) => connection.DeleteAsync(Path(name), cancellation);

    /// <summary>Tries it for real; the server gives up after 20 s.</summary>
    public Task<ConnectionDiagnosis> TestAsync(string name, CancellationToken cancellation = default) =>
        connection.CallAsync(() => connection.Request(HttpMethod.Post, Path(name) + "/test"), ContractsJson.Default.ConnectionDiagnosis, cancellation);

    private static string Path(string name) => "connections/" + Uri.EscapeDataString(name);
}
