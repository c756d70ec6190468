using System.Text.Json.Serialization;

namespace Slipway.Chaos.Checking;

/// <summary>One request of the client, with every attempt. All attempts carry the same Idempotency-Key, which is the request's reason too.</summary>
internal sealed record Asked
{
    public required string Key { get; init; }

    public required Verb Verb { get; init; }

    public required string Service { get; init; }

    public required string Environment { get; init; }

    /// <summary>Of a deploy.</summary>
    public string? Version { get; init; }

    /// <summary>What a control is about.</summary>
    public string? Deployment { get; init; }

    public IReadOnlyList<Attempt> Attempts { get; init; } = [];

    [JsonIgnore]
    public bool Creates => Verb is Verb.Deploy or Verb.Rollback or Verb.Restart;

    [JsonIgnore]
    public IEnumerable<string> Accepted => Attempts.Where(attempt => attempt.IsSuccess && attempt.Deployment is not null).Select(attempt => attempt.Deployment!);

    /// <summary>It was refused, and no attempt may have had an effect that nobody heard of.</summary>
    [JsonIgnore]
    public bool IsRefused => Attempts.Count > 0 && Attempts.All(attempt => attempt.IsRefusal);
}

/// <summary>What the client asks for.</summary>
internal enum Verb
{
    Deploy,
    Rollback,
    Restart,
    Pause,
    Resume,
    Cancel,
}

/// <summary>One attempt of a request and what came of it. Without a status nothing is known: it may have been done.</summary>
internal sealed record Attempt(DateTimeOffset At, int? Status, string? Deployment, string? Code, string? Error)
{
    /// <summary>The same request is under way elsewhere: that says nothing about how it ends.</summary>
    private const string InProgress = "idempotency_in_progress";

    [JsonIgnore]
    public bool IsSuccess => Status is >= 200 and < 300 && Deployment is not null;

    /// <summary>A success that does not say what it made.</summary>
    [JsonIgnore]
    public bool IsEmpty => Status is >= 200 and < 300 && Deployment is null;

    [JsonIgnore]
    public bool IsRefusal => Status is >= 400 and < 500 and not 408 and not 429 && Code != InProgress;

    [JsonIgnore]
    public bool IsKnown => IsSuccess || IsRefusal;
}
