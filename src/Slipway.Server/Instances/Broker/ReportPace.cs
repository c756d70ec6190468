using Slipway.Server.Instances.Live;

namespace Slipway.Server.Instances.Broker;

/// <summary>
/// How often agents that report over the API show that they are there: often enough to miss one soon, and never more than a server can hear beside
/// its work. A heartbeat is a signed request, some 0.2 ms of a core.
/// </summary>
internal static class ReportPace
{
    private const int MostPerSecond = 500;
    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(10);

    /// <summary>10 s up to 5,000 agents, 20 s for 10,000.</summary>
    public static TimeSpan Interval(LiveFleet fleet)
    {
        var spread = TimeSpan.FromSeconds(fleet.Instances.Count / (double)MostPerSecond);
        return spread > Shortest ? spread : Shortest;
    }

    /// <summary>Two heartbeats were missed, and the time for one to arrive has gone by.</summary>
    public static TimeSpan AwayAfter(LiveFleet fleet) => Interval(fleet) * 2.5;
}
