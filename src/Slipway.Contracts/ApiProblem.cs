namespace Slipway.Contracts;

/// <summary>An error as RFC 9457 problem details. <see cref="Code"/> is stable; <see cref="Detail"/> says what to do.</summary>
public sealed record ApiProblem
{
    public string? Type { get; init; }

    public string Title { get; set; } = "";

    public int Status { get; init; }

    public string Detail { get; set; } = "";

    /// <summary>Stable, for programs: snake_case.</summary>
    public string Code { get; set; } = "";

    /// <summary>Field or place in the file (for example "line 3, column 9") to what is wrong there.</summary>
    public IReadOnlyDictionary<string, string[]>? Errors { get; init; }
}
