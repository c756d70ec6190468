using Slipway.Contracts.Services;
using Slipway.Server.Checks.Signals;

namespace Slipway.Server.Tests.Checks.Signals;

public sealed class SignalTableTests
{
    [Fact]
    public void What_is_judged_is_what_people_are_told_it_is()
    {
        HashSet<string> measured = [.. JudgedSignals.Names, "network", "lines", "metric:queue_depth"];
        Assert.Equal([.. JudgedSignals.Names, "metric:queue_depth"], SignalTable.Of(measured, []).Select(signal => signal.Name));
        Assert.Equal(JudgedSignals.Names.Except(["disk"]).Append("metric:queue_depth"), SignalTable.Of(measured, ["disk"]).Select(signal => signal.Name));
    }
}
