using System.Net.Http.Headers;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Slipway.Agent.Identity;
using Slipway.Contracts;
using Slipway.Contracts.Agents;

namespace Slipway.Agent.Connection;

/// <summary>
/// Replaces the agent's key: the new one is on disk, then the server hears of it under the old one's signature, then it takes the old one's place.
/// After a crash in between, <see cref="ServerRequests"/> finds out which of the two the server knows.
/// </summary>
internal sealed partial class KeyRotation(
    ServerRequests requests, AgentKeys keys, Random random, TimeProvider time, ILogger<KeyRotation> log)
{
    private const int Attempts = 10;
    private int running;

    public async Task RunAsync(CancellationToken cancellation)
    {
        if (Interlocked.Exchange(ref running, 1) == 1)
            return;

        try
        {
            await RotateAsync(cancellation);
        }
        catch (OperationCanceledException)
        {
            // The agent stops; the server asks again.
        }
        catch (Exception e)
        {
            LogFailed(e.Message);
        }
        finally
        {
            Volatile.Write(ref running, 0);
        }
    }

    private async Task RotateAsync(CancellationToken cancellation)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(new() { PublicKey = keys.BeginRotation() }, ContractsJson.Default.RotateKeyRequest);
        var backoff = new Backoff(random);
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                using var response = await requests.SendAsync(HttpMethod.Post, AgentPaths.Keys, request => request.Content = Json(body), cancellation);
                if (response.IsSuccessStatusCode)
                    break;

                var refusal = await ServerRefusal.ReadAsync(response, cancellation);
                if (!refusal.IsWorthRetrying || attempt == Attempts)
                    throw new InvalidOperationException(refusal.Detail);
            }
            catch (HttpRequestException) when (attempt < Attempts)
            {
                // The answer may be lost and the key changed: the next attempt is then signed with the new one.
            }

            await Task.Delay(backoff.Next(), time, cancellation);
        }

        keys.CompleteRotation();
        LogRotated();
    }

    private static ByteArrayContent Json(byte[] body) =>
        new(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };

    [LoggerMessage(Level = LogLevel.Information, Message = "The agent has a new key; the old one is gone")]
    private partial void LogRotated();

    [LoggerMessage(Level = LogLevel.Warning, Message = "The agent's key could not be changed, the old one stays: {Reason}")]
    private partial void LogFailed(string reason);
}
