using Slipway.Contracts.Agent.V1;

namespace Slipway.Agent.Convergence;

/// <summary>After a start of the agent: what runs goes on under supervision, what was interrupted is done again, what failed stays failed.</summary>
internal sealed partial class ServiceWorker
{
    private async Task RecoverAsync(CancellationToken cancellation)
    {
        var adopted = await AdoptAsync(record.LastActivated, cancellation) is not null;
        found = true;
        if (record.Assigned is not { } assigned)
            return;

        if (!adopted && assigned.Generation != record.LastActivated?.Generation && await AdoptAsync(assigned, cancellation) is { } folder)
        {
            // Only what became healthy is adopted: the agent died between saying so and writing it down.
            Activated(assigned, folder);
            Finish(ServiceState.Healthy, "", "", []);
            return;
        }

        var mustAct = !record.IsFinal || (record.Phase is ServiceState.Healthy or ServiceState.Unhealthy && !adopted);
        if (mustAct)
        {
            ActAgain(assigned);
            return;
        }

        if (record.Phase == ServiceState.Failed && !adopted)
            await StartAgainAsync(record.LastActivated, cancellation);
        Report();
    }

    /// <summary>
    /// The newest generation failed before it touched the version that ran, and then the machine was switched off: that version is what runs here,
    /// still. A newer generation cancels this like any other work.
    /// </summary>
    private async Task StartAgainAsync(Assign? assign, CancellationToken cancellation)
    {
        if (assign?.Release is not { } release || context.Preparations.FindPrepared(release, PortOf(release)) is not { } prepared)
            return;

        var activation = Activation(assign, prepared);
        if (!context.Activator.WasKeptUp(activation))
            return;

        CancellationToken newer;
        lock (gate)
        {
            if (wanted is not null)
                return;

            acting = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            newer = acting.Token;
        }

        LogStartedAgain(service, release.Version);
        try
        {
            await context.Activator.ActivateAsync(activation, _ => { }, newer);
        }
        catch (OperationCanceledException) when (newer.IsCancellationRequested)
        {
            // What came instead goes on from here.
        }
    }

    /// <summary>Supervises again what an earlier agent process started.</summary>
    /// <returns>The version's folder, or null where it does not run.</returns>
    private async Task<string?> AdoptAsync(Assign? assign, CancellationToken cancellation)
    {
        if (assign?.Release is not { } release || context.Preparations.FindPrepared(release, PortOf(release)) is not { } prepared)
            return null;
        if (!await context.Activator.AdoptAsync(Activation(assign, prepared), cancellation))
            return null;

        LogAdopted(service, release.Version);
        return prepared.Folder;
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

    /// <summary>Looks what is ready. True: something else than before.</summary>
    private bool RefreshPrepared()
    {
        var before = preparedVersions;
        preparedVersions = [.. folders.Ready().Select(ready => ready.Marker.Version).Distinct().Order(StringComparer.Ordinal)];
        return !preparedVersions.SequenceEqual(before);
    }

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
            if (RefreshPrepared())
                Report();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            LogNotDeleted(service, folders.Service.Versions, e.Message);
        }
    }
}
