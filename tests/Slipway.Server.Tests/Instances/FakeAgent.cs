using System.Net.Http.Json;
using System.Net.WebSockets;
using System.Security.Cryptography;
using System.Threading.Channels;
using Google.Protobuf;
using Slipway.Contracts;
using Slipway.Contracts.Agent.V1;
using Slipway.Contracts.Agents;
using Slipway.Contracts.Ids;

namespace Slipway.Server.Tests.Instances;

/// <summary>An agent without services of its own: it says what a test tells it to say, over the real channel.</summary>
internal sealed class FakeAgent : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private TestServer server;
    private readonly Channel<ToAgent> inbox = Channel.CreateUnbounded<ToAgent>();
    private ClientWebSocket? socket;
    private Task reading = Task.CompletedTask;

    public FakeAgent(TestServer server, string name, string serverId, ECDsa? key = null)
    {
        this.server = server;
        Name = InstanceName.Parse(name);
        ServerId = serverId;
        Key = key ?? ECDsa.Create(ECCurve.NamedCurves.nistP256);
    }

    public InstanceName Name { get; }

    /// <summary>From now on it speaks with this node.</summary>
    public FakeAgent At(TestServer node)
    {
        server = node;
        return this;
    }

    public string ServerId { get; set; }

    public ECDsa Key { get; set; }

    public WebSocketCloseStatus? CloseStatus => socket?.CloseStatus;

    public string? CloseReason => socket?.CloseStatusDescription;

    /// <summary>Joins with a fresh token.</summary>
    public static async Task<FakeAgent> JoinAsync(TestServer server, string name, string environment, params string[] services) =>
        await JoinWithAsync(server, await server.JoinTokenAsync(), name, environment, services);

    public static async Task<FakeAgent> JoinWithAsync(TestServer server, string token, string name, string environment, params string[] services)
    {
        var agent = new FakeAgent(server, name, "");
        using var response = await agent.TryJoinAsync(token, environment, services);
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
        var answer = await response.Content.ReadFromJsonAsync(ContractsJson.Default.JoinAnswer);
        agent.ServerId = answer!.ServerId;
        return agent;
    }

    public Task<HttpResponseMessage> TryJoinAsync(string token, string environment, params string[] services) =>
        server.Anonymous.PostAsJsonAsync(
            AgentPaths.Join,
            new JoinRequest
            {
                Token = token,
                Name = Name,
                Environment = EnvironmentName.Parse(environment),
                Services = [.. services.Select(ServiceName.Parse)],
                PublicKey = Convert.ToBase64String(Key.ExportSubjectPublicKeyInfo()),
            },
            ContractsJson.Default.JoinRequest);

    public string Sign(string method, string path, DateTimeOffset? now = null) =>
        AgentSignature.Create(Key, Name, ServerId, method, path, now ?? DateTimeOffset.UtcNow).ToHeader();

    public async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, HttpContent? content = null, string? signature = null)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        request.Headers.TryAddWithoutValidation("Authorization", signature ?? Sign(method.Method, path));
        return await server.Anonymous.SendAsync(request);
    }

    /// <summary>Connects and says hello. Returns what should be.</summary>
    public async Task<Welcome> ConnectAsync(params ServiceStatus[] services)
    {
        await OpenAsync();
        var hello = new Hello { AgentVersion = "1.2.3" };
        hello.Services.AddRange(services);
        await SayAsync(new() { Hello = hello });
        return (await HearAsync(ToAgent.BodyOneofCase.Welcome)).Welcome;
    }

    public async Task OpenAsync()
    {
        socket?.Dispose();
        socket = new();
        socket.Options.SetRequestHeader("Authorization", Sign("GET", AgentPaths.Connect));
        var address = new UriBuilder(server.Address) { Scheme = "ws", Path = AgentPaths.Connect }.Uri;
        await socket.ConnectAsync(address, CancellationToken.None);
        reading = ReadAsync(socket);
    }

    public Task SayAsync(ToServer message) =>
        socket!.SendAsync(message.ToByteArray(), WebSocketMessageType.Binary, endOfMessage: true, CancellationToken.None);

    public Task SayBytesAsync(byte[] bytes) => socket!.SendAsync(bytes, WebSocketMessageType.Binary, endOfMessage: true, CancellationToken.None);

    public Task ReportAsync(string service, ulong generation, ServiceState state, string version, string cause = "") =>
        SayAsync(new() { Status = Status(service, generation, state, version, cause) });

    public static ServiceStatus Status(string service, ulong generation, ServiceState state, string version, string cause = "", int config = 0) => new()
    {
        Service = service,
        Generation = generation,
        State = state,
        Version = version,
        RunningVersion = state == ServiceState.Healthy ? version : "",
        Cause = cause,
        ConfigRevision = (ulong)config,
    };

    /// <summary>The next message of this kind; others before it are dropped.</summary>
    public async Task<ToAgent> HearAsync(ToAgent.BodyOneofCase kind)
    {
        using var timeout = new CancellationTokenSource(Patience);
        while (true)
        {
            var message = await inbox.Reader.ReadAsync(timeout.Token);
            if (message.BodyCase == kind)
                return message;
        }
    }

    /// <summary>True when nothing of this kind came before the answer to a heartbeat, which is later than everything sent before.</summary>
    public async Task<bool> HearsNothingAsync(ToAgent.BodyOneofCase kind)
    {
        using var timeout = new CancellationTokenSource(Patience);
        await SayAsync(new() { Heartbeat = new() });
        while (true)
        {
            var message = await inbox.Reader.ReadAsync(timeout.Token);
            if (message.BodyCase == kind)
                return false;

            if (message.BodyCase == ToAgent.BodyOneofCase.HeartbeatAnswer)
                return true;
        }
    }

    /// <summary>Until the server has ended the connection.</summary>
    public Task ClosedAsync() => reading.WaitAsync(Patience);

    /// <summary>As when the cable is pulled.</summary>
    public void Drop() => socket?.Abort();

    public async ValueTask DisposeAsync()
    {
        Drop();
        await reading.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        socket?.Dispose();
        Key.Dispose();
    }

    private async Task ReadAsync(ClientWebSocket from)
    {
        var buffer = new byte[4 * 1024];
        try
        {
            while (true)
            {
                var length = 0;
                ValueWebSocketReceiveResult result;
                do
                {
                    result = await from.ReceiveAsync(buffer.AsMemory(length), CancellationToken.None);
                    if (result.MessageType == WebSocketMessageType.Close)
                    {
                        await from.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None);
                        return;
                    }

                    length += result.Count;
                    if (length == buffer.Length)
                        Array.Resize(ref buffer, length * 2);
                }
                while (!result.EndOfMessage);
                inbox.Writer.TryWrite(ToAgent.Parser.ParseFrom(buffer.AsSpan(0, length)));
            }
        }
        catch (Exception e) when (e is WebSocketException or IOException or OperationCanceledException or ObjectDisposedException)
        {
            // Over.
        }
    }
}
