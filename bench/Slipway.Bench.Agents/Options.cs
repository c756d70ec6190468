using System.Globalization;

namespace Slipway.Bench.Agents;

/// <summary>What to measure. Every setting is <c>--name value</c>.</summary>
internal sealed record Options
{
    public required Uri Server { get; init; }

    /// <summary>The other nodes of a cluster; agents are spread over all.</summary>
    public IReadOnlyList<Uri> MoreServers { get; init; } = [];

    /// <summary>An API token with the scope admin.</summary>
    public required string Token { get; init; }

    public int Agents { get; init; } = 10_000;

    /// <summary>Deployments to all agents at once; the first warms up.</summary>
    public int Rounds { get; init; } = 5;

    /// <summary>The servers' processes, to read their memory. Empty: not measured.</summary>
    public IReadOnlyList<int> ServerProcesses { get; init; } = [];

    /// <summary>Between being told and saying that the service is healthy.</summary>
    public int DelayMilliseconds { get; init; }

    /// <summary>Of a thousand agents this many say that the activation failed.</summary>
    public int FailPerThousand { get; init; }

    /// <summary>Connections made at the same time.</summary>
    public int Parallel { get; init; } = 32;

    public bool Json { get; init; }

    /// <summary>Agents listen to queues instead of holding a connection.</summary>
    public bool OverAws { get; init; }

    /// <summary>Measure what SNS and SQS take by themselves, too.</summary>
    public bool Floor { get; init; }

    /// <summary>Stay connected until the input ends, for others to deploy to.</summary>
    public bool Stay { get; init; }

    /// <summary>The server that an agent speaks with.</summary>
    public Uri ServerOf(int number) => number % (MoreServers.Count + 1) is > 0 and var other ? MoreServers[other - 1] : Server;

    public static Options? Parse(string[] arguments)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var i = 0; i < arguments.Length; i++)
        {
            if (arguments[i] is "--json" or "--stay" or "--floor")
                values[arguments[i]] = "";
            else if (arguments[i].StartsWith("--", StringComparison.Ordinal) && i + 1 < arguments.Length)
                values[arguments[i]] = arguments[++i];
            else
                return null;
        }

        var server = values.GetValueOrDefault("--server") ?? Environment.GetEnvironmentVariable("SLIPWAY_SERVER");
        var token = values.GetValueOrDefault("--token") ?? Environment.GetEnvironmentVariable("SLIPWAY_TOKEN");
        if (!Uri.TryCreate(server, UriKind.Absolute, out var address) || token is null)
            return null;

        var defaults = new Options { Server = address, Token = token };
        return defaults with
        {
            Agents = Number("--agents", defaults.Agents),
            Rounds = Number("--rounds", defaults.Rounds),
            MoreServers = [.. List("--more-servers").Select(url => new Uri(url))],
            ServerProcesses = [.. List("--server-pid").Select(id => int.Parse(id, CultureInfo.InvariantCulture))],
            DelayMilliseconds = Number("--delay-ms", 0),
            FailPerThousand = Number("--fail-per-thousand", 0),
            Parallel = Number("--parallel", defaults.Parallel),
            Json = values.ContainsKey("--json"),
            OverAws = values.GetValueOrDefault("--transport") == "aws",
            Floor = values.ContainsKey("--floor"),
            Stay = values.ContainsKey("--stay"),
        };

        string[] List(string name) => values.GetValueOrDefault(name)?.Split(',', StringSplitOptions.RemoveEmptyEntries) ?? [];

        int Number(string name, int otherwise) =>
            values.TryGetValue(name, out var text) && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : otherwise;
    }
}
