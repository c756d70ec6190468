using System.Net;
using System.Text.Json;
using Slipway.Contracts;

namespace Slipway.Agent.Connection;

/// <summary>An answer other than success: the server's code and sentence, or what can be said without them.</summary>
internal sealed record ServerRefusal(HttpStatusCode Status, string Code, string Detail)
{
    private const int MaximumBody = 64 * 1024;

    public bool IsWorthRetrying => (int)Status >= 500 || Status is HttpStatusCode.TooManyRequests or HttpStatusCode.RequestTimeout;

    /// <summary>Asking again soon changes nothing: the instance is none of that server's.</summary>
    public bool IsFinal => Code is "agent_revoked" or "agent_unknown";

    public static async Task<ServerRefusal> ReadAsync(HttpResponseMessage response, CancellationToken cancellation)
    {
        try
        {
            var buffer = new byte[MaximumBody];
            await using var body = await response.Content.ReadAsStreamAsync(cancellation);
            var length = await body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellation);
            if (length > 0 && JsonSerializer.Deserialize(buffer.AsSpan(0, length), ContractsJson.Default.ApiProblem) is { Code.Length: > 0 } problem)
                return new(response.StatusCode, problem.Code, problem.Detail is "" ? problem.Title : problem.Detail);
        }
        catch (Exception e) when (e is JsonException or IOException or HttpRequestException)
        {
            // Not one of ours, a proxy's page for example: the status has to do.
        }

        return new(response.StatusCode, "", $"The server answered {(int)response.StatusCode} {response.ReasonPhrase}.");
    }
}
