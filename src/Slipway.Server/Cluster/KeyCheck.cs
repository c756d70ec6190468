using Slipway.Server.Access;

namespace Slipway.Server.Cluster;

/// <summary>Before anything else starts: the keys of the cluster are there, and this node can read them.</summary>
internal sealed partial class KeyCheck(CertificateAuthority authority, KeySeal seal, ILogger<KeyCheck> log) : IHostedLifecycleService
{
    public Task StartingAsync(CancellationToken cancellationToken)
    {
        _ = authority.Certificate;
        if (!seal.IsSet)
            LogNoSecret();

        return Task.CompletedTask;
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    [LoggerMessage(Level = LogLevel.Warning, Message = "Slipway:Cluster:Secret is not set: whoever can read the database, or a backup of it, can read every secret in it. Set it on all nodes.")]
    private partial void LogNoSecret();
}
