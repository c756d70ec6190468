using System.Text.Json.Nodes;
using Slipway.FakeGate.Executions;

namespace Slipway.FakeGate.Stages;

/// <summary>
/// What Orca calls a stage definition: the children that run before the tasks, the tasks, the children after.
/// Answers must follow from the stage alone, for after a restart they are asked for again.
/// </summary>
internal interface IStageType
{
    string Name { get; }

    /// <summary>One after the other: <c>1&lt;1</c>, <c>1&lt;2</c>.</summary>
    IReadOnlyList<Child> Before(Turn turn) => [];

    /// <summary>Side by side, after those: <c>1=1</c>, <c>1=2</c>.</summary>
    IReadOnlyList<Child> Parts(Turn turn) => [];

    IReadOnlyList<TaskSpec> Tasks(Turn turn);

    /// <summary>One after the other, planned when the tasks are done: <c>1&gt;1</c>, <c>1&gt;2</c>.</summary>
    IReadOnlyList<Child> After(Turn turn) => [];

    /// <summary>Run when the stage has failed, before it says so.</summary>
    IReadOnlyList<Child> OnFailure(Turn turn) => [];

    /// <summary>Whether PATCH with <c>manualSkip</c> is taken.</summary>
    bool CanManuallySkip(Stage stage) => false;

    /// <summary>The stage was canceled while it ran.</summary>
    void OnCancel(Turn turn)
    {
    }
}

/// <summary>A stage that its parent adds.</summary>
internal sealed record Child(string Type, string Name, JsonObject Context);

/// <summary>One task and what it does each time it is looked at.</summary>
internal sealed record TaskSpec(string Name, Func<Turn, Result> Run);

/// <summary>What came of one look at a task.</summary>
internal abstract record Result
{
    public static Result Done { get; } = new Succeeded();

    public static Result Fail(string type, string error) => new Failed(new(type, [error]));

    /// <summary>What it brings is put into the stage.</summary>
    public sealed record Succeeded(JsonObject? Context = null, JsonObject? Outputs = null) : Result;

    public sealed record Again(TimeSpan After, JsonObject? Context = null) : Result;

    /// <summary>Without a trouble there is no exception in the context: somebody said stop.</summary>
    public sealed record Failed(Trouble? Trouble, JsonObject? Context = null) : Result;

    public sealed record WasCanceled : Result;
}

/// <summary>What <c>context.exception</c> will say.</summary>
internal sealed record Trouble(string Type, IReadOnlyList<string> Errors, string Error = "Unexpected Task Failure")
{
    public static Trouble Of(Exception thrown) => (thrown as PlanningException)?.Trouble ?? new(thrown.GetType().Name, [thrown.Message]);
}

/// <summary>A stage that can not even be planned.</summary>
internal sealed class PlanningException(Trouble trouble) : Exception(trouble.Errors[0])
{
    public PlanningException(string type, string message)
        : this(new Trouble(type, [message]))
    {
    }

    public Trouble Trouble => trouble;
}
