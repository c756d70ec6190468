namespace Slipway.Judging.Kayenta.Wire;

/// <summary>What is told of one side's values.</summary>
public sealed record SideMetadata
{
    /// <summary>Their summary.</summary>
    public required SampleStats Stats { get; init; }
}
