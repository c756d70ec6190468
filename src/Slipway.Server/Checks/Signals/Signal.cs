using Slipway.Judging;

namespace Slipway.Server.Checks.Signals;

/// <summary>Something that agents measure.</summary>
/// <param name="Name">As agents call it.</param>
/// <param name="Title">As people do; opens its sentence.</param>
/// <param name="Unit">What its numbers are in. Null: they are counted.</param>
internal sealed record Signal(string Name, string Title, string? Unit, MetricKind Kind, Direction Direction)
{
    /// <summary>The signal that counts what it is out of.</summary>
    public string? Exposure { get; init; }

    /// <summary>The smallest change worth stopping for. Null: that of its kind.</summary>
    public double? MinimumEffect { get; init; }
}
