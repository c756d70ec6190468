using System.Text.Json.Nodes;
using Slipway.FakeGate.Expressions;
using Slipway.FakeGate.Json;
using Slipway.FakeGate.Stages;

namespace Slipway.FakeGate.Executions;

/// <summary>Starts a stage: is it enabled, its expressions, its children and tasks; and later the children after it.</summary>
internal sealed class Planning(Execution execution, DateTimeOffset now, Surroundings around)
{
    private static readonly string[] Inherited = ["failPipeline", "continuePipeline", "completeOtherBranchesThenFail", "stageEnabled"];

    public void Start(Stage stage)
    {
        stage.StartTime = now;
        if (!IsEnabled(stage) || stage.Context.Truth("manualSkip") == true)
        {
            stage.Status = Status.Skipped;
            stage.EndTime = now;
            return;
        }

        stage.Status = Status.Running;
        try
        {
            Plan(stage);
        }
        catch (Exception thrown)
        {
            stage.Context["exception"] = TaskRunner.Exception(Trouble.Of(thrown), stage.Type, now);
            stage.Status = TaskRunner.FailureStatus(stage);
            stage.EndTime = now;
        }
    }

    public void After(Stage stage)
    {
        stage.AfterIsPlanned = true;
        AddLine(stage, Place.After, ">", Type(stage).After(Turn(stage)));
    }

    public void OnFailure(Stage stage)
    {
        stage.FailureIsPlanned = true;
        AddLine(stage, Place.OnFailure, ">", Type(stage).OnFailure(Turn(stage)));
    }

    private void Plan(Stage stage)
    {
        var type = Type(stage);
        Evaluation.Fill(execution, stage, now);
        var (before, parts) = (type.Before(Turn(stage)), type.Parts(Turn(stage)));
        if (before.Count + parts.Count > 0 && around.Faults.FailureOf(stage) is { } trouble)
            throw new PlanningException(trouble);

        AddLine(stage, Place.Before, "<", before);
        AddParts(stage, parts);
        AddTasks(stage, type.Tasks(Turn(stage)));
    }

    private IStageType Type(Stage stage) =>
        around.Types.For(execution, stage) ?? throw new PlanningException("NoSuchStageDefinitionBuilderException", $"No implementation found for stage type '{stage.Type}'");

    private Turn Turn(Stage stage) => new(execution, stage, now, around);

    private bool IsEnabled(Stage stage)
    {
        // Children take the option over from their parent as data; only the stage that has it as its own is asked.
        if (stage.ParentId is not null || stage.Context["stageEnabled"] is not JsonObject condition || condition.Text("type") != "expression")
            return true;

        return Evaluation.IsTrue(execution, stage, condition.Text("expression") ?? "true");
    }

    private static void AddTasks(Stage stage, IReadOnlyList<TaskSpec> specs)
    {
        for (var i = 0; i < specs.Count; i++)
        {
            var id = (i + 1).ToString(System.Globalization.CultureInfo.InvariantCulture);
            stage.Tasks.Add(new() { Id = id, Name = specs[i].Name, StageStart = i == 0, StageEnd = i == specs.Count - 1 });
        }
    }

    private void AddLine(Stage parent, Place place, string mark, IReadOnlyList<Child> children)
    {
        var taken = execution.Children(parent).Count(child => child.RefId.StartsWith(parent.RefId + mark, StringComparison.Ordinal));
        for (var i = 0; i < children.Count; i++)
        {
            IReadOnlyList<string> before = i == 0 ? [] : [$"{parent.RefId}{mark}{taken + i}"];
            Add(parent, place, $"{parent.RefId}{mark}{taken + i + 1}", before, children[i]);
        }
    }

    private void AddParts(Stage parent, IReadOnlyList<Child> parts)
    {
        string[] before = [.. execution.Children(parent).Select(child => child.RefId).TakeLast(1)];
        for (var i = 0; i < parts.Count; i++)
            Add(parent, Place.Before, $"{parent.RefId}={i + 1}", before, parts[i]);
    }

    private void Add(Stage parent, Place place, string refId, IReadOnlyList<string> requisites, Child child) => execution.Stages.Add(new()
    {
        Id = Ulid.New(now),
        RefId = refId,
        RequisiteRefIds = requisites,
        ParentId = parent.Id,
        Place = place,
        Type = child.Type,
        Name = child.Name,
        Context = place == Place.OnFailure ? child.Context : parent.Context.Only(Inherited).Merge(child.Context),
    });
}
