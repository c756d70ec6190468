using System.Collections.Concurrent;
using System.Net.WebSockets;
using System.Security.Cryptography;
using System.Threading.Channels;
using Google.Protobuf;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Slipway.Contracts;
using Slipway.Contracts.Agent.V1;
using Slipway.Contracts.Agents;

namespace Slipway.Agent.Tests.Fakes;

/// <summary>Speaks the server's side of the agent protocol over real sockets, and misbehaves on demand.</summary>
internal sealed class FakeServer : IAsyncDisposable
{
    public const string ServerId = "srv-1";
    private readonly WebApplication app;
    private readonly ConcurrentDictionary<string, byte[]> artifacts = new();
    private readonly Channel<ToServer> received = Channel.CreateUnbounded<ToServer>();
    private WebSocket? socket;

    private FakeServer(WebApplication app) => this.app = app;

    public Uri Address { get; private set; } = null!;

    /// <summary>How far this server's clock is from the machine's.</summary>
    public TimeSpan ClockOffset { get; set; }

    public string PublicKey { get; set; } = "";

    /// <summary>401 with this code for every signed request.</summary>
    public string? RefuseWith { get; set; }

    public Welcome Welcome { get; set; } = new() { ServerVersion = "fake", HeartbeatIntervalMs = 60_000 };

    public Dictionary<string, string> Secrets { get; } = [];

    /// <summary>Nobody gets them at the moment.</summary>
    public bool SecretsAway { get; set; }

    /// <summary>The Range start of each artifact request.</summary>
    public ConcurrentQueue<long> ArtifactRequests { get; } = new();

    /// <summary>For each coming artifact request: after how many bytes the connection is cut. None: never.</summary>
    public ConcurrentQueue<long> Cuts { get; } = new();

    /// <summary>Called before an artifact is answered.</summary>
    public Func<HttpContext, Task> BeforeArtifact { get; set; } = _ => Task.CompletedTask;

    /// <summary>Where artifact requests are sent to instead of being answered.</summary>
    public Func<string, string>? SendsTo { get; set; }

    public Func<HttpContext, Task<bool>> BeforeKeys { get; set; } = _ => Task.FromResult(true);

    public List<JoinRequest> Joins { get; } = [];

    public int Connections { get; private set; }

    public static async Task<FakeServer> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.ConfigureHttpJsonOptions(options => options.SerializerOptions.TypeInfoResolverChain.Insert(0, ContractsJson.Default));
        var server = new FakeServer(builder.Build());
        server.Map();
        await server.app.StartAsync();
        server.Address = new Uri(server.app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
        return server;
    }

    public Artifact Publish(byte[] content, ArtifactFormat format, string fileName = "")
    {
        var sha256 = Convert.ToHexStringLower(SHA256.HashData(content));
        artifacts[sha256] = content;
        return new() { Sha256 = sha256, Size = content.Length, Format = format, FileName = fileName };
    }

    /// <summary>What is served under a digest from now on, whatever its own digest is.</summary>
    public void Tamper(Artifact artifact, byte[] content) => artifacts[artifact.Sha256] = content;

    public async Task SendAsync(ToAgent message) =>
        await socket!.SendAsync(message.ToByteArray(), WebSocketMessageType.Binary, true, CancellationToken.None);

    public Task SendAsync(Assign assign) => SendAsync(new ToAgent { Assign = assign });

    public void DropConnection() => socket?.Abort();

    /// <summary>The next message for which this holds; others before it are dropped.</summary>
    public async Task<ToServer> NextAsync(Func<ToServer, bool> wanted)
    {
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (true)
        {
            var message = await received.Reader.ReadAsync(timeout.Token);
            if (wanted(message))
                return message;
        }
    }

    public async Task<Hello> NextHelloAsync() => (await NextAsync(m => m.Hello is not null)).Hello;

    public async Task<ServiceStatus> NextStatusAsync(ServiceState state, ulong generation) =>
        (await NextAsync(m => m.Status is { } s && s.State == state && s.Generation == generation)).Status;

    /// <summary>Also from a Hello, which tells what happened before the connection.</summary>
    public async Task<ServiceStatus> NextToldAsync(ServiceState state, ulong generation)
    {
        var message = await NextAsync(m => m.Hello?.Services.Any(Is) == true || (m.Status is { } status && Is(status)));
        return message.Status ?? message.Hello.Services.First(Is);

        bool Is(ServiceStatus status) => status.State == state && status.Generation == generation;
    }

    /// <summary>What has come so far and nobody has asked for.</summary>
    public List<ToServer> Drain()
    {
        var messages = new List<ToServer>();
        while (received.Reader.TryRead(out var message))
            messages.Add(message);
        return messages;
    }

    public async ValueTask DisposeAsync()
    {
        DropConnection();
        await app.DisposeAsync();
    }

    private void Map()
    {
        app.UseWebSockets();
        app.Use(async (context, next) =>
        {
            context.Response.Headers.Date = (DateTimeOffset.UtcNow + ClockOffset).ToString("R");
            await next();
        });
        app.MapPost(AgentPaths.Join, (JoinRequest request) =>
        {
            Joins.Add(request);
            PublicKey = request.PublicKey;
            return Results.Json(new JoinAnswer { Instance = request.Name, ServerId = ServerId }, ContractsJson.Default.JoinAnswer);
        });
        app.MapGet(AgentPaths.Connect, context => GuardedAsync(context, ConnectAsync));
        app.MapGet("/agent/v1/artifacts/{sha256}", context => GuardedAsync(context, SendArtifactAsync));
        app.MapGet("/agent/v1/secrets/{service}/{revision}", context => GuardedAsync(context, SendSecretsAsync));
        app.MapPost(AgentPaths.Keys, context => GuardedAsync(context, RotateAsync));
    }

    private async Task GuardedAsync(HttpContext context, Func<HttpContext, Task> next)
    {
        var code = RefuseWith ?? Check(context);
        if (code is null)
        {
            await next(context);
            return;
        }

        context.Response.StatusCode = 401;
        await context.Response.WriteAsJsonAsync(new ApiProblem { Status = 401, Code = code, Detail = "Refused." }, ContractsJson.Default.ApiProblem);
    }

    private string? Check(HttpContext context)
    {
        if (AgentSignature.Parse(context.Request.Headers.Authorization) is not { ServerId: ServerId } signature)
            return "bad_signature";
        if ((signature.Time - (DateTimeOffset.UtcNow + ClockOffset)).Duration() > AgentSignature.Tolerance)
            return "clock_skew";

        using var key = ECDsa.Create();
        key.ImportSubjectPublicKeyInfo(Convert.FromBase64String(PublicKey), out _);
        return signature.IsValid(key, context.Request.Method, context.Request.Path) ? null : "bad_signature";
    }

    private async Task ConnectAsync(HttpContext context)
    {
        using var accepted = await context.WebSockets.AcceptWebSocketAsync();
        Connections++;
        var buffer = new byte[1 << 20];
        try
        {
            while (true)
            {
                var length = 0;
                ValueWebSocketReceiveResult result;
                do
                {
                    result = await accepted.ReceiveAsync(buffer.AsMemory(length), context.RequestAborted);
                    length += result.Count;
                }
                while (!result.EndOfMessage);
                if (result.MessageType == WebSocketMessageType.Close)
                    return;

                var message = ToServer.Parser.ParseFrom(buffer.AsSpan(0, length));
                if (message.Hello is not null)
                {
                    await accepted.SendAsync(new ToAgent { Welcome = Welcome }.ToByteArray(), WebSocketMessageType.Binary, true, CancellationToken.None);
                    socket = accepted;
                }

                received.Writer.TryWrite(message);
            }
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException)
        {
            // Cut on purpose.
        }
    }

    private async Task SendArtifactAsync(HttpContext context)
    {
        await BeforeArtifact(context);
        if (SendsTo is { } link)
        {
            context.Response.StatusCode = 307;
            context.Response.Headers.Location = link((string)context.Request.RouteValues["sha256"]!);
            return;
        }

        if (!artifacts.TryGetValue((string)context.Request.RouteValues["sha256"]!, out var content))
        {
            context.Response.StatusCode = 404;
            await context.Response.WriteAsJsonAsync(new ApiProblem { Status = 404, Code = "artifact_unknown", Detail = "There is no such artifact." }, ContractsJson.Default.ApiProblem);
            return;
        }

        var start = context.Request.GetTypedHeaders().Range?.Ranges.First().From ?? 0;
        ArtifactRequests.Enqueue(start);
        if (start > 0)
        {
            context.Response.StatusCode = 206;
            context.Response.Headers.ContentRange = $"bytes {start}-{content.Length - 1}/{content.Length}";
        }

        context.Response.ContentLength = content.Length - start;
        var length = content.Length - (int)start;
        if (!Cuts.TryDequeue(out var cut))
        {
            await context.Response.Body.WriteAsync(content.AsMemory((int)start, length));
            return;
        }

        await context.Response.Body.WriteAsync(content.AsMemory((int)start, (int)Math.Min(cut, length)));
        await context.Response.Body.FlushAsync();
        context.Abort();
    }

    private Task SendSecretsAsync(HttpContext context)
    {
        context.Response.StatusCode = SecretsAway ? 503 : 200;
        return SecretsAway ? Task.CompletedTask : context.Response.WriteAsJsonAsync(new SecretValues { Values = Secrets }, ContractsJson.Default.SecretValues);
    }

    private async Task RotateAsync(HttpContext context)
    {
        var request = await context.Request.ReadFromJsonAsync(ContractsJson.Default.RotateKeyRequest);
        PublicKey = request!.PublicKey;
        if (!await BeforeKeys(context))
            context.Abort();
    }
}
