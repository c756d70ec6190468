using System.Text.Json;
using Slipway.Contracts;
using Slipway.Contracts.Deployments;
using Slipway.Contracts.Services;

namespace Slipway.DeploymentTypes.Scripted;

/// <summary>A deployment type whose every outcome and delay is dictated by its settings.</summary>
public sealed class ScriptedType(IScriptedEffects? effects = null) : IDeploymentType
{
    private const string UndoKind = "undo";

    private static readonly JsonSerializerOptions Json = new(ContractsJson.Default.Options)
    {
        TypeInfoResolver = new System.Text.Json.Serialization.Metadata.DefaultJsonTypeInfoResolver(),
    };

    public string Name => "scripted";

    public Task<PlanResult> PlanAsync(PlanRequest request, CancellationToken cancellation)
    {
        var settings = Settings(request.Definition);
        PlanResult result = settings.Impossible is { } reason
            ? new PlanResult.Impossible("impossible", reason)
            : new PlanResult.Planned([.. settings.Stages.Select(stage => Plan(stage, stage.Kind))]);
        return Task.FromResult(result);
    }

    public async Task<StageResult> RunAsync(StageRun stage, CancellationToken cancellation)
    {
        var settings = Settings(stage.Definition);
        var script = (stage.IsRollback ? settings.Rollback : settings.Stages).First(s => s.Name == stage.Stage.Name);
        var number = stage.Memory?.GetInt32() ?? 0;
        effects?.Record(stage.Key, number);
        var answer = await AnswerAsync(script.Answers[Math.Min(number, script.Answers.Count - 1)], cancellation);
        return answer with { Memory = JsonSerializer.SerializeToElement(number + 1) };
    }

    public Task<IReadOnlyList<PlannedStage>> PlanRollbackAsync(RollbackRequest request, CancellationToken cancellation) =>
        Task.FromResult<IReadOnlyList<PlannedStage>>(
            request.Begun is [] ? [] : [.. Settings(request.Definition).Rollback.Select(stage => Plan(stage, UndoKind))]);

    private static async Task<StageResult> AnswerAsync(string answer, CancellationToken cancellation)
    {
        var colon = answer.IndexOf(':', StringComparison.Ordinal);
        var (verb, text) = colon < 0 ? (answer, "") : (answer[..colon], answer[(colon + 1)..].Trim());
        switch (verb)
        {
            case "succeeded":
                return new StageResult.Succeeded();
            case "failed":
                return new StageResult.Failed("scripted_failure", text) { Evidence = ["the script says so"] };
            case "errored":
                return new StageResult.Errored(text);
            case "waiting":
                return new StageResult.Waiting(Parse(text).Time) { Note = "the script waits" };
            case "throw":
                throw new InvalidOperationException(text);
            case "hang":
                await Task.Delay(Timeout.Infinite, cancellation);
                goto default;
            default:
                throw new InvalidOperationException($"A script can not answer {answer}.");
        }
    }

    private static Duration Parse(string text) =>
        Duration.TryParse(text, out var duration) ? duration : throw new FormatException(Duration.Rule);

    private static ScriptedSettings Settings(ServiceDefinition definition) =>
        definition.Settings?.Deserialize<ScriptedSettings>(Json) ?? new();

    private static PlannedStage Plan(ScriptedStage stage, string kind) => new()
    {
        Name = stage.Name,
        Kind = kind,
        Description = $"{stage.Name}: {string.Join(", ", stage.Answers)}",
        Deadline = stage.Deadline,
    };
}
