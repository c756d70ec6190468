using Slipway.Agent.Signals;
using Slipway.Contracts.Agents;
using V1 = Slipway.Contracts.Agent.V1;

namespace Slipway.Agent.Tests.Signals;

internal static class SignalReading
{
    /// <summary>What somebody is told who asks for the first time.</summary>
    public static List<V1.Signals> TellAll(this SignalHistory history) => history.Tell(new(new() { Asker = "a" }), 0, out _);

    /// <summary>The values of a signal. Empty: it is not told.</summary>
    public static float[] Row(this V1.Signals told, string name)
    {
        if (KnownSignals.Find(name) is not { } known)
            return [.. told.Series.Where(series => series.Name == name).SelectMany(series => series.Values)];

        var at = told.Known.IndexOf(known);
        return at < 0 ? [] : [.. told.KnownValues.Skip(at * told.Steps).Take(told.Steps)];
    }
}
