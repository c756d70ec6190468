using Slipway.Contracts.Ids;
using Slipway.Contracts.Verdicts;
using Slipway.Server.Instances.Live;
using Slipway.Server.Instances.Logs;

namespace Slipway.Server.Checks.Verdicts;

/// <summary>Fetches the last lines of a service's output from an instance, as long as it is there.</summary>
internal sealed class LastLines(LiveFleet fleet, LogTails tails, TimeProvider time)
{
    private const int Lines = 50;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>Null: it is away, or does not answer in time.</summary>
    public async Task<InstanceLines?> OfAsync(InstanceName instance, ServiceName service)
    {
        if (fleet.Find(instance) is not { } live || tails.Open(live, service, Lines, follow: false) is not { } tail)
            return null;

        using var _ = tail;
        using var patience = new CancellationTokenSource(Patience, time);
        var lines = new List<string>();
        try
        {
            await foreach (var chunk in tail.ReadAsync(patience.Token))
                lines.AddRange(chunk);
        }
        catch (OperationCanceledException) when (patience.IsCancellationRequested)
        {
            // What has come is better than nothing.
        }

        return lines.Count == 0 ? null : new() { Instance = instance, Lines = lines };
    }
}
