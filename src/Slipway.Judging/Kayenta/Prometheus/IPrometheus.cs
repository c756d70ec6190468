namespace Slipway.Judging.Kayenta.Prometheus;

/// <summary>A Prometheus that can be asked.</summary>
public interface IPrometheus
{
    /// <summary>Its answer to a range query, as it came: also where it refuses the query.</summary>
    Task<ReadOnlyMemory<byte>> QueryRangeAsync(string query, DateTimeOffset start, DateTimeOffset end, TimeSpan step, CancellationToken cancellation);
}
