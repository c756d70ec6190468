using Slipway.Server.Instances.Live;

namespace Slipway.Server.Instances.Broker;

/// <summary>What an agent has not said that it knows. Level-triggered: a broadcast is made of what is so when it is made.</summary>
internal static class Unheard
{
    public static bool Any(MemberState state) => Assignment(state) || Prepare(state);

    public static bool Assignment(MemberState state) => state.Assigned.Generation > (state.Reported?.Generation ?? 0);

    /// <summary>Any word on it will do: it is under way, or came to its end.</summary>
    public static bool Prepare(MemberState state) =>
        state.Wanted is { } wanted
        && !(state.Prepare is { } heard && heard.Cause == wanted.Cause && heard.Version == wanted.Release.Version.Value && (int)heard.ConfigRevision == wanted.Release.ConfigRevision);
}
