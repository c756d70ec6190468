using Slipway.Server.Instances.Live;

namespace Slipway.Server.Instances.Joining;

/// <summary>What becomes of an assignment when an instance is to run the service, or not any more.</summary>
internal static class MembershipRules
{
    public const string RemovedCause = "removed";

    public static Assignment Change(MemberState state, bool isWanted) => (isWanted, state.Assigned.Member) switch
    {
        (true, true) or (false, false) => state.Assigned,

        // Nothing of what it ran before counts; convergence gives it what the target runs now.
        (true, false) => state.Assigned with { Member = true, Release = null },

        // A generation of its own, so that the agent is told to stop it.
        (false, true) => new(Member: false, Release: null, state.HighestGeneration + 1, RemovedCause),
    };

    /// <summary>In another environment the service starts anew; only the generation goes on.</summary>
    public static Assignment Move(MemberState state, bool isWanted) =>
        new(isWanted, Release: null, state.HighestGeneration + 1, RemovedCause);
}
