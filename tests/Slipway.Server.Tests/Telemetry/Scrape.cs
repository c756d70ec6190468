using System.Globalization;
using System.Text.RegularExpressions;

namespace Slipway.Server.Tests.Telemetry;

/// <summary>What a server says at /metrics.</summary>
internal sealed partial class Scrape
{
    private readonly Dictionary<string, double> series = [];
    private readonly Dictionary<string, string> types = [];

    private Scrape(string text)
    {
        foreach (var line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            if (Type().Match(line) is { Success: true } type)
                types[type.Groups["name"].Value] = type.Groups["type"].Value;
            else if (!line.StartsWith('#') && line.LastIndexOf(' ') is > 0 and var end)
                series[line[..end]] = double.Parse(line[(end + 1)..], CultureInfo.InvariantCulture);
        }
    }

    /// <summary>The names of metrics and what they are.</summary>
    public IReadOnlyDictionary<string, string> Types => types;

    public IEnumerable<string> Series => series.Keys;

    /// <summary>Null: there is no such series.</summary>
    public double? this[string name] => series.TryGetValue(name, out var value) ? value : null;

    public static async Task<Scrape> OfAsync(TestServer server) => new(await server.Anonymous.GetStringAsync("/metrics"));

    /// <summary>The labels that a metric's series have, without those that belong to its type.</summary>
    public IReadOnlySet<string> Labels(string metric) => series.Keys
        .Where(key => Regex.IsMatch(key, $@"^{metric}(_bucket|_sum|_count)?(\{{|$)"))
        .SelectMany(key => Label().Matches(key).Select(match => match.Groups["name"].Value))
        .Where(label => label is not ("le" or "quantile"))
        .ToHashSet();

    [GeneratedRegex(@"^# TYPE (?<name>\S+) (?<type>\S+)$")]
    private static partial Regex Type();

    [GeneratedRegex(@"[{,](?<name>[a-z_]+)=""")]
    private static partial Regex Label();
}
