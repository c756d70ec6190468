using Slipway.Contracts.Agent.V1;

namespace Slipway.Agent.Convergence;

/// <summary>After a start of the agent: what runs goes on under supervision, what was interrupted is done again, what failed stays failed.</summary>
internal sealed partial class ServiceWorker
{
    private async Task RecoverAsync(CancellationToken cancellation)
    {
        var adopted = await AdoptAsync(record.LastActivated, cancellation);
        if (record.Assigned is not { } assigned)
            return;

        if (!adopted && assigned.Generation != record.LastActivated?.Generation)
            adopted = await AdoptAsync(assigned, cancellation);

        var mustAct = record.IsFinal
            ? record.Phase is ServiceState.Healthy or ServiceState.Unhealthy && !adopted
            : true;
        if (mustAct)
            ActAgain(assigned);
        else
            Report();
    }

    /// <summary>Supervises again what an earlier agent process started.</summary>
    private async Task<bool> AdoptAsync(Assign? assign, CancellationToken cancellation)
    {
        if (assign?.Release is not { } release || context.Preparations.FindPrepared(release, PortOf(release)) is not { } prepared)
            return false;

        var adopted = await context.Activator.AdoptAsync(Activation(assign, prepared), cancellation);
        if (adopted)
            LogAdopted(service, release.Version);

        return adopted;
    }

    private void ActAgain(Assign assigned)
    {
        lock (gate)
        {
            // A newer one may have come meanwhile.
            if (wanted is not null || record.Generation != assigned.Generation)
                return;

            LogAgain(service, assigned.Generation, record.Phase);
            record = record.Accept(assigned, context.Time.GetUtcNow());
            wanted = new(assigned, Restart: true, record);
            Poke();
        }

        Report();
    }

    /// <summary>What an interrupted preparation left in staging; nobody else writes there before this has run.</summary>
    private void DeleteLeftovers()
    {
        try
        {
            if (Directory.Exists(folders.Service.Staging))
                Directory.Delete(folders.Service.Staging, recursive: true);
        }
        catch (IOException e)
        {
            LogNotDeleted(service, folders.Service.Staging, e.Message);
        }
    }

    private void RefreshPrepared() =>
        preparedVersions = [.. folders.Ready().Select(ready => ready.Marker.Version).Distinct().Order(StringComparer.Ordinal)];

    /// <summary>Deletes versions that are too many. What runs, ran before, or is about to run stays.</summary>
    private void Sweep()
    {
        try
        {
            HashSet<string> kept;
            Release? release;
            lock (gate)
            {
                release = record.Assigned?.Release;
                kept = new(new[] { folders.Current, record.ActivatedFolder, record.PreviousFolder, preparedAhead }.OfType<string>());
                if (release is not null && context.Preparations.FindPrepared(release, PortOf(release)) is { } assigned)
                    kept.Add(assigned.Folder);
            }

            context.Preparations.Sweep(service, folders, kept, release?.Spec?.Retention);
            RefreshPrepared();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            LogNotDeleted(service, folders.Service.Versions, e.Message);
        }
    }
}
