using System.Text.Json.Nodes;
using Slipway.Contracts.Deployments;
using Slipway.DeploymentTypes.Spinnaker.Gate;
using Slipway.DeploymentTypes.Spinnaker.Pipelines;
using Slipway.DeploymentTypes.Spinnaker.Planning;

namespace Slipway.DeploymentTypes.Spinnaker.Stages;

/// <summary>
/// Starts exactly one execution for a deployment. Before every start it is looked for by its correlation id: Gate makes a start idempotent only while
/// the execution is not complete, and an answer may get lost after the effect.
/// </summary>
internal static class StartExecutionStage
{
    public static async Task<StageResult> RunAsync(StageRun run, SpinnakerTarget target, Installation installation, CancellationToken cancellation)
    {
        if (await FindAsync(run.Key, target, installation, cancellation) is { } known)
            return Started(known, target, installation);

        var config = await installation.CallAsync((gate, token) => gate.PipelineAsync(target.Application, target.PipelineName, token), cancellation);
        if (config?.Text("id") is not { } pipeline)
            return new StageResult.Failed("pipeline_not_found", $"{target.Application} has no pipeline {target.PipelineName} in Spinnaker any more.");

        try
        {
            var id = await installation.CallAsync((gate, token) => gate.StartAsync(target.Application, pipeline, Trigger(run, target, installation), token), cancellation);
            return Started(id, target, installation);
        }
        catch (GateException e) when (e.Trouble is GateTrouble.Refused)
        {
            // What Orca can not run it stores as a failed execution all the same: then there is something to show.
            return await FindAsync(run.Key, target, installation, cancellation) is { } failed
                ? Started(failed, target, installation)
                : new StageResult.Failed("start_refused", e.Message);
        }
    }

    /// <summary>The execution that a start with this key made. Null: none.</summary>
    public static async Task<string?> FindAsync(string key, SpinnakerTarget target, Installation installation, CancellationToken cancellation)
    {
        var found = await installation.CallAsync(
            (gate, token) => gate.SearchAsync(target.Application, null, new() { ["correlationId"] = key }, 10, token), cancellation);

        // The search takes what it is given for a pattern, so what it finds is compared again; the first that was made is the one that counts.
        return found.Where(execution => execution.CorrelationId == key).MinBy(execution => execution.BuiltAt ?? DateTimeOffset.MaxValue)?.Id;
    }

    private static StageResult.Succeeded Started(string id, SpinnakerTarget target, Installation installation) => new()
    {
        Output = StartOutput.Write(id),
        Shown = new() { Note = $"execution {id}", Link = ExecutionLink(installation, target.Application, id) },
    };

    public static StageLink? ExecutionLink(Installation installation, string application, string id) =>
        installation.Link($"applications/{application}/executions/details/{id}") is { } url ? new("Execution in Spinnaker", url) : null;

    private static JsonObject Trigger(StageRun run, SpinnakerTarget target, Installation installation)
    {
        var trigger = new JsonObject
        {
            ["type"] = "manual",
            ["correlationId"] = run.Key,
            ["parameters"] = Parameters(run, target),
            ["notifications"] = new JsonArray(),
        };
        if (run.Rebuild)
            trigger["rebake"] = true;

        // Where Gate knows nobody, it takes our word for who it was; elsewhere only for whom it lets speak for others.
        if (installation.IsAnonymous)
            trigger["user"] = run.StartedBy;

        return trigger;
    }

    private static JsonObject Parameters(StageRun run, SpinnakerTarget target)
    {
        var parameters = new JsonObject();
        if (target.Settings.Pipeline is { } existing)
        {
            foreach (var (name, value) in existing.Parameters)
                parameters[name] = Fill(value, run);

            return parameters;
        }

        parameters["version"] = run.Release.Version.Value;
        parameters["package"] = target.Package(run.Release.Version);
        parameters["deployment"] = run.Deployment.Value;
        foreach (var (region, image) in WritePipelineStage.IsReuse(run) ? Images.Find(target, run.References)! : new Dictionary<string, Contracts.Versions.ArtifactReference>())
            parameters[ClusterWriter.ImageParameter(region)] = image.Value;

        return parameters;
    }

    private static string Fill(string text, StageRun run) => text
        .Replace("{service}", run.Target.Service.Value, StringComparison.Ordinal)
        .Replace("{environment}", run.Target.Environment.Value, StringComparison.Ordinal)
        .Replace("{version}", run.Release.Version.Value, StringComparison.Ordinal)
        .Replace("{deployment}", run.Deployment.Value, StringComparison.Ordinal);
}
