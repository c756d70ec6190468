using System.Text.Json;
using System.Text.Json.Serialization;
using Slipway.Chaos.Checking;

namespace Slipway.Chaos.Client;

/// <summary>
/// What was asked, what was answered, what was seen: a line each, on disk before anything else happens. The checker reads it from there.
/// </summary>
internal sealed class Journal : IDisposable
{
    private static readonly JsonSerializerOptions Written = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    private readonly Lock gate = new();
    private readonly StreamWriter file;

    public Journal(string path) => file = new(path) { AutoFlush = true };

    public void Asks(Asked asked) => Write(new Line { Asked = asked });

    public void Heard(string key, Attempt attempt) => Write(new Line { Key = key, Attempt = attempt });

    public void Saw(Sighting sighting) => Write(new Line { Saw = sighting });

    public static (IReadOnlyList<Asked> Asked, IReadOnlyList<Sighting> Sightings) Read(string path)
    {
        var asked = new List<Asked>();
        var attempts = new Dictionary<string, List<Attempt>>();
        var sightings = new List<Sighting>();
        using var reader = new StreamReader(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        while (reader.ReadLine() is { } text)
        {
            var line = JsonSerializer.Deserialize<Line>(text, Written)!;
            if (line.Asked is not null)
            {
                asked.Add(line.Asked);
                attempts.Add(line.Asked.Key, []);
            }
            else if (line.Attempt is not null)
            {
                attempts[line.Key!].Add(line.Attempt);
            }
            else if (line.Saw is not null)
            {
                sightings.Add(line.Saw);
            }
        }

        return ([.. asked.Select(one => one with { Attempts = attempts[one.Key] })], sightings);
    }

    public void Dispose() => file.Dispose();

    private void Write(Line line)
    {
        lock (gate)
            file.WriteLine(JsonSerializer.Serialize(line, Written));
    }

    private sealed record Line
    {
        public Asked? Asked { get; init; }

        public string? Key { get; init; }

        public Attempt? Attempt { get; init; }

        public Sighting? Saw { get; init; }
    }
}
