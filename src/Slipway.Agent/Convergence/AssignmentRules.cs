using Slipway.Contracts.Agent.V1;

namespace Slipway.Agent.Convergence;

/// <summary>Late, repeated and reordered messages are harmless because of these. Pure.</summary>
internal static class AssignmentRules
{
    public static Judgement Judge(ServiceRecord accepted, Assign assign) =>
        assign.Generation < accepted.Generation ? Judgement.Ignore
        : assign.Generation == accepted.Generation ? Judgement.Report
        : Judgement.Accept;

    /// <summary>
    /// What runs was started for a generation that is new enough. Both numbers are stored, here and on the server, and only grow, so this stays true after
    /// a reconnect, a repeated message or a new agent process, and a restart that happened is not repeated.
    /// </summary>
    public static bool IsStartedFor(Assign running, Assign wanted) => running.Generation >= wanted.RestartGeneration;

    /// <summary>A restart may come with a generation of its own, or with the accepted one: then who asked tells a repetition from a second wish.</summary>
    public static Judgement Judge(ServiceRecord accepted, Restart restart) =>
        accepted.Assigned?.Release is null || restart.Generation < accepted.Generation ? Judgement.Ignore
        : restart.Generation == accepted.Generation && (restart.Cause == accepted.RestartCause || !accepted.IsFinal) ? Judgement.Report
        : Judgement.Accept;
}
