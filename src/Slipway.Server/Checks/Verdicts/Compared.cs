using Slipway.Contracts.Verdicts;
using Slipway.Judging;
using Slipway.Server.Checks.Signals;

namespace Slipway.Server.Checks.Verdicts;

/// <summary>What is compared, and what its metrics are.</summary>
/// <param name="Comparison">Null: there is nothing yet.</param>
/// <param name="Signals">One for each of its metrics, in the same order.</param>
internal sealed record Compared(Comparison? Comparison, IReadOnlyList<Signal> Signals)
{
    public static Compared Nothing { get; } = new(null, []);

    public DateTimeOffset? FirstChange { get; init; }

    public IReadOnlyList<NewErrorLine> NewErrors { get; init; } = [];
}
