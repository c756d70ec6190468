namespace Slipway.Agent.Signals.Metrics;

/// <summary>Compares two pages of metrics.</summary>
internal static class PageChange
{
    private const double High = 0.99;

    /// <param name="before">Null: the process began since, and counted from 0.</param>
    public static PageValues Between(PageTotals? before, PageTotals now, double seconds)
    {
        var (requests, errors, mean, high) = (double.NaN, double.NaN, double.NaN, double.NaN);
        for (var at = 0; at < now.Requests.Count; at++)
        {
            var family = now.Requests[at];
            if (!family.IsThere)
                continue;

            // One that counts less than it did has begun anew.
            var known = before?.Requests[at] is { IsThere: true } earlier && earlier.Count <= family.Count ? earlier : null;
            var count = family.Count - (known?.Count ?? 0);
            if (double.IsNaN(requests))
            {
                requests = count;
                if (count > 0 && family.Milliseconds > 0)
                    (mean, high) = (Math.Max(0, family.Sum - (known?.Sum ?? 0)) / count * family.Milliseconds, HighOf(known, family) * family.Milliseconds);
            }

            if (double.IsNaN(errors) && family.TellsStatus)
                errors = Math.Max(0, family.Errors - (known?.Errors ?? 0));
        }

        return new(requests, errors, mean, high, [.. now.Watched.Select((metric, at) => (metric.Name, ValueOf(before?.Watched[at], metric, seconds)))]);
    }

    private static double ValueOf(WatchedMetric? before, WatchedMetric now, double seconds)
    {
        if (!now.IsCounter || double.IsNaN(now.Value))
            return now.Value;

        var from = before is { IsCounter: true, Value: var earlier } && earlier <= now.Value ? earlier : 0;
        return (now.Value - from) / seconds;
    }

    /// <summary>As Prometheus' histogram_quantile has it: a straight line within the bucket, and of the last its lower bound.</summary>
    private static double HighOf(RequestFamily? before, RequestFamily now)
    {
        if (now.Buckets.Count < 2)
            return double.NaN;

        var rank = High * Within(before, now, now.Buckets.Count - 1);
        var (lowerBound, lowerCount) = (0.0, 0.0);
        for (var at = 0; at < now.Buckets.Count; at++)
        {
            var (bound, count) = (now.Buckets.Keys[at], Within(before, now, at));
            if (count >= rank && count > lowerCount)
                return double.IsPositiveInfinity(bound) ? lowerBound : lowerBound + ((bound - lowerBound) * (rank - lowerCount) / (count - lowerCount));

            (lowerBound, lowerCount) = (bound, Math.Max(count, lowerCount));
        }

        return double.NaN;
    }

    private static double Within(RequestFamily? before, RequestFamily now, int at) =>
        now.Buckets.Values[at] - (before?.Buckets.GetValueOrDefault(now.Buckets.Keys[at]) ?? 0);
}
