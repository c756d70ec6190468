using System.Text.RegularExpressions;
using Slipway.Contracts.Services;

namespace Slipway.Server.Services.Format;

/// <summary>Rules between the keys of checks.</summary>
internal static partial class CheckRules
{
    /// <summary>A try must be over before the engine gives up on it (30 s).</summary>
    public static readonly TimeSpan LongestTry = TimeSpan.FromSeconds(25);

    /// <summary>Each is an event of the deployment.</summary>
    public const int MostTries = 1000;

    private static readonly string[] Kinds = ["http", "prometheus", "logs", "canary", "healthy", "manual", "wait", "webhook", "command"];

    /// <summary>As far as one can see before ${NAME} is filled in.</summary>
    public static bool IsAddress(string text)
    {
        if (text.StartsWith("${", StringComparison.Ordinal))
            return Placeholders.AreClosed(text);

        return Placeholders.AreClosed(text) && IsFilledAddress(Placeholder().Replace(text, "0"), out _);
    }

    /// <summary>Without a name and password in it: addresses are shown.</summary>
    public static bool IsFilledAddress(string text, out Uri address) =>
        Uri.TryCreate(text, UriKind.Absolute, out address!) && address.Scheme is "http" or "https" && address.UserInfo.Length == 0;

    public static void CheckOne(CheckDefinition check, MapNode map, Mistakes mistakes)
    {
        string[] kinds = [.. map.Entries.Select(entry => entry.Key.Text).Where(Kinds.Contains)];
        if (kinds is not [var kind])
        {
            mistakes.Add(kinds is [] ? map.Place : map.PlaceOf(kinds[1]), kinds is []
                ? $"{check.Name} asks nothing. Add one of: {string.Join(", ", Kinds)}."
                : $"A check is one of {string.Join(", ", Kinds)}; {check.Name} has {string.Join(" and ", kinds)}. Make two of it.");
            return;
        }

        foreach (var (key, isSet) in Unfitting(check, kind).Where(pair => pair.IsSet))
            mistakes.Add(map.PlaceOf(key), $"{key} means nothing for {kind}: {(kind is "canary" ? "its scores decide" : kind is "healthy" ? "the time decides" : "it is asked once")}. Remove it.");

        if (check is { Healthy: not null, When: CheckMoment.After })
            mistakes.Add(map.PlaceOf("healthy"), "Asked when everything has been changed, it guards nothing. Add when: before.");

        if (check.Command is null && check.Where != CheckPlace.Server)
            mistakes.Add(map.PlaceOf("where"), $"where is for command only; {kind} has no place to run. Remove it.");

        if (check is { When: CheckMoment.Before, Logs: not null } or { When: CheckMoment.Before, Where: not CheckPlace.Server })
            mistakes.Add(map.PlaceOf("when"), "It looks at instances that were changed, and before the first batch none is. Use during or after.");

        CheckTimes(check, map, mistakes);
    }

    public static void CheckPrometheus(PrometheusCheck check, MapNode map, Mistakes mistakes)
    {
        if (check is { Below: null, Above: null })
            mistakes.Add(map, "Neither below nor above: say what the answer must be, for example below: 0.01.");
        else if (check.Below <= check.Above)
            mistakes.Add(map.PlaceOf("above"), "Nothing is both below the one and above the other.");
    }

    public static void CheckLogs(LogCheck check, MapNode map, Mistakes mistakes)
    {
        if (check.Pattern is null == check.Level is null)
            mistakes.Add(map, "Say what is counted with one of pattern and level, for example level: error.");
    }

    public static void CheckCanary(CanaryCheck check, MapNode map, Mistakes mistakes)
    {
        if (check.Marginal > check.Pass)
            mistakes.Add(map.PlaceOf("marginal"), "marginal must not be more than pass.");

        if (check.Step.Time > check.Lifetime.Time)
            mistakes.Add(map.PlaceOf("lifetime"), $"In its lifetime ({check.Lifetime}) there is not one step ({check.Step}).");
    }

    public static void CheckNames(IReadOnlyList<CheckDefinition> checks, MapNode map, Mistakes mistakes)
    {
        foreach (var twice in checks.GroupBy(check => check.Name, StringComparer.Ordinal).Where(group => group.Count() > 1))
            mistakes.Add(map.PlaceOf("checks"), $"There are {twice.Count()} checks named {twice.Key}; each needs a name of its own.");
    }

    /// <summary>While it is deployed to, an environment is never healthy for long.</summary>
    public static void CheckHealthy(ServiceDefinition definition, MapNode map, Mistakes mistakes)
    {
        var common = definition.Checks.Where(check => check.Healthy is { In: var asked }
            && definition.Environments.GetValueOrDefault(asked)?.Checks.Any(own => own.Name == check.Name) != true);
        foreach (var check in common)
            mistakes.Add(map.PlaceOf("checks"), $"{check.Name} would have {check.Healthy!.In} ask itself. Write it into environments, under the one that comes after {check.Healthy.In}.");

        foreach (var (environment, own) in definition.Environments)
        {
            foreach (var check in own.Checks.Where(check => check.Healthy?.In == environment))
                mistakes.Add(map.PlaceOf("environments"), $"{check.Name} has {environment} ask itself. Name the environment before it.");
        }
    }

    private static void CheckTimes(CheckDefinition check, MapNode map, Mistakes mistakes)
    {
        var (timeout, interval) = (check.TimeoutOrDefault, check.IntervalOrDefault);
        var watches = check.Watches;
        if (timeout < watches)
            mistakes.Add(map.PlaceOf("timeout"), $"It watches for {new Duration(watches)}, which is longer than its timeout ({check.Timeout}).");

        if (check.IsTried && timeout.TotalMilliseconds / interval.TotalMilliseconds > MostTries)
            mistakes.Add(map.PlaceOf("interval"), $"These are more than {MostTries} tries. Make the interval ({new Duration(interval)}) longer, or the timeout ({new Duration(timeout)}) shorter.");

        var within = check.Http?.Sum(request => request.Within.Time.TotalSeconds) ?? check.Webhook?.Within.Time.TotalSeconds ?? 0;
        if (within > LongestTry.TotalSeconds)
            mistakes.Add(map.PlaceOf(check.Http is null ? "webhook" : "http"), $"All that is asked in one try must be answered within {LongestTry.TotalSeconds:0} s (within).");
    }

    private static IEnumerable<(string Key, bool IsSet)> Unfitting(CheckDefinition check, string kind)
    {
        if (kind is "manual" or "wait")
            yield return ("interval", check.Interval is not null);

        if (kind is "wait")
            yield return ("timeout", check.Timeout is not null);

        if (kind is "manual" or "wait" or "webhook" or "canary" or "healthy")
        {
            yield return ("failures", check.Failures != 0);
            yield return ("successes", check.Successes != 1);
        }
    }

    [GeneratedRegex(@"\$\{[^}]*\}")]
    private static partial Regex Placeholder();
}
