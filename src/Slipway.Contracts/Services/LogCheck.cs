namespace Slipway.Contracts.Services;

/// <summary>Lines of output that no changed instance may print more often than this. Exactly one of pattern and level.</summary>
public sealed record LogCheck
{
    /// <summary>A regular expression that is looked for in every line, as .NET has them but without look-around and back references. At most 200 characters.</summary>
    public string? Pattern { get; init; }

    /// <summary>Lines that say they are at least so bad, told as signals are.</summary>
    public CountedLevel? Level { get; init; }

    /// <summary>So many lines are allowed on an instance. Default: none.</summary>
    public int AtMost { get; set; }

    /// <summary>In any stretch of this length. Absent: all since the instance was changed.</summary>
    public Duration? Per { get; init; }

    /// <summary>For so long after the last change the lines are counted.</summary>
    public Duration For { get; set; } = new(TimeSpan.FromMinutes(1));
}
