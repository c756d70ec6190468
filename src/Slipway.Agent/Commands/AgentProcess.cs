using System.Net;
using Microsoft.Extensions.Logging;
using Slipway.Agent.Activating;
using Slipway.Agent.Connection;
using Slipway.Agent.Convergence;
using Slipway.Agent.Identity;
using Slipway.Agent.Preparing;
using Slipway.Agent.Reporting;

namespace Slipway.Agent.Commands;

/// <summary>All parts of a running agent, put together.</summary>
internal sealed class AgentProcess : IAsyncDisposable
{
    private static readonly TimeSpan RecoveryPatience = TimeSpan.FromSeconds(3);
    private readonly Outbox outbox = new();
    private readonly HttpMessageInvoker http;
    private readonly MemoryAtRest memory;
    private readonly IActivator activator;
    private readonly Converger converger;
    private readonly ServerConnection connection;

    public AgentProcess(DataFolder data, AgentIdentity identity, AgentKeys keys, ILoggerFactory logs, TimeProvider time, IActivator? activator = null)
    {
        this.activator = activator ?? new ServiceActivator(data, SettingsOf(identity), time, logs.CreateLogger<ServiceActivator>());
        var random = Random.Shared;
        http = new(ServerTrust.CreateHandler(identity.CaPem));
        var requests = new ServerRequests(identity, keys, http, time);
        memory = new(time);
        var artifacts = new ArtifactFetch(data, requests, memory, random, time, logs.CreateLogger<ArtifactFetch>());
        var preparations = new Preparations(new(data, identity, artifacts, new(requests, random, time), time));
        converger = new(
            new(data, identity, new StateFile(data), preparations, this.activator, outbox, random, time),
            new KeyRotation(requests, keys, random, time, logs.CreateLogger<KeyRotation>()),
            new LogTails(this.activator, outbox),
            logs);
        connection = new(requests, outbox, converger, random, time, logs.CreateLogger<ServerConnection>());
    }

    /// <summary>Until cancelled. Services go on.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        await converger.StartAsync(RecoveryPatience, cancellation);
        activator.AnswerBalancers();
        await connection.RunAsync(cancellation);
        await converger.StopAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await activator.DisposeAsync();
        http.Dispose();
        memory.Dispose();
        outbox.Dispose();
    }

    private static ActivatorSettings SettingsOf(AgentIdentity identity) =>
        new() { Balancer = identity.Balancer is { } address ? IPEndPoint.Parse(address) : null };
}
