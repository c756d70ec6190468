namespace Slipway.Contracts.Configuration;

/// <summary>Makes the next config revision of a target. It replaces the one before as a whole, except for secrets that are kept by name.</summary>
public sealed record CreateConfigRevision
{
    public IReadOnlyDictionary<string, string> Values { get; set; } = new Dictionary<string, string>();

    /// <summary>New or changed secrets.</summary>
    public IReadOnlyDictionary<string, string> Secrets { get; set; } = new Dictionary<string, string>();

    /// <summary>Secrets of the revision before that stay as they are.</summary>
    public IReadOnlyList<string> KeepSecrets { get; set; } = [];
}
