using Slipway.Contracts.Agent.V1;
using Slipway.Contracts.Ids;

namespace Slipway.Agent.Preparing;

/// <summary>
/// Whoever wants the same version prepared at the same time shares one preparation. It is cancelled when the last of them gives up.
/// </summary>
internal sealed class Preparations(Preparation preparation)
{
    private readonly Dictionary<string, Shared> running = [];

    public PrepareOutcome.Prepared? FindPrepared(Release release, uint port) => preparation.FindPrepared(release, port);

    public async Task<PrepareOutcome> PrepareAsync(Release release, uint port, Action<long> progress, CancellationToken cancellation)
    {
        var key = Convert.ToBase64String(Google.Protobuf.MessageExtensions.ToByteArray(release)) + port;
        var shared = Join(key, release, port, progress);
        try
        {
            return await shared.Work.WaitAsync(cancellation);
        }
        finally
        {
            Leave(key, shared, progress);
        }
    }

    /// <summary>Deletes obsolete versions, unless something of the service is being prepared, which may be copying from one: then next time.</summary>
    public void Sweep(ServiceName service, VersionFolders folders, IReadOnlySet<string> kept, Retention? retention)
    {
        var doomed = new List<string>();
        lock (running)
        {
            if (running.Values.Any(shared => shared.Service == service.Value))
                return;

            foreach (var folder in RetentionRules.Obsolete(folders.Ready(), kept, retention))
                doomed.Add(folders.MoveAway(folder));
        }

        foreach (var folder in doomed)
            VersionFolders.Delete(folder);
    }

    private Shared Join(string key, Release release, uint port, Action<long> progress)
    {
        lock (running)
        {
            if (!running.TryGetValue(key, out var shared))
            {
                running[key] = shared = new() { Service = release.Service };
                shared.Work = Task.Run(() => preparation.PrepareAsync(release, port, shared.Report, shared.Stop.Token));
            }

            shared.Listeners = [.. shared.Listeners, progress];
            return shared;
        }
    }

    private void Leave(string key, Shared shared, Action<long> progress)
    {
        lock (running)
        {
            var listeners = shared.Listeners.ToList();
            listeners.Remove(progress);
            shared.Listeners = listeners;
            if (listeners.Count > 0)
                return;

            // Whoever comes now starts anew; a cancelled one is still letting go of its files, which have names of their own.
            running.Remove(key);
            shared.Stop.Cancel();
        }
    }

    private sealed class Shared
    {
        public required string Service { get; init; }

        public Task<PrepareOutcome> Work { get; set; } = null!;

        public CancellationTokenSource Stop { get; } = new();

        /// <summary>Replaced, never changed, so that reporting needs no lock.</summary>
        public IReadOnlyList<Action<long>> Listeners { get; set; } = [];

        public void Report(long bytes)
        {
            foreach (var listener in Listeners)
                listener(bytes);
        }
    }
}
