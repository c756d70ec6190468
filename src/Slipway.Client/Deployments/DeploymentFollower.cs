using System.Globalization;
using System.Net;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Slipway.Client.Events;
using Slipway.Client.Http;
using Slipway.Contracts;
using Slipway.Contracts.Deployments;
using Slipway.Contracts.Ids;

namespace Slipway.Client.Deployments;

/// <summary>Follows one deployment until it is finished, through broken connections and restarts of the server.</summary>
internal sealed class DeploymentFollower(ApiConnection connection, DeploymentId id, long after)
{
    private static readonly TimeSpan FirstWait = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(3);

    private readonly TimeProvider time = connection.Options.Time;
    private long last = after;
    private bool finished;
    private long? lostAt;
    private TimeSpan wait = FirstWait;
    private ServerUnreachableException? cause;

    public async IAsyncEnumerable<DeploymentUpdate> FollowAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        while (!finished)
        {
            using var stream = await TryOpenAsync(cancellation);
            if (stream is not null)
            {
                if (lostAt is not null)
                    yield return new DeploymentUpdate.ConnectionRestored();
                lostAt = null;

                await using var items = stream.ReadAsync(connection.Options.StreamSilence, cancellation).GetAsyncEnumerator(cancellation);
                while (!finished && await TryMoveNextAsync(items, cancellation))
                {
                    if (Read(items.Current) is { } update)
                        yield return update;
                }
            }

            if (finished || cause is null)
                continue;

            if (lostAt is null)
            {
                lostAt = time.GetTimestamp();
                yield return new DeploymentUpdate.ConnectionLost(cause.Reason);
            }

            await WaitAsync(cancellation);
        }
    }

    /// <summary>Null: no answer, try again.</summary>
    private async Task<EventStream?> TryOpenAsync(CancellationToken cancellation)
    {
        cause = null;
        try
        {
            var from = last.ToString(CultureInfo.InvariantCulture);
            return await EventStream.OpenAsync(connection, $"deployments/{id}/events", last > 0 ? from : null, cancellation);
        }
        catch (ServerUnreachableException e) when (!e.CertificateRefused)
        {
            cause = e;
        }
        catch (ApiException e) when (IsPassing(e))
        {
            cause = new(connection.Options.Server, "it is not ready.", e);
        }

        return null;
    }

    private async Task<bool> TryMoveNextAsync(IAsyncEnumerator<SseItem<string>> items, CancellationToken cancellation)
    {
        try
        {
            if (await items.MoveNextAsync())
                return true;

            // Nothing is left to tell, or the server stops, or a proxy cut it.
            var deployment = await connection.GetAsync($"deployments/{id}", ContractsJson.Default.Deployment, cancellation);
            finished = deployment.Status >= DeploymentStatus.Succeeded && deployment.Sequence <= last;
            cause = new(connection.Options.Server, "the connection ended.");
        }
        catch (TimeoutException)
        {
            // Silence is normal in a long soak; the stream is opened again without a word.
        }
        catch (ServerUnreachableException e)
        {
            cause = e;
        }
        catch (ApiException e) when (IsPassing(e))
        {
            cause = new(connection.Options.Server, "it is not ready.", e);
        }

        return false;
    }

    private DeploymentUpdate? Read(SseItem<string> item)
    {
        wait = FirstWait;
        if (item.Data.Length == 0)
            return null;

        if (item.EventType == "instances")
        {
            var instances = JsonSerializer.Deserialize(item.Data, ContractsJson.Default.IReadOnlyListInstanceProgress);
            return instances is { Count: > 0 } ? new DeploymentUpdate.InstancesChanged(instances) : null;
        }

        // A type of message that a later server sends and this version does not know.
        if (item.EventId is not { Length: > 0 } || JsonSerializer.Deserialize(item.Data, ContractsJson.Default.DeploymentEvent) is not { } happened)
            return null;

        if (happened.Sequence <= last)
            return null;

        last = happened.Sequence;
        finished = happened.Type == "finished";
        return new DeploymentUpdate.Happened(happened);
    }

    private static bool IsPassing(ApiException refusal) =>
        refusal.Problem.Status is (int)HttpStatusCode.BadGateway or (int)HttpStatusCode.ServiceUnavailable or (int)HttpStatusCode.GatewayTimeout;

    private async Task WaitAsync(CancellationToken cancellation)
    {
        if (time.GetElapsedTime(lostAt!.Value) > connection.Options.StreamPatience)
            throw cause!;

        await Task.Delay(wait, time, cancellation);
        wait = wait * 2 < LongestWait ? wait * 2 : LongestWait;
    }
}
