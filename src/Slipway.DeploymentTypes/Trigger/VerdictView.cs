using Slipway.Contracts.Ids;
using Slipway.Contracts.Verdicts;

namespace Slipway.DeploymentTypes.Trigger;

/// <summary>An answer with its reason.</summary>
/// <param name="Answer">Pass, fail or inconclusive.</param>
/// <param name="Sentence">One sentence for a person.</param>
public sealed record VerdictView(Answer Answer, string Sentence)
{
    /// <summary>The instance it is about, where it is about one.</summary>
    public InstanceName? Instance { get; init; }

    /// <summary>The last lines of that instance, for a failure.</summary>
    public IReadOnlyList<string> Lines { get; init; } = [];
}
