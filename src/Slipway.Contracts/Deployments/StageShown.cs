namespace Slipway.Contracts.Deployments;

/// <summary>What a stage shows of work that goes on outside of Slipway.</summary>
public sealed record StageShown
{
    /// <summary>What it waits for or what it has found, in a sentence.</summary>
    public string? Note { get; init; }

    /// <summary>The parts of the work, in their order; at most 200.</summary>
    public IReadOnlyList<StageStep> Steps { get; set; } = [];

    /// <summary>Where the work can be seen in the system that does it.</summary>
    public StageLink? Link { get; init; }

    /// <summary>The stage waits for a person's answer (POST …/approve or …/reject).</summary>
    public ApprovalQuestion? Question { get; init; }
}

/// <summary>A part of a stage.</summary>
public sealed record StageStep
{
    public required string Name { get; init; }

    /// <summary>0: a part of the stage; 1: a part of the last one with 0; and so on.</summary>
    public int Depth { get; init; }

    public required StageStatus Status { get; init; }

    public DateTimeOffset? StartedAt { get; init; }

    public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>What is worth knowing: an image, a server group, an error.</summary>
    public string? Note { get; init; }
}

/// <summary>A place outside of Slipway.</summary>
public sealed record StageLink(string Title, string Url);

/// <summary>What somebody has to decide before a stage goes on.</summary>
public sealed record ApprovalQuestion
{
    /// <summary>What to look at before answering.</summary>
    public required string Text { get; init; }

    /// <summary>Answers to choose from; empty: only yes or no.</summary>
    public IReadOnlyList<string> Choices { get; set; } = [];

    /// <summary>Who may answer in the system that asks; empty: everybody who may deploy.</summary>
    public IReadOnlyList<string> Roles { get; set; } = [];
}

/// <summary>What somebody decided.</summary>
public sealed record ApprovalAnswer
{
    public required bool Approved { get; init; }

    public required string By { get; init; }

    /// <summary>One of the question's choices.</summary>
    public string? Choice { get; init; }

    public string? Reason { get; init; }

    public required DateTimeOffset At { get; init; }
}

/// <summary>Body of approve and reject.</summary>
public sealed record ApprovalRequest
{
    /// <summary>One of the question's choices. Needed where it has any and the answer is yes.</summary>
    public string? Choice { get; init; }

    public string? Reason { get; init; }
}
