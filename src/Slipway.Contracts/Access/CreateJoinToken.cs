using Slipway.Contracts.Ids;
using Slipway.Contracts.Services;

namespace Slipway.Contracts.Access;

/// <summary>Makes a token with which agents join.</summary>
public sealed record CreateJoinToken
{
    /// <summary>Only instances of this environment may join with it. Absent: any.</summary>
    public EnvironmentName? Environment { get; init; }

    /// <summary>How many instances may join with it. Default: 1.</summary>
    public int Uses { get; set; } = 1;

    /// <summary>Default: 1h; at most 7d.</summary>
    public Duration? ExpiresIn { get; init; }
}
