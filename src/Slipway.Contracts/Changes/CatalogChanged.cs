namespace Slipway.Contracts.Changes;

/// <summary>Something of these kinds was created, changed or deleted.</summary>
public sealed record CatalogChanged
{
    /// <summary>services, environments, versions, config, instances, tokens, joinTokens, feedback.</summary>
    public required IReadOnlyList<string> Kinds { get; init; }
}
