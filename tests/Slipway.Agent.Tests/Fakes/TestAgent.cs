using Microsoft.Extensions.Logging;
using Slipway.Agent.Commands;
using Slipway.Agent.Identity;
using Slipway.Agent.Reporting;
using Slipway.Contracts.Agent.V1;
using Slipway.Contracts.Ids;

namespace Slipway.Agent.Tests.Fakes;

/// <summary>A whole agent in this process, with a data folder of its own and services that are only pretended.</summary>
internal sealed class TestAgent : IAsyncDisposable
{
    public static readonly ServiceName Shop = ServiceName.Parse("shop");
    private readonly StringWriter output = new();
    private CancellationTokenSource? stop;
    private Task running = Task.CompletedTask;
    private AgentKeys? keys;

    public TestAgent(FakeServer server, Func<AgentIdentity, AgentIdentity>? with = null)
    {
        Server = server;
        Data = new(Path.Combine(Path.GetTempPath(), "slipway-agent-tests", Guid.NewGuid().ToString("N")));
        Directory.CreateDirectory(Data.Root);
        server.PublicKey = AgentKeys.CreateNext(Data);
        AgentKeys.Adopt(Data);
        var identity = new AgentIdentity
        {
            Instance = InstanceName.Parse("web-1"),
            Environment = EnvironmentName.Parse("dev"),
            ServerId = FakeServer.ServerId,
            Servers = [server.Address],
            Services = [Shop],
        };
        (with?.Invoke(identity) ?? identity).Save(Data);
    }

    public FakeServer Server { get; }

    public DataFolder Data { get; }

    public FakeActivator Activator { get; set; } = new();

    public string Log
    {
        get
        {
            lock (output)
                return output.ToString();
        }
    }

    public ServiceFolder Folder => Data.Service(Shop);

    /// <summary>Starts and waits for its Hello.</summary>
    public async Task<Hello> StartAsync()
    {
        Start();
        return await Server.NextHelloAsync();
    }

    public void Start()
    {
        stop = new();
        keys = AgentKeys.Load(Data)!;
        var identity = AgentIdentity.Load(Data)!;
        var (token, logs) = (stop.Token, new ConsoleLoggerFactory(output, LogLevel.Debug, TimeProvider.System));
        running = Task.Run(async () =>
        {
            await using var agent = new AgentProcess(Data, identity, keys, logs, TimeProvider.System, Activator);
            await agent.RunAsync(token);
        });
    }

    public async Task StopAsync()
    {
        if (stop is null)
            return;

        await stop.CancelAsync();
        await running.WaitAsync(TimeSpan.FromSeconds(20));
        stop.Dispose();
        keys!.Dispose();
        stop = null;
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        Directory.Delete(Data.Root, recursive: true);
    }
}
