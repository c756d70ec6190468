using System.Text.Json;
using Slipway.Agent.Connection;
using Slipway.Contracts;
using Slipway.Contracts.Agent.V1;
using Slipway.Contracts.Agents;

namespace Slipway.Agent.Preparing;

/// <summary>Fetches the secret config values of a release. They never travel in messages.</summary>
internal sealed class Secrets(ServerRequests requests, Random random, TimeProvider time)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <param name="kept">Looked for where the server cannot be reached: the same revision's, from a version that was prepared before. A revision never changes.</param>
    public async Task<IReadOnlyDictionary<string, string>> FetchAsync(
        Release release, Func<IReadOnlyDictionary<string, string>?> kept, CancellationToken cancellation)
    {
        if (release.SecretNames.Count == 0)
            return new Dictionary<string, string>();

        var backoff = new Backoff(random);
        while (true)
        {
            try
            {
                return await FetchOnceAsync(release, cancellation);
            }
            catch (Exception e) when (e is HttpRequestException or IOException || (e is OperationCanceledException && !cancellation.IsCancellationRequested))
            {
                if (kept() is { } known)
                    return known;

                await Task.Delay(backoff.Next(), time, cancellation);
            }
        }
    }

    private async Task<IReadOnlyDictionary<string, string>> FetchOnceAsync(Release release, CancellationToken cancellation)
    {
        using var patience = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, patience.Token);
        var path = AgentPaths.Secrets(release.Service, release.ConfigRevision);
        using var response = await requests.SendAsync(HttpMethod.Get, path, null, either.Token);
        if (!response.IsSuccessStatusCode)
        {
            var refusal = await ServerRefusal.ReadAsync(response, either.Token);
            throw refusal.IsWorthRetrying
                ? new HttpRequestException(refusal.Detail)
                : new PrepareException("config_invalid", $"The secrets of config revision {release.ConfigRevision} cannot be fetched: {refusal.Detail}");
        }

        await using var body = await response.Content.ReadAsStreamAsync(either.Token);
        var secrets = await JsonSerializer.DeserializeAsync(body, ContractsJson.Default.SecretValues, either.Token);
        var missing = release.SecretNames.FirstOrDefault(name => secrets?.Values.ContainsKey(name) != true);
        return missing is null
            ? secrets!.Values
            : throw new PrepareException("config_invalid", $"The secret {missing} of config revision {release.ConfigRevision} has no value.");
    }
}
