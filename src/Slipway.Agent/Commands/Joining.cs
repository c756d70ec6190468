using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text.Json;
using Slipway.Agent.Connection;
using Slipway.Agent.Identity;
using Slipway.Contracts;
using Slipway.Contracts.Agents;

namespace Slipway.Agent.Commands;

/// <summary>The conversation of `join`: trust the server's CA if the token says so, make a key, ask to belong, write down who we are.</summary>
internal sealed class Joining(DataFolder data)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <summary>By the first server of the list that can be reached.</summary>
    public async Task<CommandFailure?> JoinAsync(JoinWish wish, TimeProvider time, CancellationToken cancellation)
    {
        CommandFailure? failure = null;
        foreach (var server in wish.Servers)
        {
            failure = await JoinAsync(wish, server, time, cancellation);
            if (failure?.ExitCode != ExitCode.ServerUnreachable)
                break;
        }

        return failure;
    }

    private async Task<CommandFailure?> JoinAsync(JoinWish wish, Uri server, TimeProvider time, CancellationToken cancellation)
    {
        using var patience = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, patience.Token);
        try
        {
            using var held = AgentLock.TryTake(data);
            if (held is null)
                return new(ExitCode.WrongUsage, $"An agent runs with {data.Root}, and would go on as who it was. Stop it first, or give another folder with --data.");

            var (ca, failure) = await FetchCaAsync(wish, server, either.Token);
            return failure ?? await AskAsync(wish, server, ca, either.Token);
        }
        catch (HttpRequestException e) when (e.InnerException is System.Security.Authentication.AuthenticationException)
        {
            return new(ExitCode.Refused, $"{server} shows no certificate this machine trusts. Does it speak TLS at all? If it uses its own CA, use a fresh join token: it carries the CA's fingerprint.");
        }
        catch (Exception e) when (e is HttpRequestException or HttpIOException or IOException { InnerException: SocketException } || (e is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            return new(ExitCode.ServerUnreachable, $"{server} cannot be reached ({(e is OperationCanceledException ? "no answer" : e.Message)}). Is the address right, and does the server run?");
        }
        catch (Exception e) when (e is UnauthorizedAccessException or IOException)
        {
            return new(ExitCode.WrongUsage, $"{data.Root} cannot be written: {e.Message} Give another folder with --data.");
        }
    }

    /// <summary>Fetched from anybody who answers, but used only if it is the one the token speaks of.</summary>
    private static async Task<(string? Pem, CommandFailure? Failure)> FetchCaAsync(JoinWish wish, Uri server, CancellationToken cancellation)
    {
        if (server.Scheme != "https" || wish.Token.CaFingerprint is not { } fingerprint)
            return (null, null);

        using var http = new HttpMessageInvoker(ServerTrust.CreateBlindHandler());
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(server, AgentPaths.CertificateAuthority));
        using var response = await http.SendAsync(request, cancellation);
        var pem = response.IsSuccessStatusCode ? await response.Content.ReadAsStringAsync(cancellation) : "";
        return ServerTrust.HasFingerprint(pem, fingerprint)
            ? (pem, null)
            : (null, new(ExitCode.Refused, $"{server} does not show the certificate authority the join token speaks of: it is another server, or somebody stands in between. Nothing was sent to it. Check the address, and use a fresh token."));
    }

    private async Task<CommandFailure?> AskAsync(JoinWish wish, Uri server, string? ca, CancellationToken cancellation)
    {
        var wanted = new JoinRequest
        {
            Token = wish.Token.ToString(),
            Name = wish.Name,
            Environment = wish.Environment,
            Services = wish.Services,
            Labels = wish.Labels,
            PublicKey = AgentKeys.CreateNext(data),
            AgentVersion = AgentVersion.Text,
        };
        using var http = new HttpMessageInvoker(ServerTrust.CreateHandler(ca));
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(server, AgentPaths.Join))
        {
            Content = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(wanted, ContractsJson.Default.JoinRequest))
            {
                Headers = { ContentType = new MediaTypeHeaderValue("application/json") },
            },
        };
        using var response = await http.SendAsync(request, cancellation);
        if (!response.IsSuccessStatusCode)
            return await RefusedAsync(response, cancellation);

        await using var body = await response.Content.ReadAsStreamAsync(cancellation);
        var answer = await JsonSerializer.DeserializeAsync(body, ContractsJson.Default.JoinAnswer, cancellation);
        Keep(wish, answer!, ca);
        return null;
    }

    private void Keep(JoinWish wish, JoinAnswer answer, string? ca)
    {
        var identity = new AgentIdentity
        {
            Instance = answer.Instance,
            Environment = wish.Environment,
            ServerId = answer.ServerId,
            Servers = wish.Servers,
            Services = wish.Services,
            Labels = wish.Labels,
            CaPem = ca,
            Balancer = wish.Balancer,
            Transport = wish.Transport,
            Queue = wish.Queue,
            AllowPlainHttp = wish.AllowPlainHttp,
        };
        // Of whoever it was before.
        File.Delete(data.Queue);
        identity.Save(data);

        // Dead in between, the agent takes the key for its own when it runs (AgentKeys.Load).
        AgentKeys.Adopt(data);
    }

    private static async Task<CommandFailure> RefusedAsync(HttpResponseMessage response, CancellationToken cancellation)
    {
        var refusal = await ServerRefusal.ReadAsync(response, cancellation);
        return refusal switch
        {
            { IsWorthRetrying: true } => new(ExitCode.ServerUnreachable, $"The server cannot answer now: {refusal.Detail} Try again."),
            { Code: "" } => new(ExitCode.Refused, $"The server refused without a reason ({refusal.Detail}). Is the address that of a Slipway server?"),
            _ => new(ExitCode.Refused, refusal.Detail),
        };
    }
}
