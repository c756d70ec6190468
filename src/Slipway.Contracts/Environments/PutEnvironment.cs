namespace Slipway.Contracts.Environments;

/// <summary>Creates or changes an environment.</summary>
public sealed record PutEnvironment
{
    public string? Description { get; init; }

    /// <summary>Position in the order of promotion. Default: after the last.</summary>
    public int? Order { get; init; }

    /// <summary>People are asked to type the service's name before they deploy there. Default: false.</summary>
    public bool? Confirm { get; init; }
}
