using System.Runtime.CompilerServices;
using System.Text.Json;
using Slipway.Client.Events;
using Slipway.Client.Http;
using Slipway.Contracts;
using Slipway.Contracts.Ids;
using Slipway.Contracts.Instances;

namespace Slipway.Client.Instances;

/// <summary>The machines on which agents run services.</summary>
public sealed class InstancesClient
{
    private readonly ApiConnection connection;

    internal InstancesClient(ApiConnection connection) => this.connection = connection;

    public Task<IReadOnlyList<Instance>> ListAsync(
        ServiceName? service = null, EnvironmentName? environment = null, CancellationToken cancellation = default) =>
        connection.AllAsync(
            () => new Query("instances").Add("service", service?.Value).Add("environment", environment?.Value),
            ContractsJson.Default.PageInstance,
            cancellation);

    public Task<Instance> GetAsync(InstanceName instance, CancellationToken cancellation = default) =>
        connection.GetAsync($"instances/{instance}", ContractsJson.Default.Instance, cancellation);

    public Task DeleteAsync(InstanceName instance, CancellationToken cancellation = default) =>
        connection.DeleteAsync($"instances/{instance}", cancellation);

    /// <summary>Asks the instance's agent to restart the service; not repeated by itself, because a restart is not free.</summary>
    public async Task RestartAsync(InstanceName instance, ServiceName service, CancellationToken cancellation = default)
    {
        var request = connection.Request(HttpMethod.Post, $"instances/{instance}/services/{service}/restart", new ByteArrayContent([]));
        using var response = await connection.SendOnceAsync(request, HttpCompletionOption.ResponseContentRead, cancellation);
        if (!response.IsSuccessStatusCode)
            throw new ApiException(await Answers.ReadProblemAsync(response, cancellation));
    }

    /// <summary>The last lines of the service's output, and those to come while <paramref name="follow"/> is set.</summary>
    public async IAsyncEnumerable<LogLine> LogsAsync(
        InstanceName instance, ServiceName service, int lines, bool follow, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        var path = new Query($"instances/{instance}/services/{service}/logs").Add("lines", lines).Add("follow", follow).ToString();
        using var stream = await EventStream.OpenAsync(connection, path, lastEventId: null, cancellation);
        await foreach (var item in stream.ReadAsync(follow ? Timeout.InfiniteTimeSpan : connection.Options.Timeout, cancellation))
        {
            if (item.Data.Length > 0 && JsonSerializer.Deserialize(item.Data, ContractsJson.Default.LogLine) is { } line)
                yield return line;
        }
    }
}
