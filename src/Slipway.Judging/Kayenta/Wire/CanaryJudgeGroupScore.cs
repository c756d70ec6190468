namespace Slipway.Judging.Kayenta.Wire;

/// <summary>The score of a group of metrics.</summary>
public sealed record CanaryJudgeGroupScore
{
    /// <summary>The group.</summary>
    public required string Name { get; init; }

    /// <summary>How many of 100 of its metrics passed.</summary>
    public required double Score { get; init; }

    /// <summary>Always empty, as Kayenta's judge leaves it.</summary>
    public string Classification { get; set; } = "";

    /// <summary>Always empty, as Kayenta's judge leaves it.</summary>
    public string ClassificationReason { get; set; } = "";
}
