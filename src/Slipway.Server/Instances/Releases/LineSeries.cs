using Slipway.Contracts.Agent.V1;
using Slipway.Contracts.Services;

namespace Slipway.Server.Instances.Releases;

/// <summary>What agents call the counts of lines that checks ask for.</summary>
internal static class LineSeries
{
    private const string OfPattern = "lines:";
    private const string OfLevel = "level:";

    public static bool Is(string name) => name.StartsWith(OfPattern, StringComparison.Ordinal) || name.StartsWith(OfLevel, StringComparison.Ordinal);

    public static string Of(LogCheck check) => check.Pattern is { } pattern ? OfPattern + pattern : OfLevel + (check.Level ?? CountedLevel.Error);

    public static LineCount ToCount(LogCheck check) => new()
    {
        Name = Of(check),
        Pattern = check.Pattern ?? "",
        Level = check.Level switch
        {
            CountedLevel.Warning => LineLevel.Warning,
            CountedLevel.Error => LineLevel.Error,
            _ => LineLevel.Unspecified,
        },
    };
}
