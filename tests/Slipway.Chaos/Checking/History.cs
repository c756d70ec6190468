using System.Text.Json;
using System.Text.Json.Serialization;

namespace Slipway.Chaos.Checking;

/// <summary>All that the checker knows: what the client wrote down, what the API says afterwards, and what lies in the agents' folders.</summary>
internal sealed record History
{
    private static readonly JsonSerializerOptions Written = new(JsonSerializerDefaults.Web) { WriteIndented = true, Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) } };

    public int Seed { get; init; }

    public IReadOnlyList<Asked> Asked { get; init; } = [];

    public IReadOnlyList<Ware> Wares { get; init; } = [];

    /// <summary>In the order in which they were seen.</summary>
    public IReadOnlyList<Sighting> Sightings { get; init; } = [];

    /// <summary>In the order in which they were created.</summary>
    public IReadOnlyList<SeenDeployment> Deployments { get; init; } = [];

    public IReadOnlyList<SeenTarget> Targets { get; init; } = [];

    public IReadOnlyList<SeenInstance> Instances { get; init; } = [];

    public IReadOnlyList<SeenFolder> Folders { get; init; } = [];

    public void Save(string path) => File.WriteAllText(path, JsonSerializer.Serialize(this, Written));

    public static History Load(string path) => JsonSerializer.Deserialize<History>(File.ReadAllText(path), Written)!;
}
