using System.Text.RegularExpressions;

namespace Slipway.FakeGate.Faults;

/// <summary>What is wrong with an answer.</summary>
public enum Wrong
{
    /// <summary>Only late, by <see cref="AnswerFault.Delay"/>.</summary>
    Slow,

    /// <summary>An error of <see cref="AnswerFault.Status"/>; nothing was done.</summary>
    Error,

    /// <summary>No answer, until the client gives up.</summary>
    Hang,

    /// <summary>The connection is cut; nothing was done.</summary>
    Abort,

    /// <summary>A page of a proxy, with 200.</summary>
    Html,

    /// <summary>The right answer, cut in the middle of its JSON.</summary>
    Truncated,

    /// <summary>Nothing, with 200.</summary>
    Empty,

    /// <summary>What was asked is done, and then the connection is cut.</summary>
    Lost,

    /// <summary>302 to /login.</summary>
    Login,
}

/// <summary>A fault of HTTP answers, and which requests it meets: all, where nothing is given.</summary>
public sealed record AnswerFault(Wrong Wrong)
{
    /// <summary>GET, POST, …; null: any.</summary>
    public string? Method { get; init; }

    /// <summary>A regular expression for the path; null: any.</summary>
    public string? Path { get; init; }

    /// <summary>How many requests it meets; null: all.</summary>
    public int? Times { get; init; }

    /// <summary>When it is over, on the fake's own clock; null: never.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>For <see cref="Wrong.Error"/>.</summary>
    public int Status { get; init; } = 500;

    /// <summary>Real time, whatever the clock; with any fault.</summary>
    public TimeSpan Delay { get; init; }

    internal bool Fits(string method, string path, DateTimeOffset now) =>
        (Method is null || Method == method) && (Path is null || Regex.IsMatch(path, Path)) && (Until is null || now < Until);
}
