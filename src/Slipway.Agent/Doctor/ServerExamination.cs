using System.Text.Json;
using Slipway.Agent.Connection;
using Slipway.Agent.Identity;
using Slipway.Contracts;
using Slipway.Contracts.Agents;

namespace Slipway.Agent.Doctor;

/// <summary>Whether the server can be reached, believes this agent, and takes the channel it uses.</summary>
internal sealed class ServerExamination(AgentIdentity identity, ServerRequests requests, TimeProvider time)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan WorthMentioning = TimeSpan.FromSeconds(30);

    /// <summary>How the server sees this instance. Null: it did not say.</summary>
    public AgentCheck? Seen { get; private set; }

    public async IAsyncEnumerable<Finding> ExamineAsync()
    {
        var server = requests.Server;
        var finding = await GuardAsync($"server {server}", AskAsync);
        yield return finding;
        if (Seen is not { } seen)
            yield break;

        var difference = (seen.Now - time.GetUtcNow()).Duration();
        yield return difference < WorthMentioning
            ? Finding.Well("clock", "agrees with the server's")
            : Finding.Ill("clock", $"is {difference.TotalSeconds:0} s from the server's", "Synchronize this machine's clock (chrony, systemd-timesyncd). AWS refuses requests that are more than 15 minutes off.");
        if (identity.Transport == Transport.Direct)
            yield return await GuardAsync("connection", ConnectAsync);
    }

    /// <summary>Reads again how the server sees this instance.</summary>
    public async Task<AgentCheck?> LookAgainAsync(CancellationToken cancellation)
    {
        using var response = await requests.SendAsync(HttpMethod.Get, AgentPaths.Check, null, cancellation);
        return response.IsSuccessStatusCode
            ? JsonSerializer.Deserialize(await response.Content.ReadAsByteArrayAsync(cancellation), ContractsJson.Default.AgentCheck)
            : null;
    }

    private async Task<Finding> AskAsync(CancellationToken cancellation)
    {
        using var response = await requests.SendAsync(HttpMethod.Get, AgentPaths.Check, null, cancellation);
        if (!response.IsSuccessStatusCode)
        {
            var refusal = await ServerRefusal.ReadAsync(response, cancellation);
            return Finding.Ill($"server {requests.Server}", refusal.Detail, refusal.IsFinal ? "Join again: slipway-agent join --replace with a fresh token." : null);
        }

        Seen = JsonSerializer.Deserialize(await response.Content.ReadAsByteArrayAsync(cancellation), ContractsJson.Default.AgentCheck);
        return Finding.Well($"server {requests.Server}", $"knows {identity.Instance} and its key");
    }

    private async Task<Finding> ConnectAsync(CancellationToken cancellation)
    {
        switch (await Handshake.OpenAsync(requests, cancellation))
        {
            case HandshakeAnswer.Opened(var socket):
                socket.Dispose();
                return Finding.Well("connection", "a WebSocket opens");
            case HandshakeAnswer.Refused(var refusal):
                return Finding.Ill("connection", refusal.Detail, "Something between agent and server does not pass WebSockets on, or the server refuses.");
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    private static async Task<Finding> GuardAsync(string what, Func<CancellationToken, Task<Finding>> look)
    {
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            return await look(patience.Token);
        }
        catch (Exception e) when (e is HttpRequestException or IOException or OperationCanceledException or JsonException)
        {
            return Finding.Ill(what, e is OperationCanceledException ? "does not answer" : e.InnerException?.Message ?? e.Message, "Is the address right, does the server run, does a firewall stand in between?");
        }
    }
}
