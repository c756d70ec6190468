using System.Net;
using System.Net.Http.Headers;
using Slipway.Agent.Identity;

namespace Slipway.Agent.Connection;

/// <summary>
/// Signed requests to the server. Knows how far the server's clock is from ours, which of several servers is the one in use,
/// and which of two keys counts while a rotation is unfinished.
/// </summary>
internal sealed class ServerRequests(AgentIdentity identity, AgentKeys keys, HttpMessageInvoker http, TimeProvider time)
{
    private long clockOffset;
    private int server;

    public Uri Server => identity.Servers[(int)((uint)Volatile.Read(ref server) % (uint)identity.Servers.Count)];

    /// <summary>The server's clock, as far as it was found to differ from ours.</summary>
    public DateTimeOffset ServerTime => time.GetUtcNow().AddMilliseconds(Volatile.Read(ref clockOffset));

    public bool HasSeveralServers => identity.Servers.Count > 1;

    /// <summary>So that the agents of a cluster do not all speak with the node that stands first in everybody's list.</summary>
    public void BeginWithAny(Random random) => Volatile.Write(ref server, random.Next());

    /// <summary>The next request goes to the next server of the list.</summary>
    public void MoveToNextServer() => Interlocked.Increment(ref server);

    /// <summary>
    /// Sends to the server. The answer's body is not read yet. A wrong clock or an interrupted key rotation is put right on the way.
    /// </summary>
    /// <param name="configure">Called again for every attempt, because a request is sent only once.</param>
    public async Task<HttpResponseMessage> SendAsync(
        HttpMethod method, string path, Action<HttpRequestMessage>? configure, CancellationToken cancellation)
    {
        var (clockCorrected, keyChanged) = (false, false);
        while (true)
        {
            using var request = CreateRequest(method, path);
            configure?.Invoke(request);
            var response = await http.SendAsync(request, cancellation);
            if (response.StatusCode != HttpStatusCode.Unauthorized)
            {
                if (response.IsSuccessStatusCode || response.StatusCode == HttpStatusCode.SwitchingProtocols)
                    keys.Confirm();

                return response;
            }

            var refusal = await ServerRefusal.ReadAsync(response, cancellation);
            if (!clockCorrected && refusal.Code == "clock_skew" && TakeClock(response.Headers))
                clockCorrected = true;
            else if (!keyChanged && refusal.Code == "bad_signature" && keys.TryOther())
                keyChanged = true;
            else
                return Replay(response, refusal);

            response.Dispose();
        }
    }

    private HttpRequestMessage CreateRequest(HttpMethod method, string path)
    {
        var request = new HttpRequestMessage(method, new Uri(Server, path)) { Version = HttpVersion.Version11 };
        // The server signs off what it sees: with a path in front (a proxy's prefix) that is stripped there, the path here is still the protocol's.
        request.Headers.TryAddWithoutValidation("Authorization", keys.Sign(identity, method.Method, path, ServerTime).ToHeader());
        return request;
    }

    private bool TakeClock(HttpResponseHeaders headers)
    {
        if (headers.Date is not { } date)
            return false;

        Volatile.Write(ref clockOffset, (long)(date - time.GetUtcNow()).TotalMilliseconds);
        return true;
    }

    /// <summary>The body has been read; hands it on so that the caller can read it too.</summary>
    private static HttpResponseMessage Replay(HttpResponseMessage response, ServerRefusal refusal)
    {
        var problem = new Contracts.ApiProblem { Status = (int)refusal.Status, Code = refusal.Code, Detail = refusal.Detail };
        response.Content = new ByteArrayContent(
            System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(problem, Contracts.ContractsJson.Default.ApiProblem));
        return response;
    }
}
