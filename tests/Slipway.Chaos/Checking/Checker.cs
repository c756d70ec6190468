using Slipway.Chaos.Checking.Rules;

namespace Slipway.Chaos.Checking;

/// <summary>All rules over one history.</summary>
internal static class Checker
{
    public static IReadOnlyList<IRule> Rules { get; } =
    [
        new OneDeploymentForARequest(),
        new NothingUnasked(),
        new EventsWithoutGaps(),
        new OneEndForADeployment(),
        new NothingIsTakenBack(),
        new InstancesRunTheirTarget(),
        new NothingRanWhereNobodyAsked(),
        new FailuresStayInTheFirstBatch(),
    ];

    public static IReadOnlyList<Violation> Check(History history) => [.. Rules.SelectMany(rule => rule.Check(history))];
}
