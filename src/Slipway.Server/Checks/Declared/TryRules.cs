using Slipway.Contracts.Services;
using Slipway.Server.Services.Format;

namespace Slipway.Server.Checks.Declared;

/// <summary>Tries + one finding -> verdict or the next try. Pure.</summary>
internal static class TryRules
{
    public static Decision After(TryMemory memory, Finding finding, CheckDefinition check, DateTimeOffset started, DateTimeOffset now)
    {
        var after = Count(memory, finding, now);
        if (finding is Finding.Fail fail && (fail.ForGood || after.Failed > check.Failures))
            return new Decision.Failed(after, "check_failed", fail.Said + Allowed(after, fail, check), fail);

        if (finding is Finding.Pass && after.Passed >= check.Successes && now - after.Since >= check.PassesFor)
            return new Decision.Passed(after);

        // The last try is made when the time is over, however long the server was away.
        var end = started + check.TimeoutOrDefault;
        if (now >= end)
            return new Decision.Failed(after, "check_timeout", $"No verdict within {new Duration(check.TimeoutOrDefault)}: {finding.Said}", finding);

        var next = now + check.IntervalOrDefault;
        return new Decision.Again(after with { NextAt = next < end ? next : end });
    }

    private static TryMemory Count(TryMemory memory, Finding finding, DateTimeOffset now) => (finding switch
    {
        Finding.Pass => memory with { Passed = memory.Passed + 1, Since = memory.Since ?? now },
        Finding.Fail => memory with { Passed = 0, Since = null, Failed = memory.Failed + 1 },
        _ => memory with { Passed = 0, Since = null },
    }) with
    { Tries = memory.Tries + 1, NextAt = null };

    private static string Allowed(TryMemory after, Finding.Fail fail, CheckDefinition check) =>
        check.Failures > 0 && !fail.ForGood ? $" ({after.Failed} failed tries of {after.Tries}, {check.Failures} allowed)" : "";
}
