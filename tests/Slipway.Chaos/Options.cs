using System.Globalization;

namespace Slipway.Chaos;

/// <summary>What a run is asked for. Everything but time itself follows from the seed.</summary>
internal sealed record Options
{
    public const string Usage = """
        ./chaos [--minutes N] [--seed S] [--nodes N] [--agents N] [--database sqlite|postgres] [--clocks agents|all] [--folder DIR]
        ./chaos --check FILE     checks a history.json of an earlier run again

          --minutes   how long faults are made; starting, calming down and checking come on top. Default: 1
          --seed      of the faults, the requests and their order. Default: another one each time
          --nodes     servers; more than one need PostgreSQL. Default: 1
          --agents    instances. Default: 3
          --database  default: sqlite with one node, postgres with several
          --clocks    whose clocks jump, where libfaketime is installed; it makes servers three times as slow to start. Default: agents
          --folder    where journal, logs and history go. Default: TestResults/chaos-SEED
        Ends with 0 when nothing was violated, 1 when something was, 2 on wrong usage.
        """;

    public double Minutes { get; init; } = 1;

    public int Seed { get; init; } = Random.Shared.Next(1, 1_000_000);

    public int Nodes { get; init; } = 1;

    public int Agents { get; init; } = 3;

    public bool? Postgres { get; init; }

    /// <summary>The clocks of the servers jump too.</summary>
    public bool ServerClocks { get; init; }

    public string? Folder { get; init; }

    /// <summary>An earlier history to check instead of a run.</summary>
    public string? Check { get; init; }

    public bool UsesPostgres => Postgres ?? Nodes > 1;

    public TimeSpan Storm => TimeSpan.FromMinutes(Minutes);

    /// <summary>Null: that is not how it is used.</summary>
    public static Options? Parse(IReadOnlyList<string> arguments)
    {
        var options = new Options();
        for (var i = 0; i < arguments.Count; i += 2)
        {
            if (i + 1 == arguments.Count || options.With(arguments[i], arguments[i + 1]) is not { } changed)
                return null;
            options = changed;
        }

        return options is { Nodes: > 1, Postgres: false } ? null : options;
    }

    private Options? With(string name, string value) => name switch
    {
        "--minutes" when double.TryParse(value, CultureInfo.InvariantCulture, out var minutes) && minutes > 0 => this with { Minutes = minutes },
        "--seed" when Number(value) is { } seed => this with { Seed = seed },
        "--nodes" when Number(value) is >= 1 and <= 9 and { } nodes => this with { Nodes = nodes },
        "--agents" when Number(value) is >= 1 and <= 99 and { } agents => this with { Agents = agents },
        "--database" when value is "sqlite" or "postgres" => this with { Postgres = value == "postgres" },
        "--clocks" when value is "agents" or "all" => this with { ServerClocks = value == "all" },
        "--folder" => this with { Folder = Path.GetFullPath(value) },
        "--check" => this with { Check = value },
        _ => null,
    };

    private static int? Number(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
