namespace Slipway.Agent.Signals.Metrics;

/// <summary>One way to count requests: a counter, or a histogram of how long they took.</summary>
internal sealed class RequestFamily
{
    private const int MostBounds = 200;
    private readonly byte[] name;
    private readonly bool isHistogram;

    /// <param name="milliseconds">How many are one of the unit.</param>
    public RequestFamily(ReadOnlySpan<byte> name, bool isHistogram, double milliseconds)
    {
        (this.name, this.isHistogram) = (name.ToArray(), isHistogram);
        Milliseconds = milliseconds;
    }

    public double Milliseconds { get; }

    public bool IsThere { get; private set; }

    public double Count { get; private set; }

    /// <summary>With a status of 500 to 599.</summary>
    public double Errors { get; private set; }

    public bool TellsStatus { get; private set; }

    public double Sum { get; private set; }

    /// <summary>Requests that took no longer than the bound.</summary>
    public SortedList<double, double> Buckets { get; } = [];

    public bool TryAdd(in Sample sample)
    {
        if (!sample.Name.StartsWith(name))
            return false;

        var part = sample.Name[name.Length..];
        if (!double.IsFinite(sample.Value) || sample.IsQuantile)
            return false;

        if (part.SequenceEqual(isHistogram ? "_count"u8 : ""u8))
            AddCount(sample);
        else if (isHistogram && part.SequenceEqual("_sum"u8))
            Sum += sample.Value;
        else if (isHistogram && part.SequenceEqual("_bucket"u8))
            AddBucket(sample);
        else
            return false;

        return true;
    }

    private void AddCount(in Sample sample)
    {
        IsThere = true;
        Count += sample.Value;
        if (sample.Status.IsEmpty)
            return;

        // Some say 503, some 5xx.
        TellsStatus = true;
        if (sample.Status is [(byte)'5', _, _])
            Errors += sample.Value;
    }

    private void AddBucket(in Sample sample)
    {
        if (double.IsNaN(sample.Bound) || (Buckets.Count >= MostBounds && !Buckets.ContainsKey(sample.Bound)))
            return;

        Buckets[sample.Bound] = Buckets.GetValueOrDefault(sample.Bound) + sample.Value;
    }
}
