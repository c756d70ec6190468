using Slipway.Cli.Output;
using Slipway.Contracts.Deployments;
using Slipway.Contracts.Ids;

namespace Slipway.Cli.Watching;

/// <summary>What a stage asks, how it is answered, and who did.</summary>
internal static class QuestionText
{
    /// <summary>What to look at before answering, on one line.</summary>
    public static string Ask(ApprovalQuestion question) => Line(question.Text);

    /// <summary>What may be answered, and the commands that do.</summary>
    public static IEnumerable<string> HowToAnswer(DeploymentId deployment, ApprovalQuestion question)
    {
        if (question.Choices.Count > 0)
            yield return $"choices: {string.Join(", ", question.Choices.Select(Line))}";
        if (question.Roles.Count > 0)
            yield return $"for: {string.Join(", ", question.Roles.Select(Line))}";

        yield return $"slipway approve {deployment}{(question.Choices is [var first, ..] ? $" --choice {Quoted(Line(first))}" : "")}";
        yield return $"slipway reject {deployment}";
    }

    /// <summary>"approved by alice (all regions): looks good"</summary>
    public static string Of(ApprovalAnswer answer) =>
        $"{(answer.Approved ? "approved" : "rejected")} by {answer.By}{(answer.Choice is { } choice ? $" ({Line(choice)})" : "")}{(answer.Reason is { } reason ? $": {Line(reason)}" : "")}";

    private static string Line(string text) => Words.Printable(text.ReplaceLineEndings(" ").Trim());

    /// <summary>So that a shell takes it for one word.</summary>
    private static string Quoted(string text) =>
        text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.') ? text : $"'{text.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
