namespace Slipway.Contracts.Services;

/// <summary>A request of a check and what must come back. ${NAME} is the config value of that name; secrets can not be used.</summary>
public sealed record HttpCheck
{
    /// <summary>An absolute address.</summary>
    public required string Url { get; init; }

    /// <summary>The method.</summary>
    public string Method { get; set; } = "GET";

    /// <summary>Headers of the request.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; set; } = new Dictionary<string, string>();

    /// <summary>What is sent.</summary>
    public string? Body { get; init; }

    /// <summary>Status codes that pass, for example "200-299,401". Default: 200-299.</summary>
    public string? Status { get; init; }

    /// <summary>Text that the first 64 KB of the answer must contain.</summary>
    public string? Contains { get; init; }

    /// <summary>The answer must be there within this time.</summary>
    public Duration Within { get; set; } = Duration.FromSeconds(2);
}
