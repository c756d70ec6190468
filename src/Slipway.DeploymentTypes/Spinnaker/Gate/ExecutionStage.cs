using System.Text.Json;

namespace Slipway.DeploymentTypes.Spinnaker.Gate;

/// <summary>One stage of an execution; one that Orca added has a parent.</summary>
internal sealed class ExecutionStage(JsonElement json)
{
    public string Id { get; } = json.Text("id") ?? "";

    public string RefId { get; } = json.Text("refId") ?? "";

    public IReadOnlyList<string> After { get; } = [.. json.Texts("requisiteStageRefIds")];

    public string? ParentId { get; } = json.Text("parentStageId");

    public string Type { get; } = json.Text("type") ?? "";

    public string Name { get; } = json.Text("name") ?? json.Text("type") ?? "";

    public ExecutionStatus Status { get; } = ExecutionStatus.Parse(json.Text("status"));

    public DateTimeOffset? StartedAt { get; } = json.Time("startTime");

    public DateTimeOffset? EndedAt { get; } = json.Time("endTime");

    public string? LastModifiedBy { get; } = json.Field("lastModified").Text("user");

    public JsonElement? Context { get; } = json.Field("context");

    public JsonElement? Outputs { get; } = json.Field("outputs");

    public IEnumerable<(string Name, ExecutionStatus Status, DateTimeOffset? StartedAt, DateTimeOffset? EndedAt)> Tasks =>
        json.Items("tasks").Select(task => (task.Text("name") ?? "", ExecutionStatus.Parse(task.Text("status")), task.Time("startTime"), task.Time("endTime")));

    /// <summary>What went wrong in it, the clearest first: Orca's own errors, what the cloud said, expressions that could not be read.</summary>
    public IReadOnlyList<string> Errors => [.. FindErrors().Where(error => !string.IsNullOrWhiteSpace(error)).Select(error => error!.Trim()).Distinct(StringComparer.Ordinal)];

    private IEnumerable<string?> FindErrors()
    {
        var exception = Context.Field("exception");
        var details = exception.Field("details");
        foreach (var error in details.Items("errors").Where(error => error.ValueKind == JsonValueKind.String))
            yield return error.GetString();

        foreach (var task in Context.Items("kato.tasks"))
            yield return task.Field("exception").Text("message");

        yield return details.Text("error");
        foreach (var expression in Context.Field("expressionEvaluationSummary").Entries())
        {
            foreach (var problem in ((JsonElement?)expression.Value).Items())
                yield return $"{expression.Name}: {problem.Text("description")}";
        }

        yield return details.Text("responseBody");
        yield return Context.Text("failureMessage");
    }
}
