using Slipway.Server.Api;

namespace Slipway.Server.Feedback;

internal static class FeedbackRules
{
    public const int LongestText = 4000;
    public const int LongestPage = 500;

    /// <summary>How many of one token may wait for an answer: more than anybody has to say, and little enough for the disk.</summary>
    public const int MostOpen = 200;

    public static Refusal TooMany { get; } = new(
        "feedback_limit", StatusCodes.Status429TooManyRequests, $"{MostOpen} of yours wait for an answer. Say more when some have one.");

    public static Refusal? RefuseText(string text) =>
        string.IsNullOrWhiteSpace(text) || text.Length > LongestText || text.Any(sign => char.IsControl(sign) && sign is not ('\n' or '\r' or '\t'))
            ? Refusal.Invalid("text", $"A text has 1 to {LongestText} characters, and no control characters but new lines and tabs.")
            : null;

    public static Refusal? RefusePage(string? page) => page is null || IsPath(page)
        ? null
        : Refusal.Invalid("page", $"The page is its path in the interface, such as /services/checkout, with at most {LongestPage} characters.");

    /// <summary>Of this interface and leading nowhere else: whoever reads the feedback will follow it.</summary>
    private static bool IsPath(string page) =>
        page is ['/', ..] && page is not ['/', '/' or '\\', ..] && page.Length <= LongestPage && !page.Any(char.IsControl);
}
