namespace Slipway.Contracts.Services;

/// <summary>The captured output of a service on an instance.</summary>
public sealed record LogDefinition
{
    /// <summary>Bytes after which the file is rotated.</summary>
    public long Size { get; set; } = 10 * 1024 * 1024;

    /// <summary>Files kept, the current one included.</summary>
    public int Files { get; set; } = 5;
}
