namespace Slipway.Contracts.Services;

/// <summary>What happens to a version on an instance before it is activated.</summary>
public sealed record PrepareDefinition
{
    /// <summary>True: publishing a version already prepares it on every instance of every target, so that a deployment is only the switch.</summary>
    public bool Ahead { get; init; }

    /// <summary>A command run once in the version's folder after unpacking, as words.</summary>
    public IReadOnlyList<string>? Command { get; init; }

    /// <summary>Download, unpacking and command together may take this long.</summary>
    public Duration Deadline { get; set; } = Duration.FromMinutes(10);
}
