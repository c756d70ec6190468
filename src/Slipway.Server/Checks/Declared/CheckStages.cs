using Slipway.Contracts.Configuration;
using Slipway.Contracts.Deployments;
using Slipway.Contracts.Ids;
using Slipway.Contracts.Services;
using Slipway.DeploymentTypes;
using Slipway.Server.Configuration;
using Slipway.Server.Deployments;

namespace Slipway.Server.Checks.Declared;

/// <summary>Plans and runs the checks that a definition declares. Ways back have none: they are the fast lane.</summary>
internal sealed class CheckStages(IEnumerable<ICheckKind> kinds, ConfigStore configs) : ICheckStages
{
    private const string NotPossible = "check_not_possible";

    private readonly ICheckKind[] kinds = [.. kinds];

    public async Task<PlanResult> PlanAsync(PlanRequest request, PlanResult.Planned planned, CancellationToken cancellation)
    {
        // What was started outside is only followed.
        var checks = request.Kind == DeploymentKind.Rollback || request.Outside is not null ? [] : request.Definition.ChecksIn(request.Target.Environment);
        if (checks is [])
            return planned;

        var config = await ConfigAsync(request.Target, request.Release.ConfigRevision, cancellation);
        var values = CheckValues.Of(request, config?.Values ?? new Dictionary<string, string>(), config?.SecretNames ?? []);
        foreach (var check in checks)
        {
            if (Refuse(check, request.Definition, values) is { } why)
                return new PlanResult.Impossible(NotPossible, $"The check {check.Name} can not be asked. {why}");
        }

        return planned with { Stages = CheckPlan.Insert(planned.Stages, checks, check => KindOf(check).Describe(check)) };
    }

    public async Task<StageResult> RunAsync(StageRun stage, CancellationToken cancellation)
    {
        if (CheckPlan.Find(stage.Definition, stage.Target.Environment, stage.Stage.Name) is not { } check)
            return new StageResult.Failed(NotPossible, $"The definition has no check for {stage.Stage.Name}.");

        var config = await ConfigAsync(stage.Target, stage.Release.ConfigRevision, cancellation);
        var call = new CheckCall(stage, check, CheckValues.Of(stage, config?.Values ?? new Dictionary<string, string>(), config?.SecretNames ?? []));
        var result = await RunAsync(call, cancellation);
        return check.DryRun && result is StageResult.Failed failed ? Shown(call, failed) : result;
    }

    private async Task<StageResult> RunAsync(CheckCall call, CancellationToken cancellation)
    {
        try
        {
            return await KindOf(call.Check).RunAsync(call, cancellation);
        }
        catch (CheckNotPossibleException e)
        {
            return new StageResult.Failed(NotPossible, e.Message);
        }
    }

    private string? Refuse(CheckDefinition check, ServiceDefinition definition, CheckValues values)
    {
        var kind = KindOf(check);
        if (kind.NeedsAgents(check) && definition.Type != ServiceDefinition.Trigger)
            return $"It asks agents, and what is deployed by {definition.Type} has none.";

        if (kind.Refuse(check, definition) is { } why)
            return why;

        if (kind.Secrets(check).FirstOrDefault(name => !values.HasSecret(name)) is { } missing)
            return $"It is to be signed with {missing}, which is no secret config value of the target. Set it: slipway config set {values.Own["SLIPWAY_SERVICE"]} --in {values.Own["SLIPWAY_ENVIRONMENT"]} --secret {missing}=- reads it from standard input.";

        try
        {
            foreach (var text in kind.Texts(check))
                values.Fill(text ?? "");

            return null;
        }
        catch (CheckNotPossibleException e)
        {
            return e.Message;
        }
    }

    private static StageResult.Succeeded Shown(CheckCall call, StageResult.Failed failed) => new()
    {
        Shown = (failed.Shown ?? call.Run.Shown ?? new()) with { Note = $"Dry run, so the deployment goes on. It would have failed: {failed.Reason}", Question = null },
    };

    private ICheckKind KindOf(CheckDefinition check) =>
        Array.Find(kinds, kind => kind.Is(check)) ?? throw new InvalidOperationException($"The check {check.Name} asks nothing.");

    private async Task<ConfigRevision?> ConfigAsync(TargetId target, int revision, CancellationToken cancellation) =>
        revision == 0 ? null : await configs.GetAsync(target, revision, cancellation);
}
