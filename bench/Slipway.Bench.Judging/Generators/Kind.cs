namespace Slipway.Bench.Judging.Generators;

/// <summary>
/// Which world a deployment is made up in. The judge was made with the first; the next six are the first hold-out, the last six the second.
/// </summary>
internal enum Kind
{
    Service,
    HeavyTails,
    Regimes,
    SmallIntegers,
    ZeroInflated,
    Missing,
    CommonSteps,
    ThreeSpeeds,
    Telegraph,
    LongPulses,
    Skewed,
    CronJobs,
    TwoDigits,

    /// <summary>Nothing but independent noise: where every flaw of a test is the test's own.</summary>
    Steady,
}
