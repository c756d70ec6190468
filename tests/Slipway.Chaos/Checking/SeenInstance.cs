namespace Slipway.Chaos.Checking;

/// <summary>What a target should run, as the API says.</summary>
internal sealed record SeenTarget(string Service, string Environment, string? Version);

/// <summary>An instance as the API shows it.</summary>
internal sealed record SeenInstance(string Name, string Environment, bool Connected, IReadOnlyList<SeenService> Services);

/// <summary>A service on an instance as the API shows it.</summary>
internal sealed record SeenService(string Service, string? Assigned, string? Running, string State, string? Reason);

/// <summary>What lies on the disk of an instance, and what runs there, whatever the API says.</summary>
internal sealed record SeenFolder
{
    public required string Instance { get; init; }

    public required string Service { get; init; }

    /// <summary>Where the link `current` points.</summary>
    public string? Current { get; init; }

    public IReadOnlyList<string> Versions { get; init; } = [];

    /// <summary>Every start, as the service itself wrote it down.</summary>
    public IReadOnlyList<string> Starts { get; init; } = [];

    /// <summary>The version of every process of the service that runs now.</summary>
    public IReadOnlyList<string> Processes { get; init; } = [];
}
