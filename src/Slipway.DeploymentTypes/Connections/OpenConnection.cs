namespace Slipway.DeploymentTypes.Connections;

/// <summary>A connection with its secrets, for the type that uses it.</summary>
public sealed record OpenConnection
{
    public required string Name { get; init; }

    public required string Type { get; init; }

    public required IReadOnlyDictionary<string, string> Values { get; init; }

    public required IReadOnlyDictionary<string, string> Secrets { get; init; }

    /// <summary>Grows with every change, so that what was made from it can be kept until then.</summary>
    public required long Revision { get; init; }

    /// <summary>A value or a secret; null where it was not given or is empty.</summary>
    public string? Get(string field) =>
        (Values.GetValueOrDefault(field) ?? Secrets.GetValueOrDefault(field)) is { Length: > 0 } value ? value : null;

    public override string ToString() => $"{Type} connection {Name}";
}
