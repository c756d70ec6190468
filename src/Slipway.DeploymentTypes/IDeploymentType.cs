using Slipway.Contracts.Deployments;
using Slipway.Contracts.Services;

namespace Slipway.DeploymentTypes;

/// <summary>
/// How a kind of target is changed. A type only says what happened; deadlines, retries, pause, cancel, wake-ups and storage are the engine's.
/// One object serves all deployments at the same time, so it keeps no state of its own.
/// </summary>
public interface IDeploymentType
{
    /// <summary>The name in slipway.yaml's <c>type</c>.</summary>
    string Name { get; }

    /// <summary>What a target gets for which nobody has chosen a strategy.</summary>
    Strategy DefaultStrategy => Strategy.Default;

    /// <summary>A version is nothing without a file.</summary>
    bool NeedsArtifact => false;

    /// <summary>What is wrong with a definition's settings, found when it is applied: one sentence each. Reads nothing but the definition.</summary>
    IReadOnlyList<SettingsMistake> Check(ServiceDefinition definition) => [];

    /// <summary>
    /// Makes the plan. Reads what it needs and changes nothing: it is also called for previews, and again when a queued deployment starts.
    /// </summary>
    Task<PlanResult> PlanAsync(PlanRequest request, CancellationToken cancellation);

    /// <summary>
    /// Takes a stage a step further and answers soon (the engine gives up on a call after 30 s). Called again whenever the stage is due or
    /// something it may wait for has happened, also after a crash between an effect and its record: every effect outside carries
    /// <see cref="StageRun.Key"/>, so that the second call finds what the first one did.
    /// </summary>
    Task<StageResult> RunAsync(StageRun stage, CancellationToken cancellation);

    /// <summary>
    /// The stages that take back what the begun stages have changed, fastest way first: no canaries, no soaks. Empty: nothing was changed.
    /// </summary>
    Task<IReadOnlyList<PlannedStage>> PlanRollbackAsync(RollbackRequest request, CancellationToken cancellation);
}
