using Slipway.Server.Tests.Checks.Verdicts;

namespace Slipway.Server.Tests.Checks.Replays;

/// <summary>A deployment that is over: an hour of six instances, two of which it has changed, and a quarter of an hour after that.</summary>
internal static class MeasuredPast
{
    /// <param name="slower">Its requests take half as long again.</param>
    public static MeasuredFleet Of(bool slower)
    {
        var fleet = new MeasuredFleet(6);
        foreach (var agent in fleet.Agents)
            agent.Values = one => new Dictionary<string, double>(one.Usual()) { ["requestTime"] = fleet.Around(slower && one.IsChanged ? 45 : 30) };

        fleet.Run(360);
        fleet.Look();
        fleet.Change(1, 2);
        fleet.Run(90);
        fleet.Look();
        return fleet;
    }
}
