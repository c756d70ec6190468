using Slipway.Contracts.Deployments;
using Slipway.Contracts.Services;
using Slipway.DeploymentTypes.Connections;
using Slipway.DeploymentTypes.Observing;
using Slipway.DeploymentTypes.Spinnaker.Gate;
using Slipway.DeploymentTypes.Spinnaker.Observing;
using Slipway.DeploymentTypes.Spinnaker.Pipelines;
using Slipway.DeploymentTypes.Spinnaker.Planning;
using Slipway.DeploymentTypes.Spinnaker.Settings;
using Slipway.DeploymentTypes.Spinnaker.Stages;

namespace Slipway.DeploymentTypes.Spinnaker;

/// <summary>Baked, immutable images through Spinnaker: Slipway writes the pipeline, starts it, follows it, and takes it back.</summary>
public sealed class SpinnakerType(IConnections connections, TimeProvider clock) : IObservesTargets
{
    private readonly Installations installations = new(connections, clock);

    public string Name => "spinnaker";

    public Strategy DefaultStrategy { get; } = new RedBlack();

    public IReadOnlyList<SettingsMistake> Check(ServiceDefinition definition) => SettingsReader.Check(definition);

    public async Task<PlanResult> PlanAsync(PlanRequest request, CancellationToken cancellation)
    {
        if (SettingsReader.Check(request.Definition, request.Target.Environment) is [var mistake, ..])
            return new PlanResult.Impossible("settings_incomplete", $"{mistake.Place}: {mistake.Problem}");

        if (request.IsRestart)
            return new PlanResult.Impossible("restart_not_possible", "Baked instances are not restarted: deploy the version again, and new ones take their place.");

        var target = SpinnakerTarget.Of(request.Target, request.Definition);
        try
        {
            var installation = await installations.GetAsync(target.Settings.Spinnaker, cancellation);
            return await PlanAsync(request, target, installation, cancellation);
        }
        catch (GateException e) when (e.IsPassing)
        {
            return WithoutAnswer(request, target, e.Message);
        }
        catch (GateException e)
        {
            return new PlanResult.Impossible("spinnaker_refuses", e.Message);
        }
    }

    public async Task<StageResult> RunAsync(StageRun stage, CancellationToken cancellation)
    {
        var target = SpinnakerTarget.Of(stage.Target, stage.Definition);
        Installation? installation = null;
        try
        {
            installation = await installations.GetAsync(target.Settings.Spinnaker, cancellation);
            return await RunAsync(stage, target, installation, cancellation);
        }
        catch (GateException e) when (e.IsPassing || e.Trouble == GateTrouble.NotFound)
        {
            // Said once in the deployment's story, however long it lasts.
            return new StageResult.Waiting(Pace.WhileAway(installation, stage)) { Note = e.Message.TrimEnd('.'), Shown = (stage.Shown ?? new()) with { Note = e.Message } };
        }
        catch (GateException e)
        {
            return new StageResult.Failed(e.Trouble == GateTrouble.Forbidden ? "spinnaker_forbids" : "spinnaker_refuses", e.Message);
        }
    }

    /// <summary>First the execution ends, wherever it is; then, if instances may have been made, every region goes back.</summary>
    public Task<IReadOnlyList<PlannedStage>> PlanRollbackAsync(RollbackRequest request, CancellationToken cancellation)
    {
        var kinds = request.Begun.Select(stage => stage.Kind).ToHashSet(StringComparer.Ordinal);
        var started = kinds.Except([StageKinds.Pipeline, StageKinds.Restore]).Any();
        var changed = kinds.Except([StageKinds.Pipeline, StageKinds.Start, StageKinds.Bake, StageKinds.Approve]).Any();
        var stages = new List<PlannedStage>();
        if (started)
            stages.Add(SpinnakerPlan.Stop());

        if (changed)
        {
            stages.Add(SpinnakerPlan.Restore("restore", request.Previous is { } previous
                ? $"Give traffic back to {previous.Version} in every region, through Spinnaker's own rollback"
                : "Take away what was made: nothing ran before"));
        }

        return Task.FromResult<IReadOnlyList<PlannedStage>>(stages);
    }

    public async Task<TargetObservation> ObserveAsync(ObserveRequest request, CancellationToken cancellation)
    {
        if (SettingsReader.Check(request.Definition, request.Target.Environment) is [var mistake, ..])
            throw new GateException(GateTrouble.Refused, $"{mistake.Place}: {mistake.Problem}");

        var target = SpinnakerTarget.Of(request.Target, request.Definition);
        var installation = await installations.GetAsync(target.Settings.Spinnaker, cancellation);
        return await new SpinnakerObserver(target, installation, request).ObserveAsync(cancellation);
    }

    private static async Task<PlanResult> PlanAsync(PlanRequest request, SpinnakerTarget target, Installation installation, CancellationToken cancellation)
    {
        if (request.Outside is { } outside)
            return SpinnakerPlan.Outside(await installation.Executions.ReadAgainAsync(outside.Key, cancellation));

        if (request.Kind == DeploymentKind.Rollback && await FastLane.FindAsync(request, target, installation, cancellation) is { } fast)
            return fast;

        if (target.Settings.Pipeline is not null)
            return SpinnakerPlan.Existing(target, await StoredAsync());

        var managed = Normal(request);
        var reuse = !managed.Rebuild && Images.Find(target, managed.References) is not null;
        var plan = SpinnakerPlan.Managed(target, managed, $"Spinnaker {installation.Name}");
        if (plan is not PlanResult.Planned)
            return plan;

        var wanted = ManagedPipeline.Write(target, PipelineStages.Of(target, managed.Strategy, reuse), reuse);
        return ManagedPipeline.Compare(await StoredAsync(), wanted).Refuse(target) is { } refusal
            ? new PlanResult.Impossible(refusal.Code, refusal.Reason)
            : plan;

        Task<System.Text.Json.JsonElement?> StoredAsync() =>
            installation.CallAsync((gate, token) => gate.PipelineAsync(target.Application, target.PipelineName, token), cancellation);
    }

    /// <summary>A plan that needs no answer: Spinnaker may be back when the stages run, and a deployment must not fail because it is away for a while.</summary>
    private static PlanResult WithoutAnswer(PlanRequest request, SpinnakerTarget target, string because)
    {
        if (request.Outside is not null)
            return SpinnakerPlan.Outside(null);

        if (target.Settings.Pipeline is not null)
            return SpinnakerPlan.Blind(target, because);

        return SpinnakerPlan.Managed(target, Normal(request), "Spinnaker") is PlanResult.Planned planned
            ? planned with { Warnings = [.. planned.Warnings, $"{because} The deployment waits until it does."] }
            : SpinnakerPlan.Managed(target, Normal(request), "Spinnaker");
    }

    private static PlanRequest Normal(PlanRequest request) =>
        request.Kind == DeploymentKind.Rollback ? request with { Strategy = StrategyNames.Effective(request.Strategy) } : request;

    private static async Task<StageResult> RunAsync(StageRun stage, SpinnakerTarget target, Installation installation, CancellationToken cancellation) => stage.Stage.Kind switch
    {
        StageKinds.Pipeline => await WritePipelineStage.RunAsync(stage, target, installation, cancellation),
        StageKinds.Start => await StartExecutionStage.RunAsync(stage, target, installation, cancellation),
        StageKinds.Stop => await StopExecutionStage.RunAsync(stage, target, installation, cancellation),
        StageKinds.Restore => await new WayBackStage(stage, target, installation).RunAsync(cancellation),
        _ => await new FollowStage(stage, target, installation).RunAsync(cancellation),
    };
}
