using System.Text.Json.Serialization;

namespace Slipway.Contracts.Ids;

/// <summary>One service in one environment: what a deployment changes.</summary>
public readonly record struct TargetId(ServiceName Service, EnvironmentName Environment)
{
    /// <summary>"checkout/production", as grain key, in messages and logs.</summary>
    [JsonIgnore]
    public string Key => $"{Service}/{Environment}";

    public static TargetId Parse(string key)
    {
        var slash = key.IndexOf('/', StringComparison.Ordinal);
        return slash > 0
            ? new(ServiceName.Parse(key[..slash]), EnvironmentName.Parse(key[(slash + 1)..]))
            : throw new FormatException("A target is written service/environment.");
    }

    public override string ToString() => Key;
}
