namespace Slipway.Bench.Judging.Generators;

internal static class Worlds
{
    public static Kind[] FirstHoldOut { get; } = [.. Enum.GetValues<Kind>().Where(kind => kind is > Kind.Service and <= Kind.CommonSteps)];

    public static Kind[] SecondHoldOut { get; } = [.. Enum.GetValues<Kind>().Where(kind => kind is > Kind.CommonSteps and < Kind.Steady)];

    public static Fleet Make(Kind kind, Scenario scenario) => kind switch
    {
        Kind.Service => new Service(scenario).Make(),
        <= Kind.CommonSteps => new HoldOut(kind, scenario).Make(),
        _ => new SecondHoldOut(kind, scenario).Make(),
    };
}
