using Slipway.Contracts.Ids;

namespace Slipway.Server.Checks.Declared;

/// <summary>What one try found. A closed set.</summary>
/// <param name="Said">A sentence without a full stop.</param>
internal abstract record Finding(string Said)
{
    public sealed record Pass(string Said) : Finding(Said);

    /// <param name="ForGood">No further try could find something else.</param>
    public sealed record Fail(string Said, bool ForGood = false) : Finding(Said)
    {
        /// <summary>Where it went wrong. Null: on none in particular.</summary>
        public InstanceName? Instance { get; init; }

        public IReadOnlyList<string> Evidence { get; init; } = [];
    }

    /// <summary>Nobody answered, or what came says nothing.</summary>
    public sealed record Inconclusive(string Said) : Finding(Said);
}
