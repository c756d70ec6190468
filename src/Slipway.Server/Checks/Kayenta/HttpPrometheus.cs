using System.Globalization;
using Slipway.Judging.Kayenta.Prometheus;

namespace Slipway.Server.Checks.Kayenta;

/// <summary>A Prometheus over HTTP. The client says its address, how it signs in, and how long and how much to wait for.</summary>
internal sealed class HttpPrometheus(HttpClient client) : IPrometheus
{
    public async Task<ReadOnlyMemory<byte>> QueryRangeAsync(string query, DateTimeOffset start, DateTimeOffset end, TimeSpan step, CancellationToken cancellation)
    {
        // As a form: expressions may be longer than addresses.
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["query"] = query,
            ["start"] = Seconds(start.ToUnixTimeMilliseconds() / 1000m),
            ["end"] = Seconds(end.ToUnixTimeMilliseconds() / 1000m),
            ["step"] = Seconds((decimal)step.TotalSeconds),
        });
        using var response = await client.PostAsync(new Uri("api/v1/query_range", UriKind.Relative), form, cancellation);

        // What it refuses it explains in the same form; what stands in front of it does not.
        if (!response.IsSuccessStatusCode && response.Content.Headers.ContentType?.MediaType != "application/json")
            response.EnsureSuccessStatusCode();
        return await response.Content.ReadAsByteArrayAsync(cancellation);
    }

    private static string Seconds(decimal seconds) => seconds.ToString(CultureInfo.InvariantCulture);
}
