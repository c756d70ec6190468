namespace Slipway.Agent.Signals.Metrics;

/// <summary>What a page of metrics says, added up over all labels.</summary>
internal sealed class PageTotals
{
    private readonly WatchedMetric[] watched;

    public PageTotals(IReadOnlyList<string> names) => watched = [.. names.Select(name => new WatchedMetric(name))];

    /// <summary>Counts of requests under the names that are usual, the most trusted first.</summary>
    public IReadOnlyList<RequestFamily> Requests { get; } =
    [
        new("http_server_request_duration_seconds"u8, isHistogram: true, 1000),
        new("http_server_requests_seconds"u8, isHistogram: true, 1000),
        new("http_request_duration_seconds"u8, isHistogram: true, 1000),
        new("http_server_duration_milliseconds"u8, isHistogram: true, 1),
        new("http_requests_received_total"u8, isHistogram: false, 0),
        new("http_requests_total"u8, isHistogram: false, 0),
    ];

    public IReadOnlyList<WatchedMetric> Watched => watched;

    public void Type(ReadOnlySpan<byte> name, ReadOnlySpan<byte> type)
    {
        foreach (var metric in watched)
            metric.Type(name, type);
    }

    public void Add(in Sample sample)
    {
        if (sample.Name.StartsWith("http_"u8))
        {
            foreach (var family in Requests)
            {
                if (family.TryAdd(sample))
                    break;
            }
        }

        foreach (var metric in watched)
            metric.TryAdd(sample);
    }
}
