namespace Slipway.Chaos.Checking;

/// <summary>A version that was published, and how it behaves.</summary>
internal sealed record Ware(string Service, string Version, WareKind Kind);

/// <summary>How a version behaves.</summary>
internal enum WareKind
{
    Good,

    /// <summary>Starts, and never answers its health check well or ends at once.</summary>
    NeverHealthy,

    /// <summary>Is healthy and ends a while later.</summary>
    CrashesLater,
}
