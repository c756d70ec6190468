using System.Diagnostics;
using System.Text.Json;
using Slipway.Contracts.Deployments;
using Slipway.Server.Deployments;

namespace Slipway.Server.Telemetry;

/// <summary>Makes numbers and spans of what is committed of deployments. It is told by the one place that commits, so nothing is missed or counted twice.</summary>
internal sealed class DeploymentWatch(DeploymentMetrics metrics, OpenTraces traces)
{
    public void Loaded(DeploymentState state) => traces.Note(state);

    /// <summary>The span of a commit. Dispose it when it is done.</summary>
    public static Activity? Begin(IReadOnlyList<Change> changes)
    {
        var last = changes[^1];
        var activity = Tracing.Start("deployment.commit", last.Before?.Request.Trace ?? last.Facts.OfType<Created>().FirstOrDefault()?.Trace);
        activity?.SetTag(Tracing.Deployment, (last.Before?.Id ?? last.Facts.OfType<Created>().FirstOrDefault()?.Deployment)?.Value);
        activity?.SetTag("slipway.facts", string.Join(' ', changes.SelectMany(change => change.Facts).Select(Name)));
        return activity;
    }

    public void Committed(IReadOnlyList<Change> changes, IReadOnlyList<DeploymentState> after)
    {
        for (var i = 0; i < after.Count; i++)
        {
            traces.Note(after[i]);
            Stages(changes[i].Before, after[i]);
            if (after[i].IsTerminal && changes[i].Before is not { IsTerminal: true })
                Finished(after[i]);
        }
    }

    private static string Name(DeploymentFact fact) => JsonNamingPolicy.CamelCase.ConvertName(fact.GetType().Name);

    /// <summary>A span for each stage that has just ended, from its stored times: a restart in the middle of it changes nothing.</summary>
    private static void Stages(DeploymentState? before, DeploymentState after)
    {
        if (Tracing.Parse(after.Request.Trace) is var parent && (parent == default || !Tracing.Source.HasListeners()))
            return;

        for (var i = 0; i < after.Stages.Length; i++)
        {
            var stage = after.Stages[i];
            if (stage is not { StartedAt: { } from, FinishedAt: { } to } || (i < before?.Stages.Length && before.Stages[i].FinishedAt is not null))
                continue;

            var span = Tracing.Past("deployment.stage", parent, from);
            span?.SetTag(Tracing.Deployment, after.Id.Value);
            span?.SetTag(Tracing.Stage, stage.Plan.Name);
            span?.SetTag("slipway.attempt", stage.Attempt);
            span?.SetTag("slipway.rollback", stage.IsRollback);
            span.End(to, stage.Status == StageStatus.Failed ? after.Failure?.Reason ?? "failed" : null);
        }
    }

    private void Finished(DeploymentState state)
    {
        metrics.Finished(state);
        var span = Tracing.Past("deployment", Tracing.Parse(state.Request.Trace), state.CreatedAt);
        span?.SetTag(Tracing.Deployment, state.Id.Value);
        span?.SetTag("slipway.type", state.Request.DeploymentType);
        span?.SetTag("slipway.service", state.Request.Service.Value);
        span?.SetTag("slipway.environment", state.Request.Environment.Value);
        span?.SetTag("slipway.version", state.Request.Release.Version.Value);
        span?.SetTag("slipway.result", DeploymentMetrics.Name(state.Status));
        span.End(state.FinishedAt!.Value, state.Failure?.Reason);
    }
}
