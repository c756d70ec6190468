namespace Slipway.DeploymentTypes.Spinnaker.Gate;

/// <summary>The status of an execution, stage or task. One that is not known is one that is not complete.</summary>
internal readonly record struct ExecutionStatus(string Name)
{
    private static readonly string[] Complete = ["SUCCEEDED", "FAILED_CONTINUE", "TERMINAL", "CANCELED", "STOPPED", "SKIPPED"];

    public bool IsComplete => Complete.Contains(Name, StringComparer.Ordinal);

    public bool IsSucceeded => Name is "SUCCEEDED" or "SKIPPED";

    public bool IsSkipped => Name == "SKIPPED";

    /// <summary>Failed, and the pipeline went on, as its author wanted.</summary>
    public bool IsFailedButGoingOn => Name == "FAILED_CONTINUE";

    public bool IsFailed => Name is "TERMINAL" or "CANCELED" or "STOPPED";

    public bool IsCanceled => Name == "CANCELED";

    public bool IsPaused => Name == "PAUSED";

    public bool HasStarted => Name is not ("NOT_STARTED" or "");

    public static ExecutionStatus Parse(string? text) => new(text?.ToUpperInvariant() ?? "");

    public override string ToString() => Name;
}
