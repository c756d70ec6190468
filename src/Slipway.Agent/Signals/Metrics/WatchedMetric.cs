using System.Text;

namespace Slipway.Agent.Signals.Metrics;

/// <summary>A metric that somebody wants to see: a gauge as it is, a counter by how fast it grows.</summary>
internal sealed class WatchedMetric
{
    private readonly byte[] name;

    public WatchedMetric(string name)
    {
        (Name, this.name) = (name, Encoding.UTF8.GetBytes(name));
        IsCounter = name.EndsWith("_total", StringComparison.Ordinal);
    }

    public string Name { get; }

    /// <summary>By its name until the page says what it is.</summary>
    public bool IsCounter { get; private set; }

    /// <summary>Over all labels. NaN: it is not on the page.</summary>
    public double Value { get; private set; } = double.NaN;

    /// <summary>OpenMetrics names a counter without its _total; of histograms and summaries the parts are counters.</summary>
    public void Type(ReadOnlySpan<byte> typed, ReadOnlySpan<byte> type)
    {
        if (!name.AsSpan().StartsWith(typed))
            return;

        var part = name.AsSpan(typed.Length);
        if (part.IsEmpty || part.SequenceEqual("_total"u8))
            IsCounter = type.SequenceEqual("counter"u8);
        else if (part.SequenceEqual("_count"u8) || part.SequenceEqual("_sum"u8) || part.SequenceEqual("_bucket"u8))
            IsCounter = type.SequenceEqual("histogram"u8) || type.SequenceEqual("summary"u8);
    }

    public void TryAdd(in Sample sample)
    {
        if (sample.IsQuantile || !double.IsFinite(sample.Value) || !sample.Name.SequenceEqual(name))
            return;

        Value = double.IsNaN(Value) ? sample.Value : Value + sample.Value;
    }
}
