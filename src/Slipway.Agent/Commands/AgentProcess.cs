using System.Net;
using Microsoft.Extensions.Logging;
using Slipway.Agent.Activating;
using Slipway.Agent.Connection;
using Slipway.Agent.Convergence;
using Slipway.Agent.Identity;
using Slipway.Agent.Preparing;
using Slipway.Agent.Queue;
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
    private readonly ITransport transport;

    public AgentProcess(DataFolder data, AgentIdentity identity, AgentKeys keys, ILoggerFactory logs, TimeProvider time, IActivator? activator = null)
    {
        this.activator = activator ?? new ServiceActivator(data, SettingsOf(identity), time, logs.CreateLogger<ServiceActivator>());
        var random = Random.Shared;
        http = new(ServerTrust.CreateHandler(identity.CaPem));
        var requests = new ServerRequests(identity, keys, http, time);
        requests.BeginWithAny(random);
        memory = new(time);
        var bucket = identity.Transport == Transport.Aws ? new BucketReader(time, logs.CreateLogger<BucketReader>()) : null;
        var artifacts = new ArtifactFetch(data, requests, bucket, memory, random, time, logs.CreateLogger<ArtifactFetch>());
        var preparations = new Preparations(new(data, identity, artifacts, new(requests, random, time), time));
        converger = new(
            new(data, identity, new StateFile(data), preparations, this.activator, outbox, random, time),
            new KeyRotation(requests, keys, random, time, logs.CreateLogger<KeyRotation>()),
            new LogTails(this.activator, outbox),
            logs);
        transport = identity.Transport switch
        {
            Transport.Aws => QueueTransport(data, identity, requests, random, time, logs),
            _ => new ServerConnection(requests, outbox, converger, random, time, logs.CreateLogger<ServerConnection>()),
        };
    }

    /// <summary>Until cancelled. Services go on.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        await converger.StartAsync(RecoveryPatience, cancellation);
        activator.AnswerBalancers();
        var measuring = activator.MeasureAsync(cancellation);
        await transport.RunAsync(cancellation);
        await converger.StopAsync();
        await measuring.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public async ValueTask DisposeAsync()
    {
        await activator.DisposeAsync();
        http.Dispose();
        memory.Dispose();
        outbox.Dispose();
    }

    private QueueTransport QueueTransport(DataFolder data, AgentIdentity identity, ServerRequests requests, Random random, TimeProvider time, ILoggerFactory logs)
    {
        var places = new QueuePlaces(data);
        var reporter = new Reporter(requests, outbox, converger, places, random, time, logs.CreateLogger<Reporter>());
        var inbox = new Inbox(identity, places, converger, reporter.HelloWithin, () => requests.ServerTime, logs.CreateLogger<Inbox>());
        return new(new(identity, places, inbox, converger, random, time, logs.CreateLogger<QueueListener>()), reporter);
    }

    private static ActivatorSettings SettingsOf(AgentIdentity identity) =>
        new() { Balancer = identity.Balancer is { } address ? IPEndPoint.Parse(address) : null };
}
