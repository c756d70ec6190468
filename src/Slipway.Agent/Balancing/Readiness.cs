namespace Slipway.Agent.Balancing;

/// <summary>What a balancer is told about a service.</summary>
internal enum Readiness
{
    /// <summary>Send requests.</summary>
    Ready,

    /// <summary>Let those under way end, send no new ones.</summary>
    Draining,

    Starting,

    /// <summary>Stopped, failed or unhealthy.</summary>
    Down,
}
